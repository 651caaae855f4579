#include "app/verify/entry.h"

#include <algorithm>

#include "app/verify/canonical_reader.h"
#include "ground/base/calendar.h"
#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"

namespace verbatim::verify {
namespace {

// Members in the order RFC 8785 gives them.
enum Member : unsigned {
    answered, at, commitment, day, eligible, experience_on, expired, incentive, kind, origin, outcome, part, policy, rating, reason, review, service, site, source, subject, suppressed, version,
    members
};
constexpr std::string_view names[members] = {"answered", "at", "commitment", "day", "eligible", "experience_on", "expired", "incentive", "kind", "origin", "outcome", "part", "policy", "rating",
                                             "reason", "review", "service", "site", "source", "subject", "suppressed", "v"};
static_assert(std::is_sorted(std::begin(names), std::end(names)));

using Set = std::uint32_t;
constexpr Set set(std::initializer_list<Member> list) {
    Set bits = 0;
    for (Member member : list) bits |= Set{1} << member;
    return bits;
}
constexpr Set common = set({at, kind, version});

struct Shape {
    std::string_view word;
    Set required, optional;
};
// `source` beside refused, withdrawn, erased or removed says that the words were gathered elsewhere and had no leaf before.
constexpr Set of_public = set({review, subject, service, rating, experience_on, commitment});
constexpr Set of_ended = set({rating, reason, source});
constexpr Set of_procedure = set({reason, outcome});
constexpr Shape shapes[kinds] = {
    {"batch", set({site, day, eligible, commitment}), set({part})},
    {"outcome", set({site, day, answered, expired, suppressed}), set({part})},
    {"collected", set({review, subject, service, origin, commitment}), set({incentive})},
    {"published", of_public, 0},
    {"revised", of_public, 0},
    {"refused", set({review, subject, reason, policy}), set({rating, source})},
    {"withdrawn", set({review, subject}), of_ended},
    {"erased", set({review, subject}), of_ended},
    {"removed", set({review, subject}), of_ended},
    {"replied", set({review, commitment}), 0},
    {"noticed", set({review}), of_procedure},
    {"appealed", set({review}), of_procedure},
    {"decided", set({review}), of_procedure},
    {"gathered", set({review, subject, source, commitment}), set({rating})},
};

// Norm MOD-3: the closed public list. None of them judges sentiment.
constexpr std::string_view public_reasons[] = {"insult", "hate", "threat", "obscene", "name", "personal_data", "link", "spam", "illegal", "unrelated", "not_lived", "conflict_of_interest", "language"};

Error malformed(std::string what) { return invalid("leaf_malformed", std::move(what)); }

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}
bool is_code(std::string_view text) { return !text.empty() && text.size() <= 200 && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }); }
bool is_subject(std::string_view text) {
    for (const std::string_view prefix : {"site:", "product:", "adviser:"})
        if (text.starts_with(prefix)) return is_code(text.substr(prefix.size()));
    return false;
}
bool is_day(std::string_view text) { return text.size() == 10 && parse_date(text); }
bool is_commitment(std::string_view text) {
    const auto bytes = from_base64(text);
    return bytes && bytes->size() == 32;
}

// Of people: so bounded that no sum over a log can run over.
constexpr std::int64_t count_limit = 1'000'000'000;

bool read_suppressed(CanonicalReader& reader, Entry& entry) {
    if (!reader.take('{')) return false;
    if (reader.take('}')) return true;
    std::string before;
    do {
        auto reason = reader.string();
        if (!reason || !is_word(*reason) || *reason <= before || !reader.take(':')) return false;
        const auto count = reader.integer();
        if (!count || *count < 0 || *count > count_limit) return false;
        before = *reason;
        entry.suppressed.emplace(std::move(*reason), *count);
    } while (reader.take(','));
    return reader.take('}');
}

bool read_text(CanonicalReader& reader, std::string& into, bool (*valid)(std::string_view)) {
    auto text = reader.string();
    if (!text || !valid(*text)) return false;
    into = std::move(*text);
    return true;
}

bool read_count(CanonicalReader& reader, std::int64_t& into) {
    const auto count = reader.integer();
    if (!count || *count < 0 || *count > count_limit) return false;
    into = *count;
    return true;
}

