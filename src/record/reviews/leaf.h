// The public log's entries of a review's life, in RFC 8785 form, and the content their commitments bind (contract "A log
// entry", "Receipt"; norms TLG-10, GDP-7). Strings and integers only; never a name, an address or a word of the text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/clock.h"

namespace verbatim::reviews {

// What an author says: exactly what a commitment covers and what may never be edited (norm MOD-5).
struct Content {
    std::string subject;        // "site:FR001", "product:VOLT"
    std::string service;        // new_car | used_car | workshop | product
    std::optional<int> rating;  // 1..5; gathered words may come without one
    std::map<std::string, int> criteria;  // 1..5 each
    std::optional<int> recommend;         // 0..10
    std::string title, body, lang;        // lang: ISO 639-1, may be empty
    std::string experience_on;            // ISO date
};

// The canonical content: absent and empty members are left out.
std::string canonical_content(const Content& content);

// base64(SHA-256(salt || bytes)); the salt is 32 raw bytes and dies with an erasure.
std::string commitment(std::string_view salt, std::string_view bytes);

// Leaves. `review` is the public id.
// `incentive`: something was promised for writing (norm INC-2).
std::string collected_leaf(Seconds at, std::string_view review, const Content& content, std::string_view origin, std::string_view commitment, bool incentive = false);
std::string published_leaf(Seconds at, std::string_view kind, std::string_view review, const Content& content, std::string_view commitment);  // kind: published | revised
std::string gathered_leaf(Seconds at, std::string_view review, const Content& content, std::string_view source, std::string_view commitment);
std::string refused_leaf(Seconds at, std::string_view review, const Content& content, std::string_view reason, std::string_view policy);
// withdrawn | erased | removed
std::string ended_leaf(Seconds at, std::string_view kind, std::string_view review, const Content& content, std::string_view reason);
std::string replied_leaf(Seconds at, std::string_view review, std::string_view commitment);
// noticed | appealed | decided
std::string procedure_leaf(Seconds at, std::string_view kind, std::string_view review, std::string_view reason, std::string_view outcome);

}  // namespace verbatim::reviews
