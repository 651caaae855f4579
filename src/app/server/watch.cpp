#include "app/server/watch.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "app/verify/monitor.h"
#include "engine/http/http.h"

namespace verbatim::server {
namespace {

std::optional<std::string> read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

// Whole or not at all: what is read after a crash is the old state or the new one.
void write_whole(const std::string& path, const std::string& text) {
    const auto half = path + ".new";
    const int file = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!written || ::rename(half.c_str(), path.c_str()) != 0) throw std::runtime_error("cannot write " + path);
}

void run_command(const std::string& command, const std::string& line, const std::string& kind) {
    ::setenv("VERBATIM_ALERT", kind.c_str(), 1);
    std::FILE* const child = ::popen(command.c_str(), "w");
    const bool told = child != nullptr && std::fputs((line + "\n").c_str(), child) >= 0;
    const int status = child == nullptr ? -1 : ::pclose(child);
    if (!told || status != 0) std::cerr << "verbatim: the alert's command ended with " << status << "\n";
}

void post(const std::string& address, const std::string& line) {
    const auto host = address.find("://");
    const auto path = host == std::string::npos ? std::string::npos : address.find('/', host + 3);
    http::Client client(address.substr(0, path));
    const auto answer = client.post(path == std::string::npos ? "/" : address.substr(path), "application/json", line);
    if (!answer || answer->status / 100 != 2)
        std::cerr << "verbatim: the webhook did not take the alert: " << (answer ? std::to_string(answer->status) : answer.error().message) << "\n";
}

}  // namespace

int watch_log(const verify::Source& source, const verify::Options& options, const WatchWish& wish) {
    sigset_t stopping;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGTERM);
    sigaddset(&stopping, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stopping, nullptr);
    ::signal(SIGPIPE, SIG_IGN);

    const auto kept = wish.state_file.empty() ? std::nullopt : read_whole(wish.state_file);
    // Without --key, the key of the first look is held to from then on.
    const auto known = !options.key.empty() ? options.key : kept ? verify::Monitor::key_of(*kept) : std::string();
    const auto key = known.empty() ? verify::published_key(source.log) : merkle::parse_verifier_key(known);
    if (!key) {
        std::cerr << "verbatim: " << key.error().message << "\n";
        return 2;
    }
    verify::Monitor::Options rules;
    rules.max_delay_days = wish.max_delay_days;
    rules.merge_seconds = wish.merge_seconds;
    rules.max_age = wish.max_age;
    if (!options.witnesses.empty()) {
        auto trusted = verify::trusted_witnesses(options.witnesses, options.quorum);
        if (!trusted) {
            std::cerr << "verbatim: " << trusted.error().message << "\n";
            return 2;
        }
        rules.witnesses = std::move(*trusted);
    }
    verify::Monitor monitor(source, *key, rules);
    if (kept) {
        if (const auto resumed = monitor.resume(*kept); !resumed) {
            std::cerr << "verbatim: " << wish.state_file << ": " << resumed.error().message << "\n";
            return 2;
        }
    }
    for (const auto& file : wish.receipts) {
        const auto text = read_whole(file);
        const auto watched = text ? monitor.watch(*text) : Result<void>(not_found("no_file", "cannot be read"));
        if (!watched) {
            std::cerr << "verbatim: " << file << ": " << watched.error().message << "\n";
            return 2;
        }
    }
    std::cerr << "watching " << key->name << "\n";
    const SystemClock clock;
    bool any = false, begun = false;
    for (;;) {
        for (const auto& alert : monitor.look(clock.now())) {
            any = true;
            const auto line = verify::to_json(alert, key->name);
            std::cout << line << std::endl;
            if (!wish.command.empty()) run_command(wish.command, line, alert.kind);
            if (!wish.webhook.empty()) post(wish.webhook, line);
        }
        if (!wish.state_file.empty() && !monitor.state().empty()) write_whole(wish.state_file, monitor.state());
        if (!std::exchange(begun, true)) std::cerr << monitor.entries() << " entries read" << std::endl;
        any = any || !monitor.sound();
        if (wish.once) break;
        const timespec pause{wish.every, 0};
        if (::sigtimedwait(&stopping, nullptr, &pause) > 0) break;
    }
    return any ? 1 : 0;
}

}  // namespace verbatim::server
