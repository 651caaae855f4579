#include "record/ledger/witnesses.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ground/base/log.h"
#include "ground/merkle/add_checkpoint.h"
#include "ground/merkle/decimal.h"
#include "record/ledger/cosignature_rows.h"

namespace verbatim::ledger {
namespace {

using storage::Db;
using storage::Failure;
using storage::Tx;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds least_interval{500};   // between two questions to one witness: load is coalesced
constexpr milliseconds look_interval{5'000};  // another node may have signed; a wake may have been missed
constexpr milliseconds first_pause{1'000}, longest_pause{60'000};  // after failures
constexpr Seconds clock_skew = 600;           // a cosignature from further in the future is not believed

Error refused(std::string why) { return {ErrorKind::unavailable, "witness_refused", std::move(why), {}}; }

}  // namespace

struct Witnesses::Impl {
    Db& db;
    const Clock& clock;
    merkle::Policy policy;
    std::vector<merkle::WitnessKey> keys;
    std::vector<std::string> names;  // verifier keys, as rows name witnesses
    AskWitness post;

    mutable std::mutex mutex;
    std::condition_variable woken;
    std::uint64_t wakes = 0;
    bool stopping = false;
    std::vector<std::string> troubles;
    std::vector<std::thread> threads;

    Impl(Db& the_db, const Clock& the_clock, merkle::Policy the_policy, AskWitness ask)
        : db(the_db), clock(the_clock), policy(std::move(the_policy)), keys(policy.witness_keys()), post(std::move(ask)), troubles(keys.size()) {
        for (const auto& key : keys) names.push_back(merkle::encode(key));
    }

    struct Question {
        SignedTree checkpoint;
        std::int64_t old = 0;
        bool answered = false;
    };
    std::optional<Question> question(std::size_t i) {
        return db.read([&](Tx& tx) -> std::optional<Question> {
            auto newest = newest_checkpoint(tx);
            if (!newest) return std::nullopt;
            Question q{std::move(*newest), witness_size(tx, names[i]), false};
            q.answered = has_cosigned(tx, q.checkpoint.size, names[i]);
            if (q.old > q.checkpoint.size) q.old = 0;  // this log's database is older than the witness: it will say so
            return q;
        });
    }

    std::string body_of(const Question& q) {
        merkle::AddCheckpoint request;
        request.old_size = static_cast<std::uint64_t>(q.old);
        request.checkpoint = q.checkpoint.note;
        const auto size = static_cast<std::uint64_t>(q.checkpoint.size);
        auto proof = db.read([&](Tx& tx) {
            merkle::TileNodes nodes(size, tile_reader(tx));
            return merkle::consistency_proof(request.old_size, size, nodes.reader());
        });
        if (!proof) throw Failure("the public log lacks a tile below size " + std::to_string(size) + ": restore the database from a backup");
        request.proof = std::move(*proof);
        return merkle::encode(request);
    }

    Result<bool> ask(std::size_t i) {
        auto q = question(i);
        if (!q) return false;
        if (q->answered) return true;
        for (int tries = 0;; ++tries) {
            const auto answer = post(i, body_of(*q));
            if (!answer) return answer.error();
            if (answer->status == 200) return keep(i, *q, answer->body);
            if (answer->status != 409) return refused("answers " + std::to_string(answer->status));
            // 409: it stands at another size, which it names; once more from there. It is believed as far as the proof from
            // there is taken: what it said is not kept.
            std::string_view line = answer->body;
            if (line.ends_with('\n')) line.remove_suffix(1);
            const auto size = merkle::parse_decimal(line);
            if (!size) return refused("answers 409 without its size");
            const auto claimed = static_cast<std::int64_t>(*size);
            if (claimed > q->checkpoint.size)
                return refused("claims to have seen " + std::to_string(claimed) + " entries, more than the " + std::to_string(q->checkpoint.size) + " of this log: was an old backup restored?");
            if (claimed == q->old) return refused("does not accept the root at " + std::to_string(claimed) + " entries: it has seen another");
            if (tries > 0) return refused("names another size each time it is asked");
            q->old = claimed;
        }
    }

