#include "ground/understand/opinion.h"

#include "ground/understand/folds.h"

#include <cmath>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr unsigned folds = 5;
// More than 1, 2, 3, 4 stars; the regression; exactly 2, 3, 4 stars, which no line of the former tells from a text of mixed feelings.
constexpr std::size_t heads = 8, regression = 4;
// What a softmax makes shares of stars of: each score, each two of them, each beside the length, the length, its square, one.
constexpr std::size_t inputs = heads + heads * (heads + 1) / 2 + heads + 3;

std::array<float, inputs> inputs_of(const std::array<float, LinearModel::most_heads>& scores, std::size_t tokens) {
    std::array<float, inputs> all{};
    std::size_t at = 0;
    for (std::size_t h = 0; h < heads; ++h) all[at++] = h == regression ? (scores[h] - 3) / 1.5f : std::clamp(scores[h], -3.0f, 3.0f);
    for (std::size_t h = 0; h < heads; ++h)
        for (std::size_t other = h; other < heads; ++other) all[at++] = 0.5f * all[h] * all[other];
    const float length = std::log(1 + static_cast<float>(tokens)) - 4;  // 54 words and signs are a review like most
    for (std::size_t h = 0; h < heads; ++h) all[at++] = 0.5f * all[h] * length;
    all[at++] = length;
    all[at++] = 0.5f * length * length;
    all[at] = 1;
    return all;
}

template <class Number>
std::array<double, 5> shares_of(const Number* mixing, const std::array<float, inputs>& all) {
    std::array<double, 5> shares{};
    double most = -1e300, sum = 0;
    for (std::size_t c = 0; c < 5; ++c) {
        for (std::size_t i = 0; i < inputs; ++i) shares[c] += static_cast<double>(mixing[c * inputs + i]) * static_cast<double>(all[i]);
        most = std::max(most, shares[c]);
    }
    for (double& share : shares) sum += share = std::exp(share - most);
    for (double& share : shares) share /= sum;
    return shares;
}

Rows rows_of(const std::vector<Example>& examples, const Shape& shape, std::vector<unsigned>& fold_of_row, std::vector<std::size_t>* lengths = nullptr) {
    Rows rows;
    Tokens tokens;
    Distinct distinct;
    std::vector<std::uint32_t> places;
    for (const Example& one : examples) {
        tokenize(one.text, tokens);
        features_of(tokens, shape, distinct, places);
        rows.add(places);
        fold_of_row.push_back(fold_of(tokens, folds));
        if (lengths != nullptr) lengths->push_back(tokens.all.size());
    }
    return rows;
}

// Which rows a fold learns from, and which it is asked about.
void part(const std::vector<unsigned>& fold_of_row, unsigned fold, std::vector<std::uint32_t>& learned, std::vector<std::uint32_t>& asked) {
    learned.clear();
    asked.clear();
    for (std::size_t i = 0; i < fold_of_row.size(); ++i) (fold_of_row[i] == fold ? asked : learned).push_back(static_cast<std::uint32_t>(i));
}

std::string joined(const std::vector<float>& numbers) {
    std::ostringstream text;
    text.precision(9);
    for (std::size_t i = 0; i < numbers.size(); ++i) text << (i == 0 ? "" : " ") << numbers[i];
    return text.str();
}

Error too_few() { return {ErrorKind::invalid, "too_few", "too few examples: at least 10 of each side, or 50 with stars; docs/understanding.md says which members are read", ""}; }

// Where whole texts part best, by macro F1 over texts not learned from: the log-odds to add. Of the cuts that are as good as the best, the
// middle one: the best alone is chance.
double best_cut(std::vector<std::pair<double, bool>> seen) {
    constexpr std::size_t enough = 500;
    constexpr double widest = 1.5, as_good = 0.001;
    if (seen.size() < enough) return 0;
    std::sort(seen.begin(), seen.end());
    double first = 0, second = 0;  // of each side in all
    for (const auto& one : seen) (one.second ? first : second) += 1;
    double below_first = 0, below_second = 0, best = 0;
    std::vector<std::pair<double, double>> cuts;  // where, how good
    for (std::size_t i = 0; i + 1 < seen.size(); ++i) {
        (seen[i].second ? below_first : below_second) += 1;
        const double cut = (seen[i].first + seen[i + 1].first) / 2;
        if (std::fabs(cut) > widest) continue;
        const double found_first = first - below_first, taken_first = static_cast<double>(seen.size() - i - 1), taken_second = static_cast<double>(i + 1);
        const double f1 = (2 * found_first / (first + taken_first) + 2 * below_second / (second + taken_second)) / 2;
        cuts.push_back({cut, f1});
        best = std::max(best, f1);
    }
    double from = widest, to = -widest;
    for (const auto& [cut, f1] : cuts) {
        if (f1 < best - as_good) continue;
        from = std::min(from, cut), to = std::max(to, cut);
    }
    return from > to ? 0 : -(from + to) / 2;
}

