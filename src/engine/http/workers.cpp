#include "engine/http/workers.h"

#include <pthread.h>

#include <algorithm>

#include "ground/base/log.h"
#include "ground/base/sanitized.h"

namespace verbatim::http {

namespace {

#ifdef VERBATIM_SANITIZED
constexpr std::size_t stack_bytes = 4 * 1024 * 1024;  // sanitized frames are several times larger
#else
constexpr std::size_t stack_bytes = 256 * 1024;
#endif

}  // namespace

Workers::Workers(int most_threads, std::size_t most_waiting, std::chrono::milliseconds idle_time)
    : most_threads_(std::max(1, most_threads)), most_waiting_(most_waiting), idle_time_(idle_time) {}

Workers::~Workers() { stop(); }

bool Workers::submit(Job job) {
    std::lock_guard lock(mutex_);
    if (stopping_) return false;
    if (!idle_.empty()) {
        auto* idle = idle_.back();
        idle_.pop_back();
        idle->job = std::move(job);
        idle->wake.notify_one();
        return true;
    }
    const bool started = threads_ < most_threads_ && start_thread();
    if (!started && (threads_ == 0 || waiting_.size() >= most_waiting_)) return false;
    waiting_.push_back(std::move(job));
    return true;
}

void Workers::stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    for (auto* idle : idle_) idle->wake.notify_one();
    ended_.wait(lock, [&] { return threads_ == 0; });
}

int Workers::threads() const {
    std::lock_guard lock(mutex_);
    return threads_;
}

bool Workers::start_thread() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    const int error = pthread_create(&thread, &attributes, &Workers::enter, this);
    pthread_attr_destroy(&attributes);
    if (error != 0) {
        log::warning("no more threads", {{"threads", threads_}, {"errno", error}});
        return false;
    }
    ++threads_;
    return true;
}

void* Workers::enter(void* self) {
    static_cast<Workers*>(self)->run();
    return nullptr;
}

void Workers::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        Job job;
        if (!waiting_.empty()) {
            job = std::move(waiting_.front());
            waiting_.pop_front();
        } else if (!stopping_) {
            Idle idle;
            idle_.push_back(&idle);
            idle.wake.wait_for(lock, idle_time_, [&] { return idle.job || stopping_; });
            job = std::move(idle.job);
            if (!job) std::erase(idle_, &idle);
        }
        if (!job) break;
        lock.unlock();
        job();
        job = nullptr;
        lock.lock();
    }
    --threads_;
    // Under the lock: the pool may be gone as soon as stop() sees no thread left.
    ended_.notify_all();
}

}  // namespace verbatim::http
