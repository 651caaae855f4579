// One walk from the beginning of a word. Plain letters go straight down the tree; only where something stands that a disguise
// may be made of does it try more than one way, within a budget of steps.
#include "ground/text/alone.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <bit>

namespace verbatim::text {
namespace {

constexpr unsigned space_letter = 26;
constexpr int most_steps = 1000;  // of one beginning: a wall of asterisks must not cost more

// Letters a sign or a digit may stand for; "" for none.
const char* letters_of(char c) {
    switch (c) {
        case '0': return "o";
        case '1': return "il";
        case '3': return "e";
        case '4': return "a";
        case '5': return "s";
        case '7': return "t";
        case '8': return "b";
        case '9': return "g";
        case '@': return "a";
        case '$': return "s";
        case '!': return "il";
        case '|': return "il";
        case '+': return "t";
        case euro_sign: return "e";
        default: return "";
    }
}
bool parts_words(char c) { return c == ' ' || c == '-' || c == '\'' || c == '\n'; }
bool cuts_word(char c) { return c == '.' || c == '_' || c == '-' || c == '*' || c == '|' || c == '~' || c == '/' || c == '\'' || c == ',' || c == '+'; }
bool hides_letter(char c) { return c == '*' || c == '#' || c == '%' || c == '_'; }
bool plain(char c) { return c >= 'a' && c <= 'z'; }

// What was written, small and composed: what an exact form is held against.
bool written_as(std::string_view utf8, std::string_view form) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
    const auto composed = [&](std::string_view bytes) {
        icu::UnicodeString letters = icu::UnicodeString::fromUTF8(icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size())));
        letters.toLower();
        return normalizer->normalize(letters, status);
    };
    return U_SUCCESS(status) && composed(utf8) == composed(form) && U_SUCCESS(status);
}

}  // namespace

class Walk {
public:
    Walk(const Lexicon& lexicon, std::string_view utf8, const Folded& text, std::uint16_t language, std::vector<Hit>& hits)
        : lexicon_(lexicon), nodes_(lexicon.forward_.data()), utf8_(utf8), text_(text), chars_(text.chars.data()), size_(text.size()), language_(language), hits_(hits) {}

    void from(std::size_t start) { start_at(start, lexicon_.forward_.data()); }

    // From a letter within a word: the finding is the whole word.
    void within(std::size_t start) {
        const std::size_t first_hit = hits_.size();
        inside_ = true;
        start_at(start, lexicon_.inside_.data());
        inside_ = false;
        if (hits_.size() == first_hit) return;
        while (start > 0 && is_word(chars_[start - 1])) --start;
        for (std::size_t i = first_hit; i < hits_.size(); ++i) hits_[i].start = start;
    }

    bool may_open(std::size_t at) const {
        if (at + 2 >= size_) return false;
        if (plain(chars_[at]) && plain(chars_[at + 1]) && plain(chars_[at + 2])) return lexicon_.opens_inside(chars_ + at);
        const auto readable = [&](char c) { return plain(c) || is_digit(c) || c == '@' || c == '$' || c == '!'; };
        return at + 3 < size_ && readable(chars_[at]) && readable(chars_[at + 1]) && readable(chars_[at + 2]) && is_word(chars_[at + 3]);
    }

private:
    void start_at(std::size_t start, const Lexicon::Node* nodes) {
        start_ = start;
        nodes_ = nodes;
        steps_ = 0;
        const std::size_t first_hit = hits_.size();
        walk(start, 0, State{});
        if (hits_.size() > first_hit + 1) keep_longest(first_hit);
    }

    struct State {
        std::uint8_t letters = 0;   // of the form, spaces not counted
        std::uint8_t literal = 0;   // of them written as themselves
        std::uint8_t leet = 0, hidden = 0, repeated = 0, doubled = 0, cuts = 0, joined = 0;
        bool spaced = false, starred = false, at_sign = false;
        bool disguised() const { return leet != 0 || hidden != 0 || repeated != 0 || doubled != 0 || cuts != 0 || joined != 0 || spaced; }
    };

    std::uint32_t child(std::uint32_t node, unsigned letter) const {
        const std::uint32_t bit = 1u << letter;
        const Lexicon::Node& from = nodes_[node];
        if ((from.children & bit) == 0) return 0;
        return from.first + count_bits(from.children & (bit - 1));
    }

