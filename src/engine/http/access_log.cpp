#include "engine/http/access_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "engine/http/percent.h"
#include "ground/base/log.h"

namespace verbatim::http {

namespace {

constexpr std::size_t enough_to_write = 256 * 1024;
constexpr std::size_t most_waiting = 8 * 1024 * 1024;  // a full disk must not fill the memory

int open_log(const std::string& path) { return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640); }

void append_number(std::string& out, long long number) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// A field may hold any bytes above 0x7f; a JSON line may not.
void append_text(std::string& out, std::string_view text) {
    if (valid_utf8(text)) return log::append_json_string(out, text);
    std::string plain(text);
    for (char& c : plain)
        if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    log::append_json_string(out, plain);
}

bool is_personal(std::string_view segment) {
    // "/%72/..." is "/r/..." to the router
    const auto plain = segment.find('%') == std::string_view::npos ? std::string(segment) : percent_decode_leniently(segment, Plus::stays);
    for (std::string_view door : {"r", "me", "u", "case", "moderate"})
        if (plain == door) return true;
    return false;
}

}  // namespace

std::string masked_target(std::string_view target) {
    const auto question = target.find('?');
    const auto path = target.substr(0, question);
    std::string out;
    std::size_t segment_start = 1;
    for (int segment = 0; segment < 2 && segment_start < path.size(); ++segment) {  // the door may stand behind a locale
        const auto slash = path.find('/', segment_start);
        if (slash == std::string_view::npos) break;
        if (is_personal(path.substr(segment_start, slash - segment_start)) && slash + 1 < path.size()) {
            const auto end = path.find('/', slash + 1);
            out = path.substr(0, slash + 1);
            out += "***";
            if (end != std::string_view::npos) out += path.substr(end);
            return out;  // without its query, which belongs to the person too
        }
        segment_start = slash + 1;
    }
    out = target;
    for (auto at = out.find("token="); at != std::string::npos; at = out.find("token=", at + 6)) {
        const auto end = out.find('&', at);
        out.replace(at + 6, (end == std::string::npos ? out.size() : end) - at - 6, "***");
    }
    return out;
}

AccessLog::AccessLog(const std::string& where) : path_(where) {
    if (where == "none" || where.empty()) return;
    descriptor_ = where == "-" ? ::dup(STDOUT_FILENO) : open_log(where);
    if (descriptor_ < 0)
        throw std::runtime_error("the access log " + where + " cannot be opened (" + std::strerror(errno) + "): give a writable file, - or none");
    thread_ = std::thread([this] { run(); });
}

AccessLog::~AccessLog() {
    if (!thread_.joinable()) return;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    ::close(descriptor_);
}

void AccessLog::write(const AccessLine& line) {
    const bool plain = line.target.find_first_not_of("/") == std::string_view::npos;
    const auto target = plain ? std::string(line.target) : masked_target(line.target);
    std::lock_guard lock(mutex_);
    if (lines_.size() > most_waiting) {
        ++dropped_;
        return;
    }
    const bool was_small = lines_.size() < enough_to_write;
    lines_ += "{\"at\":\"";
    lines_ += line.at;
    lines_ += "\",\"id\":\"";
    lines_ += line.id;
    lines_ += "\",\"remote\":\"";
    lines_ += line.remote;
    lines_ += "\",\"method\":\"";
    lines_ += line.method;
    lines_ += "\",\"target\":";
    log::append_json_string(lines_, target);
    lines_ += ",\"status\":";
    append_number(lines_, line.status);
    lines_ += ",\"bytes\":";
    append_number(lines_, static_cast<long long>(line.bytes));
    lines_ += ",\"ms\":";
    if (line.microseconds < 0) {
        lines_ += '0';
    } else {
        append_number(lines_, line.microseconds / 1000);
        lines_ += '.';
        lines_ += static_cast<char>('0' + line.microseconds % 1000 / 100);
        lines_ += static_cast<char>('0' + line.microseconds % 100 / 10);
    }
    lines_ += ",\"agent\":";
    append_text(lines_, line.user_agent);
    lines_ += "}\n";
    if (was_small && lines_.size() >= enough_to_write) wake_.notify_one();
}

void AccessLog::run() {
    std::string lines;
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_ || lines_.size() >= enough_to_write; });
        const bool last = stopping_;
        lines.swap(lines_);
        const auto dropped = std::exchange(dropped_, 0UL);
        lock.unlock();
        if (dropped > 0) log::error("access log lines dropped: the log is not written fast enough", {{"lines", dropped}});
        flush(lines);
        lines.clear();
        lock.lock();
        if (last) return;
    }
}

void AccessLog::flush(std::string& lines) {
    if (reopen_.exchange(false) && path_ != "-") {
        const int fresh = open_log(path_);
        if (fresh < 0) log::error("the access log cannot be reopened", {{"file", path_}, {"errno", errno}});
        else ::dup3(fresh, descriptor_, O_CLOEXEC), ::close(fresh);
    }
    for (std::size_t done = 0; done < lines.size();) {
        const auto written = ::write(descriptor_, lines.data() + done, lines.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            log::error("the access log cannot be written", {{"file", path_}, {"errno", errno}});
            return;
        }
        done += static_cast<std::size_t>(written);
    }
}

}  // namespace verbatim::http
