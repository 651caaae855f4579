#include "ground/merkle/tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ground/formats/text_codes.h"

namespace verbatim::merkle {
namespace {

// The definition of RFC 6962 section 2.1, word for word and slow: what everything else is held against.
Hash defined_root(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
    if (begin == end) return empty_root();
    if (end - begin == 1) return leaves[begin];
    std::size_t k = 1;
    while (k * 2 < end - begin) k *= 2;
    return node_hash(defined_root(leaves, begin, begin + k), defined_root(leaves, begin + k, end));
}

std::vector<Hash> some_leaves(std::size_t count) {
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash("entry " + std::to_string(i)));
    return leaves;
}

NodeReader nodes_of(const std::vector<Hash>& leaves) {
    return [&leaves](unsigned height, std::uint64_t index) -> std::optional<Hash> {
        const std::uint64_t width = std::uint64_t{1} << height;
        if ((index + 1) * width > leaves.size()) return std::nullopt;
        return defined_root(leaves, index * width, (index + 1) * width);
    };
}

std::string hex(const Hash& hash) { return to_hex(bytes_of(hash)); }

// The eight leaves of the Certificate Transparency project's tests.
const std::vector<std::string> ct_leaves = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};

TEST(Merkle, TLG3_RootsOfTheCertificateTransparencyLeaves) {
    const std::vector<std::string> roots = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Frontier frontier;
    EXPECT_EQ(hex(frontier.root()), roots[0]);
    for (std::size_t i = 0; i < ct_leaves.size(); ++i) {
        frontier.append(leaf_hash(*from_hex(ct_leaves[i])));
        EXPECT_EQ(hex(frontier.root()), roots[i + 1]) << i;
    }
}

TEST(Merkle, TLG3_AFrontierHasTheDefinedRootAtEverySize) {
    const auto leaves = some_leaves(300);
    Frontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        ASSERT_EQ(frontier.root(), defined_root(leaves, 0, size)) << size;
        const std::vector<Hash> first(leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(size));
        const auto read = frontier_of(size, nodes_of(first));
        ASSERT_TRUE(read);
        ASSERT_EQ(read->peaks(), frontier.peaks());
        ASSERT_EQ(root_of(size, nodes_of(first)), frontier.root());
        if (size < leaves.size()) frontier.append(leaves[size]);
    }
    EXPECT_FALSE(Frontier::restore(3, {leaves[0]}));
    EXPECT_FALSE(Frontier::restore(size_limit, {leaves[0]}));
}

TEST(Merkle, TLG3_EveryInclusionProofVerifiesAndNoOtherPlaceDoes) {
    const auto leaves = some_leaves(64);
    for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
        const Hash root = defined_root(leaves, 0, size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(index, size, nodes_of(leaves));
            ASSERT_TRUE(proof);
            ASSERT_TRUE(verify_inclusion(index, size, leaves[index], *proof, root)) << index << " of " << size;
            ASSERT_FALSE(verify_inclusion(index, size, leaf_hash("another"), *proof, root));
            ASSERT_FALSE(verify_inclusion((index + 1) % size, size, leaves[index], *proof, root) && size > 1);
            Proof longer = *proof;
            longer.push_back(root);
            ASSERT_FALSE(verify_inclusion(index, size, leaves[index], longer, root));
            if (!proof->empty()) {
                ASSERT_FALSE(verify_inclusion(index, size, leaves[index], Proof(proof->begin(), proof->end() - 1), root));
            }
        }
        EXPECT_FALSE(inclusion_proof(size, size, nodes_of(leaves)));
    }
    EXPECT_FALSE(verify_inclusion(0, 0, leaves[0], {}, empty_root()));
}

TEST(Merkle, TLG5_ConsistencyBetweenAllPairsUpTo64) {
    const auto leaves = some_leaves(64);
    for (std::uint64_t to = 0; to <= leaves.size(); ++to) {
        const Hash to_root = defined_root(leaves, 0, to);
        for (std::uint64_t from = 0; from <= to; ++from) {
            const Hash from_root = defined_root(leaves, 0, from);
            const auto proof = consistency_proof(from, to, nodes_of(leaves));
            ASSERT_TRUE(proof);
            ASSERT_TRUE(verify_consistency(from, to, from_root, to_root, *proof)) << from << " to " << to;
            ASSERT_FALSE(verify_consistency(from, to, leaf_hash("x"), to_root, *proof));
            ASSERT_FALSE(verify_consistency(from, to, from_root, leaf_hash("x"), *proof) && from != 0);
            for (std::size_t i = 0; i < proof->size(); ++i) {
                Proof changed = *proof;
                changed[i][i % 32] ^= 1;
                ASSERT_FALSE(verify_consistency(from, to, from_root, to_root, changed)) << from << " to " << to << " at " << i;
            }
        }
    }
    EXPECT_FALSE(consistency_proof(5, 4, nodes_of(leaves)));
    EXPECT_FALSE(verify_consistency(5, 4, leaves[0], leaves[0], {}));
}

TEST(Merkle, TLG3_AnyChangedByteOfAProofFails) {
    const auto leaves = some_leaves(1000);
    const bool held = rc::check("a proof with one changed bit fails", [&] {
        const auto size = static_cast<std::uint64_t>(*rc::gen::inRange(2, 1000));
        const auto index = static_cast<std::uint64_t>(*rc::gen::inRange(0, static_cast<int>(size)));
        const Hash root = defined_root(leaves, 0, size);
        auto proof = *inclusion_proof(index, size, nodes_of(leaves));
        RC_ASSERT(verify_inclusion(index, size, leaves[index], proof, root));
        const auto which = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(proof.size())));
        proof[which][static_cast<std::size_t>(*rc::gen::inRange(0, 32))] ^= static_cast<unsigned char>(1 << *rc::gen::inRange(0, 8));
        RC_ASSERT(!verify_inclusion(index, size, leaves[index], proof, root));
    });
    EXPECT_TRUE(held);
}

TEST(Merkle, AProofIsNotMadeWhereANodeIsMissing) {
    const NodeReader nothing = [](unsigned, std::uint64_t) { return std::optional<Hash>(); };
    EXPECT_FALSE(inclusion_proof(3, 10, nothing));
    EXPECT_FALSE(consistency_proof(3, 10, nothing));
    EXPECT_FALSE(root_of(10, nothing));
    EXPECT_FALSE(frontier_of(10, nothing));
}

}  // namespace
}  // namespace verbatim::merkle
