#include "engine/storage/engines.h"

#include <cstring>

#include "ground/base/log.h"

namespace verbatim::storage {
namespace {

thread_local const Db* inside = nullptr;

}  // namespace

std::unique_ptr<Db> Db::open(const std::string& url, const Options& options) {
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with(sqlite)) return open_sqlite(url.substr(sqlite.size()), options);
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return open_postgresql(url, options);
    throw Failure("the database must be given as sqlite:PATH or postgresql://USER@HOST/NAME");
}

void check_text(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        // Eight ASCII bytes at a time: nearly all of what comes by.
        if (end - at >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, 8);
            const std::uint64_t zero = (word - 0x0101010101010101u) & ~word & 0x8080808080808080u;
            if ((word & 0x8080808080808080u) == 0 && zero == 0) {
                at += 8;
                continue;
            }
        }
        const auto first = static_cast<unsigned char>(*at);
        if (first == 0) throw Failure("a text parameter holds a NUL byte; keep bytes in a Blob");
        if (first < 0x80) {
            ++at;
            continue;
        }
        // RFC 3629 section 4.
        int more = 0;
        unsigned char low = 0x80;
        unsigned char high = 0xbf;
        if (first >= 0xc2 && first <= 0xdf) more = 1;
        else if (first >= 0xe0 && first <= 0xef) {
            more = 2;
            if (first == 0xe0) low = 0xa0;
            if (first == 0xed) high = 0x9f;
        } else if (first >= 0xf0 && first <= 0xf4) {
            more = 3;
            if (first == 0xf0) low = 0x90;
            if (first == 0xf4) high = 0x8f;
        }
        bool good = more > 0 && end - at > more;
        for (int i = 1; good && i <= more; ++i) {
            const auto next = static_cast<unsigned char>(at[i]);
            good = next >= low && next <= high;
            low = 0x80;
            high = 0xbf;
        }
        if (!good) throw Failure("a text parameter is not UTF-8; check it where it enters");
        at += more + 1;
    }
}

void add_notification(std::vector<Notification>& list, std::string_view channel, std::string_view payload) {
    if (payload.size() > 1000 || channel.empty() || channel.size() > 60) throw std::logic_error("a notification's channel has 1 to 60 bytes, its payload at most 1,000");
    for (const auto& one : list) {
        if (one.channel == channel && one.payload == payload) return;
    }
    list.push_back({std::string(channel), std::string(payload)});
}

void refuse_inside(const Db* db) {
    if (inside == db) throw std::logic_error("a transaction of this database is already open on this thread: hand its Tx down instead of opening another");
}

Inside::Inside(const Db* db) : before_(inside) {
    refuse_inside(db);
    inside = db;
}
Inside::~Inside() { inside = before_; }

void run_after_commit(std::vector<std::function<void()>>& callbacks) {
    for (auto& callback : callbacks) {
        try {
            callback();
        } catch (const std::exception& failure) {
            log::error("after_commit failed", {{"error", failure.what()}});
        }
    }
}

}  // namespace verbatim::storage
