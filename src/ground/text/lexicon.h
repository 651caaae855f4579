// The words of all packs in one tree of letters, read along the folded text from every word's beginning, and tails of compounds
// from every word's end. One walk serves insults, honorifics, brands and exceptions alike. Measured against a Vectorscan
// database of the same words: docs in the bench (ground_text_bench).
#pragma once

#include "ground/text/folded.h"
#include "ground/text/pack.h"

#include <cstdint>
#include <string>
#include <vector>

namespace verbatim::text {

struct Rule {
    Kind kind = Kind::insult;
    Shape shape = Shape::whole;
    Scope scope = Scope::own;
    bool capital = false, exact = false;
    float confidence = 0;
    std::uint16_t language = 0;  // two letters as a number, 0 for all
    std::string name;            // "fr.insult.connard"
};

std::uint16_t language_number(std::string_view code);

struct Hit {
    std::size_t start = 0, end = 0;  // indices into Folded
    const Rule* rule = nullptr;
    bool disguised = false;
};

class Lexicon {
public:
    void add(const Pack& pack);
    void build();  // after the last add

    // Every place where a rule speaks that applies to a text of this language (0 unknown); at most the longest of each kind at
    // one beginning.
    void find(std::string_view utf8, const Folded& text, std::uint16_t language, std::vector<Hit>& hits) const;

    std::size_t form_count() const { return form_count_; }
    std::size_t memory() const;  // bytes of the trees

private:
    friend class Walk;
    struct Node {
        std::uint32_t children = 0;  // bit per letter: a-z, then the space
        std::uint32_t first = 0;     // index of the first child
        std::uint32_t items = 0;     // index into items_, 0 none
    };
    struct Item {
        std::uint32_t rule = 0;
        std::uint32_t exact = 0;  // index into exact_forms_ + 1, 0 none
        bool last = false;        // of this node's list
    };
    struct Form {
        std::string text;
        Item item;
    };
    void build_tree(std::vector<Form>& forms, std::vector<Node>& nodes);
    void find_tails(const Folded& text, std::size_t end, std::uint16_t language, std::vector<Hit>& hits) const;
    bool applies(const Rule& rule, std::uint16_t language) const;

    std::vector<Rule> rules_;
    std::vector<Form> forward_forms_, backward_forms_;  // emptied by build
    std::vector<Node> forward_, backward_;
    std::vector<Item> items_;
    std::vector<std::string> exact_forms_;
    std::size_t form_count_ = 0;
};

}  // namespace verbatim::text
