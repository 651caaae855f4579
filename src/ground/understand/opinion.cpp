#include "ground/understand/opinion.h"

#include <cmath>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr unsigned folds = 3;
constexpr std::size_t heads = 5;  // more than 1, 2, 3, 4 stars; the regression

Rows rows_of(const std::vector<Example>& examples, const Shape& shape) {
    Rows rows;
    Tokens tokens;
    Distinct distinct;
    std::vector<std::uint32_t> places;
    for (const Example& one : examples) {
        tokenize(one.text, tokens);
        features_of(tokens, shape, distinct, places);
        rows.add(places);
    }
    return rows;
}

// Which rows a fold learns from, and which it is asked about.
void part(std::size_t rows, unsigned fold, std::vector<std::uint32_t>& learned, std::vector<std::uint32_t>& asked) {
    learned.clear();
    asked.clear();
    for (std::size_t i = 0; i < rows; ++i) (i % folds == fold ? asked : learned).push_back(static_cast<std::uint32_t>(i));
}

std::string joined(const std::vector<float>& numbers) {
    std::ostringstream text;
    text.precision(9);
    for (std::size_t i = 0; i < numbers.size(); ++i) text << (i == 0 ? "" : " ") << numbers[i];
    return text.str();
}

Error too_few() { return {ErrorKind::invalid, "too_few", "too few examples: at least 10 of each side, or 50 with stars; docs/understanding.md says which members are read", ""}; }

}  // namespace

Result<Taught> teach_sides(std::string_view task, const std::vector<Example>& examples, const Side& side, const Teaching& how) {
    std::vector<Example> used;
    std::vector<std::int8_t> targets;
    std::size_t first = 0;
    for (const Example& one : examples) {
        const auto stands = side(one);
        if (!stands) continue;
        used.push_back(one);
        targets.push_back(*stands ? 1 : -1);
        first += *stands ? 1 : 0;
    }
    if (first < 10 || used.size() - first < 10) return too_few();
    const Rows rows = rows_of(used, how.shape);
    const std::size_t table = std::size_t{1} << how.shape.bits;
    Descent descent = how.descent;
    descent.seed = how.seed;
    // How steeply scores turn into certainty (Platt 1999), on folds not learned from; the sign stays the machine's.
    double steepness = 1;
    {
        std::vector<std::uint32_t> learned, asked;
        std::vector<std::pair<double, double>> seen;
        for (unsigned fold = 0; fold < folds; ++fold) {
            part(rows.size(), fold, learned, asked);
            const Line line = separate(rows, targets, table, descent, learned);
            for (const std::uint32_t i : asked) seen.push_back({line.score(rows[i]), targets[i]});
        }
        for (int round = 0; round < 50; ++round) {
            double slope = 0, bend = 1e-9;
            for (const auto& [score, target] : seen) {
                const double p = 1 / (1 + std::exp(-steepness * score));
                slope += (p - (target > 0 ? 1 : 0)) * score;
                bend += p * (1 - p) * score * score;
            }
            steepness = std::clamp(steepness - slope / bend, 0.1, 20.0);
        }
    }
    const Line line = separate(rows, targets, table, descent);
    Taught taught;
    taught.examples = used.size();
    taught.left_out = examples.size() - used.size();
    taught.note = std::to_string(first) + " on the one side, " + std::to_string(used.size() - first) + " on the other";
    taught.model = LinearModel::write(task, how.version, how.shape, {{std::string(task), line}}, {{"steepness", joined({static_cast<float>(steepness)})}});
    return taught;
}

