// Words cut where findings begin and end, so that a page or a mail can mark them without touching them.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::reviews {

// `findings`: the JSON array kept with held words; those of `field` count. Returns a JSON array [{"TEXT","REASON"}] whose texts
// joined are exactly `words`; REASON is "" between findings.
std::string segments(std::string_view words, std::string_view findings, std::string_view field);

}  // namespace verbatim::reviews
