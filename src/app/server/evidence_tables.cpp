// What modules say of their own tables when they are asked (norms COL-7, MOD-16, SUP-1, GDP-1, GDP-2, GDP-5, TLG-7).
#include <algorithm>

#include "app/server/evidence_checks.h"
#include "app/server/retention.h"
#include "life/invite/asked.h"
#include "record/contact/consents.h"
#include "record/ledger/witnesses.h"

namespace verbatim::server {
namespace {

using evidence::CheckResult;
using evidence::Period;

CheckResult past_retention(House& house, Seconds now, std::string_view category) {
    const auto categories = kept(network::Retention::from(house.settings), house.clock);
    const auto rows = house.db->read([&](storage::Tx& tx) { return overdue(tx, now, categories); });
    std::int64_t late = 0, looked = 0;
    std::string first;
    for (const auto& one : rows) {
        if (!category.empty() && one.category != category) continue;
        ++looked;
        late += one.rows;
        if (one.rows > 0 && first.empty()) first = "; most of all " + std::string(one.category) + ", kept " + std::to_string(one.months) + " months";
    }
    return {"schema", looked == 0 ? std::nullopt : std::optional(late), looked, "rows that are kept longer than announced, over so many categories" + first};
}

CheckResult asked_alike(House& house, Period period) {
    const auto [batches, stars] = house.db->read([&](storage::Tx& tx) { return std::pair(invite::batch_evidence(tx), invite::asked_by_satisfaction(tx, period.from)); });
    std::string says = "experiences that stand in no committed batch, or were invited before their batch was under a signed checkpoint; " + std::to_string(batches.batches) + " batches, " +
                       std::to_string(batches.counted) + " with their outcome in the log";
    std::int64_t wrong = batches.outside + batches.early;
    if (stars.enough) {
        const int permille = static_cast<int>(stars.p * 1000);
        says += "; asked though once unhappy or once happy: no difference but by chance with p = 0." + std::string(permille < 10 ? "00" : permille < 100 ? "0" : "") + std::to_string(std::min(permille, 999));
        wrong += stars.p < 0.01 ? 1 : 0;
    } else {
        says += "; too few people rated twice to compare the once unhappy with the once happy";
    }
    return {"schema", wrong, batches.experiences, says};
}

CheckResult replies(House& house, Period period, Seconds now) {
    std::int64_t late = 0, answered = 0, within = 0, published = 0;
    for (const auto& site : house.db->read([&](storage::Tx& tx) { return reply::replies_by_site(tx, period.from, now); })) {
        answered += site.answered;
        within += site.within;
        published += site.published;
        late += site.longest_shown > reply::announced ? 1 : 0;
    }
    return {"schema", late, answered, "points of sale one of whose replies waited longer than seven days to be shown; of " + std::to_string(published) + " reviews " + std::to_string(within) + " were answered within seven days"};
}

CheckResult witnesses(House& house, Seconds now) {
    if (!house.witnesses) return {"setting", std::nullopt, std::nullopt, "no witness is configured"};
    const auto quorum = house.witnesses->quorum();
    if (!quorum) return {"log", std::nullopt, std::nullopt, "witnesses are configured, and no checkpoint met their quorum yet"};
    return {"log", now - quorum->at, std::nullopt, "seconds since the quorum of witnesses last cosigned a checkpoint, of " + std::to_string(quorum->size) + " entries"};
}

}  // namespace

void table_checks(evidence::Checks& checks, House& house) {
    checks["asked_by_what_happened"] = [&house](Period period, Seconds) { return asked_alike(house, period); };
    checks["rows_past_retention"] = [&house](Period, Seconds now) { return past_retention(house, now, {}); };
    checks["refused_past_retention"] = [&house](Period, Seconds now) { return past_retention(house, now, "refused"); };
    checks["replies_shown_late"] = [&house](Period period, Seconds now) { return replies(house, period, now); };
    checks["invited_without_consent_record"] = [&house](Period, Seconds) {
        return CheckResult{"schema", house.db->read([](storage::Tx& tx) { return contact::invitations_without_consent_row(tx); }), std::nullopt, "invitations sent that no row of the consent ledger covers"};
    };
    checks["first_mail_without_notice"] = [&house](Period, Seconds) {
        return CheckResult{"schema", house.db->read([](storage::Tx& tx) { return contact::written_to_without_notice(tx); }), std::nullopt, "people named by a dealer who were written to without the notice of article 14"};
    };
    checks["witnesses_behind"] = [&house](Period, Seconds now) { return witnesses(house, now); };
}

}  // namespace verbatim::server
