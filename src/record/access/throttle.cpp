#include "record/access/throttle.h"

#include <algorithm>

#include "record/vault/vault.h"

namespace verbatim::access {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

// Two at once must not read the same count: on PostgreSQL the row is there and locked before it is read (SQLite has one writer).
constexpr Sql make_row("INSERT INTO sign_in_failure (key, failures, wait_until, at) VALUES ($1, 0, 0, $2) ON CONFLICT (key) DO NOTHING");
constexpr Sql select_failures("SELECT failures, wait_until, at FROM sign_in_failure WHERE key = $1", "SELECT failures, wait_until, at FROM sign_in_failure WHERE key = $1 FOR UPDATE");
constexpr Sql upsert_failures(R"sql(INSERT INTO sign_in_failure (key, failures, wait_until, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, wait_until = excluded.wait_until, at = excluded.at)sql");
constexpr Sql forget_failures("DELETE FROM sign_in_failure WHERE key = $1");
constexpr Sql one_less("UPDATE sign_in_failure SET failures = failures - 1, wait_until = 0 WHERE key = $1 AND failures > 0");
constexpr Sql delete_old("DELETE FROM sign_in_failure WHERE at < $1");

constexpr Seconds forgotten_after = 86400;
constexpr int free_of_one = 5, free_of_strangers = 100;
constexpr Seconds longest_wait = 900, longest_wait_of_strangers = 60;

// 5 wrong ones cost nothing, then 2, 4, 8 ... seconds, up to a quarter of an hour.
Seconds delay(std::int64_t failures, int free, Seconds longest) {
    if (failures <= free) return 0;
    return std::min<Seconds>(longest, Seconds{1} << std::min<std::int64_t>(failures - free, 20));
}

struct Count {
    std::int64_t failures = 0;
    Seconds wait_until = 0;
};

Count read(Tx& tx, Seconds now, const std::string& key) {
    tx.exec(make_row, Blob{key}, now);
    const auto row = tx.row<std::int64_t, std::int64_t, std::int64_t>(select_failures, Blob{key});
    if (!row || std::get<2>(*row) < now - forgotten_after) return {};
    return {std::get<0>(*row), std::get<1>(*row)};
}

// An IPv6 customer has a whole /64 to choose addresses from: four groups of the address count.
std::string_view network_of(std::string_view address) {
    if (address.find(':') == std::string_view::npos) return address;
    std::size_t at = 0;
    for (int group = 0; group < 4 && at < address.size(); ++group) at = std::min(address.find(':', at), address.size() - 1) + 1;
    return address.substr(0, at);
}

std::string key_of(std::string_view account, std::string_view kind, std::string_view value) {
    return vault::keyed_hash("sign-in", std::string(account) + "\n" + std::string(kind) + "\n" + std::string(value));
}

}  // namespace

Attempt begin_attempt(Tx& tx, Seconds now, std::string_view account, std::string_view known_device, std::string_view address) {
    Attempt attempt;
    struct Key {
        std::string key;
        int free;
        Seconds longest;
    };
    std::vector<Key> keys;
    if (!known_device.empty()) {
        keys.push_back({key_of(account, "device", known_device), free_of_one, longest_wait});
    } else {
        keys.push_back({key_of(account, "address", network_of(address)), free_of_one, longest_wait});
        keys.push_back({key_of(account, "strangers", ""), free_of_strangers, longest_wait_of_strangers});
    }
    std::vector<Count> counts;
    for (const auto& one : keys) {
        counts.push_back(read(tx, now, one.key));
        if (counts.back().wait_until > now) attempt.wait_seconds = std::max(attempt.wait_seconds, static_cast<int>(counts.back().wait_until - now));
    }
    if (attempt.wait_seconds > 0) return attempt;  // who waits is not counted further: knocking does not make it longer
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto failures = counts[i].failures + 1;
        tx.exec(upsert_failures, Blob{keys[i].key}, failures, now + delay(failures, keys[i].free, keys[i].longest), now);
        attempt.keys.push_back(keys[i].key);
    }
    return attempt;
}

void attempt_succeeded(Tx& tx, const Attempt& attempt) {
    for (std::size_t i = 0; i < attempt.keys.size(); ++i) {
        if (i == 0) tx.exec(forget_failures, Blob{attempt.keys[i]});
        else tx.exec(one_less, Blob{attempt.keys[i]});
    }
}

bool take_one_of(Tx& tx, Seconds now, std::string_view what, std::string_view of, int most) {
    const auto key = vault::keyed_hash(what, of);
    tx.exec(make_row, Blob{key}, now);
    const auto row = tx.row<std::int64_t, std::int64_t, std::int64_t>(select_failures, Blob{key});
    const bool fresh = !row || std::get<1>(*row) <= now;  // wait_until: the hour's end
    const auto taken = fresh ? 0 : std::get<0>(*row);
    if (taken >= most) return false;
    tx.exec(upsert_failures, Blob{key}, taken + 1, fresh ? now + 3600 : std::get<1>(*row), now);
    return true;
}

std::int64_t purge_failures(Tx& tx, Seconds before) { return tx.exec(delete_old, before); }

}  // namespace verbatim::access
