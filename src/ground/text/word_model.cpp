#include "ground/text/word_model.h"

#include "ground/text/alone.h"

#include <charconv>
#include <utility>

namespace verbatim::text {
namespace {

constexpr std::string_view model_mark = "verbatim insult words 1\n";
constexpr std::size_t shortest_word = 4, longest_word = 20;

}  // namespace

// The mark, one line "version scale bias", then the weights, a signed byte each.
bool WordModel::open(std::string_view bytes) {
    if (bytes.substr(0, model_mark.size()) != model_mark) return false;
    bytes.remove_prefix(model_mark.size());
    const std::size_t end = bytes.substr(0, 200).find('\n');
    if (end == std::string_view::npos || bytes.size() - end - 1 != weight_count) return false;
    std::string_view line = bytes.substr(0, end);
    const std::size_t first = line.find(' ');
    if (first == std::string_view::npos || first == 0) return false;
    const std::string_view version = line.substr(0, first);
    line.remove_prefix(first + 1);
    double numbers[2] = {};
    for (double& number : numbers) {
        const auto [rest, error] = std::from_chars(line.data(), line.data() + line.size(), number);
        if (error != std::errc{} || !(number > -100 && number < 100)) return false;
        line.remove_prefix(static_cast<std::size_t>(rest - line.data()));
        if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    }
    if (!line.empty()) return false;
    version_ = std::string(version);
    scale_ = numbers[0];
    bias_ = numbers[1];
    weights_ = reinterpret_cast<const signed char*>(bytes.data()) + end + 1;
    return true;
}

double WordModel::score(std::string_view word) const {
    int sum = 0;
    each_run(word, [&](std::uint32_t run) { sum += weights_[run]; });
    return bias_ + scale_ * sum;
}

void find_unknown_words(const WordModel& model, const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks) {
    const std::string& chars = text.chars;
    const std::size_t size = chars.size();
    const std::uint16_t german = language_number("de");
    const bool well_known = language == language_number("en") || language == language_number("fr") || language == german;
    std::string_view before, last;  // the words before
    std::size_t last_end = 0;
    for (std::size_t i = 0; i < size;) {
        if (!is_word(chars[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        bool letters = true;
        while (i < size && is_word(chars[i])) letters = (chars[i] >= 'a' && chars[i] <= 'z' && letters), ++i;
        const std::size_t end = i;
        const std::string_view older = std::exchange(before, std::exchange(last, std::string_view(chars).substr(begin, end - begin)));
        const std::size_t before_end = std::exchange(last_end, end);
        if (!letters || end - begin < shortest_word || end - begin > longest_word) continue;
        const bool joined = before_end > 0 && begin == before_end + 1 && chars[before_end] == ' ';
        const bool sentence = begin == 0 || (begin >= 2 && !joined && chars[begin - 1] == ' ' && (chars[begin - 2] == '.' || chars[begin - 2] == '!' || chars[begin - 2] == '?'));
        if (joined) {
            if (!lexicon.may_say(older, before)) continue;
        } else if (end < size && chars[end] == ' ') {
            continue;  // goes on: no clause of its own
        }
        if (end < size && (chars[end] == '\'' || chars[end] == '-' || chars[end] == '@')) continue;
        if (begin > 0 && (chars[begin - 1] == '\'' || chars[begin - 1] == '-' || chars[begin - 1] == '@' || chars[begin - 1] == '.' || chars[begin - 1] == '/')) continue;
        if (end + 1 < size && !parts_clauses(chars[end]) && chars[end] != ' ') continue;
        if (end + 1 < size && chars[end] == '.' && is_word(chars[end + 1])) continue;  // an address
        // A capital within a sentence is a name's, in German any noun's.
        if (text.is_upper(begin) && !sentence && language != german && !text.is_upper(end - 1)) continue;
        const std::string_view word = std::string_view(chars).substr(begin, end - begin);
        if (!stands_alone(lexicon, text, begin, end, language)) continue;
        if (lexicon.is(word, Kind::common, language) || lexicon.is(word, Kind::brand, language)) continue;
        // Ordinary words of the other languages were few in what it learned from: it must be surer there.
        const double score = model.score(word) - (well_known ? 0 : 0.9);
        if (score > 0) marks.push_back({begin, end, "insult", score > 2 ? 0.5 : 0.4, "model.words"});
    }
}

}  // namespace verbatim::text
