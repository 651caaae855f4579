#include "engine/jobs/runner.h"

#include <algorithm>
#include <cstdio>

#include "engine/jobs/process.h"
#include "ground/base/log.h"

namespace verbatim::jobs {
namespace {

using namespace std::chrono_literals;

std::string runner_name() {
    char number[17] = {};
    std::snprintf(number, sizeof number, "%08x", static_cast<unsigned>(std::random_device{}()));
    return process_name() + "." + number;
}

// An error's text as the table keeps it: short, and ASCII where it may be anything.
std::string kept_text(const Error& error) {
    std::string text = error.code.empty() ? error.message : error.code + ": " + error.message;
    text.resize(std::min<std::size_t>(text.size(), 1000));
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
    }
    return text;
}

}  // namespace

Runner::Impl::Impl(storage::Db& database, const Clock& time, Options wanted) : db(database), clock(time), options(wanted), name(runner_name()) {}

std::string Runner::Impl::next_claim() { return name + "." + std::to_string(claims.fetch_add(1)); }

void Runner::Impl::set_kinds() {
    kinds = "[";
    for (const auto& [kind, handler] : handlers) {
        if (kinds.size() > 1) kinds += ',';
        log::append_json_string(kinds, kind);
    }
    kinds += ']';
}

// About a second of work for the threads, so that slow jobs are left for other processes.
int Runner::Impl::claim_size() const {
    const std::int64_t each = std::max<std::int64_t>(1, microseconds_a_job.load());
    return static_cast<int>(std::clamp<std::int64_t>(1'000'000 / each * options.threads, options.threads, options.batch));
}

bool Runner::Impl::land() {
    std::vector<Stranded> waiting;
    {
        const std::lock_guard lock(bell->mutex);
        waiting.swap(stranded);
    }
    std::vector<Stranded> left;
    for (auto& item : waiting) {
        try {
            if (left.empty()) return_to_table(item.job, item.run_at, item.error, true);
            else left.push_back(std::move(item));
        } catch (const std::exception&) {
            left.push_back(std::move(item));
        }
    }
    const std::lock_guard lock(bell->mutex);
    std::move(left.begin(), left.end(), std::back_inserter(stranded));
    return stranded.empty();
}

bool Runner::Impl::cycle(int most) {
    if (!land()) {
        log::error("failed jobs cannot be put back");
        return false;
    }
    const Seconds now = clock.now();
    const Seconds until = now + options.lease;
    const std::string claim = next_claim();
    std::vector<Job> finished;
    std::vector<int> looked_at;
    bool rescue = false;
    {
        const std::lock_guard lock(bell->mutex);
        bell->due = bell->later = false;
        finished = done;
        rescue = std::exchange(last_rescue, now) != now;
        for (std::size_t i = 0; i < schedules.size(); ++i) {
            if (schedules[i].next <= now) looked_at.push_back(static_cast<int>(i));
        }
    }
    std::vector<Job> jobs;
    std::vector<Lost> lost;
    std::vector<Turn> turns;
    std::optional<Seconds> next;
    try {
        db.write([&](storage::Tx& tx) {
            turns.clear();
            delete_claimed(tx, finished);
            lost = rescue ? lost_jobs(tx, now, 1000) : std::vector<Lost>{};
            jobs = claim_due(tx, kinds, now, until, claim, most);
            for (const int i : looked_at) {
                const auto& schedule = schedules[static_cast<std::size_t>(i)];
                turns.push_back(claim_schedule(tx, schedule.name, now, schedule.period, until, claim));
            }
            next = static_cast<int>(jobs.size()) < most ? jobs::next_moment(tx, kinds) : now;
        });
        return_lost(lost);
    } catch (const std::exception& failure) {
        log::error("jobs cannot be claimed", {{"error", failure.what()}});
        return false;
    }
    const std::lock_guard lock(bell->mutex);
    done.erase(done.begin(), done.begin() + static_cast<std::ptrdiff_t>(finished.size()));
    for (auto& job : jobs) ready.push_back({std::move(job), until, -1});
    for (std::size_t i = 0; i < turns.size(); ++i) {
        schedules[static_cast<std::size_t>(looked_at[i])].next = turns[i].next_at;
        if (turns[i].mine) ready.push_back({Job{0, {}, {}, 1, claim}, until, looked_at[i]});
    }
    if (!lost.empty()) next = now;
    else if (jobs.empty() && next && *next <= now) next = now + 1;  // PostgreSQL: due, but locked by a transaction that is not over
    for (const auto& schedule : schedules) next = std::min(next.value_or(schedule.next), schedule.next);
    next_moment = next;
    return true;
}

