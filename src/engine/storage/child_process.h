// A test in a process of its own, to be killed: this same program started with one disabled test as its filter. What the
// child writes to descriptor 3 is read here line by line. Included by tests only.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace verbatim::storage {

inline constexpr int report_descriptor = 3;

class ChildProcess {
public:
    // `test` is "Suite.DISABLED_Name"; the child finds `url` in VERBATIM_CHILD_DATABASE.
    ChildProcess(const std::string& test, const std::string& url) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], report_descriptor);
        std::vector<std::string> words = {"child", "--gtest_also_run_disabled_tests", "--gtest_brief=1", "--gtest_filter=" + test};
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        std::string database = "VERBATIM_CHILD_DATABASE=" + url;
        std::vector<char*> environment = {database.data()};
        for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
        environment.push_back(nullptr);
        const int code = ::posix_spawn(&id_, "/proc/self/exe", &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        reports_ = ends[0];
        if (code != 0) throw std::runtime_error("cannot start the child");
    }
    ~ChildProcess() {
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            ::waitpid(id_, nullptr, 0);
        }
        ::close(reports_);
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // The next whole line; nothing when the child has ended.
    std::optional<std::string> line() {
        for (;;) {
            if (const auto end = pending_.find('\n'); end != std::string::npos) {
                std::string found = pending_.substr(0, end);
                pending_.erase(0, end + 1);
                return found;
            }
            char buffer[4096];
            const ssize_t size = ::read(reports_, buffer, sizeof buffer);
            if (size <= 0) return std::nullopt;
            pending_.append(buffer, static_cast<std::size_t>(size));
        }
    }
    void kill() { ::kill(id_, SIGKILL); }
    // The exit code; 128 and the signal for a killed one.
    int wait() {
        int status = 0;
        ::waitpid(id_, &status, 0);
        id_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    // In the child.
    static std::string url() {
        const char* found = std::getenv("VERBATIM_CHILD_DATABASE");
        return found == nullptr ? "" : found;
    }
    static void report(const std::string& text) {
        const std::string whole = text + "\n";
        if (::write(report_descriptor, whole.data(), whole.size()) < 0) return;  // the parent is gone
    }

private:
    pid_t id_ = -1;
    int reports_ = -1;
    std::string pending_;
};

}  // namespace verbatim::storage
