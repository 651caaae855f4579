// The log as a stranger checks it (norms MOD-5, PUB-3, PUB-6, GDP-7, TLG-*): the same checker, fed by the same doors.
#include <sstream>

#include "app/server/evidence_checks.h"
#include "app/verify/verify.h"
#include "record/ledger/agreement.h"

namespace verbatim::server {
namespace {

using evidence::CheckResult;
using evidence::Period;

// One run serves every requirement that asks for it.
struct Verified {
    Seconds at = -1;
    int code = 0;
    std::string last;
    std::int64_t entries = 0;
};

std::string last_line(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    const auto line = text.rfind('\n');
    return line == std::string::npos ? text : text.substr(line + 1);
}

}  // namespace

void log_checks(evidence::Checks& checks, House& house, const http::Router& router) {
    const auto kept = std::make_shared<Verified>();
    const auto verified = [kept, &house, &router](Seconds now) -> const Verified& {
        if (kept->at == now) return *kept;
        house.ledger->sequence();  // what was committed until now is part of it
        const auto source = verify::live_source(
            [&router](std::string_view path) -> Result<std::string> {
                auto body = get(router, path);
                if (!body) return not_found("absent", std::string(path));
                return std::move(*body);
            },
            {});
        verify::Options options;
        options.key = house.ledger->verifier_key();
        std::ostringstream out;
        kept->code = verify::run(source, options, now, out);
        kept->last = last_line(out.str());
        kept->entries = house.db->read([](storage::Tx& tx) { return ledger::size(tx); });
        kept->at = now;
        return *kept;
    };
    const auto from_log = [verified](Period, Seconds now) {
        const auto& found = verified(now);
        return CheckResult{"log", found.code == 0 ? 0 : 1, found.entries, "verbatim log verify: " + found.last};
    };
    checks["log_faults"] = from_log;
    checks["figures_unlike_the_log"] = from_log;
    checks["ratings_unlike_the_log"] = [verified, &house](Period, Seconds now) {
        const auto& found = verified(now);
        return CheckResult{"log", found.code == 0 ? 0 : 1, static_cast<std::int64_t>(house.publish->subjects().size()), "every displayed rating beside the one recomputed from the log: " + found.last};
    };
    checks["entries_not_integrated"] = [verified, &house](Period, Seconds now) {
        verified(now);
        const auto [signed_size, placed] = house.db->read([](storage::Tx& tx) { return std::pair(ledger::signed_size(tx), ledger::size(tx)); });
        return CheckResult{"log", placed - signed_size, placed, "entries in the tree that no signed checkpoint covers"};
    };
    checks["checkpoints_disagree"] = [&house](Period, Seconds) {
        constexpr int looked_at = 1000;
        const auto found = house.db->read([](storage::Tx& tx) { return ledger::agreement(tx, looked_at); });
        return CheckResult{"log", found.disagreeing, found.looked_at, "of the newest published checkpoints, those whose root is not that of the stored tree at their size"};
    };
}

}  // namespace verbatim::server
