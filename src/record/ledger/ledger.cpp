#include "record/ledger/ledger.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "ground/base/log.h"
#include "ground/merkle/note.h"
#include "ground/merkle/proof_file.h"
#include "ground/merkle/tile.h"
#include "record/ledger/cosignature_rows.h"
#include "record/ledger/schema.h"

namespace verbatim::ledger {
namespace {

using storage::Db;
using storage::Failure;
using storage::Tx;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::int64_t batch = 4096;           // entries in one transaction: the writer is kept a few milliseconds at most
constexpr milliseconds least_interval{15};     // between two checkpoints: load is coalesced, and nobody waits long for a proof
constexpr milliseconds look_interval{800};     // a notification is a hint that may be lost; everything is signed within a second
constexpr milliseconds longest_pause{30'000};  // between attempts while the database fails

// What the sequencer thread waits on. The database keeps its subscribers for life, so this outlives the Ledger.
struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    bool ringing = false;
    bool stopping = false;

    void ring() {
        {
            const std::lock_guard lock(mutex);
            ringing = true;
        }
        rung.notify_all();
    }
};

// Does the stored tree, at the size of the checkpoint, have the checkpoint's root?
bool continues(Tx& tx, const SignedTree& checkpoint) {
    const auto size = static_cast<std::uint64_t>(checkpoint.size);
    merkle::TileNodes nodes(size, tile_reader(tx));
    return merkle::root_of(size, nodes.reader()) == checkpoint.root;
}

// Under which checkpoint the entry at this place is proven: the newest with enough cosignatures where it covers the place.
std::optional<SignedTree> checkpoint_over(Tx& tx, std::int64_t place) {
    if (const auto size = quorum_size(tx); size && place < *size)
        if (auto cosigned = checkpoint_of(tx, *size)) return cosigned;
    auto newest = newest_checkpoint(tx);
    if (!newest || place >= newest->size) return std::nullopt;
    return newest;
}

merkle::GrowingTree load_tree(Tx& tx, const State& state) {
    const auto size = static_cast<std::uint64_t>(state.size);
    std::vector<std::string> open(merkle::tile_levels);
    for (unsigned level = 0; level < merkle::tile_levels; ++level) {
        merkle::TilePath path;
        path.level = static_cast<int>(level);
        path.index = size >> (merkle::tile_height * level) >> merkle::tile_height;
        path.width = static_cast<unsigned>(size >> (merkle::tile_height * level)) % merkle::tile_width;
        if (path.width == 0) continue;
        if (auto bytes = read_tile(tx, path)) open[level] = std::move(*bytes);
    }
    auto tree = merkle::GrowingTree::restore(size, std::move(open));
    if (!tree || tree->root() != state.root)
        throw Failure("the public log's stored tiles do not make its root at size " + std::to_string(state.size) + ": restore the database from a backup");
    return std::move(*tree);
}

}  // namespace

struct Ledger::Impl {
    Db& db;
    const Clock& clock;
    std::string origin;
    crypto::Ed25519Key key;
    merkle::VerifierKey verifier;

    std::mutex sequencing;     // one sequencer in this process; between processes the state's row decides
    merkle::GrowingTree tree;  // as of the last integration here; checked against the stored state each time
    std::atomic<std::int64_t> announced{-1};  // entries under the newest durable checkpoint that this object knows of
    std::mutex provable_mutex;                // held while `announced` changes
    std::condition_variable provable;
    std::vector<std::function<void(std::int64_t)>> listeners;

    std::shared_ptr<Bell> bell = std::make_shared<Bell>();
    std::thread thread;
    bool subscribed = false;

    Impl(Db& the_db, const Clock& the_clock, std::string name, const std::string& seed)
        : db(the_db), clock(the_clock), origin(std::move(name)), key(crypto::Ed25519Key::from_seed(seed)) {
        auto checked = merkle::verifier_key(origin, key.public_key);
        if (!checked) throw std::invalid_argument("the log's origin cannot be " + origin + ": " + checked.error().message);
        verifier = std::move(*checked);
        const auto newest = db.read([](Tx& tx) { return newest_checkpoint(tx); });
        if (!newest) return;
        const auto opened = merkle::open_checkpoint(newest->note, verifier);
        if (!opened)
            throw Failure("this database's public log was not signed by " + merkle::encode(verifier) + " (" + opened.error().message +
                          "): a log keeps its name and key for life, start with those it was made with");
        announced = newest->size;
    }

