// Did a theme get worse somewhere, and where is that? Counts of reviews in, changes out; pure, so that planted changes and plain chance
// can be run through it (change_test.cpp measures how late it is and how often it is wrong).
//
// Looked at are, for each theme, every model in a country, every model, every country and every site: the share of reviews that complain
// of it, in the last weeks and in the year before (Fisher's exact test on one side; of all places and themes together those are believed
// that Benjamini and Hochberg's procedure believes). Of what is believed, that is told which explains the others: what one site does
// that its neighbours with the same models do not is the site's; what a model does in one country and not elsewhere is that country's.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::analyse {

struct Share {
    std::int64_t k = 0, n = 0;  // complain, of reviews
    Share& operator+=(const Share& other) {
        k += other.k;
        n += other.n;
        return *this;
    }
};
// The smallest cell: reviews that happened at one site with one model. `product` may be "".
struct Cell {
    std::string site, product, country;
    std::int64_t before = 0, now = 0;                                  // reviews
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> complaints;  // by theme: before, now
};

enum class Where { site, model_in_country, model, country };
struct Change {
    std::string theme;
    Where where = Where::country;
    std::string site, product, country;  // as `where` names them
    Share before, now;
    double p = 1;
};

struct ChangeLimits {
    double false_share = 0.05;  // of what is told, at most this share is chance
    std::int64_t fewest = 4;    // complaints now: fewer are nobody's trend
    double growth = 1.5;        // smaller changes are nobody's concern
};

std::vector<Change> changes(const std::vector<Cell>& cells, const ChangeLimits& limits = {});

// Since when: the day at which two shares explain the days best (the largest likelihood ratio), an index into `days`.
std::size_t since(const std::vector<Share>& days);

}  // namespace verbatim::analyse
