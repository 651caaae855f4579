// Time is a parameter: whoever needs "now" is handed a Clock, so tests and the demo live in any year without sleeping.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace verbatim {

// UTC seconds since 1970-01-01 without leap seconds: the unit of every stored moment and of `at` in a log entry.
using Seconds = std::int64_t;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Seconds now() const = 0;
};

class SystemClock final : public Clock {
public:
    Seconds now() const override {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    }
};

// A clock that stands until it is moved: for tests, stories and the demo's invented months. Safe to move from another thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Seconds start) : now_(start) {}
    Seconds now() const override { return now_.load(std::memory_order_relaxed); }
    void set(Seconds to) { now_.store(to, std::memory_order_relaxed); }
    void advance(Seconds by) { now_.fetch_add(by, std::memory_order_relaxed); }

private:
    std::atomic<Seconds> now_;
};

}  // namespace verbatim