std::vector<Runner::Impl::Item> Runner::Impl::take() {
    std::vector<Item> items;
    items.push_back(std::move(ready.front()));
    ready.pop_front();
    if (items[0].schedule >= 0 || !handlers.at(items[0].job.kind).batch) return items;
    for (auto at = ready.begin(); at != ready.end() && static_cast<int>(items.size()) < options.batch;) {
        if (at->schedule < 0 && at->job.kind == items[0].job.kind) {
            items.push_back(std::move(*at));
            at = ready.erase(at);
        } else {
            ++at;
        }
    }
    return items;
}

// What waited long in the queue is held anew before it begins; what was taken back meanwhile is left out.
void Runner::Impl::keep_claims(std::vector<Item>& items) {
    const Seconds now = clock.now();
    if (items[0].until - now >= options.lease / 2) return;
    std::vector<Item> kept;
    db.write([&](storage::Tx& tx) {
        kept.clear();
        for (const auto& item : items) {
            if (extend_claim(tx, item.job, now + options.lease)) kept.push_back(item);
        }
    });
    items = std::move(kept);
}

int Runner::Impl::run(std::vector<Item> items) {
    if (items[0].schedule >= 0) {
        run_schedule(items[0]);
        return 0;
    }
    try {
        keep_claims(items);
    } catch (const std::exception& failure) {
        log::error("jobs cannot be held", {{"error", failure.what()}});
        return 0;  // their claim runs out and they are taken back
    }
    if (items.empty()) return 0;
    std::vector<Job> jobs;
    jobs.reserve(items.size());
    for (auto& item : items) jobs.push_back(std::move(item.job));
    const int count = static_cast<int>(jobs.size());
    const auto begun = Steady::now();
    run_jobs(std::move(jobs));
    const auto each = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begun).count() / count;
    microseconds_a_job = (microseconds_a_job * 7 + each) / 8;
    return count;
}

std::vector<Result<void>> Runner::Impl::handle(const std::vector<Job>& jobs) {
    const Handler& handler = handlers.at(jobs[0].kind);
    const auto failed = [&](const char* what) {
        return std::vector<Result<void>>(jobs.size(), Result<void>(Error{ErrorKind::unavailable, "exception", what, {}}));
    };
    try {
        if (!handler.batch) return {handler.single(jobs[0])};
        auto results = handler.batch(jobs);
        if (results.size() != jobs.size()) return failed("the handler answered for another number of jobs than it was given");
        return results;
    } catch (const std::exception& failure) {
        return failed(failure.what());
    } catch (...) {
        return failed("an exception that is no std::exception");
    }
}

void Runner::Impl::run_jobs(std::vector<Job> jobs) {
    const auto results = handle(jobs);
    std::vector<Job> finished;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (results[i].ok()) finished.push_back(std::move(jobs[i]));
        else fail(jobs[i], results[i].error());
    }
    const std::lock_guard lock(bell->mutex);
    std::move(finished.begin(), finished.end(), std::back_inserter(done));
}

void Runner::Impl::run_schedule(const Item& item) {
    const auto& schedule = schedules[static_cast<std::size_t>(item.schedule)];
    try {
        schedule.fn();
    } catch (const std::exception& failure) {
        log::error("a scheduled task failed", {{"task", schedule.name}, {"error", failure.what()}});
    }
    try {
        db.write([&](storage::Tx& tx) { end_schedule(tx, schedule.name, item.job.claim); });
    } catch (const std::exception& failure) {
        log::error("a scheduled task cannot be marked", {{"task", schedule.name}, {"error", failure.what()}});  // its claim runs out
    }
}

// Doubles at each attempt; the jitter only shortens, by up to a quarter.
Seconds Runner::Impl::backoff(int attempt) {
    Seconds wait = options.backoff_first;
    for (int i = 1; i < attempt && wait < options.backoff_most; ++i) wait *= 2;
    return shortened(std::min(wait, options.backoff_most));
}

