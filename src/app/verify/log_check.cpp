#include "app/verify/log_check.h"

#include <algorithm>

#include "ground/merkle/tile.h"

namespace verbatim::verify {
namespace {

using merkle::TilePath;

// The first `count` entries of a bundle.
std::string first_entries(std::string bundle, unsigned count) {
    std::size_t end = 0;
    for (unsigned i = 0; i < count && end + 2 <= bundle.size(); ++i)
        end += 2 + (static_cast<std::size_t>(static_cast<unsigned char>(bundle[end])) << 8 | static_cast<unsigned char>(bundle[end + 1]));
    bundle.resize(std::min(end, bundle.size()));
    return bundle;
}

Error at_entry(std::uint64_t index, const Error& error) {
    Error placed = error;
    placed.message = "entry " + std::to_string(index) + ": " + error.message;
    return placed;
}

class LogCheck {
public:
    LogCheck(const Fetch& log, merkle::Checkpoint checkpoint, const Observer& also) : log_(log), also_(also) { checked_.checkpoint = std::move(checkpoint); }

    Result<CheckedLog> run() {
        const std::uint64_t size = checked_.checkpoint.size;
        for (std::uint64_t n = 0; n * merkle::tile_width < size && !fault_; ++n) read_bundle(*merkle::tile_at(size, TilePath::entries, n));
        for (std::size_t level = 0; level < tree_.open_tiles().size() && !fault_; ++level) {
            if (tree_.open_tiles()[level].empty()) continue;
            const std::uint64_t hashes = size >> (merkle::tile_height * level);
            compare(*merkle::tile_at(size, static_cast<int>(level), hashes / merkle::tile_width), tree_.open_tiles()[level]);
        }
        if (!fault_ && tree_.root() != checked_.checkpoint.root) fault_ = invalid("root_differs", "the entries do not make the root that was signed");
        if (!fault_) {
            if (const auto whole = checked_.replay.at_end(); !whole) fault_ = whole.error();
        }
        if (fault_) return std::move(*fault_);
        return std::move(checked_);
    }

private:
    void read_bundle(const TilePath& path) {
        const auto bundle = fetch_tile(log_, path);
        if (!bundle) return blame(bundle.error());
        const auto entries = merkle::parse_bundle(*bundle, path.width);
        if (!entries) return blame(invalid("bundle_malformed", merkle::encode(path) + " does not hold " + std::to_string(path.width) + " entries"));
        for (const std::string_view leaf : *entries) {
            const std::uint64_t index = tree_.size();
            const auto entry = parse_entry(leaf);
            if (!entry) return blame(at_entry(index, entry.error()));
            if (const auto allowed = checked_.replay.add(*entry); !allowed) return blame(at_entry(index, allowed.error()));
            if (also_) also_(index, *entry);
            tree_.append(merkle::leaf_hash(leaf), [this](const TilePath& full, const std::string& bytes) { compare(full, bytes); });
            if (fault_) return;
        }
    }

    void compare(const TilePath& path, const std::string& expected) {
        if (fault_) return;
        const auto served = fetch_tile(log_, path);
        if (!served) return blame(served.error());
        if (*served != expected) blame(invalid("tile_differs", merkle::encode(path) + " is not what the entries make"));
    }

    void blame(Error error) { fault_ = std::move(error); }

    const Fetch& log_;
    const Observer& also_;
    merkle::GrowingTree tree_;
    CheckedLog checked_;
    std::optional<Error> fault_;
};

}  // namespace

// Asks for the tile as the tree of this checkpoint has it. A partial tile may be gone once the full one is there; then the
// full one begins with it (tlog-tiles, "Partial Tiles").
Result<std::string> fetch_tile(const Fetch& log, const TilePath& path) {
    auto bytes = log(merkle::encode(path));
    if (bytes || path.width == merkle::tile_width || bytes.error().kind != ErrorKind::not_found) return bytes;
    TilePath whole = path;
    whole.width = merkle::tile_width;
    auto full = log(merkle::encode(whole));
    if (!full) return bytes;
    if (path.level == TilePath::entries) return first_entries(std::move(*full), path.width);
    return full->substr(0, path.width * merkle::hash_size);
}

Result<merkle::VerifierKey> published_key(const Fetch& log) {
    const auto text = log("key");
    if (!text) return text.error();
    std::string_view line = *text;
    if (line.ends_with('\n')) line.remove_suffix(1);
    return merkle::parse_verifier_key(line);
}

Result<CheckedLog> check_log(const Fetch& log, const merkle::VerifierKey& key, const Observer& also) {
    const auto note = log("checkpoint");
    if (!note) return note.error();
    auto checkpoint = merkle::open_checkpoint(*note, key);
    if (!checkpoint) return checkpoint.error();
    auto checked = LogCheck(log, std::move(*checkpoint), also).run();
    if (checked) checked->note = *note;
    return checked;
}

}  // namespace verbatim::verify
