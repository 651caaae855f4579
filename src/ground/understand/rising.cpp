#include "ground/understand/rising.h"

#include <cmath>

namespace verbatim::understand {
namespace {

constexpr std::uint32_t longest_phrase = 3, small_word = 3;
constexpr std::size_t most_texts_kept = 100, most_phrases_of_group = 8;
constexpr double prior_weight = 0.1;  // of a text of both windows together: the prior says "as before"
constexpr double together = 0.4;      // Jaccard of the texts of two phrases that are one matter

// The bytes of code points [begin, end).
std::string cut(std::string_view text, std::size_t begin, std::size_t end) {
    std::size_t point = 0, from = text.size(), to = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
        if (point == begin) from = i;
        if (point == end) {
            to = i;
            break;
        }
        ++point;
    }
    return std::string(text.substr(from, to - from));
}

// Of texts with and without the phrase: log-odds against the other window, and how far that is from chance.
double z_of(double before, double all_before, double after, double all_after) {
    const double share = (before + after + 0.5) / (all_before + all_after + 1);
    const double size = prior_weight * (all_before + all_after), prior = share * size;
    const double odds_after = (after + prior) / (all_after + size - after - prior), odds_before = (before + prior) / (all_before + size - before - prior);
    return (std::log(odds_after) - std::log(odds_before)) / std::sqrt(1 / (after + prior) + 1 / (before + prior));
}

double likeness_of(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other) {
    std::size_t both = 0;
    for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
        if (one[i] == other[j]) ++both, ++i, ++j;
        else one[i] < other[j] ? ++i : ++j;
    }
    return static_cast<double>(both) / static_cast<double>(one.size() + other.size() - both);
}

}  // namespace

void Rising::count(std::string_view text, const std::vector<ThemeSpan>& covered, bool later) {
    thread_local Tokens tokens;
    tokenize(text, tokens);
    const std::uint32_t number = later ? texts_after_++ : texts_before_++;
    std::vector<std::uint64_t> seen;
    const auto counts = [&](const Token& token) {
        return token.kind == TokenKind::word && std::none_of(covered.begin(), covered.end(), [&](const ThemeSpan& span) { return token.begin >= span.start && token.end <= span.end; });
    };
    for (std::size_t i = 0; i < tokens.all.size(); ++i) {
        std::uint64_t hash = 0;
        for (std::size_t n = 0; n < longest_phrase && i + n < tokens.all.size() && counts(tokens.all[i + n]); ++n) {
            hash = (hash ^ tokens.all[i + n].hash) * 0x9E3779B97F4A7C15ull + 1;
            // A phrase begins and ends with a word that says something.
            if (tokens.all[i].size <= small_word || tokens.all[i + n].size <= small_word) continue;
            seen.push_back(hash);
            Phrase& phrase = phrases_[hash];
            if (phrase.words.empty()) {
                phrase.words = cut(text, tokens.all[i].begin, tokens.all[i + n].end);
                phrase.length = static_cast<std::uint32_t>(n + 1);
            }
        }
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (const std::uint64_t hash : seen) {
        Phrase& phrase = phrases_[hash];
        ++(later ? phrase.after : phrase.before);
        if (later && phrase.texts.size() < most_texts_kept) phrase.texts.push_back(number);
    }
    if (phrases_.size() > wish_.most_phrases) forget();
}

void Rising::forget() {
    for (std::uint32_t rare = 1; phrases_.size() > wish_.most_phrases / 2; rare *= 2) std::erase_if(phrases_, [&](const auto& one) { return one.second.before + one.second.after <= rare; });
}

std::vector<RisingGroup> Rising::groups() const {
    struct One {
        const Phrase* phrase;
        double z;
        std::uint64_t hash;
    };
    std::vector<One> rising;
    for (const auto& [hash, phrase] : phrases_) {
        if (phrase.after < wish_.fewest) continue;
        const double z = z_of(phrase.before, texts_before_, phrase.after, texts_after_);
        if (z >= wish_.surest) rising.push_back({&phrase, z, hash});
    }
    // The surest first; of those as sure the longer phrase, which says more.
    std::sort(rising.begin(), rising.end(), [](const One& a, const One& b) {
        if (a.z != b.z) return a.z > b.z;
        if (a.phrase->length != b.phrase->length) return a.phrase->length > b.phrase->length;
        return a.hash < b.hash;
    });
    std::vector<RisingGroup> groups;
    std::vector<const Phrase*> firsts;
    for (const One& one : rising) {
        const RisingPhrase phrase{one.phrase->words, one.phrase->before, one.phrase->after, one.z};
        std::size_t at = 0;
        while (at < firsts.size() && likeness_of(firsts[at]->texts, one.phrase->texts) < together) ++at;
        if (at < firsts.size()) {
            if (groups[at].phrases.size() < most_phrases_of_group) groups[at].phrases.push_back(phrase);
            continue;
        }
        if (groups.size() == wish_.most_groups) continue;
        RisingGroup group;
        group.phrases.push_back(phrase);
        group.before = phrase.before;
        group.after = phrase.after;
        group.times = (static_cast<double>(phrase.after) + 0.5) / (texts_after_ + 1) / ((static_cast<double>(phrase.before) + 0.5) / (texts_before_ + 1));
        group.texts.assign(one.phrase->texts.begin(), one.phrase->texts.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(10, one.phrase->texts.size())));
        groups.push_back(std::move(group));
        firsts.push_back(one.phrase);
    }
    return groups;
}

}  // namespace verbatim::understand
