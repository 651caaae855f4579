// The runner's inside: what is claimed, what is done, and the bell that wakes it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include "engine/jobs/table.h"

namespace verbatim::jobs {

struct Runner::Impl {
    using Steady = std::chrono::steady_clock;
    using Single = std::function<Result<void>(const Job&)>;
    using Batch = std::function<std::vector<Result<void>>(std::span<const Job>)>;
    struct Handler {
        Single single;
        Batch batch;
    };
    struct Schedule {
        std::string name;
        Seconds period = 0;
        std::function<void()> fn;
        Seconds next = 0;  // when to look at its row again
    };
    // Claimed and not begun: a job, or a schedule's moment.
    struct Item {
        Job job;
        Seconds until = 0;
        int schedule = -1;
    };
    // Failed, and could not be put back into the table (a full disk): held here until that works.
    struct Stranded {
        Job job;
        Seconds run_at = 0;
        std::string error;
    };
    // Outlives the runner, because the database keeps its subscribers.
    struct Bell {
        std::mutex mutex;
        std::condition_variable rung;
        bool due = false;
        bool later = false;
    };

    Impl(storage::Db& database, const Clock& time, Options wanted);

    void work();
    // Marks what is done, takes back what is lost, claims what is due: one transaction. False where the database failed.
    bool cycle(int most);
    std::vector<Item> take();  // with the bell's mutex held
    int run(std::vector<Item> items);
    void run_jobs(std::vector<Job> jobs);
    void run_schedule(const Item& item);
    std::vector<Result<void>> handle(const std::vector<Job>& jobs);
    void fail(const Job& job, const Error& error);
    void return_lost(std::vector<Lost> lost);
    Seconds lost_pause(int times);
    void return_to_table(const Job& job, Seconds run_at, const std::string& error, bool begun);
    void keep_claims(std::vector<Item>& items);
    void take_back();
    bool land();  // puts back what is stranded; false where some of it still is
    Seconds backoff(int attempt);
    Seconds shortened(Seconds wait);
    std::string next_claim();
    int claim_size() const;
    void set_kinds();
    void stop();

    storage::Db& db;
    const Clock& clock;
    const Options options;
    const std::string name;
    std::map<std::string, Handler> handlers;
    std::string kinds;  // their names as a JSON array
    std::vector<Schedule> schedules;

    std::shared_ptr<Bell> bell = std::make_shared<Bell>();  // its mutex guards what follows
    bool subscribed = false;
    bool stopping = false;
    bool claiming = false;
    std::deque<Item> ready;
    std::vector<Job> done;
    std::vector<Stranded> stranded;
    std::optional<Seconds> next_moment;
    Steady::time_point next_cycle{};
    Seconds last_rescue = -1;
    std::vector<std::thread> threads;

    std::atomic<std::uint64_t> claims{0};
    std::atomic<std::int64_t> microseconds_a_job{0};  // a sliding mean
    std::mt19937_64 random{std::random_device{}()};
};

}  // namespace verbatim::jobs