    Result<bool> keep(std::size_t i, const Question& q, const std::string& lines) {
        if (lines.size() > merkle::add_checkpoint_limit) return refused("answers with more than a witness needs");
        const auto found = merkle::cosignatures(q.checkpoint.note + lines, std::span(&keys[i], 1));
        if (!found) return refused("answers with nonsense: " + found.error().message);
        if (found->empty()) return refused("answers without a signature by its key");
        const auto at = static_cast<Seconds>(found->front().time);
        if (at == 0 || at > clock.now() + clock_skew) return refused("signs with a time that cannot be");
        db.write([&](Tx& tx) {
            lock_state(tx);  // two witnesses answer at once: whoever is second sees the first one's line and finds the quorum met
            save_cosignature(tx, q.checkpoint.size, names[i], found->front().line, at);
            if (witness_size(tx, names[i]) < q.checkpoint.size) save_witness_size(tx, names[i], q.checkpoint.size);
            std::vector<std::size_t> cosigned;
            for (std::size_t one = 0; one < names.size(); ++one)
                if (has_cosigned(tx, q.checkpoint.size, names[one])) cosigned.push_back(one);
            if (policy.quorum != "none" && merkle::meets_quorum(policy, cosigned)) save_quorum_size(tx, q.checkpoint.size);
        });
        return true;
    }

    void wake() {
        {
            const std::lock_guard lock(mutex);
            ++wakes;
        }
        woken.notify_all();
    }

    void note(std::size_t i, std::string trouble) {
        bool changed;
        {
            const std::lock_guard lock(mutex);
            changed = troubles[i] != trouble;
            troubles[i] = trouble;
        }
        if (!changed) return;
        if (trouble.empty()) log::info("witness.cosigns", {{"witness", policy.witnesses[i].name}});
        else log::warning("witness.does_not_cosign", {{"witness", policy.witnesses[i].name}, {"why", trouble}});
    }

    void run(std::size_t i) {
        std::uint64_t seen = 0;
        milliseconds pause = first_pause;
        bool failed = false;
        for (auto last = steady_clock::now() - least_interval;;) {
            {
                std::unique_lock lock(mutex);
                const auto ready = [&] { return stopping || (!failed && wakes != seen); };
                if (failed) woken.wait_for(lock, pause, ready);
                else woken.wait_for(lock, look_interval, ready);
                woken.wait_until(lock, last + least_interval, [&] { return stopping; });
                if (stopping) return;
                seen = wakes;
            }
            last = steady_clock::now();
            std::string trouble;
            try {
                if (const auto answered = ask(i); !answered) trouble = answered.error().message;
            } catch (const std::exception& broken) {
                trouble = broken.what();
            }
            pause = failed && !trouble.empty() ? std::min(pause * 2, longest_pause) : first_pause;
            failed = !trouble.empty();
            note(i, std::move(trouble));
        }
    }
};

Witnesses::Witnesses(Db& db, const Clock& clock, Ledger& ledger, merkle::Policy policy, AskWitness ask)
    : impl_(std::make_shared<Impl>(db, clock, std::move(policy), std::move(ask))) {
    ledger.on_checkpoint([impl = impl_](std::int64_t) { impl->wake(); });
}

Witnesses::~Witnesses() { stop(); }

void Witnesses::start() {
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->threads.empty()) return;
    impl_->stopping = false;
    ++impl_->wakes;  // what was signed before
    for (std::size_t i = 0; i < impl_->keys.size(); ++i)
        if (!impl_->policy.witnesses[i].url.empty()) impl_->threads.emplace_back([this, i] { impl_->run(i); });
}

void Witnesses::stop() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->woken.notify_all();
    for (auto& thread : impl_->threads) thread.join();
    impl_->threads.clear();
}

void Witnesses::wake() { impl_->wake(); }

Result<bool> Witnesses::ask(std::size_t witness) { return impl_->ask(witness); }
const merkle::Policy& Witnesses::policy() const { return impl_->policy; }

std::vector<Witnesses::Standing> Witnesses::standing() const {
    std::vector<Standing> all;
    impl_->db.read([&](Tx& tx) {
        all.clear();
        for (std::size_t i = 0; i < impl_->names.size(); ++i) {
            const auto last = last_cosigned(tx, impl_->names[i]).value_or(LastCosigned{});
            all.push_back({impl_->policy.witnesses[i].name, last.size, last.at, {}});
        }
    });
    const std::lock_guard lock(impl_->mutex);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].trouble = impl_->troubles[i];
    return all;
}

std::optional<Witnesses::Quorum> Witnesses::quorum() const {
    return impl_->db.read([&](Tx& tx) -> std::optional<Quorum> {
        const auto size = quorum_size(tx);
        if (!size) return std::nullopt;
        Quorum found{*size, 0};
        for (const auto& name : impl_->names)
            if (const auto last = last_cosigned(tx, name); last && last->size >= *size) found.at = std::max(found.at, last->at);
        return found;
    });
}

}  // namespace verbatim::ledger
