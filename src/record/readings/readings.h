// What the models read in published words, kept with their version: language, stars and polarity of the words, and each theme with the
// customer's own words that carry it. Tallies by theme, site, product and month are kept in the transactions that change a reading, so
// that a page costs its rows and not its reviews. Words gathered elsewhere are not read: their figures are never mixed with our own.
//
// A reading goes with the words: withdrawn, removed or erased ones have none. A new version of the models reads everything again in the
// background (reread): it goes on where it was stopped, and running it twice changes nothing.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "record/reviews/reviews.h"

namespace verbatim::readings {

std::span<const storage::Migration> migrations();

struct Span {
    std::string theme;               // "service.waiting"
    double polarity = 0;             // -1..1, of these words
    std::size_t start = 0, end = 0;  // code points of the body
};
struct Reading {
    std::string lang;
    int stars = 0;  // 1..5 as the words say; 0: nothing to read
    double polarity = 0;
    bool contradiction = false;  // the words are surely of another mind than the stars given
    std::vector<Span> themes;
    std::string meaning = {};  // sketches of its sentences, as who searches by meaning reads them
};
// The models, as one function of the words. `version` names all that took part, so that a reading can be made again.
struct Reader {
    std::function<Reading(std::string_view body, std::string_view lang, std::optional<int> rating)> read;
    std::string version;
};

// Reads the review where it is published and our own; forgets its reading where it is not.
void keep(storage::Tx& tx, const Reader& reader, std::string_view review);
void forget(storage::Tx& tx, std::string_view review);

std::optional<Reading> of(storage::Tx& tx, std::string_view review);
std::string version_of(storage::Tx& tx, std::string_view review);  // empty: not read

// Everything of another version is read again, `batch` reviews a transaction. Where it stands is kept in the database.
struct Progress {
    std::string version;
    std::int64_t read = 0, of = 0;
    bool done = false;
};
Progress progress(storage::Tx& tx, std::string_view version);
Progress reread(storage::Db& db, const Clock& clock, const Reader& reader, int batch, const std::function<bool(const Progress&)>& go_on);

// One theme on a branch: of reviews about sites or about products, since that month (figures::month_of).
struct Tally {
    std::string theme;
    std::int64_t reviews = 0, positive = 0, negative = 0;  // that mention it; each review once
};
struct Tallies {
    std::int64_t reviews = 0;  // read, whatever they mention
    std::vector<Tally> themes;  // most mentioned first
};
inline constexpr int no_last_month = 1'000'000;
// `about`: site | product | "" for both.
Tallies tallies(storage::Tx& tx, std::string_view branch, std::string_view about, int from_month, int to_month = no_last_month);
struct Month {
    int month = 0;
    std::int64_t reviews = 0, mentions = 0, positive = 0, negative = 0;
};
std::vector<Month> months(storage::Tx& tx, std::string_view branch, std::string_view about, std::string_view theme, int from_month, int to_month = no_last_month);

// Words that carry a theme, newest first; `side`: positive | negative | "".
struct Words {
    std::string review, subject, site, product, country, lang, body, theme;
    std::optional<int> rating;
    Seconds published_at = 0;
    std::size_t start = 0, end = 0;
    double polarity = 0;
};
std::vector<Words> words(storage::Tx& tx, std::string_view branch, std::string_view theme, std::string_view side, std::string_view after, int limit);

// Counts every tally anew from the readings; how many differ. `rebuild`: and mends them.
struct Check {
    std::int64_t tallies = 0, differences = 0;
};
Check check(storage::Db& db, bool rebuild);

}  // namespace verbatim::readings