    std::int64_t integrate() {
        const std::lock_guard lock(sequencing);
        for (;;) {
            std::int64_t taken = 0;
            merkle::GrowingTree grown = db.write([&](Tx& tx) { return integrate_batch(tx, taken); });
            tree = std::move(grown);  // only now: it is durable
            if (taken < batch) return static_cast<std::int64_t>(tree.size());
        }
    }

    merkle::GrowingTree integrate_batch(Tx& tx, std::int64_t& taken) {
        const State state = lock_state(tx);
        const auto size = static_cast<std::uint64_t>(state.size);
        merkle::GrowingTree grown = tree.size() == size && tree.root() == state.root ? tree : load_tree(tx, state);
        taken = place_entries(tx, state.size, batch, [&](std::string_view leaf) {
            grown.append(merkle::leaf_hash(leaf), [&](const merkle::TilePath& path, const std::string& bytes) { save_tile(tx, path.level, path.index, bytes); });
        });
        if (taken == 0) return grown;
        for (unsigned level = 0; level < grown.open_tiles().size(); ++level) {
            const std::uint64_t hashes = grown.size() >> (merkle::tile_height * level);
            const bool changed = hashes != size >> (merkle::tile_height * level);
            if (changed && !grown.open_tiles()[level].empty()) save_tile(tx, static_cast<int>(level), hashes / merkle::tile_width, grown.open_tiles()[level]);
        }
        save_state(tx, State{static_cast<std::int64_t>(grown.size()), grown.root()});
        return grown;
    }

    void sign() {
        const std::lock_guard lock(sequencing);
        const std::int64_t size = db.write([&](Tx& tx) { return sign_integrated(tx); });
        if (size <= announced) return;
        {
            const std::lock_guard waiters(provable_mutex);
            announced = size;
        }
        provable.notify_all();
        for (const auto& listener : listeners) listener(size);
    }

    // Norm TLG-5. What is locked here was committed by an earlier transaction, so it is durable; it is signed only if it is
    // the newest checkpoint's tree, grown.
    std::int64_t sign_integrated(Tx& tx) {
        const State state = lock_state(tx);
        const auto newest = newest_checkpoint(tx);
        if (newest && newest->size == state.size && newest->root == state.root) return state.size;
        if (newest && (newest->size >= state.size || !continues(tx, *newest)))
            throw Failure("refusing to sign: the stored tree of " + std::to_string(state.size) + " entries does not continue the checkpoint of " +
                          std::to_string(newest->size) + " that was published; restore the database from a backup taken after that checkpoint");
        if (tree.size() != static_cast<std::uint64_t>(state.size) || tree.root() != state.root) tree = load_tree(tx, state);
        SignedTree next{state.size, state.root, {}, clock.now()};
        merkle::Checkpoint text;
        text.origin = origin;
        text.size = static_cast<std::uint64_t>(state.size);
        text.root = state.root;
        next.note = merkle::sign_note(merkle::encode(text), origin, key);
        save_checkpoint(tx, next);
        return state.size;
    }

    void run() {
        milliseconds pause = look_interval;
        auto last = steady_clock::now() - least_interval;
        for (;;) {
            {
                std::unique_lock lock(bell->mutex);
                bell->rung.wait_for(lock, pause, [this] { return bell->ringing || bell->stopping; });
                bell->rung.wait_until(lock, last + least_interval, [this] { return bell->stopping; });
                if (bell->stopping) return;
                bell->ringing = false;
            }
            last = steady_clock::now();
            try {
                if (waiting()) {
                    integrate();
                    sign();
                }
                pause = look_interval;
            } catch (const std::exception& failure) {
                log::error("ledger.not_sequenced", {{"why", std::string_view(failure.what())}});
                pause = std::min(pause * 2, longest_pause);
            }
        }
    }

    // Is there anything to place or to sign, or has another node signed what was not announced here?
    bool waiting() {
        return db.read([this](Tx& tx) {
            const auto newest = newest_checkpoint(tx);
            return !newest || newest->size != announced || has_entries_beyond(tx, newest->size);
        });
    }