// What lines learned on the other folds say of each example.
struct Unseen {
    double steepness = 1;  // of the likelihood over the scores; the sign stays the machine's
    std::vector<double> losses;  // logarithm of how unlikely the truth was called, by example
    std::vector<std::pair<double, bool>> whole;  // log-odds of whole texts, and on which side they are
};

// How steeply scores turn into certainty: Platt 1999.
Unseen ask_unseen(const std::vector<Example>& used, const Rows& rows, const std::vector<std::int8_t>& targets, const std::vector<unsigned>& fold_of_row, std::size_t table, const Descent& descent) {
    Unseen out;
    std::vector<std::uint32_t> learned, asked;
    std::vector<std::pair<double, double>> seen;
    for (unsigned fold = 0; fold < folds; ++fold) {
        part(fold_of_row, fold, learned, asked);
        const Line line = separate(rows, targets, table, descent, learned);
        for (const std::uint32_t i : asked) {
            seen.push_back({line.score(rows[i]), targets[i]});
            if (!used[i].composed) out.whole.push_back({line.score(rows[i]), targets[i] > 0});
        }
    }
    for (int round = 0; round < 50; ++round) {
        double slope = 0, bend = 1e-9;
        for (const auto& [score, target] : seen) {
            const double p = 1 / (1 + std::exp(-out.steepness * score));
            slope += (p - (target > 0 ? 1 : 0)) * score;
            bend += p * (1 - p) * score * score;
        }
        out.steepness = std::clamp(out.steepness - slope / bend, 0.1, 20.0);
    }
    for (const auto& [score, target] : seen) out.losses.push_back(std::log1p(std::exp(-out.steepness * score * target)));
    for (auto& one : out.whole) one.first *= out.steepness;
    return out;
}