    void walk(std::size_t at, std::uint32_t node, State state) {
        for (;;) {
            if (nodes_[node].items != 0) accept(at, node, state);
            if (at >= size_ || ++steps_ > most_steps) return;
            const char c = chars_[at];
            if (!plain(c)) {
                special(at, node, state, c);
                return;
            }
            if (at > start_) {
                if (state.spaced) return;  // a spaced word goes on with a sign between its letters, never without
                if (c == chars_[at - 1] && state.letters > 0) repeat(at, node, state, c);
                if ((nodes_[node].children >> space_letter & 1) != 0 && state.letters > 1) join(at, node, state);
            }
            const std::uint32_t next = child(node, static_cast<unsigned>(c - 'a'));
            if (next == 0) return;
            node = next;
            ++at;
            ++state.letters;
            ++state.literal;
        }
    }

    // Letters written more often than the word has them: "cooonnard", "ssalope".
    void repeat(std::size_t at, std::uint32_t node, State state, char c) {
        std::size_t begin = at, end = at;
        while (begin > start_ && chars_[begin - 1] == c) --begin;
        while (end < size_ && chars_[end] == c) ++end;
        (end - begin >= 3 ? state.repeated : state.doubled) = 1;
        walk(at + 1, node, state);
    }

    // Phrases written without their spaces.
    void join(std::size_t at, std::uint32_t node, State state) {
        if (state.joined >= 8) return;
        ++state.joined;
        walk(at, child(node, space_letter), state);
    }

    void special(std::size_t at, std::uint32_t node, State state, char c) {
        if (state.letters == 0 && at != start_) return;
        const bool comma = c == ',' && at + 1 < size_ && chars_[at + 1] == ' ';
        if (parts_words(c) || comma) {
            if (const std::uint32_t next = child(node, space_letter); next != 0 && !state.spaced) {
                std::size_t behind = at + (comma ? 1 : 0);
                while (behind < size_ && behind < at + 4 && parts_words(chars_[behind])) ++behind;
                walk(behind, next, state);
            }
        }
        if (!inside_ && (state.spaced || (state.letters == 1 && at == start_ + 1))) spaced_letter(at, node, state);
        if (state.spaced) return;
        if (cuts_word(c) && state.letters > 0 && state.cuts < 8 && at + 1 < size_ && is_word(chars_[at + 1])) {
            State cut = state;
            ++cut.cuts;
            cut.starred = cut.starred || c == '*';
            walk(at + 1, node, cut);
        }
        // "lol!" ends in a shout, "c*nnard" and "f**k" hide letters, "f***" hides its end.
        const bool inside = at + 1 < size_ && (is_word(chars_[at + 1]) || hides_letter(chars_[at + 1]));
        const bool second = at > 0 && hides_letter(chars_[at - 1]);
        if (hides_letter(c) && state.letters > 0 && state.hidden < 6 && (inside || second)) {
            State hidden = state;
            ++hidden.hidden;
            ++hidden.letters;
            for (std::uint32_t rest = nodes_[node].children & ((1u << space_letter) - 1); rest != 0; rest &= rest - 1) {
                walk(at + 1, child(node, static_cast<unsigned>(std::countr_zero(rest))), hidden);
            }
        }
        if (!inside && ((c == '!' && state.letters < 5) || c == '|' || (c == '+' && state.leet == 0))) return;
        State leet = state;
        leet.at_sign = leet.at_sign || c == '@';
        ++leet.leet;
        ++leet.letters;
        for (const char* letter = letters_of(c); *letter != 0; ++letter) {
            if (const std::uint32_t next = child(node, static_cast<unsigned>(*letter - 'a')); next != 0) walk(at + 1, next, leet);
        }
    }

    // "c o n n a r d", "c.o.n.n.a.r.d": single letters with one or two signs between.
    void spaced_letter(std::size_t at, std::uint32_t node, State state) {
        std::size_t next_at = at;
        while (next_at < size_ && next_at < at + 2 && (chars_[next_at] == ' ' || cuts_word(chars_[next_at]))) ++next_at;
        if (next_at == at || next_at >= size_ || (next_at + 1 < size_ && is_word(chars_[next_at + 1]))) return;
        const char c = chars_[next_at];
        state.spaced = true;
        ++state.letters;
        if (plain(c)) {
            ++state.literal;
            if (const std::uint32_t next = child(node, static_cast<unsigned>(c - 'a')); next != 0) walk(next_at + 1, next, state);
            return;
        }
        ++state.leet;
        for (const char* letter = letters_of(c); *letter != 0; ++letter) {
            if (const std::uint32_t next = child(node, static_cast<unsigned>(*letter - 'a')); next != 0) walk(next_at + 1, next, state);
        }
    }

