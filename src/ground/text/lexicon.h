// The words of all packs in one tree of letters, read along the folded text from every word's beginning, and tails of compounds
// from every word's end; what may stand anywhere in a word from every letter whose next two open such a form. One walk serves insults, honorifics and exceptions alike; what stands beside a name is looked up when
// asked for. A lexicon is either made of packs, or a view of an image that was made at build time and lies in the program: then
// it costs no start and no memory of its own.
#pragma once

#include "ground/text/folded.h"
#include "ground/text/pack.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace verbatim::text {

struct Rule {
    std::uint32_t name_begin = 0;  // into the lexicon's names
    std::uint16_t name_size = 0;
    std::uint16_t language = 0;    // language_number, 0 for all
    float confidence = 0;
    Kind kind = Kind::insult;
    std::uint8_t unused[3] = {};
};

std::uint16_t language_number(std::string_view code);

// std::popcount is a call into a library on the oldest machines we build for; this is a handful of instructions.
inline std::uint32_t count_bits(std::uint32_t bits) {
    bits -= bits >> 1 & 0x55555555u;
    bits = (bits & 0x33333333u) + (bits >> 2 & 0x33333333u);
    return (((bits + (bits >> 4)) & 0x0F0F0F0Fu) * 0x01010101u) >> 24;
}

struct Hit {
    std::size_t start = 0, end = 0;  // indices into Folded
    const Rule* rule = nullptr;
    bool disguised = false;
};

class Lexicon {
public:
    Lexicon() = default;
    Lexicon(const Lexicon&) = delete;
    Lexicon& operator=(const Lexicon&) = delete;

    // From packs: add each, then build.
    void add(const Pack& pack);
    void build();
    // Or from an image, which must outlive the lexicon. False when it is none: another layout, a wrong size.
    bool open(std::string_view image);
    std::string image() const;

    // Every place where a rule speaks that applies to a text of this language (0 unknown); at most the longest of each kind at
    // one beginning.
    void find(std::string_view utf8, const Folded& text, std::uint16_t language, std::vector<Hit>& hits) const;
    // May this be the last word, behind that one, of what says what follows? Asked before `is`, of every word.
    bool may_say(std::string_view before, std::string_view word) const {
        const auto set = [&](std::size_t bit) { return (says_ends_[bit / 32] >> bit % 32 & 1) != 0; };
        return set(ending_number({}, word)) || set(ending_number(before, word));
    }
    // Is this whole word (folded letters) of that kind in a text of this language? For the kinds behind last_trigger.
    bool is(std::string_view word, Kind kind, std::uint16_t language) const;

    std::string_view name(const Rule& rule) const { return std::string_view(names_.data(), names_.size()).substr(rule.name_begin, rule.name_size); }
    std::string_view version() const { return {version_.data(), version_.size()}; }  // "fr-2026.11 ..."
    std::size_t form_count() const { return exact_.empty() ? 0 : exact_.front(); }

private:
    friend class Walk;
    struct Node {
        std::uint32_t children = 0;  // bit per letter: a-z, then the space
        std::uint32_t first = 0;     // index of the first child
        std::uint32_t items = 0;     // index into items_, 0 none
    };
    // What stands at a node, with all that decides without a look at the rule.
    struct Item {
        std::uint32_t rule = 0;
        std::uint32_t exact = 0;  // index into exact_ of where its spelling begins in names_; 0 none
        std::uint16_t language = 0;
        Kind kind = Kind::insult;
        Scope scope = Scope::own;
        bool whole = true, capital = false;
        bool last = false;  // of this node's list
        bool alone = false;
        bool only = false;  // alone, whatever other rules say
        bool applies(std::uint16_t to) const { return scope == Scope::any || language == to || (to == 0 && scope == Scope::own); }
    };
    // Three letters as one number, to ask quickly whether a form may begin here.
    static constexpr std::size_t opening_words = 26 * 26 * 26 / 32 + 1;
    static std::size_t opening_number(const char* letters) { return (static_cast<std::size_t>(letters[0] - 'a') * 26 + static_cast<std::size_t>(letters[1] - 'a')) * 26 + static_cast<std::size_t>(letters[2] - 'a'); }
    // Two words, or one, as one number of few: by their first and last letters and their length.
    static constexpr std::size_t ending_words = (1 << 15) / 32;
    static std::size_t ending_number(std::string_view before, std::string_view word) {
        const auto look = [](std::string_view one) { return one.empty() ? std::size_t{0} : (static_cast<unsigned char>(one.front()) * 31u + static_cast<unsigned char>(one.back())) * 31u + one.size(); };
        return (look(before) * 7919 + look(word)) % (ending_words * 32);
    }
    // While the packs are read: children as linked lists, items as linked lists. build() turns it into Nodes.
    struct Draft {
        struct Place {
            std::uint32_t child = 0, sibling = 0, items = 0;
            char letter = 0;
        };
        struct Entry {
            Item item;
            std::uint32_t next = 0;
        };
        std::vector<Place> places{1};
        std::vector<Entry> entries{1};  // the first stands for none
        void add(std::string_view form, Item item, bool backward);
        bool softened(std::uint32_t first, const Item& item) const;
    };
    // The parts as they lie one behind the other in an image.
    struct Owned {
        std::vector<Node> forward, backward, inside, context;
        std::vector<std::uint32_t> says_ends;  // a bit for each ending_number of a last word of `says`
        std::vector<std::uint32_t> openings;  // a bit for each three letters that begin a form of `inside`
        std::vector<Item> items;
        std::vector<Rule> rules;
        std::vector<std::uint32_t> exact;  // the first is the number of forms; then begin and end in names, in turn
        std::vector<char> names, version;
    };
    void build_tree(const Draft& draft, std::vector<Node>& nodes);
    void note_endings(const std::vector<std::string>& forms);
    void add_inside(std::string_view form, const Item& item);
    void share(std::vector<Node>& nodes);  // lexicon_share.cpp
    void drop_unnamed_items();
    void show_owned();
    template <class Visit> static bool each_part(Lexicon& lexicon, Visit&& visit);
    std::string_view exact_form(const Item& item) const {
        return std::string_view(names_.data(), names_.size()).substr(exact_[item.exact], exact_[item.exact + 1] - exact_[item.exact]);
    }
    std::uint32_t child(std::span<const Node> nodes, std::uint32_t node, unsigned letter) const;
    bool opens_inside(const char* letters) const {
        const std::size_t opening = opening_number(letters);
        return (openings_[opening / 32] >> opening % 32 & 1) != 0;
    }
    void find_tails(const Folded& text, std::size_t end, std::uint16_t language, std::vector<Hit>& hits) const;

    std::span<const Node> forward_, backward_, inside_, context_;
    std::span<const std::uint32_t> openings_, says_ends_;
    std::span<const Item> items_;
    std::span<const Rule> rules_;
    std::span<const std::uint32_t> exact_;
    std::span<const char> names_, version_;
    Owned owned_;
    Draft forward_draft_, backward_draft_, inside_draft_, context_draft_;  // emptied by build
};

}  // namespace verbatim::text