// By more than chance: the mean difference of their losses is beyond its standard error (the rule of one standard error, Breiman et al. 1984).
bool surely_better(const std::vector<double>& one, const std::vector<double>& other) {
    const auto n = static_cast<double>(one.size());
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const double less = other[i] - one[i];
        sum += less, squares += less * less;
    }
    const double mean = sum / n;
    return mean > std::sqrt(std::max(0.0, squares / n - mean * mean) / n);
}

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
    std::vector<unsigned> fold_of_row;
    const Rows rows = rows_of(used, how.shape, fold_of_row);
    const std::size_t table = std::size_t{1} << how.shape.bits;
    Descent descent = how.descent;
    descent.seed = how.seed;
    Unseen unseen = ask_unseen(used, rows, targets, fold_of_row, table, descent);
    if (how.choose_cost) {
        Descent bolder = descent;
        bolder.cost *= 2;
        Unseen other = ask_unseen(used, rows, targets, fold_of_row, table, bolder);
        if (surely_better(other.losses, unseen.losses)) unseen = std::move(other), descent = bolder;
    }
    const double steepness = unseen.steepness;
    const double prior = how.expected > 0 ? std::log(how.expected / (1 - how.expected)) : best_cut(std::move(unseen.whole));
    const Line line = separate(rows, targets, table, descent);
    Taught taught;
    taught.examples = used.size();
    taught.left_out = examples.size() - used.size();
    taught.note = std::to_string(first) + " on the one side, " + std::to_string(used.size() - first) + " on the other";
    taught.model = LinearModel::write(task, how.version, how.shape, {{std::string(task), line}},
                                      {{"steepness", joined({static_cast<float>(steepness)})}, {"prior", joined({static_cast<float>(prior)})}});
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
    std::vector<std::size_t> lengths;
    std::vector<unsigned> fold_of_row;
    const Rows rows = rows_of(used, how.shape, fold_of_row, &lengths);
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
        Descent softer = descent;
        softer.cost = descent.cost / 2;
        lines.push_back({"stars", regress(rows, exact, table, 0.1f, softer, learned)});
        for (int k = 2; k < 5; ++k) {
            std::vector<std::int8_t> targets;
            for (const int star : stars) targets.push_back(star == k ? 1 : -1);
            lines.push_back({"just" + std::to_string(k), separate(rows, targets, table, descent, learned)});
        }
        return lines;
    };
    std::vector<std::array<float, inputs>> seen(rows.size());
    std::vector<std::uint32_t> learned, asked;
    for (unsigned fold = 0; fold < folds; ++fold) {
        part(fold_of_row, fold, learned, asked);
        const auto lines = machines(learned);
        for (const std::uint32_t i : asked) {
            std::array<float, LinearModel::most_heads> scores{};
            for (std::size_t h = 0; h < heads; ++h) scores[h] = lines[h].second.score(rows[i]);
            seen[i] = inputs_of(scores, lengths[i]);
        }
    }
    // Which stars these scores are given: a softmax over them, its weights those of the last rounds on average.
    constexpr int rounds = 80, averaged = 20;
    std::vector<double> mixing(5 * inputs), mean(5 * inputs);
    std::vector<std::uint32_t> order(seen.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    Dice dice(how.seed);
    double rate = 0.02;
    for (int round = 0; round < rounds; ++round, rate *= 0.96) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice.next() % i]);
        for (const std::uint32_t i : order) {
            const auto shares = shares_of(mixing.data(), seen[i]);
            for (std::size_t c = 0; c < 5; ++c) {
                const double error = shares[c] - (stars[i] == static_cast<int>(c) + 1 ? 1 : 0);
                for (std::size_t n = 0; n < inputs; ++n) mixing[c * inputs + n] -= rate * (error * static_cast<double>(seen[i][n]) + 1e-5 * mixing[c * inputs + n]);
            }
        }
        if (round >= rounds - averaged)
            for (std::size_t n = 0; n < mean.size(); ++n) mean[n] += mixing[n] / averaged;
    }
    const std::vector<float> numbers(mean.begin(), mean.end());
    Taught taught;
    taught.examples = used.size();
    taught.left_out = examples.size() - used.size();
    taught.model = LinearModel::write("stars", how.version, how.shape, machines({}), {{"mixing", joined(numbers)}});
    return taught;
}

Result<Sides> Sides::open(LinearModel model) {
    Sides sides;
    const auto numbers = model.numbers("steepness");
    const auto prior = model.numbers("prior");  // models from before it have none
    if (model.heads().size() != 1 || numbers.size() != 1 || prior.size() > 1) return Error{ErrorKind::invalid, "bad_model", "its head or its steepness is missing", ""};
    sides.steepness_ = numbers[0];
    if (!prior.empty()) sides.prior_ = prior[0];
    sides.model_ = std::move(model);
    return sides;
}

double Sides::of(const Tokens& tokens, std::size_t begin, std::size_t end, Scratch& scratch) const { return likely(tokens, begin, end, 0, scratch); }
double Sides::of_whole(const Tokens& tokens, Scratch& scratch) const { return likely(tokens, 0, tokens.all.size(), static_cast<double>(prior_), scratch); }

double Sides::likely(const Tokens& tokens, std::size_t begin, std::size_t end, double prior, Scratch& scratch) const {
    std::array<float, LinearModel::most_heads> scores{};
    if (model_.score(tokens, begin, end, scratch, scores) == 0) return 0;
    return std::tanh((static_cast<double>(steepness_ * scores[0]) + prior) / 2);  // 2 p - 1
}

Result<Stars> Stars::open(LinearModel model) {
    Stars stars;
    const auto numbers = model.numbers("mixing");
    if (model.heads().size() != heads || numbers.size() != 5 * inputs) return Error{ErrorKind::invalid, "bad_model", "its heads or its mixing are missing", ""};
    stars.mixing_ = numbers;
    stars.model_ = std::move(model);
    return stars;
}

std::array<double, 5> Stars::shares(const Tokens& tokens, Scratch& scratch) const {
    std::array<float, LinearModel::most_heads> scores{};
    model_.score(tokens, scratch, scores);
    return shares_of(mixing_.data(), inputs_of(scores, tokens.all.size()));
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
