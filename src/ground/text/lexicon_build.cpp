// Making a lexicon of packs, and its image.
#include "ground/text/lexicon.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace verbatim::text {
namespace {

constexpr unsigned space_letter = 26;
constexpr std::string_view image_mark = "verbatim lexicon 3\n";
constexpr std::size_t image_alignment = 8;

unsigned letter_number(char c) { return c == ' ' ? space_letter : static_cast<unsigned>(c - 'a'); }

std::size_t aligned(std::size_t size) { return (size + image_alignment - 1) / image_alignment * image_alignment; }

}  // namespace

void Lexicon::add(const Pack& pack) {
    const auto note_name = [&](std::string_view name) {
        const std::size_t begin = owned_.names.size();
        owned_.names.insert(owned_.names.end(), name.begin(), name.end());
        return static_cast<std::uint32_t>(begin);
    };
    if (owned_.exact.empty()) owned_.exact.push_back(0);
    const std::uint16_t language = pack.language == "*" ? std::uint16_t{0} : language_number(pack.language);
    for (const PackRule& source : pack.rules) {
        const std::string name = pack.name + "." + std::string(kind_name(source.kind)) + "." + source.forms.front();
        Rule rule;
        rule.name_begin = note_name(name);
        rule.name_size = static_cast<std::uint16_t>(name.size());
        rule.language = language;
        rule.confidence = static_cast<float>(source.confidence);
        rule.kind = source.kind;
        Item item;
        item.rule = static_cast<std::uint32_t>(owned_.rules.size());
        item.language = language;
        item.kind = source.kind;
        item.scope = language == 0 ? Scope::any : source.scope;
        item.whole = source.shape != Shape::head && source.shape != Shape::inside;
        item.capital = source.capital;
        item.alone = source.alone;
        item.only = source.alone && source.only;
        owned_.rules.push_back(rule);
        Draft& draft = source.kind <= last_trigger ? forward_draft_ : context_draft_;
        if (source.kind == Kind::says) note_endings(source.forms);
        for (const std::string& form : source.forms) {
            ++owned_.exact.front();
            if (!source.exact) {
                draft.add(form, item, false);
                if (source.shape == Shape::tail) backward_draft_.add(form, item, true);
                if (source.shape == Shape::inside) add_inside(form, item);
                continue;
            }
            item.exact = static_cast<std::uint32_t>(owned_.exact.size());
            const std::uint32_t begin = note_name(form);
            owned_.exact.push_back(begin);
            owned_.exact.push_back(static_cast<std::uint32_t>(begin + form.size()));
            std::string letters = folded(form);
            std::replace_if(letters.begin(), letters.end(), [](char c) { return !is_letter(c); }, ' ');
            draft.add(letters, item, false);
        }
    }
    const std::string version = (owned_.version.empty() ? "" : " ") + pack.name + "-" + pack.version;
    owned_.version.insert(owned_.version.end(), version.begin(), version.end());
}

void Lexicon::note_endings(const std::vector<std::string>& forms) {
    owned_.says_ends.resize(ending_words);
    for (const std::string& form : forms) {
        const std::size_t last = form.rfind(' ') + 1;
        std::string_view before = last == 0 ? std::string_view() : std::string_view(form).substr(0, last - 1);
        before.remove_prefix(before.rfind(' ') + 1);
        const std::size_t end = ending_number(before, std::string_view(form).substr(last));
        owned_.says_ends[end / 32] |= 1u << end % 32;
    }
}

void Lexicon::add_inside(std::string_view form, const Item& item) {
    inside_draft_.add(form, item, false);
    owned_.openings.resize(opening_words);
    const std::size_t opening = opening_number(form.data());
    owned_.openings[opening / 32] |= 1u << opening % 32;
}

void Lexicon::Draft::add(std::string_view form, Item item, bool backward) {
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const char letter = form[backward ? form.size() - 1 - i : i];
        std::uint32_t next = places[at].child;
        while (next != 0 && places[next].letter != letter) next = places[next].sibling;
        if (next == 0) {
            next = static_cast<std::uint32_t>(places.size());
            places.push_back({0, places[at].child, 0, letter});
            places[at].child = next;
        }
        at = next;
    }
    entries.push_back({item, places[at].items});
    places[at].items = static_cast<std::uint32_t>(entries.size() - 1);
}

// A word that a pack says counts standing alone only does so whatever pattern of the same language makes it, too.
bool Lexicon::Draft::softened(std::uint32_t first, const Item& item) const {
    if (item.only || item.kind > last_reason || item.kind == Kind::threat) return false;
    for (std::uint32_t entry = first; entry != 0; entry = entries[entry].next) {
        const Item& other = entries[entry].item;
        if (other.only && item.whole && other.language == item.language) return true;
    }
    return false;
}

