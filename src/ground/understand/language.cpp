#include "ground/understand/language.h"

#include "ground/understand/alphabet.h"
#include "ground/understand/learning.h"
#include "ground/understand/tokens.h"

#include <charconv>
#include <cmath>
#include <map>

namespace verbatim::understand {
namespace {

constexpr std::string_view first_line = "verbatim languages 2";
constexpr std::size_t longest_run = 4, longest_whole = 12, weight_of_whole = 3;  // neighbours share their runs of letters and differ in whole words
constexpr std::size_t table = std::size_t{1} << Languages::bits;

constexpr std::size_t longest_word_read = 48;

// visit(letters, size) for each word of the beginning; letters[size] is a blank.
template <class Visit>
void each_word(std::string_view utf8, Visit&& visit) {
    const Alphabet& alphabet = Alphabet::known();
    const auto* at = reinterpret_cast<const unsigned char*>(utf8.data());
    const auto* const end = at + utf8.size();
    char16_t word[longest_word_read + 1];
    std::size_t size = 0, points = 0;
    const auto close = [&] {
        if (size == 0) return;
        word[size] = u' ';
        visit(word, size);
        size = 0;
    };
    while (at < end && points < Languages::read_points) {
        const std::uint32_t point = next_point(at, end);
        if (point == 0) break;
        ++points;
        const auto what = alphabet.what(point);
        if (what == Alphabet::letter || what == Alphabet::ideograph || what == Alphabet::joining) {
            word[size++] = point < Alphabet::size ? alphabet.lower[point] : static_cast<char16_t>(point);
            if (size == longest_word_read) close();
        } else {
            close();
            if (point != 0xA1 && point != 0xBF) continue;
            word[size++] = static_cast<char16_t>(point);  // "¡", "¿": signs that only Spanish has are as good as a word
            close();
        }
    }
    close();
}

// visit(place) for each feature of a word: its runs of letters, read over both ends, and where it is short the whole of it.
template <class Visit>
void each_place(const char16_t* word, std::size_t size, Visit&& visit) {
    std::uint32_t whole = 0x33u, hash = hash_letter(hash_start, u' ');
    for (std::size_t n = 0; n < longest_run - 1 && n <= size; ++n) visit(spread(hash = hash_letter(hash, word[n])) & (table - 1));
    for (std::size_t i = 0; i < size; ++i) {
        hash = hash_start;
        for (std::size_t n = 0; n < longest_run && i + n <= size; ++n) visit(spread(hash = hash_letter(hash, word[i + n])) & (table - 1));
        whole = hash_letter(whole, word[i]);
    }
    if (size <= longest_whole)
        for (std::size_t n = 0; n < weight_of_whole; ++n) visit(spread(whole) & (table - 1));
}

// The sums of words seen lately: frequent words are most of any text. One thread's, of one model.
struct KnownWords {
    struct Word {
        std::uint32_t hash = 0;
        std::uint16_t size = 0, count = 0;
        std::array<std::int16_t, Languages::most> sums{};  // at most 200 features of a word, 127 each
    };
    std::uint64_t of = 0;
    std::vector<Word> words;
};
constexpr std::size_t known_words = 4096;

struct Piece {
    std::vector<std::uint16_t> places;
    std::uint8_t language = 0;
};

Error bad(const char* why) { return {ErrorKind::invalid, "bad_model", why, ""}; }

// Each language's examples, by its code.
using ByLanguage = std::map<std::string, std::vector<const Example*>>;

struct Learned {
    std::vector<float> weights = std::vector<float>(table * Languages::most), biases = std::vector<float>(Languages::most);
};

Learned learn(const ByLanguage& by_language, const LanguageTeaching& how, std::uint64_t seed) {
    Learned learned;
    Dice dice(seed);
    std::vector<Piece> pieces;
    std::uint8_t number = 0;
    for (const auto& [lang, texts] : by_language) {
        // The same number for each, so that none is guessed for being frequent: a language with few texts is cut more often.
        const std::size_t wanted = std::min(how.most_of_a_language, std::max<std::size_t>(4000, 3 * texts.size()));
        for (std::size_t i = 0; i < wanted; ++i) {
            const std::string& text = texts[i < texts.size() ? i : dice.next() % texts.size()]->text;
            const std::size_t most = 8 + dice.next() % 73;
            std::size_t begin = text.size() > most ? dice.next() % (text.size() - most + 1) : 0;
            while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
            if (const auto blank = text.find(' ', begin); begin > 0 && blank != std::string::npos && blank < begin + 20) begin = blank + 1;
            Piece piece;
            piece.language = number;
            auto end = std::min(text.size(), begin + most);
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
            each_word(std::string_view(text).substr(begin, end - begin), [&](const char16_t* letters, std::size_t size) {
                each_place(letters, size, [&](std::uint32_t place) { piece.places.push_back(static_cast<std::uint16_t>(place)); });
            });
            if (!piece.places.empty()) pieces.push_back(std::move(piece));
        }
        ++number;
    }
    const std::size_t count = by_language.size();
    std::vector<float>& weights = learned.weights;
    std::vector<float>& biases = learned.biases;
    std::vector<float> squares(table * Languages::most, 1e-6f);
    std::vector<std::uint32_t> order(pieces.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    std::array<float, Languages::most> scores{};
    std::vector<std::uint16_t> kept;
    for (unsigned round = 0; round < how.rounds; ++round) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[dice.next() % i]);
        const float rate = 0.5f / (1 + 0.5f * static_cast<float>(round));
        for (const std::uint32_t i : order) {
            const Piece& piece = pieces[i];
            // Others of its features are left out each time: of a language with few texts it would learn these texts by heart.
            kept.clear();
            for (const std::uint16_t place : piece.places)
                if (dice.next() % 100 >= how.left_out) kept.push_back(place);
            if (kept.empty()) continue;
            const float value = 1 / length_of(kept.size());
            for (std::size_t k = 0; k < count; ++k) scores[k] = biases[k];
            for (const std::uint16_t place : kept)
                for (std::size_t k = 0; k < count; ++k) scores[k] += value * weights[place * Languages::most + k];
            const float top = *std::max_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(count));
            float sum = 0;
            for (std::size_t k = 0; k < count; ++k) sum += scores[k] = std::exp(scores[k] - top);
            for (std::size_t k = 0; k < count; ++k) {
                scores[k] = scores[k] / sum - (piece.language == k ? 1.0f : 0.0f);
                biases[k] -= 0.01f * rate * scores[k];
            }
            for (const std::uint16_t place : kept) {
                float* const own = &weights[place * Languages::most];
                float* const square = &squares[place * Languages::most];
                for (std::size_t k = 0; k < count; ++k) {
                    const float slope = scores[k] * value + 1e-6f * own[k];
                    square[k] += slope * slope;
                    own[k] -= rate * slope / std::sqrt(square[k]);
                }
            }
        }
    }
    return learned;
}

}  // namespace

