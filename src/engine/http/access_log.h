// One JSON line a request, written by a thread of its own at least once a second.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace verbatim::http {

struct AccessLine {
    std::string_view at;  // 2026-11-21T10:00:00Z
    std::string_view id, remote, method, target, user_agent;
    int status = 0;
    std::size_t bytes = 0;    // of the body
    long microseconds = -1;   // of the handler; below 0: the window answered
};

class AccessLog {
public:
    // A file (appended to), "-" for stdout, "none" for no log. Throws std::runtime_error where the file cannot be opened.
    explicit AccessLog(const std::string& where);
    ~AccessLog();  // writes what is left

    bool on() const { return descriptor_ >= 0; }
    void write(const AccessLine& line);
    void reopen() { reopen_ = true; }  // after the file was moved away; safe in a signal handler

private:
    void run();
    void flush(std::string& lines);

    const std::string path_;
    int descriptor_ = -1;
    std::atomic<bool> reopen_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::string lines_;
    unsigned long dropped_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

// The target as the log may keep it: the token of a personal link, and a value named token, are masked.
std::string masked_target(std::string_view target);

}  // namespace verbatim::http
