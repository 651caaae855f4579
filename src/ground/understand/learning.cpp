#include "ground/understand/learning.h"

#include <cmath>
#include <numeric>

namespace verbatim::understand {
namespace {

std::vector<std::uint32_t> rows_used(const Rows& rows, std::span<const std::uint32_t> use) {
    if (!use.empty()) return {use.begin(), use.end()};
    std::vector<std::uint32_t> all(rows.size());
    std::iota(all.begin(), all.end(), 0u);
    return all;
}

void shuffle(std::vector<std::uint32_t>& order, Dice& dice) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice.next() % i]);
}

// What each place's value is: |log((p + a)/|p| : (q + a)/|q|)| raised to `scaling`, so that what falls evenly on both sides hardly counts.
std::vector<float> scales(const Rows& rows, const std::vector<std::int8_t>& targets, std::size_t table, double scaling, const std::vector<std::uint32_t>& order) {
    std::vector<float> scale(table, 1.0f);
    if (scaling <= 0) return scale;
    std::vector<float> with(table, 1.0f), against(table, 1.0f);
    double all_with = 1, all_against = 1;
    for (const std::uint32_t i : order) {
        const bool side = targets[i] > 0;
        (side ? all_with : all_against) += 1;
        for (const std::uint32_t place : rows[i]) (side ? with : against)[place] += 1;
    }
    for (std::size_t place = 0; place < table; ++place) {
        const double ratio = std::fabs(std::log(with[place] / all_with) - std::log(against[place] / all_against));
        scale[place] = static_cast<float>(1 - scaling + scaling * ratio);
    }
    return scale;
}

// A place that stands twice in a row has twice the value.
double square_of(std::span<const std::uint32_t> row, const std::vector<float>& scale) {
    double sum = 0;
    for (std::size_t i = 0; i < row.size();) {
        std::size_t end = i + 1;
        while (end < row.size() && row[end] == row[i]) ++end;
        const double value = static_cast<double>(end - i) * scale[row[i]];
        sum += value * value;
        i = end;
    }
    return sum;
}

}  // namespace

void Rows::add(std::span<const std::uint32_t> row) {
    const auto begin = static_cast<std::ptrdiff_t>(places.size());
    places.insert(places.end(), row.begin(), row.end());
    std::sort(places.begin() + begin, places.end());
    begins.push_back(places.size());
}

float length_of(std::size_t features) { return features == 0 ? 1.0f : std::sqrt(static_cast<float>(features)); }

float Line::score(std::span<const std::uint32_t> row) const {
    float sum = 0;
    for (const std::uint32_t place : row) sum += weights[place];
    return bias + sum / length_of(row.size());
}

Line separate(const Rows& rows, const std::vector<std::int8_t>& targets, std::size_t table, const Descent& how, std::span<const std::uint32_t> use) {
    auto order = rows_used(rows, use);
    const auto scale = scales(rows, targets, table, how.scaling, order);
    double sides[2] = {0, 0};
    for (const std::uint32_t i : order) sides[targets[i] > 0] += 1;
    Line line{std::vector<float>(table), 0};
    std::vector<float> alpha(rows.size()), squares(rows.size());
    for (const std::uint32_t i : order) {
        const double sum = square_of(rows[i], scale);
        const float length = length_of(rows[i].size());
        squares[i] = static_cast<float>(sum / (length * length) + 1);
    }
    Dice dice(how.seed);
    for (unsigned round = 0; round < how.rounds; ++round) {
        shuffle(order, dice);
        double moved = 0;
        for (const std::uint32_t i : order) {
            const auto row = rows[i];
            const float length = length_of(row.size());
            const float target = targets[i];
            const double weight = how.balanced ? (sides[0] + sides[1]) / (2 * std::max(1.0, sides[target > 0])) : 1;
            const auto diagonal = static_cast<float>(0.5 / (how.cost * weight));
            double sum = 0;
            for (const std::uint32_t place : row) sum += static_cast<double>(line.weights[place]) * scale[place];
            const double gradient = target * (sum / length + line.bias) - 1 + diagonal * alpha[i];
            const float before = alpha[i];
            alpha[i] = std::max(0.0f, before - static_cast<float>(gradient / (squares[i] + diagonal)));
            const float step = (alpha[i] - before) * target;
            if (step == 0) continue;
            moved = std::max(moved, static_cast<double>(std::fabs(step)));
            for (const std::uint32_t place : row) line.weights[place] += step * scale[place] / length;
            line.bias += step;
        }
        if (moved < 1e-3) break;
    }
    for (std::size_t place = 0; place < table; ++place) line.weights[place] *= scale[place];
    return line;
}

Line regress(const Rows& rows, const std::vector<float>& targets, std::size_t table, float slack, const Descent& how, std::span<const std::uint32_t> use) {
    auto order = rows_used(rows, use);
    double mean = 0;
    for (const std::uint32_t i : order) mean += targets[i];
    mean /= static_cast<double>(std::max<std::size_t>(1, order.size()));
    std::vector<std::int8_t> sides(rows.size());
    for (const std::uint32_t i : order) sides[i] = targets[i] > mean ? 1 : -1;
    const auto scale = scales(rows, sides, table, how.scaling, order);
    Line line{std::vector<float>(table), static_cast<float>(mean)};
    std::vector<float> beta(rows.size()), squares(rows.size());
    for (const std::uint32_t i : order) {
        const double sum = square_of(rows[i], scale);
        const float length = length_of(rows[i].size());
        squares[i] = static_cast<float>(sum / (length * length) + 1);
    }
    const auto most = static_cast<float>(how.cost);
    Dice dice(how.seed);
    for (unsigned round = 0; round < how.rounds; ++round) {
        shuffle(order, dice);
        double moved = 0;
        for (const std::uint32_t i : order) {
            const auto row = rows[i];
            const float length = length_of(row.size());
            double sum = 0;
            for (const std::uint32_t place : row) sum += static_cast<double>(line.weights[place]) * scale[place];
            const double gradient = sum / length + line.bias - targets[i];
            const double up = gradient + slack, down = gradient - slack;
            double step = 0;
            if (up < squares[i] * beta[i]) step = -up / squares[i];
            else if (down > squares[i] * beta[i]) step = -down / squares[i];
            else step = -beta[i];
            const float before = beta[i];
            beta[i] = std::clamp(before + static_cast<float>(step), -most, most);
            const float change = beta[i] - before;
            if (change == 0) continue;
            moved = std::max(moved, static_cast<double>(std::fabs(change)));
            for (const std::uint32_t place : row) line.weights[place] += change * scale[place] / length;
            line.bias += change;
        }
        if (moved < 1e-3) break;
    }
    for (std::size_t place = 0; place < table; ++place) line.weights[place] *= scale[place];
    return line;
}

}  // namespace verbatim::understand