    // A short word disguised is more often an innocent one: the shorter, the less may be changed in it.
    static bool believable(const State& state) {
        if (!state.disguised()) return true;
        if (state.letters < 3 || (state.literal == 0 && !state.at_sign)) return false;
        if (state.leet != 0 && !state.at_sign && (state.letters == 3 ? state.literal < 2 : state.literal * 3 < state.letters)) return false;
        if (state.hidden != 0 && (state.letters < 4 || state.literal < 2 || state.hidden > 3)) return false;
        if (state.doubled != 0 && state.letters < 6) return false;
        if (state.cuts != 0 && state.letters < (state.starred ? 4 : 5)) return false;
        if (state.joined != 0 && state.letters < 8) return false;
        if (state.spaced && state.letters < 4) return false;
        return true;
    }

    // A word does not end before a sign that stands for a letter, nor a spelled one before its next letter.
    bool ends_here(std::size_t at, const State& state) const {
        if (at >= size_) return true;
        if (is_word(chars_[at])) return false;
        const bool goes_on = at + 1 < size_ && is_word(chars_[at + 1]);
        if (goes_on && (chars_[at] == '@' || chars_[at] == '$' || chars_[at] == '*' || chars_[at] == euro_sign)) return false;
        return !(state.spaced && goes_on && chars_[at] == chars_[at - 2] && ends_word(text_, at + 2));
    }

    void accept(std::size_t at, std::uint32_t node, const State& state) {
        for (std::uint32_t index = nodes_[node].items; index != 0; index = lexicon_.items_[index].last ? 0 : index + 1) {
            const Lexicon::Item& item = lexicon_.items_[index];
            if (!item.applies(language_) || (item.capital && !text_.is_upper(start_)) || (item.whole && !ends_here(at, state))) continue;
            const bool disguised = state.disguised();
            if (item.alone && !stands_alone(lexicon_, text_, start_, at, language_)) continue;
            if (disguised && (item.exact != 0 || item.kind > last_reason || !believable(state))) continue;
            const bool whole = item.whole;
            const Rule& rule = lexicon_.rules_[item.rule];
            std::size_t end = at;
            if (!whole && !state.spaced) {
                while (end < size_ && is_word(chars_[end])) ++end;
            }
            if (item.exact != 0) {
                const std::size_t from = text_.offset(start_);
                if (!written_as(utf8_.substr(from, text_.end_offset(end) - from), lexicon_.exact_form(item))) continue;
            }
            hits_.push_back({start_, end, &rule, disguised});
        }
    }

    // Of one kind at one beginning the longest, and of those as long the surest.
    void keep_longest(std::size_t first) {
        std::sort(hits_.begin() + static_cast<std::ptrdiff_t>(first), hits_.end(), [](const Hit& a, const Hit& b) {
            if (a.rule->kind != b.rule->kind) return a.rule->kind < b.rule->kind;
            if (a.end != b.end) return a.end > b.end;
            if (a.disguised != b.disguised) return b.disguised;
            if (a.rule->confidence != b.rule->confidence) return a.rule->confidence > b.rule->confidence;
            return a.rule < b.rule;
        });
        hits_.erase(std::unique(hits_.begin() + static_cast<std::ptrdiff_t>(first), hits_.end(), [](const Hit& a, const Hit& b) { return a.rule->kind == b.rule->kind; }), hits_.end());
    }

    const Lexicon& lexicon_;
    const Lexicon::Node* nodes_;
    std::string_view utf8_;
    const Folded& text_;
    const char* chars_;
    std::size_t size_;
    std::uint16_t language_;
    std::vector<Hit>& hits_;
    std::size_t start_ = 0;
    int steps_ = 0;
    bool inside_ = false;
};

void Lexicon::find(std::string_view utf8, const Folded& text, std::uint16_t language, std::vector<Hit>& hits) const {
    Walk walk(*this, utf8, text, language, hits);
    const char* chars = text.chars.data();
    const std::size_t size = text.size();
    bool in_word = false;
    for (std::size_t i = 0; i < size; ++i) {
        const char c = chars[i];
        const bool word = is_word(c);
        if (!in_word) {
            if (plain(c) || (c != other_letter && *letters_of(c) != 0 && i + 1 < size && is_word(chars[i + 1]))) walk.from(i);
        } else if (!word) {
            find_tails(text, i, language, hits);
        } else if (walk.may_open(i)) {
            walk.within(i);
        }
        in_word = word;
    }
    if (in_word) find_tails(text, size, language, hits);
}

}  // namespace verbatim::text
