// Held to witnesses: enough of them, under the newest checkpoint or an older one of the same tree; and one proof, offline.
#include "app/verify/witnesses.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "app/verify/proof_check.h"
#include "ground/merkle/proof_file.h"
#include "ground/merkle/tile.h"

namespace verbatim::verify {
namespace {

const std::string name = "reviews.example/log";
const crypto::Ed25519Key log_key = crypto::Ed25519Key::from_seed(std::string(32, 'k'));
const merkle::VerifierKey key = *merkle::verifier_key(name, log_key.public_key);

std::string vkey(char c) { return merkle::encode(*merkle::witness_key(std::string("w/") + c, crypto::Ed25519Key::from_seed(std::string(32, c)).public_key)); }

std::string leaf(int n) {
    return R"({"at":1800000000,"commitment":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","kind":"collected","origin":"invited","review":"r)" + std::to_string(n) +
           R"(","service":"workshop","subject":"site:A1","v":1})";
}

struct Tree {
    merkle::GrowingTree tree;
    std::vector<merkle::Hash> leaves;
    explicit Tree(int size, int forked_from = 1 << 30) {
        for (int i = 0; i < size; ++i) {
            leaves.push_back(merkle::leaf_hash(leaf(i < forked_from ? i : i + 1000)));
            tree.append(leaves.back(), [](const merkle::TilePath&, const std::string&) {});
        }
    }
    merkle::Checkpoint checkpoint() const {
        merkle::Checkpoint made;
        made.origin = name;
        made.size = tree.size();
        made.root = tree.root();
        return made;
    }
    std::string note(const std::string& witnesses) const {
        const auto text = merkle::encode(checkpoint());
        std::string made = merkle::sign_note(text, name, log_key);
        for (const char c : witnesses) made += merkle::cosign(text, std::string("w/") + c, crypto::Ed25519Key::from_seed(std::string(32, c)), 1'800'000'000);
        return made;
    }
    Fetch served(std::map<std::string, std::string> more) const {
        more[merkle::encode(*merkle::tile_at(tree.size(), 0, 0))] = tree.open_tiles()[0];
        return [more](std::string_view path) -> Result<std::string> {
            const auto found = more.find(std::string(path));
            return found == more.end() ? Result<std::string>(not_found("no_file", "not there")) : found->second;
        };
    }
    merkle::NodeReader nodes() const {
        return [this](unsigned height, std::uint64_t index) -> std::optional<merkle::Hash> { return node(height, index); };
    }
    merkle::Hash node(unsigned height, std::uint64_t index) const {
        return height == 0 ? leaves.at(index) : merkle::node_hash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
    }
};

TEST(HeldToWitnesses, TLG7_EnoughOfThemOrAFault) {
    const Tree now(100), before(60), fork(60, 30);
    const auto two_of_three = *trusted_witnesses({vkey('a'), vkey('b'), vkey('c')}, 2);
    const auto check = [&](const std::string& witnesses, std::map<std::string, std::string> more) { return check_witnesses(now.served(std::move(more)), now.note(witnesses), now.checkpoint(), key, two_of_three); };
    EXPECT_EQ(check("ab", {})->size, 100u);
    EXPECT_EQ(check("axc", {})->by.size(), 2u);  // x is a stranger
    EXPECT_EQ(check("a", {}).error().code, "too_few_witnesses");
    EXPECT_EQ(check("a", {{"checkpoint.cosigned", before.note("bc")}})->size, 60u);
    EXPECT_EQ(check("a", {{"checkpoint.cosigned", before.note("bx")}}).error().code, "too_few_witnesses");
    EXPECT_EQ(check("a", {{"checkpoint.cosigned", fork.note("bc")}}).error().code, "cosigned_differs");
    EXPECT_FALSE(trusted_witnesses({vkey('a')}, 2));
    EXPECT_FALSE(trusted_witnesses({merkle::encode(key)}, 1));
    EXPECT_EQ(trusted_witnesses({vkey('a'), vkey('b')}, 0)->quorum, 2u);
}

TEST(OneProof, TLG9_HoldsOfflineOrSaysWhyNot) {
    const Tree tree(100);
    merkle::ProofFile file;
    file.extra = leaf(41);
    file.index = 41;
    file.hashes = *merkle::inclusion_proof(41, 100, tree.nodes());
    file.checkpoint = tree.note("a");
    const auto check = [](const merkle::ProofFile& given, const ProofWish& wish) {
        std::ostringstream out;
        const int code = check_proof(merkle::encode(given), "", wish, out);
        return std::pair(code, out.str());
    };
    ProofWish wish;
    EXPECT_EQ(check(file, wish).first, 1);  // no key, no proof
    wish.key = merkle::encode(key);
    EXPECT_EQ(check(file, wish).first, 0) << check(file, wish).second;
    wish.witnesses = {vkey('a'), vkey('b')};
    EXPECT_EQ(check(file, wish).first, 1);
    wish.quorum = 1;
    EXPECT_EQ(check(file, wish).first, 0);
    wish.key = "nonsense";
    EXPECT_EQ(check(file, wish).first, 2);
    wish.key = merkle::encode(key);
    auto other = file;
    other.extra = leaf(42);
    EXPECT_NE(check(other, wish).second.find("fault: the hashes do not lead"), std::string::npos);
    other.extra.reset();
    EXPECT_NE(check(other, wish).second.find("give --receipt"), std::string::npos);
    other = file;
    other.index = 40;
    EXPECT_EQ(check(other, wish).first, 1);
    std::ostringstream out;
    EXPECT_EQ(check_proof(merkle::encode(file), "{}", wish, out), 1);
    EXPECT_NE(out.str().find("fault: receipt"), std::string::npos);
}

}  // namespace
}  // namespace verbatim::verify
