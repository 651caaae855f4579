#include "app/server/rollups.h"

#include <ostream>

#include "ground/base/log.h"
#include "life/recover/counted.h"
#include "record/experiences/counted.h"
#include "record/readings/readings.h"
#include "record/reviews/counted.h"

namespace verbatim::server {
namespace {

using storage::Tx;

constexpr Seconds fold_period = 5;
constexpr int fold_at_once = 2000, moves_at_once = 50, cases_at_once = 500;
constexpr int differences_shown = 200;

void count_old_cases(storage::Db& db) {
    std::string after;
    do after = db.write([&](Tx& tx) { return recover::count_old_cases(tx, after, cases_at_once); });
    while (!after.empty());
}

void fold_what_waits(storage::Db& db) {
    if (!db.read([](Tx& tx) { return figures::complete(tx); })) {
        log::info("the figures of an older platform are counted", {});
        const auto check = count_everything(db);
        log::info("the figures are counted", {{"facts", check.facts}, {"cells", check.cells}});
    }
    while (db.read([](Tx& tx) { return figures::waits(tx); })) db.write([](Tx& tx) { return figures::fold(tx, fold_at_once); });
    while (db.read([](Tx& tx) { return figures::moved(tx); })) db.write([](Tx& tx) { return figures::follow_moves(tx, moves_at_once); });
}

}  // namespace

const std::vector<figures::Source>& figure_sources() {
    static const std::vector<figures::Source> sources = {&reviews::recount, &experiences::recount, &recover::recount};
    return sources;
}

figures::Check count_everything(storage::Db& db) {
    count_old_cases(db);
    return figures::check(db, figure_sources(), true, {});
}

void analyse(storage::Db& db) {
    if (db.engine() == storage::Engine::postgresql) db.write([](Tx& tx) { tx.exec("ANALYZE"); });
}

void keep_figures(jobs::Runner& runner, storage::Db& db) {
    runner.every("figures", fold_period, [&db] { fold_what_waits(db); });
    runner.every("figures_check", one_day, [&db] {
        const auto check = figures::check(db, figure_sources(), false, [](const figures::Difference& one) {
            log::warning("a figure is not what its facts are", {{"table", one.table}, {"key", one.key}, {"measure", one.measure}, {"kept", one.kept}, {"counted", one.counted}});
        });
        if (check.differences != 0) {
            log::error("figures differ from their facts; run `verbatim rollups verify --rebuild`, and report it", {{"differences", check.differences}, {"facts", check.facts}});
        }
    });
}

int verify_rollups(const Place& place, bool rebuild, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    if (rebuild) count_old_cases(*house.db);
    std::int64_t shown = 0;
    const auto check = figures::check(*house.db, figure_sources(), rebuild, [&](const figures::Difference& one) {
        if (++shown <= differences_shown) out << one.table << " " << one.key << " " << one.measure << ": kept " << one.kept << ", counted " << one.counted << "\n";
    });
    if (shown > differences_shown) out << "... " << shown - differences_shown << " more\n";
    out << check.facts << " facts, " << check.cells << " figures compared, " << check.differences << (rebuild ? " mended" : " differ") << "\n";
    const auto themes = readings::check(*house.db, rebuild);
    out << themes.tallies << " tallies of themes compared, " << themes.differences << (rebuild ? " mended" : " differ") << "\n";
    return rebuild || (check.differences == 0 && themes.differences == 0) ? 0 : 1;
}

}  // namespace verbatim::server