Seconds Runner::Impl::shortened(Seconds wait) {
    const std::lock_guard lock(bell->mutex);
    return std::max<Seconds>(1, wait - std::uniform_int_distribution<Seconds>(0, wait / 4)(random));
}

// At once the first times: the end of a server is seldom its jobs' doing. Then two seconds, four, ...
Seconds Runner::Impl::lost_pause(int times) {
    return times <= lost_at_once ? 0 : shortened(std::min<Seconds>(Seconds{1} << std::min(times - lost_at_once, 30), options.backoff_most));
}

void Runner::Impl::return_lost(std::vector<Lost> lost) {
    const Seconds now = clock.now();
    // Whoever lives and holds a job longer than its lease hangs in it: that is an attempt.
    const auto hanging = std::stable_partition(lost.begin(), lost.end(), [](const Lost& one) { return !surely_alive(one.job.claim); });
    for (auto one = hanging; one != lost.end(); ++one) return_to_table(one->job, now, "it was not done when its lease ended", true);
    lost.erase(hanging, lost.end());
    std::vector<std::pair<Lost, Seconds>> rows;
    for (auto& one : lost) {
        if (one.before + 1 >= lost_at_most) log::error("a job is dead: its worker died with it again and again", {{"kind", one.job.kind}, {"job", one.job.id}});
        const Seconds at = now + lost_pause(one.before + 1);
        rows.emplace_back(std::move(one), at);
    }
    try {
        db.write([&](storage::Tx& tx) { give_back_lost(tx, rows); });
    } catch (const storage::ConstraintFailure&) {
        // Two of one key, or on PostgreSQL a twin that was committed meanwhile: one by one each finds its twin.
        for (const auto& row : rows) db.write([&](storage::Tx& tx) { give_back_lost(tx, {row}); });
    }
}

void Runner::Impl::fail(const Job& job, const Error& error) {
    log::warning("job failed", {{"kind", job.kind}, {"job", job.id}, {"attempt", job.attempt}, {"code", error.code}});
    Stranded back{job, clock.now() + backoff(job.attempt), kept_text(error)};
    try {
        return_to_table(back.job, back.run_at, back.error, true);
    } catch (const std::exception& failure) {
        log::error("a failed job cannot be put back yet", {{"job", job.id}, {"error", failure.what()}});
        const std::lock_guard lock(bell->mutex);
        stranded.push_back(std::move(back));
    }
    const std::lock_guard lock(bell->mutex);
    bell->later = true;
}

void Runner::Impl::return_to_table(const Job& job, Seconds run_at, const std::string& error, bool begun) {
    for (int tries = 0;; ++tries) {
        try {
            const bool dead = db.write([&](storage::Tx& tx) { return give_back(tx, job, run_at, error, begun); });
            if (dead) log::error("a job is dead: its attempts are used up", {{"kind", job.kind}, {"job", job.id}});
            return;
        } catch (const storage::ConstraintFailure&) {
            // PostgreSQL: a twin was committed between the look for one and the update. The next look finds it.
            if (tries == 5) throw;
        }
    }
}

// What a process of this machine held when it was killed is due again at once, not when its claim runs out.
void Runner::Impl::take_back() {
    std::vector<Lost> held;
    db.write([&](storage::Tx& tx) {
        held = held_jobs(tx, 10000);
        for (const auto& [schedule, claim] : held_schedules(tx)) {
            if (surely_dead(claim)) end_schedule(tx, schedule, claim);
        }
    });
    std::erase_if(held, [](const Lost& one) { return !surely_dead(one.job.claim); });
    return_lost(std::move(held));
}

