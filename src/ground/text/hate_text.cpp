#include "ground/text/hate_text.h"

#include "ground/text/utf8.h"

namespace verbatim::text {
namespace {

// 0 for what is not an Arabic letter; 1 for what is written but not read (vowel signs, tatweel, a lone hamza).
unsigned char arabic(char32_t code) {
    if ((code >= 0x64B && code <= 0x65F) || code == 0x670 || code == 0x640 || code == 0x621 || code == 0x200D) return 1;
    switch (code) {
        case 0x622: case 0x623: case 0x625: case 0x671: code = 0x627; break;
        case 0x649: case 0x6CC: case 0x626: code = 0x64A; break;
        case 0x624: code = 0x648; break;
        case 0x629: code = 0x647; break;
        case 0x6A9: code = 0x643; break;
        default: break;
    }
    return code > 0x621 && code <= 0x64A ? static_cast<unsigned char>(first_arabic + (code - 0x621)) : 0;
}

bool is_quote(char32_t code) { return code == '"' || code == 0xAB || code == 0xBB || (code >= 0x201C && code <= 0x201F) || code == 0x2039 || code == 0x203A || code == 0x300C || code == 0x300D; }

// Signs that are drawn like a letter, inside a word.
bool letter_like(char c) { return c == '@' || c == '$' || c == '!' || c == '*' || c == '|' || c == euro_sign || c == '+'; }

class Reader {
public:
    Reader(std::string_view utf8, const Folded& folded, bool joins, HateText& out) : utf8_(utf8), folded_(folded), joins_(joins), out_(out) {}

    void read() {
        out_.letters.clear();
        out_.words.clear();
        out_.sentences = 0;
        out_.quotes = false;
        out_.questions.assign(1, false);
        const std::size_t size = folded_.size();
        for (std::size_t i = 0; i < size; ++i) {
            const char c = folded_.chars[i];
            if (c >= 'a' && c <= 'z') {
                put(static_cast<unsigned char>(c), i);
            } else if (is_digit(c)) {
                put(static_cast<unsigned char>(c), i);
                digits_ = true;
            } else if (c == ' ') {
                close(i);
            } else {
                sign(c, i);
            }
        }
        close(size);
        out_.sentences = static_cast<std::uint16_t>(sentence_ + 1);
    }

private:
    char32_t code_at(std::size_t i) const {
        std::size_t at = folded_.offset(i);
        return next_code_point(utf8_, at);
    }

    void put(unsigned char letter, std::size_t i) {
        if (!open_) {
            if (out_.words.size() == 65'000) return;
            if (!out_.letters.empty()) out_.letters.push_back(' ');
            open_ = true;
            digits_ = signs_ = false;
            out_.words.push_back({static_cast<std::uint32_t>(out_.letters.size()), 0, static_cast<std::uint32_t>(i), 0, sentence_, clause_, quoted_, false});
        }
        out_.letters.push_back(static_cast<char>(letter));
    }

    // Arabic has no letter three times in a row: drawn out, it counts once.
    void put_arabic(unsigned char letter, std::size_t i) {
        run_ = open_ && letter == last_ ? run_ + 1 : 1;
        last_ = letter;
        if (run_ == 3) out_.letters.pop_back();
        if (run_ < 3) put(letter, i);
    }

    void close(std::size_t i) {
        if (!open_) return;
        open_ = false;
        Word& word = out_.words.back();
        word.end = static_cast<std::uint32_t>(out_.letters.size());
        word.to = static_cast<std::uint32_t>(i);
        word.mixed = digits_ || signs_;
    }

    void end_clause() {
        if (!out_.words.empty() && out_.words.back().clause == clause_ && clause_ < 65'000) ++clause_;
    }
    void end_sentence() {
        end_clause();
        if (!out_.words.empty() && out_.words.back().sentence == sentence_ && sentence_ < 65'000) {
            ++sentence_;
            out_.questions.push_back(false);
        }
    }

    bool letter_follows(std::size_t i) const { return i + 1 < folded_.size() && is_word(folded_.chars[i + 1]); }

    void sign(char c, std::size_t i) {
        const char32_t code = c == other_letter || c == other_sign || c == '\'' || c == '"' ? code_at(i) : 0;
        if (c == other_letter || c == other_sign) {
            if (const unsigned char letter = arabic(code); letter != 0) {
                if (letter != 1) put_arabic(letter, i);
                return;
            }
            if (c == other_letter) {
                put(foreign_letter, i);
                return;
            }
        }
        if (c == '\'' && open_ && letter_follows(i)) {
            if (!joins_) close(i);
            return;
        }
        // A sign inside a word may stand for a letter ("h@te"); the word list decides.
        if (letter_like(c) && letter_follows(i) && (open_ || c == '@' || c == '$')) {
            put(static_cast<unsigned char>(c == euro_sign ? 'e' : c), i);
            signs_ = true;
            return;
        }
        close(i);
        if (is_quote(code)) {
            quoted_ = !quoted_;
            out_.quotes = true;
        } else if (c == '\'' && (letter_follows(i) != single_)) {
            // Single quotation marks: one opens before a word and closes behind one.
            single_ = !single_;
            quoted_ = single_;
            out_.quotes = true;
        } else if (c == '.' || c == '!' || c == '?' || c == '\n' || code == 0x61F || code == 0x6D4) {
            if (c == '?' || code == 0x61F) out_.questions.back() = true;
            end_sentence();
        } else if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || code == 0x60C || code == 0x61B) {
            end_clause();
        }
    }

    std::string_view utf8_;
    const Folded& folded_;
    bool joins_;
    HateText& out_;
    unsigned char last_ = 0;
    std::size_t run_ = 0;
    bool open_ = false, digits_ = false, signs_ = false, quoted_ = false, single_ = false;
    std::uint16_t sentence_ = 0, clause_ = 0;
};

}  // namespace

void read_hate_text(std::string_view utf8, const Folded& folded, bool joins_apostrophe, HateText& out) { Reader(utf8, folded, joins_apostrophe, out).read(); }

std::string hate_letters(std::string_view utf8, bool joins_apostrophe) {
    Folded folded;
    HateText read;
    fold(utf8, folded);
    read_hate_text(utf8, folded, joins_apostrophe, read);
    return read.letters;
}

}  // namespace verbatim::text
