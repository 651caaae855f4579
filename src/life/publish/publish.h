// What the public may see (norms PUB-1 to PUB-8): ratings by a published formula, lists newest first, totals. Read only.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "life/publish/nights.h"
#include "record/network/network.h"

namespace verbatim::publish {

// Named in every rating; the rules page explains it.
inline constexpr std::string_view rating_formula = "arithmetic mean of own published reviews, 24 months, two decimals, half up";

struct Gathered {
    std::string source;
    std::string average;     // two decimals; empty where none is rated
    std::int64_t count = 0;  // rated ones
};

struct Rating {
    std::string subject;
    std::string average;     // "4.56"; empty with count 0
    std::int64_t count = 0;
    std::array<std::int64_t, 5> distribution{};  // [0] = one star
    Seconds from = 0, to = 0, updated_at = 0;
    std::vector<Gathered> gathered;
    // Of `count`, those written for a reward: counted like all, and shown apart (norm INC-2).
    std::string rewarded_average;
    std::int64_t rewarded = 0;
};

struct ReplyLine {
    std::string body, author;
    Seconds published_at = 0;
};

struct Line {
    std::string id, subject, subject_name, service, origin, source, title, body, lang, author, experience_on;
    std::string reward;    // what was promised for writing; empty: nothing (norm INC-2)
    bool proven = false;   // the experience behind it is known to us (norm COL-2)
    std::optional<int> rating;
    std::map<std::string, int> criteria;
    Seconds published_at = 0, updated_at = 0;  // updated_at 0: never changed
    std::optional<std::int64_t> log_index;
    std::optional<ReplyLine> reply;
};

enum class Sort { newest, oldest, highest, lowest };
std::optional<Sort> sort_from_word(std::string_view word);

struct Filter {
    Sort sort = Sort::newest;
    std::optional<int> rating;
    std::string service, lang;
};

struct List {
    std::vector<Line> lines;
    std::string next;         // keyset cursor for newest first; empty at the end
    std::int64_t total = 0;   // matching the filter
    bool settled = true;      // false: some line still waits for its place in the log (look again in a second)
};

struct SiteSummary {
    network::Site site;
    std::string average;
    std::int64_t count = 0;
};
struct ProductSummary {
    network::Product product;
    std::string average;
    std::int64_t count = 0;
};

// A review's leaves in the public log, for its own page (norm TLG-9).
struct Trail {
    struct Leaf {
        std::string kind;
        Seconds at = 0;
        std::optional<std::int64_t> index;
    };
    std::string commitment;
    std::vector<Leaf> leaves;
    std::optional<std::int64_t> entry;  // the newest public one, for its proof
};

class Publish {
public:
    Publish(storage::Db& db, const Clock& clock);

    std::optional<network::Site> site(std::string_view code) const;
    std::optional<network::Product> product(std::string_view code) const;
    Rating rating(std::string_view subject) const;
    // Keyset pages, newest first (API): `after` is the last page's cursor; invalid "after" for a broken one.
    Result<List> page(std::string_view subject, int limit, std::string_view after) const;
    // Numbered pages with filters (web pages), 20 a page, at most 500 pages deep.
    List numbered(std::string_view subject, const Filter& filter, int page, int per_page = 20) const;
    // A subject's page in one reading: rating and list agree.
    std::pair<Rating, List> subject_page(std::string_view subject, const Filter& filter, int page, int per_page = 20) const;
    std::optional<Line> review(std::string_view id) const;   // published ones; also says "was removed" below
    // For a review that is not public: its state's word ("withdrawn", "erased", "removed"), or nothing.
    std::optional<std::string> ended(std::string_view id) const;

    Trail trail(std::string_view id) const;
    std::vector<Line> latest(int count) const;                           // the platform's own, whatever they say

    // The nightly replays, newest first, before that day ("": from the newest).
    std::vector<Night> replays(std::string_view day, int limit) const;
    std::int64_t rewarded() const;                                       // reviews ever written for a reward

    std::vector<network::CountryCount> countries() const;
    std::vector<network::Product> versions(std::string_view model) const;
    std::vector<SiteSummary> sites(std::string_view country, std::string_view search, int limit, std::string_view after) const;
    std::vector<ProductSummary> products() const;                        // models
    // Every published review of products, oldest first, for the feed (norm SDT-5): bounded memory.
    void each_product_review(const std::function<void(const Line&, const network::Product&)>& fn) const;
    // Every published review in the order of publication; every subject that has one. Bounded memory.
    void each_public(const std::function<void(const Line&)>& fn) const;
    std::vector<std::string> subjects() const;
    // All public addresses for the sitemap: "sites/A1", "products/VOLT".
    std::vector<std::string> addresses() const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::publish