Result<Languages> Languages::open_owned(std::string bytes) {
    auto kept = std::make_shared<const std::string>(std::move(bytes));
    auto languages = open(*kept);
    if (languages.ok()) languages->owned_ = std::move(kept);
    return languages;
}

Result<Languages> Languages::open(std::string_view bytes) {
    // head lines: first_line, version, codes with their biases, scale
    Languages languages;
    const auto gap = bytes.substr(0, 8192).find("\n\n");
    if (gap == std::string_view::npos || !bytes.starts_with(first_line)) return bad("this is no model of `verbatim train language`");
    std::string_view head = bytes.substr(0, gap + 1);
    head.remove_prefix(first_line.size() + 1);
    const auto line = [&] {
        const auto end = head.find('\n');
        const auto text = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
        return text;
    };
    languages.version_ = std::string(line());
    const auto number = [](std::string_view text, float& into) {
        const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
        return read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(into);
    };
    if (!number(line(), languages.scale_)) return bad("its scale is not understood");
    while (!head.empty()) {
        const auto text = line();
        const auto blank = text.find(' ');
        float bias = 0;
        if (blank == std::string_view::npos || blank < 2 || blank > 3 || !number(text.substr(blank + 1), bias)) return bad("its languages are not understood");
        languages.codes_.push_back(std::string(text.substr(0, blank)));
        languages.biases_.push_back(bias);
    }
    if (languages.codes_.size() < 2 || languages.codes_.size() > most) return bad("it knows fewer than two languages, or too many");
    const auto weights = bytes.substr(gap + 2);
    if (weights.size() != table * most) return bad("it is cut or too long");
    languages.weights_ = reinterpret_cast<const std::int8_t*>(weights.data());
    static std::atomic<std::uint64_t> opened{0};
    languages.number_ = ++opened;
    return languages;
}

