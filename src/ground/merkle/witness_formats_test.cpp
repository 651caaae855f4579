#include <gtest/gtest.h>

#include "ground/formats/text_codes.h"
#include "ground/merkle/add_checkpoint.h"
#include "ground/merkle/cosignature.h"
#include "ground/merkle/policy.h"

namespace verbatim::merkle {
namespace {

const crypto::Ed25519Key log_key = crypto::Ed25519Key::from_seed(std::string(32, 'l'));
const std::string text = "reviews.example/log\n7\n" + to_base64(std::string(32, 'r')) + "\n";
const std::string note = sign_note(text, "reviews.example/log", log_key);

crypto::Ed25519Key pair(char c) { return crypto::Ed25519Key::from_seed(std::string(32, c)); }
WitnessKey witness(char c) { return *witness_key(std::string("witness.example/") + c, pair(c).public_key); }
std::string cosigned_by(char c, std::uint64_t time = 1'800'000'000) { return cosign(text, std::string("witness.example/") + c, pair(c), time); }

// The examples in the texts of tlog-cosignature and tlog-witness: their public keys are not given, but name, id and time can
// be read, and the signed message beside it says which time must come out.
TEST(Cosignatures, TLG7_TheSpecificationsExamplesAreParsed) {
    const auto parsed = parse_note(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n");
    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->signatures.size(), 2u);
    EXPECT_EQ(parsed->signatures[1].id, 0x8d66cf3fu);
    ASSERT_EQ(parsed->signatures[1].bytes.size(), 72u);
    std::uint64_t time = 0;
    for (int i = 0; i < 8; ++i) time = time << 8 | static_cast<unsigned char>(parsed->signatures[1].bytes[static_cast<std::size_t>(i)]);
    EXPECT_EQ(time, 1679315147u);

    const auto request = parse_add_checkpoint(
        "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
        "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n");
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->old_size, 20852014u);
    EXPECT_EQ(request->proof.size(), 4u);
    EXPECT_EQ(parse_note(request->checkpoint)->signatures.size(), 2u);
}

TEST(Cosignatures, TLG7_AWitnessKeyHasAnotherTypeThanALogsKey) {
    // Id and encoding computed apart from this program.
    const auto key = witness_key("witness.example/w", std::string(32, '\x07'));
    ASSERT_TRUE(key);
    EXPECT_EQ(encode(*key), "witness.example/w+26e44a48+BAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH");
    EXPECT_EQ(*parse_witness_key(encode(*key)), *key);
    EXPECT_FALSE(parse_verifier_key(encode(*key)));
    EXPECT_FALSE(parse_witness_key(encode(*verifier_key("witness.example/w", std::string(32, '\x07')))));
}

TEST(Cosignatures, TLG7_ACosignatureHoldsForItsTextAndTimeOnly) {
    const std::vector<WitnessKey> known = {witness('a'), witness('b')};
    const auto found = cosignatures(note + cosigned_by('b') + cosigned_by('c'), known);
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 1u);  // c is unknown and passed over
    EXPECT_EQ((*found)[0].witness, 1u);
    EXPECT_EQ((*found)[0].time, 1'800'000'000u);
    EXPECT_EQ((*found)[0].line, cosigned_by('b'));
    ASSERT_TRUE(cosignatures(note, known));
    EXPECT_TRUE(cosignatures(note, known)->empty());

    const auto line = *parse_note(note + cosigned_by('a'));
    EXPECT_TRUE(verify_cosignature(text, line.signatures[1], known[0]));
    EXPECT_FALSE(verify_cosignature(text, line.signatures[1], known[1]));
    EXPECT_FALSE(verify_cosignature(text + "x\n", line.signatures[1], known[0]));
    for (std::size_t at = 0; at < 72; ++at) {  // time and signature both
        auto changed = line.signatures[1];
        changed.bytes[at] = static_cast<char>(changed.bytes[at] ^ 1);
        EXPECT_FALSE(verify_cosignature(text, changed, known[0])) << at;
    }
    auto cut = line.signatures[1];
    cut.bytes.pop_back();
    EXPECT_FALSE(verify_cosignature(text, cut, known[0]));
    // A wrong one in a known name spoils the note.
    EXPECT_FALSE(cosignatures(note + cosign(text + "y\n", "witness.example/a", pair('a'), 1), known));
    EXPECT_THROW(cosign(text, "with space", pair('a'), 1), std::invalid_argument);
}

TEST(Cosignatures, TLG6_SixteenAndMoreSignaturesAreAccepted) {
    std::string crowded = note;
    for (char c = 'A'; c < 'A' + 40; ++c) crowded += cosigned_by(c);
    const auto key = *verifier_key("reviews.example/log", log_key.public_key);
    EXPECT_TRUE(open_checkpoint(crowded, key));
    const std::vector<WitnessKey> known = {witness('B'), witness('X')};
    EXPECT_EQ(cosignatures(crowded, known)->size(), 2u);
}

TEST(AddCheckpoint, TLG7_HasOneSpelling) {
    AddCheckpoint request;
    request.old_size = 3;
    request.proof.assign(proof_limit, Hash{});
    request.checkpoint = note;
    const auto body = encode(request);
    const auto parsed = parse_add_checkpoint(body);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(encode(*parsed), body);
    request.proof.push_back(Hash{});
    EXPECT_FALSE(parse_add_checkpoint(encode(request)));
    for (const std::string& bad : {std::string(), std::string("old 1\n"), "old 01\n\n" + note, "old -1\n\n" + note, "Old 1\n\n" + note, "old 1\n" + note, "old 1\nAAAA\n\n" + note, "old 1\n\n" + text,
                                   "old 1\r\n\r\n" + note, "old 1\n\n" + note + std::string(add_checkpoint_limit, 'x')})
        EXPECT_FALSE(parse_add_checkpoint(bad)) << bad.substr(0, 60);
}

std::string line(char c, const std::string& more = "") { return std::string("witness ") + c + " " + encode(witness(c)) + more + "\n"; }

TEST(Policies, TLG7_GroupsOfGroupsDecideTheQuorum) {
    const std::string log_line = "log " + encode(*verifier_key("reviews.example/log", log_key.public_key)) + " https://reviews.example/log\n";
    const std::string file = "# two houses\n\n" + log_line + line('a') + line('b', "\thttps://b.example ") + line('c') + line('d') +
                             "group one 2 a b c\ngroup two any d\n  group both all one two\nquorum both\n";
    const auto policy = parse_policy(file);
    ASSERT_TRUE(policy) << policy.error().message;
    EXPECT_EQ(policy->witnesses[1].url, "https://b.example");
    EXPECT_EQ(policy->logs[0].url, "https://reviews.example/log");
    EXPECT_TRUE(meets_quorum(*policy, {0, 2, 3}));
    EXPECT_TRUE(meets_quorum(*policy, {0, 1, 2, 3}));
    EXPECT_FALSE(meets_quorum(*policy, {0, 1, 2}));
    EXPECT_FALSE(meets_quorum(*policy, {0, 3}));
    EXPECT_FALSE(meets_quorum(*policy, {0, 0, 3}));
    EXPECT_FALSE(meets_quorum(*policy, {}));
    const auto again = parse_policy(encode(*policy));
    ASSERT_TRUE(again);
    EXPECT_EQ(encode(*again), encode(*policy));
    EXPECT_TRUE(meets_quorum(*parse_policy("quorum none\n"), {}));
    EXPECT_TRUE(meets_quorum(*parse_policy(line('a') + "quorum a\n"), {0}));
}

TEST(Policies, TLG7_MistakesAreNamedByLine) {
    const std::string two = line('a') + line('b');
    const std::pair<std::string, const char*> table[] = {
        {two, "no quorum line"},
        {"quorum none", "newline"},
        {"quorum none\nquorum none\n", "line 2: a second quorum"},
        {"quorum a\n" + two, "line 1: the quorum is not defined above"},
        {two + "group g 3 a b\nquorum g\n", "line 3: the threshold"},
        {two + "group g 0 a b\nquorum g\n", "line 3: the threshold"},
        {two + "group g 1 a a\nquorum g\n", "line 3: a member stands in two groups"},
        {two + "group g any a\ngroup h any a b\nquorum h\n", "line 4: a member stands in two groups"},
        {two + "group g any h\nquorum g\n", "line 3: a member is not defined above"},
        {two + "group a any b\nquorum a\n", "line 3: the name is taken"},
        {two + "group none any b\nquorum none\n", "line 3: the name is taken"},
        {line('a') + "witness z " + encode(witness('a')) + "\nquorum none\n", "line 2: the same key"},
        {"witness x " + encode(*verifier_key("l", log_key.public_key)) + "\nquorum none\n", "line 1: a verifier key"},
        {"log " + encode(witness('a')) + "\nquorum none\n", "line 1: a verifier key"},
        {"tree x\nquorum none\n", "line 1: a line begins with"},
        {std::string("quorum none\r\n"), "control character"},
        {std::string(70'000, '#') + "\n", "longer than"},
    };
    for (const auto& [file, why] : table) {
        const auto policy = parse_policy(file);
        ASSERT_FALSE(policy) << file;
        EXPECT_NE(policy.error().message.find(why), std::string::npos) << policy.error().message;
    }
}

}  // namespace
}  // namespace verbatim::merkle