Result<Taught> teach_stars(const std::vector<Example>& examples, const Teaching& how) {
    std::vector<Example> used;
    for (const Example& one : examples)
        if (one.stars) used.push_back(one);
    if (used.size() < 50) return too_few();
    std::vector<int> stars;
    std::vector<float> exact;
    for (const Example& one : used) {
        stars.push_back(static_cast<int>(std::lround(*one.stars)));
        exact.push_back(static_cast<float>(*one.stars));
    }
    const Rows rows = rows_of(used, how.shape);
    const std::size_t table = std::size_t{1} << how.shape.bits;
    Descent descent = how.descent;
    descent.seed = how.seed;
    const auto machines = [&](std::span<const std::uint32_t> learned) {
        std::vector<std::pair<std::string, Line>> lines;
        for (int k = 1; k < 5; ++k) {
            std::vector<std::int8_t> targets;
            for (const int star : stars) targets.push_back(star > k ? 1 : -1);
            lines.push_back({"over" + std::to_string(k), separate(rows, targets, table, descent, learned)});
        }
        Descent regression = descent;
        regression.cost = descent.cost / 2;
        lines.push_back({"stars", regress(rows, exact, table, 0.1f, regression, learned)});
        return lines;
    };
    std::vector<std::array<double, heads + 1>> seen(rows.size());
    std::vector<std::uint32_t> learned, asked;
    for (unsigned fold = 0; fold < folds; ++fold) {
        part(rows.size(), fold, learned, asked);
        const auto lines = machines(learned);
        for (const std::uint32_t i : asked) {
            for (std::size_t h = 0; h < heads; ++h) seen[i][h] = lines[h].second.score(rows[i]);
            seen[i][heads] = 1;
        }
    }
    // Which stars these five scores are given: a softmax over them.
    double mixing[5][heads + 1] = {};
    double rate = 0.006;
    for (int round = 0; round < 150; ++round, rate *= 0.98) {
        for (std::size_t i = 0; i < seen.size(); ++i) {
            double shares[5], sum = 0, most = -1e300;
            for (int c = 0; c < 5; ++c) {
                shares[c] = 0;
                for (std::size_t h = 0; h <= heads; ++h) shares[c] += mixing[c][h] * seen[i][h];
                most = std::max(most, shares[c]);
            }
            for (double& share : shares) sum += share = std::exp(share - most);
            for (int c = 0; c < 5; ++c) {
                const double error = shares[c] / sum - (stars[i] == c + 1 ? 1 : 0);
                for (std::size_t h = 0; h <= heads; ++h) mixing[c][h] -= rate * error * seen[i][h];
            }
        }
    }
    std::vector<float> numbers;
    for (const auto& row : mixing)
        for (const double number : row) numbers.push_back(static_cast<float>(number));
    Taught taught;
    taught.examples = used.size();
    taught.left_out = examples.size() - used.size();
    taught.model = LinearModel::write("stars", how.version, how.shape, machines({}), {{"mixing", joined(numbers)}});
    return taught;
}

Result<Sides> Sides::open(LinearModel model) {
    Sides sides;
    const auto numbers = model.numbers("steepness");
    if (model.heads().size() != 1 || numbers.size() != 1) return Error{ErrorKind::invalid, "bad_model", "its head or its steepness is missing", ""};
    sides.steepness_ = numbers[0];
    sides.model_ = std::move(model);
    return sides;
}

double Sides::of(const Tokens& tokens, std::size_t begin, std::size_t end, Scratch& scratch) const {
    std::array<float, LinearModel::most_heads> scores{};
    if (model_.score(tokens, begin, end, scratch, scores) == 0) return 0;
    return std::tanh(static_cast<double>(steepness_ * scores[0]) / 2);  // 2 p - 1
}

Result<Stars> Stars::open(LinearModel model) {
    Stars stars;
    const auto numbers = model.numbers("mixing");
    if (model.heads().size() != heads || numbers.size() != 5 * (heads + 1)) return Error{ErrorKind::invalid, "bad_model", "its heads or its mixing are missing", ""};
    for (std::size_t i = 0; i < numbers.size(); ++i) stars.mixing_[i / (heads + 1)][i % (heads + 1)] = numbers[i];
    stars.model_ = std::move(model);
    return stars;
}

std::array<double, 5> Stars::shares(const Tokens& tokens, Scratch& scratch) const {
    std::array<float, LinearModel::most_heads> scores{};
    model_.score(tokens, scratch, scores);
    scores[heads] = 1;
    std::array<double, 5> shares{};
    double most = -1e300, sum = 0;
    for (std::size_t c = 0; c < 5; ++c) {
        for (std::size_t h = 0; h <= heads; ++h) shares[c] += static_cast<double>(mixing_[c][h]) * scores[h];
        most = std::max(most, shares[c]);
    }
    for (double& share : shares) sum += share = std::exp(share - most);
    for (double& share : shares) share /= sum;
    return shares;
}

int Stars::median(const std::array<double, 5>& shares) {
    double below = 0;
    for (int star = 1; star < 5; ++star) {
        below += shares[static_cast<std::size_t>(star - 1)];
        if (below >= 0.5) return star;
    }
    return 5;
}

}  // namespace verbatim::understand
