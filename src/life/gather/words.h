// One review from elsewhere as its file gives it (contract "Files in" and "Imports"). A pure function of the line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/intake/row.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::gather {

struct Words {
    std::string id, source;      // together they are the review's name for ever
    std::string subject;         // as written: "site:CODE", "product:CODE", a bare code, or any name
    std::string lang;            // ISO 639-1; empty where the file does not say or says something else
    std::optional<int> rating;   // 1..5
    std::string title, body;     // untouched
    std::string author;          // as the source shows it
    Seconds written_at = 0;      // 0 where the file does not say
};

// One line of JSON Lines with LineReader::padding readable bytes behind it. Members beside the ten known ones are passed over:
// what is not shown is not kept. Strings and numbers both do for id, rating and rating_max; null is absent.
Result<Words> words_from_json(std::string_view line);
// The same from a row of CSV.
Result<Words> words_from_row(const intake::Row& row);

// A rating on the scale 0..most as one of 1..5 stars, half up: 8 of 10 is 4, 4.5 of 5 is 5, 0 is 1.
Result<int> to_stars(double rating, double most);

}  // namespace verbatim::gather