Guess Languages::guess(std::string_view utf8) const {
    thread_local KnownWords known;
    if (known.of != number_) {
        known.words.assign(known_words, {});
        known.of = number_;
    }
    std::array<std::int32_t, most> all{};
    std::size_t count = 0;
    each_word(utf8, [&](const char16_t* letters, std::size_t size) {
        std::uint32_t hash = hash_start;
        for (std::size_t i = 0; i < size; ++i) hash = hash_letter(hash, letters[i]);
        auto& word = known.words[spread(hash) & (known_words - 1)];
        if (word.hash != hash || word.size != size) {
            word = {hash, static_cast<std::uint16_t>(size), 0, {}};
            each_place(letters, size, [&](std::uint32_t place) {
                const std::int8_t* weights = weights_ + static_cast<std::size_t>(place) * most;
                for (std::size_t k = 0; k < most; ++k) word.sums[k] = static_cast<std::int16_t>(word.sums[k] + weights[k]);
                ++word.count;
            });
        }
        for (std::size_t k = 0; k < most; ++k) all[k] += word.sums[k];
        count += word.count;
    });
    if (count == 0) return {};
    const float length = length_of(count);
    std::array<float, most> scores{};
    std::size_t best = 0;
    for (std::size_t k = 0; k < codes_.size(); ++k) {
        scores[k] = biases_[k] + scale_ * static_cast<float>(all[k]) / length;
        if (scores[k] > scores[best]) best = k;
    }
    double sum = 0;
    for (std::size_t k = 0; k < codes_.size(); ++k) sum += std::exp(static_cast<double>(scores[k] - scores[best]));
    return {codes_[best], 1 / sum};
}

Result<std::string> teach_languages(const std::vector<Example>& examples, const LanguageTeaching& how) {
    ByLanguage by_language;
    for (const Example& one : examples)
        if (one.lang.size() == 2) by_language[one.lang].push_back(&one);
    for (auto it = by_language.begin(); it != by_language.end();) it = it->second.size() < 10 ? by_language.erase(it) : std::next(it);
    if (by_language.size() < 2 || by_language.size() > Languages::most)
        return Error{ErrorKind::invalid, "too_few", "between 2 and 32 languages with at least 10 texts each are needed; \"lang\" says which language a text is in", ""};
    // Of a language with a few hundred sentences chance decides much: which pieces, in which order. The mean of several turns is steadier.
    const unsigned turns = std::max(1u, how.turns);
    Learned mean;
    for (unsigned turn = 0; turn < turns; ++turn) {
        const Learned one = learn(by_language, how, how.seed + turn);
        for (std::size_t i = 0; i < one.weights.size(); ++i) mean.weights[i] += one.weights[i] / static_cast<float>(turns);
        for (std::size_t k = 0; k < one.biases.size(); ++k) mean.biases[k] += one.biases[k] / static_cast<float>(turns);
    }
    const std::vector<float>& weights = mean.weights;
    const std::vector<float>& biases = mean.biases;
    std::uint8_t number = 0;
    std::vector<float> sizes;
    for (const float weight : weights)
        if (weight != 0) sizes.push_back(std::fabs(weight));
    const auto place = static_cast<std::ptrdiff_t>(static_cast<double>(sizes.size() - 1) * 0.9995);
    std::nth_element(sizes.begin(), sizes.begin() + place, sizes.end());
    const float scale = std::max(1e-12f, sizes[static_cast<std::size_t>(place)]) / 127;
    char text[64];
    std::snprintf(text, sizeof text, "%.9g", static_cast<double>(scale));
    std::string file = std::string(first_line) + "\n" + how.version + "\n" + text + "\n";
    for (const auto& [lang, texts] : by_language) {
        std::snprintf(text, sizeof text, "%.9g", static_cast<double>(biases[number++]));
        file += lang + " " + text + "\n";
    }
    file += "\n";
    for (const float weight : weights) file.push_back(static_cast<char>(static_cast<std::int8_t>(std::clamp(std::lround(weight / scale), -127l, 127l))));
    return file;
}

}  // namespace verbatim::understand
