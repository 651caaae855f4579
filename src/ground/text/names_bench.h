// How well family names are found and everything else with a capital is let through: our own sentences in eight languages, names
// from the open lists (../shared/data/names), streets, towns and cars from the reference lists. The names are parted in two by a
// hash of the name: the rules were made with one half, the other judges.
#pragma once

#include "ground/text/detectors.h"

#include <map>
#include <string>
#include <vector>

namespace verbatim::text::bench {

struct NameKind {
    std::size_t sentences = 0, marked = 0;
    std::vector<std::string> wrong;  // names that were missed, or sentences marked without reason
};
struct NameMeasure {
    std::map<std::string, NameKind> names, others;  // by kind: with a family name in the sentence, without
    std::size_t hit() const;
    std::size_t names_in_all() const;
    std::size_t alarms() const;
    double recall() const;
    // Of all marked sentences those with a family name, as if as many sentences had a name as have none.
    double precision() const;
};
inline constexpr const char* name_languages[] = {"en", "fr", "de", "es", "it", "pt", "nl", "pl"};
NameMeasure measure_names(const Detectors& detectors, const std::string& language, bool judging_half);

}  // namespace verbatim::text::bench