    void stop_thread() {
        {
            const std::lock_guard lock(bell->mutex);
            bell->stopping = true;
        }
        bell->rung.notify_all();
        if (thread.joinable()) thread.join();
    }
};

Ledger::Ledger(Db& db, const Clock& clock, std::string origin, std::string secret_key_seed)
    : impl_(std::make_unique<Impl>(db, clock, std::move(origin), secret_key_seed)) {}

Ledger::~Ledger() { impl_->stop_thread(); }

std::int64_t Ledger::integrate() { return impl_->integrate(); }
void Ledger::sign() { impl_->sign(); }

std::int64_t Ledger::sequence() {
    const std::int64_t size = integrate();
    sign();
    return size;
}

void Ledger::start() {
    if (impl_->thread.joinable()) return;
    if (!std::exchange(impl_->subscribed, true)) {
        impl_->db.subscribe([bell = impl_->bell](std::string_view channel, std::string_view) {
            if (channel == "ledger") bell->ring();
        });
    }
    {
        const std::lock_guard lock(impl_->bell->mutex);
        impl_->bell->stopping = false;
        impl_->bell->ringing = true;  // whatever a crash left behind
    }
    impl_->thread = std::thread([this] { impl_->run(); });
}

void Ledger::stop() {
    impl_->stop_thread();
    sequence();
}

std::string Ledger::verifier_key() const { return merkle::encode(impl_->verifier); }
std::string Ledger::sign_note(std::string_view text) const { return merkle::sign_note(text, impl_->origin, impl_->key); }

std::optional<std::string> Ledger::checkpoint() const {
    return impl_->db.read([](Tx& tx) -> std::optional<std::string> {
        const auto newest = newest_checkpoint(tx);
        if (!newest) return std::nullopt;
        return with_cosignatures(tx, *newest);
    });
}

std::optional<std::string> Ledger::cosigned_checkpoint() const {
    return impl_->db.read([](Tx& tx) -> std::optional<std::string> {
        const auto size = quorum_size(tx);
        const auto found = size ? checkpoint_of(tx, *size) : std::nullopt;
        if (!found) return std::nullopt;
        return with_cosignatures(tx, *found);
    });
}

std::optional<std::string> Ledger::tile(std::string_view text) const {
    const auto path = merkle::parse_tile_path(text);
    if (!path) return std::nullopt;
    return impl_->db.read([&](Tx& tx) -> std::optional<std::string> {
        const auto newest = newest_checkpoint(tx);
        if (!newest || !merkle::is_in(static_cast<std::uint64_t>(newest->size), *path)) return std::nullopt;
        return path->level == merkle::TilePath::entries ? read_bundle(tx, path->index, path->width) : read_tile(tx, *path);
    });
}

std::optional<std::string> Ledger::proof(EntryId entry, std::optional<std::string> extra) const {
    return impl_->db.read([&](Tx& tx) -> std::optional<std::string> {
        const auto place = index_of(tx, entry);
        const auto covering = place ? checkpoint_over(tx, *place) : std::nullopt;
        if (!covering) return std::nullopt;
        merkle::TileNodes nodes(static_cast<std::uint64_t>(covering->size), tile_reader(tx));
        merkle::ProofFile file;
        file.extra = extra;
        file.index = static_cast<std::uint64_t>(*place);
        auto hashes = merkle::inclusion_proof(file.index, static_cast<std::uint64_t>(covering->size), nodes.reader());
        if (!hashes) throw Failure("the public log lacks a tile below size " + std::to_string(covering->size) + ": restore the database from a backup");
        file.hashes = std::move(*hashes);
        file.checkpoint = with_cosignatures(tx, *covering);
        return merkle::encode(file);
    });
}

std::optional<Ledger::Inclusion> Ledger::inclusion(EntryId entry) const {
    return impl_->db.read([&](Tx& tx) -> std::optional<Inclusion> {
        const auto place = index_of(tx, entry);
        const auto covering = place ? checkpoint_over(tx, *place) : std::nullopt;
        if (!covering) return std::nullopt;
        Inclusion found{*place, covering->size, covering->at, {}};
        for (auto& [name, at] : cosigners(tx, covering->size)) found.witnesses.push_back({std::move(name), at});
        return found;
    });
}

bool Ledger::wait_until_provable(EntryId entry, milliseconds patience) const {
    const auto deadline = steady_clock::now() + patience;
    std::optional<std::int64_t> place;
    if (impl_->db.engine() == storage::Engine::sqlite) place = entry - 1;  // committed: the id is the place
    for (;;) {
        const std::int64_t known = impl_->announced;
        if (!place) place = impl_->db.read([&](Tx& tx) { return index_of(tx, entry); });
        if (place && *place < known) return true;
        std::unique_lock lock(impl_->provable_mutex);
        if (!impl_->provable.wait_until(lock, deadline, [&] { return impl_->announced > known; })) return false;
    }
}

void Ledger::on_checkpoint(std::function<void(std::int64_t)> fn) { impl_->listeners.push_back(std::move(fn)); }

}  // namespace verbatim::ledger
