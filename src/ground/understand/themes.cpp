#include "ground/understand/themes.h"

#include <bit>
#include <charconv>

extern "C" {
extern const char verbatim_car_themes[], verbatim_car_themes_end[];
}

namespace verbatim::understand {
namespace {

// Below this the words of a clause say too little, and its sentence is asked as well.
constexpr double says_little = 0.2;
constexpr std::size_t longest_clause = 60;  // words: somebody who writes without any stop is cut here

std::uint32_t beginning_hash(const char16_t* letters, std::size_t size) {
    std::uint32_t hash = hash_start;
    for (std::size_t i = 0; i < size; ++i) hash = hash_letter(hash, letters[i]);
    return spread(hash) ^ 0xBE61u;
}

const std::vector<std::uint32_t>& contrast_words() {
    static const auto once = [] {
        std::vector<std::uint32_t> all;
        for (const char* word : {"mais", "cependant", "toutefois", "neanmoins", "but", "however", "although", "though", "aber", "jedoch", "allerdings", "doch", "obwohl", "pero", "aunque", "sino", "ma", "tuttavia", "mas", "porem", "embora", "maar", "echter", "hoewel", "ale", "jednak", "chociaz", "dar", "insa", "desi", "men", "но", "ama", "fakat"}) {
            all.push_back(word_hash(word));
        }
        std::sort(all.begin(), all.end());
        return all;
    }();
    return once;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

// visit(part) for each part between separators.
template <class Visit>
void each_part(std::string_view text, char separator, Visit&& visit) {
    while (true) {
        const auto end = std::min(text.find(separator), text.size());
        visit(trimmed(text.substr(0, end)));
        if (end == text.size()) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

void clauses_of(const Tokens& tokens, std::vector<Clause>& clauses) {
    clauses.clear();
    const auto& contrast = contrast_words();
    std::uint32_t sentence = 0, begin = 0;
    const auto close = [&](std::uint32_t end) {
        if (end > begin) clauses.push_back({begin, end, sentence});
    };
    for (std::uint32_t i = 0; i < tokens.all.size(); ++i) {
        const Token& token = tokens.all[i];
        const bool stop = token.kind == TokenKind::stop, mark = token.kind == TokenKind::sign && (tokens.letters[token.from] == u'!' || tokens.letters[token.from] == u'?');
        if (stop || mark) {
            close(i);
            begin = i + 1;
            const char16_t sign = tokens.letters[token.from];
            if (mark || sign == u'.' || sign == u'\n' || sign == u'\u2026') ++sentence;
        } else if ((token.kind == TokenKind::word && std::binary_search(contrast.begin(), contrast.end(), token.hash)) || i - begin >= longest_clause) {
            close(i);
            begin = i;
        }
    }
    close(static_cast<std::uint32_t>(tokens.all.size()));
}

const Themes& Themes::shipped() {
    static const Themes once = [] {
        auto read = parse({verbatim_car_themes, static_cast<std::size_t>(verbatim_car_themes_end - verbatim_car_themes)});
        if (!read.ok()) throw std::logic_error("the shipped themes: " + read.error().message);
        return std::move(*read);
    }();
    return once;
}

Result<Themes> Themes::parse(std::string_view file) {
    Themes read;
    std::string faults;
    std::size_t number = 0, cues = 0;
    const auto fault = [&](const std::string& what) {
        if (faults.size() < 10'000) faults += "line " + std::to_string(number) + ": " + what + "\n";
    };
    if (file.size() > most_bytes) return Error{ErrorKind::invalid, "bad_themes", "the file is longer than 4 MiB", ""};
    std::uint64_t bytes = 1469598103934665603ull;
    for (const char c : file) bytes = (bytes ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    char version[20];
    std::snprintf(version, sizeof version, "%08x", static_cast<unsigned>(bytes ^ bytes >> 32));
    read.version_ = version;
    Tokens tokens;
    each_part(file, '\n', [&](std::string_view line) {
        ++number;
        if (line.empty() || line.front() == '#') return;
        if (line.front() == '[') {
            const auto id = line.substr(1, line.size() - 2);
            if (line.back() != ']' || id.empty() || id.size() > 60 || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") != std::string_view::npos) return fault("a theme is [letters_digits.letters_digits]");
            if (read.theme(id)) return fault("the theme \"" + std::string(id) + "\" stands twice");
            if (read.themes_.size() == most_themes) return fault("more than 500 themes");
            read.themes_.push_back({std::string(id), {}});
            return;
        }
        if (read.themes_.empty()) return fault("this stands before the first [theme]");
        if (line.starts_with("name ")) {
            each_part(line.substr(5), '|', [&](std::string_view part) {
                if (part.size() < 4 || part[2] != ' ') return fault("a name is a language and words: \"fr Attente\"");
                read.themes_.back().names[std::string(part.substr(0, 2))] = std::string(trimmed(part.substr(3)));
            });
            return;
        }
        if (line.size() < 4 || line[2] != ' ') return fault("this is neither [theme] nor name nor a language and its cues");
        const std::string lang(line.substr(0, 2));
        if (!read.language_bits_.contains(lang)) {
            if (read.language_bits_.size() == 32) return fault("more than 32 languages");
            read.language_bits_.emplace(lang, 1u << read.language_bits_.size());
        }
        const std::uint32_t bit = read.language_bits_[lang];
        each_part(line.substr(3), ';', [&](std::string_view cue) {
            if (cue.empty()) return;
            if (++cues > most_cues) return fault("more than 50,000 cues");
            std::vector<Word> words;
            bool good = true;
            each_part(cue, ' ', [&](std::string_view word) {
                if (word.empty()) return;
                const bool open = word.ends_with('*');
                if (open) word.remove_suffix(1);
                tokenize(word, tokens);
                if (word.find('*') != std::string_view::npos || tokens.all.size() != 1 || (open && tokens.letters.size() < 2)) {
                    fault("\"" + std::string(cue) + "\": a cue is one to three words; a * ends a word of at least two letters");
                    good = false;
                    return;
                }
                Word one;
                one.prefix = static_cast<std::uint16_t>(open ? tokens.letters.size() : 0);
                one.hash = open ? beginning_hash(tokens.letters.data(), tokens.letters.size()) : tokens.all[0].hash;
                words.push_back(one);
            });
            if (!good) return;
            if (words.empty() || words.size() > 4) return fault("\"" + std::string(cue) + "\": a cue is one to four words");
            Cue made{words[0].hash, static_cast<std::uint16_t>(read.themes_.size() - 1), words[0].prefix, bit, 0};
            if (words.size() > 1) {
                made.more = static_cast<std::uint32_t>(read.phrases_.size() + 1);
                for (std::size_t i = 1; i < words.size(); ++i) {
                    words[i].last = i + 1 == words.size();
                    read.phrases_.push_back(words[i]);
                }
            }
            read.cues_.push_back(made);
        });
    });
    for (const Theme& one : read.themes_)
        if (one.names.empty()) faults += "[" + one.id + "]: it has no name\n";
    if (read.themes_.empty()) faults += "there is no theme\n";
    if (!faults.empty()) return Error{ErrorKind::invalid, "bad_themes", faults.substr(0, faults.size() - 1), ""};
    read.index();
    return read;
}

void Themes::index() {
    std::stable_sort(cues_.begin(), cues_.end(), [](const Cue& a, const Cue& b) { return a.hash < b.hash; });
    table_.assign(std::bit_ceil(std::max<std::size_t>(64, 4 * cues_.size())), 0);
    for (std::uint32_t i = 0; i < cues_.size(); ++i) {
        if (cues_[i].prefix > 0) prefix_lengths_ |= std::uint64_t{1} << std::min<unsigned>(63, cues_[i].prefix);
        if (i > 0 && cues_[i].hash == cues_[i - 1].hash) continue;
        std::size_t at = cues_[i].hash & (table_.size() - 1);
        while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
        table_[at] = i + 1;
    }
}

const Themes::Theme* Themes::theme(std::string_view id) const {
    const auto found = std::find_if(themes_.begin(), themes_.end(), [&](const Theme& one) { return one.id == id; });
    return found == themes_.end() ? nullptr : &*found;
}

bool Themes::word_fits(const Tokens& tokens, const Token& token, const Word& word) const {
    if (word.prefix == 0) return token.hash == word.hash;
    return token.size >= word.prefix && beginning_hash(tokens.letters.data() + token.from, word.prefix) == word.hash;
}

// The words after the first follow at once, or with one word between ("boîte automatique de vitesses" is still a gearbox).
bool Themes::phrase_fits(const Tokens& tokens, std::size_t at, std::size_t end, std::uint32_t more) const {
    for (std::size_t w = more - 1;; ++w) {
        const Word& word = phrases_[w];
        if (at + 1 < end && word_fits(tokens, tokens.all[at + 1], word)) at += 1;
        else if (at + 2 < end && word_fits(tokens, tokens.all[at + 2], word)) at += 2;
        else return false;
        if (word.last) return true;
    }
}

void Themes::find(const Tokens& tokens, std::string_view lang, const Sides& polarity, Scratch& scratch, std::vector<ThemeSpan>& spans) const {
    spans.clear();
    thread_local std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    const auto own = language_bits_.find(lang);
    const std::uint32_t languages = own == language_bits_.end() ? ~std::uint32_t{0} : own->second;
    std::vector<std::uint16_t> found;
    std::size_t sentence_of = clauses.size();
    double sentence_polarity = 0;
    for (std::size_t c = 0; c < clauses.size(); ++c) {
        const Clause& clause = clauses[c];
        found.clear();
        const auto look = [&](std::uint32_t hash, std::uint16_t prefix, std::size_t at) {
            for (std::size_t slot = hash & (table_.size() - 1); table_[slot] != 0; slot = (slot + 1) & (table_.size() - 1)) {
                std::size_t i = table_[slot] - 1;
                if (cues_[i].hash != hash) continue;
                for (; i < cues_.size() && cues_[i].hash == hash; ++i) {
                    const Cue& cue = cues_[i];
                    if (cue.prefix != prefix || (cue.languages & languages) == 0) continue;
                    if (std::find(found.begin(), found.end(), cue.theme) != found.end()) continue;
                    if (cue.more == 0 || phrase_fits(tokens, at, clause.end, cue.more)) found.push_back(cue.theme);
                }
                return;
            }
        };
        for (std::size_t i = clause.begin; i < clause.end; ++i) {
            const Token& token = tokens.all[i];
            if (token.kind != TokenKind::word) continue;
            look(token.hash, 0, i);
            std::uint32_t hash = hash_start;
            for (std::uint16_t n = 1; n <= token.size && n < 40; ++n) {
                hash = hash_letter(hash, tokens.letters[token.from + n - 1]);
                if ((prefix_lengths_ >> n & 1) != 0) look(spread(hash) ^ 0xBE61u, n, i);
            }
        }
        if (found.empty()) continue;
        // The word that turns ("but") says nothing of what it turns to.
        const auto& turns = contrast_words();
        const std::size_t first_word = clause.begin + (clause.end - clause.begin > 1 && std::binary_search(turns.begin(), turns.end(), tokens.all[clause.begin].hash) ? 1 : 0);
        double says = polarity.of(tokens, first_word, clause.end, scratch);
        if (says > -says_little && says < says_little) {
            if (sentence_of >= clauses.size() || clauses[sentence_of].sentence != clause.sentence) {
                std::size_t first = c, last = c;
                while (first > 0 && clauses[first - 1].sentence == clause.sentence) --first;
                while (last + 1 < clauses.size() && clauses[last + 1].sentence == clause.sentence) ++last;
                sentence_of = c;
                sentence_polarity = polarity.of(tokens, clauses[first].begin, clauses[last].end, scratch);
            }
            says = (says + sentence_polarity) / 2;
        }
        for (const std::uint16_t theme : found) spans.push_back({themes_[theme].id, says, tokens.all[first_word].begin, tokens.all[clause.end - 1].end});
    }
}

}  // namespace verbatim::understand