void Runner::Impl::work() {
    std::unique_lock lock(bell->mutex);
    while (!stopping) {
        if (!ready.empty()) {
            auto items = take();
            if (!ready.empty()) bell->rung.notify_one();
            lock.unlock();
            run(std::move(items));
            lock.lock();
            continue;
        }
        if (claiming) {
            bell->rung.wait(lock);
            continue;
        }
        const Seconds now = clock.now();
        if (bell->later) next_moment = std::min(next_moment.value_or(now + 1), now + 1);  // look again within a second
        const bool wanted = bell->due || !done.empty() || (next_moment && *next_moment <= now);
        if (!wanted) {
            // A notification may be lost with a killed process; a minute finds what it was about.
            const Seconds wait = next_moment ? std::clamp<Seconds>(*next_moment - now, 1, 60) : 60;
            bell->later = false;
            if (bell->rung.wait_for(lock, std::chrono::seconds(wait)) == std::cv_status::timeout) bell->due = true;
            continue;
        }
        if (const auto moment = Steady::now(); moment < next_cycle) {
            bell->rung.wait_for(lock, next_cycle - moment);
            continue;
        }
        claiming = true;
        const int most = claim_size();
        lock.unlock();
        const auto begun = Steady::now();
        const bool good = cycle(most);
        lock.lock();
        claiming = false;
        const bool full = static_cast<int>(ready.size()) >= most;
        next_cycle = begun + (!good ? std::chrono::milliseconds(1000) : full ? 0ms : std::chrono::milliseconds(options.gather_ms));
        if (!good) bell->due = true;
        if (ready.size() > 1) bell->rung.notify_all();
    }
}

void Runner::Impl::stop() {
    {
        const std::lock_guard lock(bell->mutex);
        stopping = true;
    }
    bell->rung.notify_all();
    for (auto& thread : threads) thread.join();
    threads.clear();
    std::vector<Job> finished;
    std::deque<Item> unbegun;
    {
        const std::lock_guard lock(bell->mutex);
        finished.swap(done);
        unbegun.swap(ready);
    }
    try {
        if (!finished.empty()) db.write([&](storage::Tx& tx) { delete_claimed(tx, finished); });
        for (const auto& item : unbegun) {
            if (item.schedule >= 0) db.write([&](storage::Tx& tx) { end_schedule(tx, schedules[static_cast<std::size_t>(item.schedule)].name, item.job.claim); });
            else return_to_table(item.job, clock.now(), "", false);
        }
    } catch (const std::exception& failure) {
        log::error("jobs cannot be given back", {{"error", failure.what()}});  // their claims run out
    }
}

Runner::Runner(storage::Db& db, const Clock& clock, Options options) : impl_(std::make_unique<Impl>(db, clock, options)) {}

Runner::~Runner() { stop(); }

void Runner::handle(std::string kind, std::function<Result<void>(const Job&)> handler) {
    impl_->handlers[std::move(kind)] = {std::move(handler), {}};
    impl_->set_kinds();
}

void Runner::handle_batch(std::string kind, std::function<std::vector<Result<void>>(std::span<const Job>)> handler) {
    impl_->handlers[std::move(kind)] = {{}, std::move(handler)};
    impl_->set_kinds();
}

void Runner::every(std::string name, Seconds period, std::function<void()> fn) { impl_->schedules.push_back({std::move(name), period, std::move(fn), 0}); }

void Runner::start() {
    Impl& impl = *impl_;
    if (!impl.threads.empty()) return;
    if (impl.kinds.empty()) impl.set_kinds();
    if (!std::exchange(impl.subscribed, true)) {
        impl.db.subscribe([bell = impl.bell](std::string_view heard, std::string_view payload) {
            if (heard != channel) return;
            {
                const std::lock_guard lock(bell->mutex);
                (payload == due ? bell->due : bell->later) = true;
            }
            bell->rung.notify_one();
        });
    }
    {
        const std::lock_guard lock(impl.bell->mutex);
        impl.stopping = false;
        impl.bell->due = true;
    }
    try {
        impl.take_back();
    } catch (const storage::Failure& failure) {
        log::error("jobs of a killed worker wait until their claims run out", {{"error", failure.what()}});
    }
    for (int i = 0; i < impl.options.threads; ++i) impl.threads.emplace_back([&impl] { impl.work(); });
}

void Runner::stop() { impl_->stop(); }

int Runner::run_due() {
    Impl& impl = *impl_;
    if (impl.kinds.empty()) impl.set_kinds();
    int count = 0;
    for (;;) {
        if (!impl.cycle(impl.options.batch)) throw storage::Failure("jobs cannot be claimed: see the log");
        std::unique_lock lock(impl.bell->mutex);
        if (impl.ready.empty() && impl.done.empty() && !(impl.next_moment && *impl.next_moment <= impl.clock.now())) return count;
        while (!impl.ready.empty()) {
            auto items = impl.take();
            lock.unlock();
            count += impl.run(std::move(items));
            lock.lock();
        }
    }
}

}  // namespace verbatim::jobs
