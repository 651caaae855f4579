#include "ground/text/lexicon.h"

#include <algorithm>
#include <bit>

namespace verbatim::text {
namespace {

constexpr unsigned space_letter = 26;

unsigned letter_number(char c) { return c == ' ' ? space_letter : static_cast<unsigned>(c - 'a'); }

}  // namespace

std::uint16_t language_number(std::string_view code) {
    if (code.size() < 2 || (code.size() > 2 && code[2] != '-' && code[2] != '_')) return 0;
    const auto small = [](char c) { return static_cast<unsigned>(c >= 'A' && c <= 'Z' ? c + 32 : c); };
    return static_cast<std::uint16_t>(small(code[0]) << 8 | small(code[1]));
}

void Lexicon::add(const Pack& pack) {
    const std::uint16_t language = pack.language == "*" ? std::uint16_t{0} : language_number(pack.language);
    for (const PackRule& source : pack.rules) {
        Rule rule;
        rule.kind = source.kind;
        rule.shape = source.shape;
        rule.scope = language == 0 ? Scope::any : source.scope;
        rule.capital = source.capital;
        rule.exact = source.exact;
        rule.confidence = static_cast<float>(source.confidence);
        rule.language = language;
        rule.name = pack.name + "." + std::string(kind_name(source.kind)) + "." + source.forms.front();
        const auto number = static_cast<std::uint32_t>(rules_.size());
        rules_.push_back(std::move(rule));
        for (const std::string& form : source.forms) {
            ++form_count_;
            if (source.exact) {
                exact_forms_.push_back(form);
                std::string letters = folded(form);
                std::replace_if(letters.begin(), letters.end(), [](char c) { return !is_letter(c); }, ' ');
                forward_forms_.push_back({std::move(letters), {number, static_cast<std::uint32_t>(exact_forms_.size()), false}});
                continue;
            }
            forward_forms_.push_back({form, {number, 0, false}});
            if (source.shape == Shape::tail) {
                backward_forms_.push_back({std::string(form.rbegin(), form.rend()), {number, 0, false}});
            }
        }
    }
}

void Lexicon::build() {
    items_.assign(1, Item{});
    build_tree(forward_forms_, forward_);
    build_tree(backward_forms_, backward_);
    items_.shrink_to_fit();
}

// Breadth first, so that the children of a node lie together and a bit count finds the one.
void Lexicon::build_tree(std::vector<Form>& forms, std::vector<Node>& nodes) {
    std::sort(forms.begin(), forms.end(), [](const Form& a, const Form& b) { return a.text != b.text ? a.text < b.text : a.item.rule < b.item.rule; });
    struct Range {
        std::size_t begin, end, depth;
    };
    std::vector<Range> ranges{{0, forms.size(), 0}};
    nodes.assign(1, Node{});
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        const Range range = ranges[at];
        std::size_t i = range.begin;
        if (i < range.end && forms[i].text.size() == range.depth) {
            nodes[at].items = static_cast<std::uint32_t>(items_.size());
            for (; i < range.end && forms[i].text.size() == range.depth; ++i) items_.push_back(forms[i].item);
            items_.back().last = true;
        }
        nodes[at].first = static_cast<std::uint32_t>(nodes.size());
        std::uint32_t children = 0;
        // The space sorts before the letters but has the highest bit: it is put behind them.
        const auto add_child = [&](std::size_t begin, std::size_t end) {
            nodes.push_back(Node{});
            ranges.push_back({begin, end, range.depth + 1});
        };
        std::size_t space_begin = i;
        while (i < range.end && forms[i].text[range.depth] == ' ') ++i;
        const std::size_t space_end = i;
        while (i < range.end) {
            const char c = forms[i].text[range.depth];
            const std::size_t begin = i;
            while (i < range.end && forms[i].text[range.depth] == c) ++i;
            children |= 1u << letter_number(c);
            add_child(begin, i);
        }
        if (space_end > space_begin) {
            children |= 1u << space_letter;
            add_child(space_begin, space_end);
        }
        nodes[at].children = children;
    }
    forms.clear();
    forms.shrink_to_fit();
    nodes.shrink_to_fit();
}

bool Lexicon::applies(const Rule& rule, std::uint16_t language) const {
    if (rule.scope == Scope::any || rule.language == language) return true;
    return language == 0 && rule.scope != Scope::local;
}

void Lexicon::find_tails(const Folded& text, std::size_t end, std::uint16_t language, std::vector<Hit>& hits) const {
    std::uint32_t node = 0;
    for (std::size_t i = end; i > 0 && text.chars[i - 1] >= 'a' && text.chars[i - 1] <= 'z'; --i) {
        const std::uint32_t bit = 1u << letter_number(text.chars[i - 1]);
        if ((backward_[node].children & bit) == 0) return;
        node = backward_[node].first + static_cast<std::uint32_t>(std::popcount(backward_[node].children & (bit - 1)));
        for (std::uint32_t item = backward_[node].items; item != 0; item = items_[item].last ? 0 : item + 1) {
            const Rule& rule = rules_[items_[item].rule];
            if (!applies(rule, language)) continue;
            std::size_t start = i - 1;
            while (start > 0 && is_word(text.chars[start - 1])) --start;
            hits.push_back({start, end, &rule, false});
        }
    }
}

std::size_t Lexicon::memory() const {
    std::size_t bytes = (forward_.size() + backward_.size()) * sizeof(Node) + items_.size() * sizeof(Item) + rules_.size() * sizeof(Rule);
    for (const Rule& rule : rules_) bytes += rule.name.capacity() > 15 ? rule.name.capacity() + 1 : 0;
    for (const std::string& form : exact_forms_) bytes += sizeof form + (form.capacity() > 15 ? form.capacity() + 1 : 0);
    return bytes;
}

}  // namespace verbatim::text
