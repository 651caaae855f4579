// Who answers for a branch sees how it does: figures of two periods side by side, what lies below, who leads, what moved, and the
// sentences behind each figure. Everything is cut to the branch the caller holds; `branch` narrows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "ground/stats/intervals.h"
#include "record/figures/read.h"

namespace verbatim::oversee {

using figures::About;
using figures::Cell;
using figures::Period;

struct Ask {
    std::string branch;                // empty: the caller's own
    std::optional<About> about;        // without it: vehicles for a product's branch, points of sale for every other
    std::string service, product;      // empty: all. A model counts with its versions
    std::optional<Period> period;      // without it: the last twelve months, this one included
    std::string compare;               // "" | "previous" | "year" | "2025-01..2025-06"
};

// What was asked, made definite.
struct Asked {
    std::string branch, service, product;
    About about = About::site;
    Period period;
    std::optional<Period> compare;
};

struct Compared {
    Cell now;
    std::optional<Cell> before;
};

struct Criterion {
    std::string criterion;
    figures::Marks now;
    std::optional<figures::Marks> before;
};
struct Summary {
    Asked asked;
    std::string name;  // of the branch
    Compared figures;
    std::vector<Criterion> criteria;
};

struct Line {
    std::string key, name;
    std::string branch;   // where a closer look leads; empty: nowhere
    std::string service;  // of moved(): the service this is about; empty: all
    std::string dimension;
    int rank = 0;         // of a ranking; 0: nothing to rank by
    Compared figures;
    std::optional<stats::Difference> change;  // of moved()
};
struct Lines {
    Asked asked;
    std::string dimension;
    std::vector<Line> lines;
    std::int64_t total = 0;          // lines in all
    std::string next;                // key to go on after; empty: that was all
};
struct Page {
    std::string sort, after;
    int limit = 50;
};

struct Word {
    std::string review, subject, subject_name, service, title, body, lang, experience_on;
    std::optional<int> rating;
    Seconds published_at = 0;
};
struct Words {
    Asked asked;
    std::vector<Word> words;
    std::string next;
};
struct WordsWish {
    int from_stars = 1, to_stars = 5;
    bool lowest_first = false;
    std::string after;
    int limit = 20;
};

class Oversee {
public:
    Oversee(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    // `own`: the branch the caller holds. Beside it nothing exists.
    Result<Summary> summary(std::string_view own, const Ask& ask) const;
    Result<Lines> series(std::string_view own, const Ask& ask) const;  // one line a month, those without anything too
    // dimension: country group dealer site adviser service model version month age
    Result<Lines> by(std::string_view own, const Ask& ask, std::string_view dimension, const Page& page) const;
    // By the lower end of the mean's interval (ground/stats/intervals.h). dimension: country group dealer site adviser model version
    Result<Lines> ranking(std::string_view own, const Ask& ask, std::string_view dimension, const Page& page) const;
    // What changed beyond chance between the two periods, of everything below the branch, strongest first.
    Result<Lines> moved(std::string_view own, const Ask& ask, int limit) const;
    Result<Words> words(std::string_view own, const Ask& ask, const WordsWish& wish) const;

private:
    Result<Asked> settle(storage::Tx& tx, std::string_view own, const Ask& ask) const;
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::oversee
