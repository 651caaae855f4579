// How fast sites answer (norm SUP-1): read site by site, so that memory holds one site's reviews at a time.
#include <algorithm>

#include "life/reply/reply.h"

namespace verbatim::reply {
namespace {

using storage::Row;
using storage::Sql;

constexpr Sql select_delays(R"sql(
SELECT r.subject, r.published_at, p.published_at, p.submitted_at
FROM review r JOIN branch_subject b ON b.branch = $2 AND b.subject = r.subject LEFT JOIN reply p ON p.review = r.id AND p.state = 'published'
WHERE r.state = 'published' AND r.origin <> 'gathered' AND r.subject >= 'site:' AND r.subject < 'site;' AND r.published_at >= $1
ORDER BY r.subject)sql");

// Nearest rank: the smallest delay that so many of a hundred do not exceed.
Seconds percentile(std::vector<Seconds>& sorted, std::size_t of_hundred) {
    const auto rank = (sorted.size() * of_hundred + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

std::vector<SiteReplies> replies_by_site(storage::Tx& tx, Seconds since, Seconds now, std::string_view branch) {
    std::vector<SiteReplies> all;
    std::vector<Seconds> delays;
    const auto close = [&] {
        if (all.empty() || delays.empty()) return;
        std::sort(delays.begin(), delays.end());
        all.back().p50 = percentile(delays, 50);
        all.back().p95 = percentile(delays, 95);
    };
    tx.each(select_delays, [&](const Row& row) {
        const auto site = row.text(0).substr(5);
        if (all.empty() || all.back().site != site) {
            close();
            delays.clear();
            all.push_back({});
            all.back().site = site;
        }
        auto& one = all.back();
        ++one.published;
        const auto published = row.integer(1);
        if (row.is_null(2)) {
            if (published + announced < now) ++one.open_late;
            return;
        }
        const auto delay = std::max<Seconds>(0, row.integer(2) - published);
        ++one.answered;
        if (delay <= announced) ++one.within;
        delays.push_back(delay);
        one.longest_shown = std::max(one.longest_shown, row.integer(2) - row.integer(3));
    }, since, branch);
    close();
    return all;
}

}  // namespace verbatim::reply
