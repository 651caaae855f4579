// The stars as the public sees them against the stars as the log makes them (norms PUB-3, PUB-4, NOT-7).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/verify/replay.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::verify {

inline constexpr int window_months = 24;

// Ratings of whole stars, counted; the mean in hundredths, half up.
struct Figure {
    std::array<std::int64_t, 5> stars{};  // [0] = one star

    void add(int rating) { ++stars[static_cast<std::size_t>(rating - 1)]; }
    std::int64_t count() const;
    std::optional<std::int64_t> hundredths() const;  // nothing where there is nothing to average
    friend bool operator==(const Figure&, const Figure&) = default;
};

struct Rating {
    Figure own;
    Figure rewarded;                         // of `own`, those written for a reward (norm INC-2)
    std::map<std::string, Figure> gathered;  // by source; sources with a rated review only
};

// As displayed: the averages are claims beside the counts, each checked for itself.
struct DisplayedFigure {
    std::int64_t count = 0;
    std::optional<std::int64_t> hundredths;
};
struct Displayed {
    std::string subject;
    DisplayedFigure own;
    std::array<std::int64_t, 5> stars{};
    DisplayedFigure rewarded;                // all 0 where none is displayed
    Seconds from = 0, to = 0;
    std::map<std::string, DisplayedFigure> gathered;
};

// "site:A 1" -> "api/v1/sites/A%201/rating"; nothing for subjects without a displayed rating of their own.
std::optional<std::string> rating_path(std::string_view subject);

// {"subject","average","count","distribution","window":{"from","to"},"gathered":[{"source","average","count"}]}; other members
// are passed over. At most 1 MiB.
Result<Displayed> parse_displayed(std::string_view json);
// An array of those, or {"ratings":[...]}. At most 64 MiB.
Result<std::vector<Displayed>> parse_displayed_list(std::string_view json);

// What the log says, for each subject by its number: own reviews first published after `from` and not after `to` of the
// subject's display; for a subject without a display the 24 months before `now`.
std::vector<Rating> recompute(const Replay& replay, const std::vector<const Displayed*>& displays, Seconds now);

// Why they differ, or nothing. `changed_at` is the subject's newest leaf: a display from before that is not the present one.
std::optional<std::string> difference(const Displayed& displayed, const Rating& recomputed, Seconds changed_at);

std::string describe(std::optional<std::int64_t> hundredths, std::int64_t count);  // "4.56 (12)", "- (0)"

}  // namespace verbatim::verify
