#include "ground/merkle/note.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <stdexcept>

#include "ground/formats/text_codes.h"
#include "ground/merkle/proof_file.h"

namespace verbatim::merkle {
namespace {

const crypto::Ed25519Key log_key = crypto::Ed25519Key::from_seed(std::string(32, 's'));
const std::string log_name = "reviews.example/log";
const VerifierKey verifier = *verifier_key(log_name, log_key.public_key);

// The example of the C2SP signed-note specification: key name and id are in its signature.
TEST(Notes, TLG6_TheSpecificationsExampleIsParsed) {
    const auto note = parse_note(
        "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
        "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n");
    ASSERT_TRUE(note);
    EXPECT_TRUE(note->text.ends_with("\n\ned è subito sera.\n"));
    ASSERT_EQ(note->signatures.size(), 1u);
    EXPECT_EQ(note->signatures[0].name, "quasimodo.example/salvatore");
    EXPECT_EQ(note->signatures[0].id, 0x367ba04bu);
    EXPECT_EQ(note->signatures[0].bytes.size(), 64u);
}

TEST(Notes, TLG6_AVerifierKeyIsItsNameItsIdAndItsKey) {
    // Id and encoding computed apart from this program.
    const auto key = verifier_key("example.com/log", std::string(32, '\x07'));
    ASSERT_TRUE(key);
    EXPECT_EQ(encode(*key), "example.com/log+12d1ce8e+AQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH");
    EXPECT_EQ(*parse_verifier_key(encode(verifier)), verifier);
    for (const std::string& text : {std::string(), std::string("name"), std::string("name+00000000"), encode(verifier) + "=", encode(verifier).substr(1), "x" + encode(verifier), std::string("+00000000+AQ=="),
                                    std::string("name+0000000+AQ=="), std::string("name+00000000+BA==")})
        EXPECT_FALSE(parse_verifier_key(text)) << text;
    EXPECT_FALSE(verifier_key("with space", log_key.public_key));
    EXPECT_FALSE(verifier_key("with+plus", log_key.public_key));
    EXPECT_FALSE(verifier_key("with\u2003space", log_key.public_key));
    EXPECT_FALSE(verifier_key("", log_key.public_key));
    EXPECT_FALSE(verifier_key("bad\xff", log_key.public_key));
    EXPECT_TRUE(verifier_key("größe.example", log_key.public_key));
    EXPECT_FALSE(verifier_key("name", "short"));
}

TEST(Notes, TLG6_ASignedNoteOpensAndAnyChangedByteDoesNot) {
    const std::string text = "first\n\nthird, with é\n";
    const std::string note = sign_note(text, log_name, log_key);
    const auto opened = open_note(note, std::span(&verifier, 1));
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(*opened, text);
    for (std::size_t at = 0; at < note.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = note;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            EXPECT_FALSE(open_note(changed, std::span(&verifier, 1))) << at << " " << bit;
        }
}

TEST(Notes, TLG6_UnknownSignaturesAreSkippedAndSixteenAccepted) {
    std::string note = sign_note("text\n", log_name, log_key);
    for (int i = 0; i < 20; ++i) {
        const auto witness = crypto::Ed25519Key::generate();
        const std::string other = sign_note("text\n", "witness" + std::to_string(i) + ".example", witness);
        note += other.substr(other.find("\n\n") + 2);
    }
    EXPECT_TRUE(open_note(note, std::span(&verifier, 1)));
    EXPECT_EQ(parse_note(note)->signatures.size(), 21u);
    // The same name with another id is an unknown key, too; alone it opens nothing.
    const std::string namesake = sign_note("text\n", log_name, crypto::Ed25519Key::generate());
    EXPECT_FALSE(open_note(namesake, std::span(&verifier, 1)));
    EXPECT_TRUE(open_note(note + namesake.substr(namesake.find("\n\n") + 2), std::span(&verifier, 1)));
    // A wrong signature that names the known key spoils the note.
    const std::string wrong = sign_note("other\n", log_name, log_key);
    EXPECT_FALSE(open_note(note + wrong.substr(wrong.find("\n\n") + 2), std::span(&verifier, 1)));
    EXPECT_FALSE(open_note(note, {}));
    // Bounded: a hundred and one signatures are refused.
    const std::string line = note.substr(note.find("\n\n") + 2, note.find("\n", note.find("\n\n") + 2) - note.find("\n\n") - 1);
    std::string crowd = "text\n\n";
    for (std::size_t i = 0; i < signature_limit; ++i) crowd += line;
    EXPECT_TRUE(open_note(crowd, std::span(&verifier, 1)));
    EXPECT_FALSE(open_note(crowd + line, std::span(&verifier, 1)));
}

TEST(Notes, TLG6_MalformedNotesAreRefused) {
    const std::string good = sign_note("text\n", log_name, log_key);
    const std::string line = good.substr(good.find("\n\n") + 2);
    for (const std::string& note : {std::string(), std::string("\n"), std::string("text\n"), std::string("text\n\n"), "text\n" + line, "text\n\n" + line.substr(0, line.size() - 1), "text\r\n\n" + line,
                                    "te\txt\n\n" + line, std::string("te\0xt\n\n", 7) + line, "te\xffxt\n\n" + line, "text\n\n-" + line.substr(3), "text\n\n " + line, "text\n\n" + line + "\n",
                                    std::string("text\n\n— name\n"), std::string("text\n\n— name !!!!\n"), std::string("text\n\n— name AAAA\n"), std::string("text\n\n—  AAAAAAAA\n"), std::string(note_limit, 'x') + good})
        EXPECT_FALSE(parse_note(note)) << note.substr(0, 60);
    EXPECT_THROW(sign_note("no end", log_name, log_key), std::invalid_argument);
    EXPECT_THROW(sign_note("tab\t\n", log_name, log_key), std::invalid_argument);
    EXPECT_THROW(sign_note("text\n", "a b", log_key), std::invalid_argument);
}

TEST(Checkpoints, TLG5_TextIsOriginSizeAndRootOnly) {
    Checkpoint checkpoint;
    checkpoint.origin = log_name;
    checkpoint.size = 20852163;
    checkpoint.root = leaf_hash("root");
    const std::string text = encode(checkpoint);
    EXPECT_EQ(text, log_name + "\n20852163\n" + to_base64(bytes_of(checkpoint.root)) + "\n");
    EXPECT_EQ(*parse_checkpoint(text), checkpoint);
    EXPECT_EQ(*open_checkpoint(sign_note(text, log_name, log_key), verifier), checkpoint);
    const std::string root = to_base64(bytes_of(checkpoint.root));
    for (const std::string& bad : {std::string(), std::string("o\n"), "o\n1\n" + root, "o\n01\n" + root + "\n", "o\n-1\n" + root + "\n", "o\n9223372036854775808\n" + root + "\n", "\n1\n" + root + "\n",
                                   "o\n1\n" + root.substr(1) + "\n", "o\n1\n" + root + "\nextension\n", "o\n0\n" + root + "\n", "o\n1 \n" + root + "\n", std::string("o\n1\n\n")})
        EXPECT_FALSE(parse_checkpoint(bad)) << bad;
    EXPECT_TRUE(parse_checkpoint("o\n9223372036854775807\n" + root + "\n"));
    EXPECT_TRUE(parse_checkpoint("o\n0\n" + to_base64(bytes_of(empty_root())) + "\n"));
    checkpoint.origin = "another.example";
    EXPECT_FALSE(open_checkpoint(sign_note(encode(checkpoint), log_name, log_key), verifier));
}

struct OneProof {
    std::string entry = "entry 3";
    ProofFile file;
    OneProof() {
        std::vector<Hash> leaves;
        Frontier frontier;
        for (int i = 0; i < 7; ++i) {
            leaves.push_back(leaf_hash("entry " + std::to_string(i)));
            frontier.append(leaves.back());
        }
        const auto nodes = [&](unsigned height, std::uint64_t index) -> std::optional<Hash> {
            Frontier part;
            for (std::uint64_t i = index << height; i < (index + 1) << height; ++i) part.append(leaves.at(i));
            return part.root();
        };
        Checkpoint checkpoint;
        checkpoint.origin = log_name;
        checkpoint.size = 7;
        checkpoint.root = frontier.root();
        file.index = 3;
        file.hashes = *inclusion_proof(3, 7, nodes);
        file.checkpoint = sign_note(encode(checkpoint), log_name, log_key);
    }
};

TEST(ProofFiles, TLG9_AProofFileIsReadBackAndVerifies) {
    OneProof one;
    for (const auto& extra : {std::optional<std::string>(), std::optional<std::string>("more"), std::optional<std::string>("")}) {
        one.file.extra = extra;
        const std::string text = encode(one.file);
        const auto parsed = parse_proof_file(text);
        ASSERT_TRUE(parsed) << parsed.error().message;
        EXPECT_EQ(parsed->extra, extra);
        EXPECT_EQ(encode(*parsed), text);
        const auto checkpoint = verify(*parsed, one.entry, verifier);
        ASSERT_TRUE(checkpoint) << checkpoint.error().message;
        EXPECT_EQ(checkpoint->size, 7u);
        EXPECT_FALSE(verify(*parsed, "entry 4", verifier));
    }
}

TEST(ProofFiles, TLG9_TheFormIsTheSpecifications) {
    ProofFile file;
    file.index = 5;
    file.extra = "extra";
    file.hashes = {empty_root()};
    file.checkpoint = "checkpoint\n";
    EXPECT_EQ(encode(file), "c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\ncheckpoint\n");
}

TEST(ProofFiles, TLG9_AnyChangedByteFails) {
    const OneProof one;
    const std::string text = encode(one.file);
    EXPECT_TRUE(rc::check("a changed byte is refused", [&] {
        std::string changed = text;
        const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
        changed[at] = static_cast<char>(changed[at] ^ (1 << *rc::gen::inRange(0, 8)));
        const auto parsed = parse_proof_file(changed);
        const bool accepted = parsed.ok() && verify(*parsed, one.entry, verifier).ok();
        RC_ASSERT(!accepted);
    }));
}

TEST(ProofFiles, MalformedFilesAreRefused) {
    const OneProof one;
    const std::string good = encode(one.file);
    const std::string note = one.file.checkpoint;
    const std::string head = "c2sp.org/tlog-proof@v1\n";
    std::string tall = head + "index 0\n";
    for (std::size_t i = 0; i <= proof_limit; ++i) tall += to_base64(bytes_of(empty_root())) + "\n";
    for (const std::string& text : {std::string(), head, head + "index 1\n", head + "index 01\n\n" + note, head + "index -1\n\n" + note, head + "extra !\nindex 1\n\n" + note, head + "extra AA==\n\n" + note,
                                    head + "index 1\nAAAA\n\n" + note, head + "index 1\n\n", head + "index 1\n\nno note\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n" + note, tall + "\n" + note})
        EXPECT_FALSE(parse_proof_file(text)) << text.substr(0, 80);
    EXPECT_TRUE(parse_proof_file(good));
}

}  // namespace
}  // namespace verbatim::merkle