void Lexicon::build() {
    owned_.items.assign(1, Item{});
    build_tree(forward_draft_, owned_.forward);
    build_tree(backward_draft_, owned_.backward);
    build_tree(inside_draft_, owned_.inside);
    owned_.openings.resize(opening_words);
    owned_.says_ends.resize(ending_words);
    build_tree(context_draft_, owned_.context);
    forward_draft_ = backward_draft_ = inside_draft_ = context_draft_ = Draft{};
    for (std::vector<Node>* nodes : {&owned_.forward, &owned_.backward, &owned_.inside, &owned_.context}) share(*nodes);
    drop_unnamed_items();
    show_owned();
}

void Lexicon::show_owned() {
    forward_ = owned_.forward;
    backward_ = owned_.backward;
    inside_ = owned_.inside;
    openings_ = owned_.openings;
    says_ends_ = owned_.says_ends;
    context_ = owned_.context;
    items_ = owned_.items;
    rules_ = owned_.rules;
    exact_ = owned_.exact;
    names_ = owned_.names;
    version_ = owned_.version;
}

// Breadth first, so that the children of a node lie together and a bit count finds the one.
void Lexicon::build_tree(const Draft& draft, std::vector<Node>& nodes) {
    nodes.assign(1, Node{});
    nodes.reserve(draft.places.size());
    std::vector<std::uint32_t> sources{0};
    sources.reserve(draft.places.size());
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        const Draft::Place& place = draft.places[sources[at]];
        if (place.items != 0) {
            nodes[at].items = static_cast<std::uint32_t>(owned_.items.size());
            for (std::uint32_t entry = place.items; entry != 0; entry = draft.entries[entry].next) {
                if (!draft.softened(place.items, draft.entries[entry].item)) owned_.items.push_back(draft.entries[entry].item);
            }
            owned_.items.back().last = true;
        }
        nodes[at].first = static_cast<std::uint32_t>(nodes.size());
        std::uint32_t children = 0;
        const auto add_child = [&](std::uint32_t child_place) {
            children |= 1u << letter_number(draft.places[child_place].letter);
            nodes.push_back(Node{});
            sources.push_back(child_place);
        };
        if (place.child != 0 && draft.places[place.child].sibling == 0) {  // most have one
            add_child(place.child);
        } else if (place.child != 0) {
            std::array<std::uint32_t, space_letter + 1> by_letter{};
            for (std::uint32_t next = place.child; next != 0; next = draft.places[next].sibling) by_letter[letter_number(draft.places[next].letter)] = next;
            for (const std::uint32_t next : by_letter) {
                if (next != 0) add_child(next);
            }
        }
        nodes[at].children = children;
    }
}

template <class Visit>
bool Lexicon::each_part(Lexicon& lexicon, Visit&& visit) {
    return visit(lexicon.forward_) && visit(lexicon.backward_) && visit(lexicon.inside_) && visit(lexicon.openings_) && visit(lexicon.says_ends_) && visit(lexicon.context_) && visit(lexicon.items_) && visit(lexicon.rules_) &&
           visit(lexicon.exact_) && visit(lexicon.names_) && visit(lexicon.version_);
}

// The mark, then each part: its size in bytes as 8 bytes of this machine, then its bytes, padded. Made and read by the same build.
std::string Lexicon::image() const {
    std::string bytes(aligned(image_mark.size()), '\0');
    bytes.replace(0, image_mark.size(), image_mark);
    each_part(const_cast<Lexicon&>(*this), [&](const auto& part) {
        const std::uint64_t size = part.size_bytes();
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
        bytes.append(reinterpret_cast<const char*>(part.data()), part.size_bytes());
        bytes.resize(aligned(bytes.size()), '\0');
        return true;
    });
    return bytes;
}

bool Lexicon::open(std::string_view image) {
    if (image.substr(0, image_mark.size()) != image_mark || reinterpret_cast<std::uintptr_t>(image.data()) % image_alignment != 0) return false;
    std::size_t at = aligned(image_mark.size());
    const bool whole = each_part(*this, [&](auto& part) {
        using Element = typename std::remove_reference_t<decltype(part)>::element_type;
        std::uint64_t size = 0;
        if (image.size() < at + sizeof size) return false;
        std::memcpy(&size, image.data() + at, sizeof size);
        at += sizeof size;
        if (size % sizeof(Element) != 0 || image.size() - at < size) return false;
        part = std::span<Element>(reinterpret_cast<Element*>(image.data() + at), static_cast<std::size_t>(size) / sizeof(Element));
        at = aligned(at + static_cast<std::size_t>(size));
        return true;
    });
    return whole && at == image.size() && !forward_.empty() && !backward_.empty() && !inside_.empty() && openings_.size() == opening_words && says_ends_.size() == ending_words && !context_.empty() && !items_.empty() && !exact_.empty();
}

}  // namespace verbatim::text
