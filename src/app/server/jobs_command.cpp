#include "app/server/jobs_command.h"

#include <ostream>

#include "engine/jobs/dead.h"
#include "ground/base/calendar.h"

namespace verbatim::server {
namespace {
constexpr int kinds_shown = 100;
}

int list_jobs(const Place& place, std::ostream& out) {
    const SystemClock clock;
    const House house(place, clock);
    const auto [counts, dead] = house.db->read([&](storage::Tx& tx) { return std::pair(jobs::counts(tx, clock.now()), jobs::dead(tx, kinds_shown)); });
    out << counts.waiting << " waiting, " << counts.running << " running, " << counts.dead << " dead\n";
    if (counts.oldest_due > 0) out << "the oldest that is due has waited for " << counts.oldest_due << " s\n";
    for (const auto& one : dead)
        out << one.count << " " << one.kind << ", last tried " << format_moment(one.last_tried) << ", first made " << format_moment(one.first_made) << ": " << (one.error.empty() ? "no words" : one.error) << "\n";
    if (!dead.empty()) out << "once the cause is mended: verbatim jobs again " << dead.front().kind << " --data " << place.data << "\n";
    return dead.empty() ? 0 : 1;
}

int revive_jobs(const Place& place, const std::string& kind, std::ostream& out) {
    const SystemClock clock;
    const House house(place, clock);
    const auto revived = house.db->write([&](storage::Tx& tx) { return jobs::revive(tx, clock, kind == "all" ? std::string_view() : std::string_view(kind)); });
    out << revived << (revived == 1 ? " job waits again\n" : " jobs wait again\n");
    return 0;
}

}  // namespace verbatim::server
