// What the run did, read: one person's touchpoints, and figures by campaign. And what of it is forgotten.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::plan {

struct Touchpoint {
    std::string campaign, vin, version, channel, variant, outcome;  // variant: "1", "2", ...; "" where there is none
    std::string message;    // of a mail that went: waiting | sent | refused | cancelled; "" where none is known (any more)
    std::int64_t due_day = 0;
    Seconds at = 0;
    Seconds clicked_at = 0, opened_at = 0;  // by a person, the first time; 0: not, or not measured
};
// Newest first; at most `limit`.
std::vector<Touchpoint> touchpoints_of_customer(storage::Tx& tx, std::string_view customer, int limit);

struct CampaignFigure {
    std::string campaign, month, country, channel, variant, outcome;  // month: 2026-11
    std::int64_t count = 0;
};
// Of decisions made from `from` until before `until`.
std::vector<CampaignFigure> campaign_figures(storage::Tx& tx, Seconds from, Seconds until);

// Erasure: everything of this person goes, and who was told of it outside is told so (feed.h). What is asked of the tables afterwards does not
// know they ever were.
void forget_person(storage::Tx& tx, Seconds now, std::string_view customer);
// Retention (norm GDP-5): what is kept of people whose identity is gone; at most `limit` people. And how many there are.
std::int64_t purge_gone(storage::Tx& tx, Seconds now, Seconds before, int limit);
std::int64_t gone_before(storage::Tx& tx, Seconds before);

}  // namespace verbatim::plan
