// The counter's threads: started as needed, the last one to fall idle is the first to work again, so that under little
// load most of them stay idle and end.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace verbatim::http {

class Workers {
public:
    using Job = std::function<void()>;  // must not throw

    Workers(int most_threads, std::size_t most_waiting, std::chrono::milliseconds idle_time = std::chrono::seconds(10));
    ~Workers();

    // false: as many jobs wait as may. The job then was not taken.
    bool submit(Job job);
    // Waits for every job taken. Later ones are not taken any more.
    void stop();
    int threads() const;

private:
    struct Idle {
        std::condition_variable wake;
        Job job;
    };
    void run();
    static void* enter(void* self);
    bool start_thread();

    const int most_threads_;
    const std::size_t most_waiting_;
    const std::chrono::milliseconds idle_time_;
    mutable std::mutex mutex_;
    std::condition_variable ended_;
    std::deque<Job> waiting_;
    std::vector<Idle*> idle_;
    int threads_ = 0;
    bool stopping_ = false;
};

}  // namespace verbatim::http