bool read_moment(CanonicalReader& reader, Seconds& into) {
    const auto moment = reader.integer();
    if (!moment || *moment < 0) return false;
    into = *moment;
    return true;
}

bool read_kind(CanonicalReader& reader, Entry& entry) {
    const auto word = reader.string();
    for (std::size_t i = 0; word && i < kinds; ++i) {
        if (shapes[i].word != *word) continue;
        entry.kind = static_cast<Kind>(i);
        return true;
    }
    return false;
}

bool read_member(CanonicalReader& reader, Member member, Entry& entry) {
    switch (member) {
        case answered: return read_count(reader, entry.answered);
        case at: return read_moment(reader, entry.at);
        case commitment: return read_text(reader, entry.commitment, is_commitment);
        case day: return read_text(reader, entry.day, is_day);
        case eligible: return read_count(reader, entry.eligible);
        case experience_on: return read_text(reader, entry.experience_on, is_day);
        case expired: return read_count(reader, entry.expired);
        case incentive: return entry.incentive = true, reader.integer() == 1;
        case kind: return read_kind(reader, entry);
        case origin: return read_text(reader, entry.origin, [](std::string_view text) { return text == "invited" || text == "spontaneous"; });
        case outcome: return read_text(reader, entry.outcome, is_word);
        case part: {
            const auto value = reader.integer();
            if (!value || *value < 1 || *value > count_limit) return false;
            entry.part = *value;
            return true;
        }
        case policy: return read_text(reader, entry.policy, is_code);
        case rating: {
            const auto stars = reader.integer();
            if (!stars || *stars < 1 || *stars > 5) return false;
            entry.rating = static_cast<int>(*stars);
            return true;
        }
        case reason: return read_text(reader, entry.reason, is_word);
        case review: return read_text(reader, entry.review, is_code);
        case service: return read_text(reader, entry.service, is_word);
        case site: return read_text(reader, entry.site, is_code);
        case source: return read_text(reader, entry.source, is_code);
        case subject: return read_text(reader, entry.subject, is_subject);
        case suppressed: return read_suppressed(reader, entry);
        case version: return reader.integer() == 1;
        case members: break;
    }
    return false;
}

}  // namespace

std::string_view to_word(Kind kind) { return shapes[static_cast<std::size_t>(kind)].word; }

Result<Entry> parse_entry(std::string_view leaf) {
    if (!valid_utf8(leaf)) return malformed("not UTF-8");
    Entry entry;
    Set found = 0;
    unsigned next = 0;  // members come in ascending order, each once
    CanonicalReader reader(leaf);
    if (!reader.take('{')) return malformed("not an object");
    do {
        const auto name = reader.string();
        if (!name || !reader.take(':')) return malformed("not in RFC 8785 form");
        while (next < members && names[next] < *name) ++next;
        if (next == members || names[next] != *name) return malformed("member \"" + *name + "\" is unknown, given twice or out of order");
        if (!read_member(reader, static_cast<Member>(next), entry)) return malformed("member \"" + *name + "\" has a value that it may not have, or that is not in RFC 8785 form");
        found |= Set{1} << next++;
    } while (reader.take(','));
    if (!reader.take('}') || !reader.at_end()) return malformed("not in RFC 8785 form");

    if ((found & common) != common) return malformed("at, kind and v must be there");
    const Shape& shape = shapes[static_cast<std::size_t>(entry.kind)];
    for (unsigned member = 0; member < members; ++member) {
        const Set bit = Set{1} << member;
        if ((shape.required & bit) && !(found & bit)) return malformed("kind " + std::string(shape.word) + " lacks " + std::string(names[member]));
        if ((found & bit) && !((common | shape.required | shape.optional) & bit)) return malformed("kind " + std::string(shape.word) + " has no member " + std::string(names[member]));
    }
    const bool decided = entry.kind == Kind::refused || (entry.kind == Kind::removed && !entry.reason.empty());
    if (decided && std::find(std::begin(public_reasons), std::end(public_reasons), entry.reason) == std::end(public_reasons))
        return malformed("reason " + entry.reason + " is not on the public list");
    return entry;
}

}  // namespace verbatim::verify
