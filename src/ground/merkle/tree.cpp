#include "ground/merkle/tree.h"

#include <algorithm>
#include <bit>

namespace verbatim::merkle {
namespace {

constexpr std::string_view leaf_prefix("\x00", 1);
constexpr std::string_view node_prefix("\x01", 1);

unsigned height_of(std::uint64_t power_of_two) { return static_cast<unsigned>(std::countr_zero(power_of_two)); }

// MTH(D[begin:end]) for the ranges the recursion of RFC 6962 meets: a left part is always one complete, aligned subtree.
std::optional<Hash> range_hash(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
    const std::uint64_t size = end - begin;
    if (std::has_single_bit(size)) return nodes(height_of(size), begin / size);
    const std::uint64_t left = std::bit_floor(size);
    const auto left_hash = range_hash(begin, begin + left, nodes);
    const auto right_hash = range_hash(begin + left, end, nodes);
    if (!left_hash || !right_hash) return std::nullopt;
    return node_hash(*left_hash, *right_hash);
}

// The k of RFC 6962: the largest power of two smaller than size.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

Hash leaf_hash(std::string_view entry) { return crypto::sha256_digest({leaf_prefix, entry}); }
Hash node_hash(const Hash& left, const Hash& right) { return crypto::sha256_digest({node_prefix, bytes_of(left), bytes_of(right)}); }
Hash empty_root() { return crypto::sha256_digest({}); }

std::string_view bytes_of(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

std::optional<Hash> hash_from(std::string_view bytes) {
    Hash hash;
    if (bytes.size() != hash.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

std::optional<Frontier> Frontier::restore(std::uint64_t size, std::vector<Hash> peaks) {
    if (size >= size_limit || peaks.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
    Frontier frontier;
    frontier.size_ = size;
    frontier.peaks_ = std::move(peaks);
    return frontier;
}

Hash Frontier::root() const {
    if (peaks_.empty()) return empty_root();
    Hash hash = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i > 0; --i) hash = node_hash(peaks_[i - 1], hash);
    return hash;
}

std::optional<Hash> root_of(std::uint64_t size, const NodeReader& nodes) {
    if (size == 0) return empty_root();
    if (size >= size_limit) return std::nullopt;
    return range_hash(0, size, nodes);
}

std::optional<Frontier> frontier_of(std::uint64_t size, const NodeReader& nodes) {
    if (size >= size_limit) return std::nullopt;
    std::vector<Hash> peaks;
    std::uint64_t begin = 0;
    while (begin < size) {
        const std::uint64_t part = std::bit_floor(size - begin);
        const auto peak = nodes(height_of(part), begin / part);
        if (!peak) return std::nullopt;
        peaks.push_back(*peak);
        begin += part;
    }
    return Frontier::restore(size, std::move(peaks));
}

// RFC 6962 section 2.1.1: PATH(m, D[n]), from the root down, then turned round.
std::optional<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& nodes) {
    if (index >= size || size >= size_limit) return std::nullopt;
    Proof proof;
    std::uint64_t begin = 0, end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split(end - begin);
        const bool left = index < middle;
        const auto sibling = left ? range_hash(middle, end, nodes) : range_hash(begin, middle, nodes);
        if (!sibling) return std::nullopt;
        proof.push_back(*sibling);
        (left ? end : begin) = middle;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

// RFC 6962 section 2.1.2: SUBPROOF(m, D[n], true), from the root down, then turned round.
std::optional<Proof> consistency_proof(std::uint64_t from, std::uint64_t to, const NodeReader& nodes) {
    if (from > to || to >= size_limit) return std::nullopt;
    Proof proof;
    if (from == 0 || from == to) return proof;
    std::uint64_t begin = 0, end = to;
    while (end != from) {
        const std::uint64_t middle = begin + split(end - begin);
        const bool left = from <= middle;
        const auto sibling = left ? range_hash(middle, end, nodes) : range_hash(begin, middle, nodes);
        if (!sibling) return std::nullopt;
        proof.push_back(*sibling);
        (left ? end : begin) = middle;
    }
    if (begin != 0) {  // the old tree is not itself a subtree the verifier knows: name its last part
        const auto part = range_hash(begin, end, nodes);
        if (!part) return std::nullopt;
        proof.push_back(*part);
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, const Proof& proof, const Hash& root) {
    // 1. Compare leaf_index with tree_size.
    if (index >= size || size >= size_limit || proof.size() > proof_limit) return false;
    // 2. Set fn to leaf_index and sn to tree_size - 1.
    std::uint64_t fn = index, sn = size - 1;
    // 3. Set r to hash.
    Hash r = leaf;
    // 4. For each value p in the inclusion path:
    for (const Hash& p : proof) {
        if (sn == 0) return false;
        if ((fn & 1) || fn == sn) {
            r = node_hash(p, r);
            while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
        } else {
            r = node_hash(r, p);
        }
        fn >>= 1, sn >>= 1;
    }
    // 5. Compare sn to 0, and r against the root.
    return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t from, std::uint64_t to, const Hash& from_root, const Hash& to_root, const Proof& proof) {
    if (from > to || to >= size_limit || proof.size() > proof_limit + 1) return false;
    if (from == to) return proof.empty() && from_root == to_root;
    if (from == 0) return proof.empty() && from_root == empty_root();
    // 1. An empty path fails.
    if (proof.empty()) return false;
    // 2. If first is a power of two, the old root stands in front of the path.
    const bool whole = std::has_single_bit(from);
    // 3. Set fn to first - 1 and sn to second - 1.  4. Shift both while the lowest bit of fn is set.
    std::uint64_t fn = from - 1, sn = to - 1;
    while (fn & 1) fn >>= 1, sn >>= 1;
    // 5. Set fr and sr to the first value of the path.
    Hash fr = whole ? from_root : proof.front();
    Hash sr = fr;
    // 6. For each subsequent value c:
    for (std::size_t i = whole ? 0 : 1; i < proof.size(); ++i) {
        const Hash& c = proof[i];
        if (sn == 0) return false;
        if ((fn & 1) || fn == sn) {
            fr = node_hash(c, fr);
            sr = node_hash(c, sr);
            while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
        } else {
            sr = node_hash(sr, c);
        }
        fn >>= 1, sn >>= 1;
    }
    // 7. Verify fr against the first hash, sr against the second, and sn against 0.
    return sn == 0 && fr == from_root && sr == to_root;
}

}  // namespace verbatim::merkle
