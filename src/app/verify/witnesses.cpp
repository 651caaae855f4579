#include "app/verify/witnesses.h"

#include "ground/merkle/tile.h"

namespace verbatim::verify {
namespace {

Error too_few(std::size_t found, std::size_t wanted) {
    return invalid("too_few_witnesses", "only " + std::to_string(found) + " of the witnesses given cosigned the log, and " + std::to_string(wanted) + " must");
}

}  // namespace

Result<TrustedWitnesses> trusted_witnesses(const std::vector<std::string>& vkeys, std::size_t quorum) {
    TrustedWitnesses trusted;
    for (const auto& text : vkeys) {
        auto key = merkle::parse_witness_key(text);
        if (!key) return key.error();
        trusted.keys.push_back(std::move(*key));
    }
    if (quorum > trusted.keys.size()) return invalid("quorum", "--quorum asks for more witnesses than --witness names");
    trusted.quorum = quorum == 0 ? trusted.keys.size() : quorum;
    return trusted;
}

Result<CosignedTree> check_witnesses(const Fetch& log, const std::string& note, const merkle::Checkpoint& checkpoint, const merkle::VerifierKey& key, const TrustedWitnesses& trusted) {
    auto newest = merkle::cosignatures(note, trusted.keys);
    if (!newest) return newest.error();
    if (newest->size() >= trusted.quorum) return CosignedTree{checkpoint.size, std::move(*newest)};

    const auto older = log("checkpoint.cosigned");
    if (!older) return too_few(newest->size(), trusted.quorum);
    auto by = merkle::cosignatures(*older, trusted.keys);
    if (!by) return by.error();
    if (by->size() < trusted.quorum) return too_few(std::max(by->size(), newest->size()), trusted.quorum);
    const auto cosigned = merkle::open_checkpoint(*older, key);
    if (!cosigned) return cosigned.error();
    // Proven with the log's own tiles: whatever they say, only the truth leads from one root to the other.
    merkle::TileNodes nodes(checkpoint.size, [&](const merkle::TilePath& path) -> std::optional<std::string> {
        auto bytes = log(merkle::encode(path));
        if (!bytes || bytes->size() != path.width * merkle::hash_size) return std::nullopt;
        return std::move(*bytes);
    });
    const auto proof = merkle::consistency_proof(cosigned->size, checkpoint.size, nodes.reader());
    if (!proof || !merkle::verify_consistency(cosigned->size, checkpoint.size, cosigned->root, checkpoint.root, *proof))
        return invalid("cosigned_differs", "the cosigned checkpoint of " + std::to_string(cosigned->size) + " entries is not of the same tree as the newest one: a fork");
    return CosignedTree{cosigned->size, std::move(*by)};
}

}  // namespace verbatim::verify
