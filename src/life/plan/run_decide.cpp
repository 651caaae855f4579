// Who is decided about in a look: whoever is due, and once for each version everybody.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <thread>

#include "life/plan/run_work.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql due("SELECT number, customer, turn, next_at FROM plan_person WHERE next_at <= $1 ORDER BY next_at, number LIMIT $2");
constexpr Sql behind("SELECT number, customer, turn, next_at FROM plan_person WHERE number > $1 ORDER BY number LIMIT $2");
constexpr Sql set_looked("UPDATE plan_person SET next_at = $3, looked_at = $4 WHERE number = $1 AND turn = $2");
constexpr Sql select_sweep("SELECT v.at, n.at FROM plan_cursor v JOIN plan_cursor n ON n.name = 'decided_to' WHERE v.name = 'decided_version'");
constexpr Sql set_sweep(R"sql(
INSERT INTO plan_cursor (name, at) VALUES ('decided_version', $1), ('decided_to', $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at)sql");

constexpr unsigned most_threads = 4;
constexpr std::size_t busy_at_once = 200;

std::size_t threads() { return std::clamp(std::thread::hardware_concurrency(), 1u, most_threads); }

// Pages go first. On Linux a thread has a niceness of its own (setpriority(2), "C library/kernel differences").
void give_way() { static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10)); }

struct Sweep {
    std::int64_t version = 0, reached = 0;
    friend bool operator==(const Sweep&, const Sweep&) = default;
};
Sweep read_sweep(Tx& tx) {
    const auto found = tx.row<std::int64_t, std::int64_t>(select_sweep);
    return found ? Sweep{std::get<0>(*found), std::get<1>(*found)} : Sweep{};
}

}  // namespace

// Nothing is written of those for whom nothing changes. Two nodes do the same work twice at worst; the one whose version is not the
// newest that was begun stops, for the other has taken over.
void Run::decide_everybody(const Work& work, Looked& looked) const {
    auto sweep = db_.read(read_sweep);
    if (sweep.version != work.version.number) {
        sweep = {work.version.number, 0};
        db_.write([&](Tx& tx) { tx.exec(set_sweep, sweep.version, sweep.reached); });
    }
    std::vector<Sites> sites(threads(), Sites(work.rules.plan()));
    while (sweep.version == work.version.number && sweep.reached != never) {
        auto some = slices(behind, sweep.reached);
        decide(work, sites, some);
        for (auto& slice : some) write_down(work, sites.front(), slice, false, looked);
        const Sweep next{sweep.version, some.empty() ? never : some.back().heads.back().number};
        sweep = db_.write([&](Tx& tx) {
            const auto there = read_sweep(tx);
            if (there != sweep) return there;
            tx.exec(set_sweep, next.version, next.reached);
            return next;
        });
    }
}

void Run::decide_due(const Work& work, Looked& looked) const {
    std::vector<Sites> sites(threads(), Sites(work.rules.plan()));
    for (bool more = true; more;) {
        auto some = slices(due, work.now);
        more = some.size() == sites.size() && static_cast<int>(some.back().heads.size()) == options_.slice;
        decide(work, sites, some);
        for (auto& slice : some) write_down(work, sites.front(), slice, true, looked);
    }
}

std::vector<Run::Slice> Run::slices(Sql heads, std::int64_t parameter) const {
    return db_.read([&](Tx& tx) {
        std::vector<Slice> some;
        tx.each(heads, [&](const Row& row) {
            if (some.empty() || static_cast<int>(some.back().heads.size()) == options_.slice) some.emplace_back();
            some.back().heads.push_back({row.integer(0), row.integer(2), std::string(row.text(1)), row.integer(3)});
        }, parameter, static_cast<std::int64_t>(options_.slice) * static_cast<std::int64_t>(threads()));
        return some;
    });
}

// One slice here; several each on a thread of its own.
void Run::decide(const Work& work, std::vector<Sites>& sites, std::vector<Slice>& slices) const {
    if (slices.size() == 1) return decide(work, sites.front(), slices.front());
    std::vector<std::future<void>> under_way;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        under_way.push_back(std::async(std::launch::async, [&, i] {
            give_way();
            decide(work, sites[i], slices[i]);
        }));
    }
    for (auto& one : under_way) one.wait();
    for (auto& one : under_way) one.get();
}

void Run::decide(const Work& work, Sites& sites, Slice& slice) const {
    db_.read([&](Tx& tx) {
        slice.members.assign(slice.heads.size(), {});
        for (std::size_t i = 0; i < slice.heads.size(); ++i) {
            auto& member = slice.members[i];
            member.number = slice.heads[i].number, member.turn = slice.heads[i].turn, member.customer = slice.heads[i].customer;
        }
        read_people(tx, work.rules.plan(), work.numbers, sources_, sites, slice.members);
    });
    slice.decided.assign(slice.heads.size(), {});
    slice.next.assign(slice.heads.size(), never);
    Agenda agenda(work.rules);
    for (std::size_t i = 0; i < slice.members.size(); ++i) {
        const auto& member = slice.members[i];
        if (!member.known) continue;
        agenda.start(member.person, member.history, work.from);
        agenda.decide(work.now, slice.decided[i]);
        // An open case may be closed any day, and nothing tells us.
        slice.next[i] = std::max(work.now + 1, member.complains ? std::min(agenda.next(), work.now + one_day) : agenda.next());
    }
}

// In short transactions: readers and writers of the site wait for neither. Whom something happened to meanwhile has another turn and is
// looked at again. Most get nothing: they only move on, all at once. A letter costs a hundred times that, so those go by the few.
void Run::write_down(const Work& work, Sites& sites, Slice& slice, bool all, Looked& looked) const {
    looked.people += static_cast<std::int64_t>(slice.members.size());
    std::vector<std::tuple<std::int64_t, std::int64_t, Seconds, Seconds>> quiet;
    std::vector<std::size_t> busy;
    for (std::size_t i = 0; i < slice.members.size(); ++i) {
        const auto& member = slice.members[i];
        if (!member.known || !slice.decided[i].empty() || member.vins != member.new_vins) busy.push_back(i);
        else if (all || slice.next[i] != slice.heads[i].next) quiet.emplace_back(member.number, member.turn, slice.next[i], work.now);
    }
    if (!quiet.empty()) db_.write([&](Tx& tx) { tx.exec_many(set_looked, quiet); });
    for (std::size_t from_busy = 0; from_busy < busy.size(); from_busy += busy_at_once) {
        const auto before = looked;
        db_.write([&](Tx& tx) {
            looked = before;
            for (std::size_t n = from_busy; n < std::min(busy.size(), from_busy + busy_at_once); ++n) {
                settle(tx, work, sites, slice, busy[n], looked);
                if (slice.members[busy[n]].known) tx.exec(set_looked, slice.members[busy[n]].number, slice.members[busy[n]].turn, slice.next[busy[n]], work.now);
            }
        });
    }
}

}  // namespace verbatim::plan
