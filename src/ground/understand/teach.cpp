#include "ground/understand/teach.h"

#include "ground/understand/features.h"
#include "ground/understand/folds.h"
#include "ground/understand/meaning.h"

#include <cmath>
#include <set>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr unsigned bits = 16;
constexpr Shape shape{bits, true, false, 4, 5};
constexpr std::string_view first_line = "verbatim taught theme 1\n";
constexpr double like_an_example = 0.75;  // of meaning: such a sentence may well be of the theme, and is no counterexample

// Words and pieces, and the signs of the meaning's strongest parts.
void features(const Tokens& tokens, std::size_t begin, std::size_t end, std::vector<std::uint32_t>& row) {
    constexpr std::uint32_t mask = (1u << bits) - 1;
    thread_local Distinct distinct;
    row.clear();
    each_feature(
        tokens, begin, end, shape, distinct,
        [&](const Token& token) { each_piece(tokens.letters.data() + token.from, token.size, shape, [&](std::uint32_t hash) { row.push_back(hash & mask); }); },
        [&](std::uint32_t hash) { row.push_back(hash & mask); });
    const MeaningVector vector = meaning_vector(tokens, begin, end);
    for (std::uint32_t i = 0; i < meaning_size; ++i)
        if (vector[i] > 40 || vector[i] < -40) row.push_back(spread(0xA11CEu + 2 * i + (vector[i] > 0 ? 1 : 0)) & mask);
}

struct Sentence {
    std::size_t begin, end;
};
void sentences_of(const Tokens& tokens, std::vector<Sentence>& sentences) {
    thread_local std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    sentences.clear();
    for (std::size_t c = 0; c < clauses.size(); ++c) {
        if (c > 0 && clauses[c].sentence == clauses[c - 1].sentence) sentences.back().end = clauses[c].end;
        else sentences.push_back({clauses[c].begin, clauses[c].end});
    }
}

// What lies between the two middles, nearer to the examples: a false find costs the reader more than a missed one.
float threshold_of(std::vector<float> examples, std::vector<float> others) {
    std::sort(examples.begin(), examples.end());
    std::sort(others.begin(), others.end());
    const float low = examples[examples.size() / 4], high = others[static_cast<std::size_t>(static_cast<double>(others.size() - 1) * 0.995)];
    return low > high ? high + (low - high) * 0.4f : high;
}

}  // namespace

Result<TaughtTheme> teach(std::string_view name, const std::vector<std::string>& examples, const std::vector<std::string>& others, std::uint64_t seed) {
    const auto too_few = [](const std::string& why) { return Error{ErrorKind::invalid, "too_few", why, ""}; };
    Rows rows;
    std::vector<std::int8_t> targets;
    std::vector<MeaningVector> meanings;
    Tokens tokens;
    std::vector<std::uint32_t> row;
    std::set<std::uint32_t> known;  // a copy of what is asked about must not be among what was learned
    for (const std::string& text : examples) {
        tokenize(text, tokens);
        if (tokens.all.empty() || meanings.size() == most_taught || !known.insert(words_hash(tokens)).second) continue;
        features(tokens, 0, tokens.all.size(), row);
        rows.add(row);
        targets.push_back(1);
        meanings.push_back(meaning_vector(tokens, 0, tokens.all.size()));
    }
    const std::size_t taught = rows.size();
    if (taught < fewest_taught) return too_few("at least five example sentences are needed, better twenty");
    for (const std::string& text : others) {
        if (rows.size() - taught == most_others) break;
        tokenize(text, tokens);
        if (tokens.all.empty()) continue;
        const auto vector = meaning_vector(tokens, 0, tokens.all.size());
        if (std::any_of(meanings.begin(), meanings.end(), [&](const MeaningVector& one) { return likeness(one, vector) >= like_an_example; })) continue;
        features(tokens, 0, tokens.all.size(), row);
        rows.add(row);
        targets.push_back(-1);
    }
    if (rows.size() - taught < 100) return too_few("at least a hundred sentences of other things are needed beside the examples");
    Descent descent{seed, 1, 20, 0.3, true};
    const std::size_t table = std::size_t{1} << bits;
    // Leaving out one example at a time, or a tenth of many: what the machine says of sentences it has not seen.
    const std::size_t folds = std::min<std::size_t>(taught, 10);
    std::vector<float> seen_examples, seen_others;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<std::uint32_t> learned;
        for (std::uint32_t i = 0; i < rows.size(); ++i)
            if (i % folds != fold) learned.push_back(i);
        const Line line = separate(rows, targets, table, descent, learned);
        for (std::size_t i = fold; i < rows.size(); i += folds) (targets[i] > 0 ? seen_examples : seen_others).push_back(line.score(rows[i]));
    }
    TaughtTheme theme;
    theme.name = name;
    theme.threshold = threshold_of(seen_examples, seen_others);
    theme.examples = taught;
    theme.others = seen_others.size();
    const auto above = [&](const std::vector<float>& scores) { return static_cast<std::size_t>(std::count_if(scores.begin(), scores.end(), [&](float score) { return score >= theme.threshold; })); };
    theme.found_again = above(seen_examples);
    theme.false_finds = above(seen_others);
    theme.machine = Heads(bits, {"taught"}, {separate(rows, targets, table, descent)});
    return theme;
}

void find_taught(const TaughtTheme& theme, const Tokens& tokens, std::vector<ThemeSpan>& spans) {
    thread_local std::vector<Sentence> sentences;
    thread_local std::vector<std::uint32_t> row;
    thread_local std::vector<float> scores;
    sentences_of(tokens, sentences);
    for (const Sentence& one : sentences) {
        features(tokens, one.begin, one.end, row);
        theme.machine.score(row, scores);
        if (scores[0] >= theme.threshold) spans.push_back({theme.name, 0, tokens.all[one.begin].begin, tokens.all[one.end - 1].end});
    }
}

std::string TaughtTheme::write() const {
    std::ostringstream head;
    head.precision(9);
    head << first_line << name << '\n' << threshold << ' ' << examples << ' ' << found_again << ' ' << others << ' ' << false_finds << '\n';
    std::string bytes = head.str();
    machine.write(bytes);
    return bytes;
}

Result<TaughtTheme> TaughtTheme::read(std::string_view bytes) {
    const Error bad{ErrorKind::invalid, "bad_model", "this is no taught theme", ""};
    if (!bytes.starts_with(first_line)) return bad;
    bytes.remove_prefix(first_line.size());
    TaughtTheme theme;
    const auto end = bytes.substr(0, 1000).find('\n');
    if (end == std::string_view::npos) return bad;
    theme.name = std::string(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
    const auto next = bytes.substr(0, 200).find('\n');
    if (next == std::string_view::npos) return bad;
    std::istringstream numbers{std::string(bytes.substr(0, next))};
    if (!(numbers >> theme.threshold >> theme.examples >> theme.found_again >> theme.others >> theme.false_finds)) return bad;
    bytes.remove_prefix(next + 1);
    auto heads = Heads::read(bytes);
    if (!heads.ok()) return heads.error();
    if (heads->size() != 1 || !bytes.empty()) return bad;
    theme.machine = std::move(*heads);
    return theme;
}

}  // namespace verbatim::understand
