// record_ledger_bench [ENTRIES [DIR]]: processor time per entry appended and sequenced on SQLite, all threads counted; with
// DIR, a copy of the log laid out like /log/, to time verbatim-verify on it.
// record_ledger_bench provable CALLERS SECONDS [RATE]: so many callers at once, each appending one entry in a transaction of its
// own and then waiting until a signed checkpoint covers it; the times to durable and to provable. RATE: entries a second of all
// of them together, evenly; without it each asks again at once.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <thread>

#include "engine/storage/scratch.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "ground/merkle/note.h"
#include "ground/merkle/tile.h"
#include "record/ledger/ledger.h"

namespace {

using namespace verbatim;

double processor_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Timed {
    double processor = processor_seconds();
    std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
    void print(const char* what, std::size_t entries) const {
        const double used = processor_seconds() - processor;
        const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
        std::printf("%-46s %8zu entries  %6.2f us CPU each  %6.2f us wall each\n", what, entries, used * 1e6 / static_cast<double>(entries), passed * 1e6 / static_cast<double>(entries));
    }
};

// A batch for each site, then two leaves a review, as a real log has them.
std::vector<std::string> leaves(std::size_t first, std::size_t count) {
    constexpr std::size_t sites = 10'000;
    std::vector<std::string> made;
    for (std::size_t i = first; i < first + count; ++i) {
        if (i < sites) {
            made.push_back(R"({"at":1800000000,"commitment":")" + to_base64(crypto::sha256(std::to_string(i))) + R"(","day":"2027-01-15","eligible":1000,"kind":"batch","part":1,"site":"S)" + std::to_string(i) + R"(","v":1})");
            continue;
        }
        const std::string review = "r" + std::to_string(i / 2), subject = "site:S" + std::to_string(i / 2 % sites);
        const std::string bound = to_base64(crypto::sha256(review)), head = R"({"at":1800000000,"commitment":")" + bound + R"(",)";
        if (i % 2 == 0) made.push_back(head + R"("kind":"collected","origin":"invited","review":")" + review + R"(","service":"workshop","subject":")" + subject + R"(","v":1})");
        else made.push_back(head + R"("experience_on":"2026-11-01","kind":"published","rating":)" + std::to_string(i / 2 % 5 + 1) + R"(,"review":")" + review + R"(","service":"workshop","subject":")" + subject + R"(","v":1})");
    }
    return made;
}

void save(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

void copy_log(const ledger::Ledger& log, const std::filesystem::path& folder) {
    const std::string note = log.checkpoint().value();
    const auto checkpoint = merkle::open_checkpoint(note, *merkle::parse_verifier_key(log.verifier_key()));
    save(folder / "checkpoint", note);
    save(folder / "key", log.verifier_key() + "\n");
    for (int level = merkle::TilePath::entries; level < static_cast<int>(merkle::tile_levels); ++level)
        for (std::uint64_t n = 0;; ++n) {
            const auto path = merkle::tile_at(checkpoint->size, level, n);
            if (!path) break;
            save(folder / merkle::encode(*path), log.tile(merkle::encode(*path)).value());
        }
}

double at(std::vector<double>& sorted, double share) { return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))] * 1000; }

int provable(int callers, double seconds, double rate) {
    using Clock = std::chrono::steady_clock;
    const storage::ScratchDatabase scratch(storage::Engine::sqlite);
    const auto db = scratch.open();
    db->migrate(ledger::migrations());
    const SystemClock clock;
    ledger::Ledger log(*db, clock, "bench.example/log", std::string(32, 'b'));
    log.sequence();
    log.start();
    const auto texts = leaves(0, 64);
    std::vector<std::vector<double>> durable(static_cast<std::size_t>(callers)), proven(static_cast<std::size_t>(callers));
    std::atomic<int> late{0};
    const double used = processor_seconds();
    const auto begin = Clock::now(), end = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    std::vector<std::thread> threads;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            const auto which = static_cast<std::size_t>(caller);
            const auto pause = std::chrono::duration<double>(rate > 0 ? callers / rate : 0);
            auto due = begin + std::chrono::duration_cast<Clock::duration>(pause * caller / callers);
            for (; Clock::now() < end; due += std::chrono::duration_cast<Clock::duration>(pause)) {
                if (rate > 0) std::this_thread::sleep_until(due);
                const auto start = rate > 0 ? due : Clock::now();  // a late start counts: nobody waits for the one before
                const auto entry = db->write([&](storage::Tx& tx) { return ledger::append(tx, texts[which % texts.size()]); });
                durable[which].push_back(std::chrono::duration<double>(Clock::now() - start).count());
                if (!log.wait_until_provable(entry, std::chrono::seconds(5))) ++late;
                proven[which].push_back(std::chrono::duration<double>(Clock::now() - start).count());
            }
        });
    }
    for (auto& thread : threads) thread.join();
    const double passed = std::chrono::duration<double>(Clock::now() - begin).count(), spent = processor_seconds() - used;
    const auto all = [](std::vector<std::vector<double>>& parts) {
        std::vector<double> sorted;
        for (auto& part : parts) sorted.insert(sorted.end(), part.begin(), part.end());
        std::sort(sorted.begin(), sorted.end());
        return sorted;
    };
    auto to_durable = all(durable), to_proven = all(proven);
    const auto checkpoints = db->read([](storage::Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM ledger_checkpoint"); });
    log.stop();
    std::printf("callers %d entries %zu rate %.0f cpu_us %.1f checkpoints_s %.0f durable_p50_ms %.2f durable_p99_ms %.2f provable_p50_ms %.2f provable_p99_ms %.2f late %d\n", callers, to_proven.size(),
                static_cast<double>(to_proven.size()) / passed, spent * 1e6 / static_cast<double>(to_proven.size()), static_cast<double>(checkpoints) / passed, at(to_durable, 0.5), at(to_durable, 0.99),
                at(to_proven, 0.5), at(to_proven, 0.99), late.load());
    return late == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 3 && std::string_view(argv[1]) == "provable") return provable(std::atoi(argv[2]), std::atof(argv[3]), argc > 4 ? std::atof(argv[4]) : 0);
    const std::size_t entries = argc > 1 ? static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10)) : 200'000;
    constexpr std::size_t together = 1000;
    const storage::ScratchDatabase scratch(storage::Engine::sqlite);
    const auto db = scratch.open();
    db->migrate(ledger::migrations());
    const SystemClock clock;
    ledger::Ledger log(*db, clock, "bench.example/log", std::string(32, 'b'));

    std::size_t written = 0;
    const auto append_until = [&](std::size_t end, bool many) {
        while (written < end) {
            const auto batch = leaves(written, std::min(together, end - written));
            db->write([&](storage::Tx& tx) {
                if (many) ledger::append_many(tx, batch);
                else for (const auto& leaf : batch) ledger::append(tx, leaf);
            });
            written += batch.size();
        }
    };
    {
        const Timed timed;
        leaves(0, entries / 2);
        timed.print("making the leaves (part of the next two)", entries / 2);
    }
    {
        const Timed timed;
        append_until(entries / 2, true);
        timed.print("append_many, 1,000 a transaction", entries / 2);
    }
    {
        const Timed timed;
        append_until(entries, false);
        timed.print("append, 1,000 a transaction", entries - entries / 2);
    }
    {
        const Timed timed;
        log.sequence();
        timed.print("place, integrate, sign", entries);
    }
    if (argc > 2) {
        copy_log(log, argv[2]);
        std::printf("copied to %s: time verbatim-verify %s\n", argv[2], argv[2]);
    }
}
