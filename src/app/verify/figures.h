// The figures of the transparency page, counted from the log's entries and nothing else (norms MOD-1, MOD-2, MOD-4, PUB-1,
// COL-7, SUP-1, NOT-7). The server shows what this counts over its own log, a stranger runs it over the public tiles, and
// `log verify` holds the displayed figures against it. Memory: one small record a review.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/verify/entry.h"
#include "ground/base/result.h"

namespace verbatim::verify {

// What the figures need and the log does not hold. It is published with them, as the brand's own statement: everything else
// follows from the entries.
struct Declared {
    struct Site {
        std::string code, name, country;
        friend bool operator==(const Site&, const Site&) = default;
    };
    std::vector<Site> sites;                                     // ordered by code
    std::vector<std::pair<std::string, std::int64_t>> pressure;  // authors who reported pressure by site, where five or more did (norm AUT-4)
    std::int64_t max_delay_days = 7;                             // the announced longest time to a decision (norm MOD-4)
    friend bool operator==(const Declared&, const Declared&) = default;
};

class Figures {
public:
    // In the log's order. What the state machine forbids is Replay's to find; here it counts for nothing.
    void add(const Entry& entry);
    std::uint64_t size() const { return size_; }

    // The whole as JSON, byte for byte the same wherever the same entries are counted. `log` is the log's name.
    std::string write(std::string_view log, const Declared& declared) const;

private:
    enum class Stage : std::uint8_t { waiting, visible, refused, left, withdrawn, erased, removed };
    struct Review {
        std::uint32_t subject = 0, source = 0;  // numbers in their lists; source 0: the platform's own
        Stage stage = Stage::waiting;
        std::uint8_t rating = 0;                // 0: not known, as of words nobody has decided about yet
        std::uint8_t reason = 0;                // of a refusal or removal, in reasons_ from 1; 0: none
        bool spontaneous = false, incentive = false, decided = false;
        Seconds collected_at = 0, published_at = 0;
        std::uint32_t delay = 0, replied_after = no_reply;  // seconds
    };
    static constexpr std::uint32_t no_reply = ~std::uint32_t{0};
    struct Names {
        std::vector<std::string> names;
        std::unordered_map<std::string, std::uint32_t> numbers;
        std::uint32_t number(const std::string& name);
    };
    struct Asked {
        std::int64_t batches = 0, eligible = 0, answered = 0, expired = 0;
        std::map<std::string, std::int64_t> suppressed;
        std::int64_t open() const;
        void add(const Asked& other);
    };
    struct Reason {
        std::int64_t refused = 0, removed = 0, appealed = 0, overturned = 0;
    };
    struct Group;  // what a row of a table counts

    Review* own(const Entry& entry);
    void decide(Review& review, Seconds at);
    void end(Review& review, const Entry& entry);
    Reason* reason_of(const Review& review);
    void count(const Review& review, Group& group, Seconds late_after) const;

    std::uint64_t size_ = 0;
    Seconds as_of_ = 0;
    std::unordered_map<std::string, Review> reviews_;
    Names subjects_, sources_, reasons_;
    std::map<std::string, Asked> asked_;  // by site
    std::map<std::string, Reason> by_reason_;
    std::int64_t received_ = 0, notices_ = 0, appeals_ = 0, corrections_refused_ = 0;
    std::map<std::string, std::int64_t> noticed_for_, outcomes_;
};

// Displayed figures as a reader finds them: where they were counted to, and what they declare.
struct DisplayedFigures {
    std::uint64_t size = 0;
    std::string log;
    Declared declared;
    std::string text;
};
// At most 64 MiB. Error code "figures_malformed".
Result<DisplayedFigures> parse_figures(std::string text);

// The first member in which the two differ ("by_star/0/published: 12 is displayed, the log makes 13"); empty for none.
std::string difference(std::string_view displayed, std::string_view recomputed);

}  // namespace verbatim::verify
