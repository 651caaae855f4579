#include "engine/jobs/process.h"

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace verbatim::jobs {
namespace {

// Two containers on one machine have namespaces of their own, and may have one host name.
std::string machine() {
    std::string boot;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
    std::error_code error;
    const auto space = std::filesystem::read_symlink("/proc/self/ns/pid", error).string();  // "pid:[4026531836]"
    if (boot.empty() || error) return {};
    const auto from = space.find('['), to = space.find(']');
    return boot + "-" + (from < to && to != std::string::npos ? space.substr(from + 1, to - from - 1) : std::string());
}

// Field 22 of /proc/PID/stat; empty where there is no such process, or it ended and nobody has asked how.
std::string started(std::string_view pid) {
    std::ifstream file("/proc/" + std::string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line)) return {};
    const auto name_end = line.rfind(')');  // the second field is a name in brackets, with anything inside
    if (name_end == std::string::npos) return {};
    std::istringstream fields(line.substr(name_end + 1));
    std::string field;
    for (int number = 3; fields >> field; ++number) {
        if (number == 3 && (field == "Z" || field == "X")) return {};
        if (number == 22) return field;
    }
    return {};
}

enum class State { alive, dead, unknown };

State state_of(std::string_view claim) {
    const auto here = machine();
    const auto first = claim.find('.');
    const auto second = first == std::string_view::npos ? first : claim.find('.', first + 1);
    const auto third = second == std::string_view::npos ? second : claim.find('.', second + 1);
    if (here.empty() || third == std::string_view::npos || claim.substr(0, first) != here) return State::unknown;
    const auto pid = claim.substr(first + 1, second - first - 1);
    const auto since = claim.substr(second + 1, third - second - 1);
    if (pid.empty() || pid.find_first_not_of("0123456789") != std::string_view::npos || since.empty()) return State::unknown;
    return started(pid) == since ? State::alive : State::dead;
}

}  // namespace

std::string process_name() {
    const auto pid = std::to_string(::getpid());
    return machine() + "." + pid + "." + started(pid);
}

bool surely_dead(std::string_view claim) { return state_of(claim) == State::dead; }

bool surely_alive(std::string_view claim) { return state_of(claim) == State::alive; }

}  // namespace verbatim::jobs
