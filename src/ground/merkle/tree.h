// The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1) over SHA-256: hashes, growing, proofs. Pure.
// A node is named by its height and its index among the complete subtrees of that height: node (h, i) covers the leaves
// i * 2^h up to (i + 1) * 2^h. Leaves are nodes of height 0. Sizes and indices stay below 2^63.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ground/crypto/crypto.h"

namespace verbatim::merkle {

using Hash = crypto::Digest;

inline constexpr std::uint64_t size_limit = std::uint64_t{1} << 63;
// The longest inclusion proof a tree below the limit needs; a consistency proof may have one more.
inline constexpr std::size_t proof_limit = 63;

Hash leaf_hash(std::string_view entry);                 // SHA-256(00 || entry)
Hash node_hash(const Hash& left, const Hash& right);    // SHA-256(01 || left || right)
Hash empty_root();                                      // SHA-256("")

std::string_view bytes_of(const Hash& hash);
std::optional<Hash> hash_from(std::string_view bytes);  // nothing unless 32 bytes

// A tree's right edge: the complete subtrees its size is the sum of, highest first. All that is needed to append and to
// know the root; 63 hashes at most.
class Frontier {
public:
    Frontier() = default;
    // Peaks, one for each bit set in size, highest first; nothing when their number is wrong.
    static std::optional<Frontier> restore(std::uint64_t size, std::vector<Hash> peaks);

    std::uint64_t size() const { return size_; }
    const std::vector<Hash>& peaks() const { return peaks_; }
    Hash root() const;
    void append(const Hash& leaf) { append(leaf, [](unsigned, const Hash&) {}); }
    // completed(height, hash) is called for every node that this leaf completes, the leaf first.
    template <class F>
    void append(const Hash& leaf, F&& completed);

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;
};

// Gives the hash of a complete subtree, or nothing where it cannot be had.
using NodeReader = std::function<std::optional<Hash>(unsigned height, std::uint64_t index)>;

using Proof = std::vector<Hash>;

// Nothing where a node cannot be read, or the arguments make no sense (index >= size, from > to).
std::optional<Hash> root_of(std::uint64_t size, const NodeReader& nodes);
std::optional<Frontier> frontier_of(std::uint64_t size, const NodeReader& nodes);
std::optional<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes);
std::optional<Proof> consistency_proof(std::uint64_t from, std::uint64_t to, const NodeReader& nodes);

// RFC 9162 section 2.1.3.2 and section 2.1.4.2. From size 0 everything is consistent, with an empty proof.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, const Proof& proof, const Hash& root);
bool verify_consistency(std::uint64_t from, std::uint64_t to, const Hash& from_root, const Hash& to_root, const Proof& proof);

template <class F>
void Frontier::append(const Hash& leaf, F&& completed) {
    Hash hash = leaf;
    unsigned height = 0;
    completed(height, hash);
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
        completed(++height, hash);
    }
    peaks_.push_back(hash);
    ++size_;
}

}  // namespace verbatim::merkle
