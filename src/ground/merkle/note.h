// C2SP signed notes (https://c2sp.org/signed-note, norm TLG-6) and the tree-head text that a log signs
// (https://c2sp.org/tlog-checkpoint). Ed25519 keys of type 01 sign and verify; signatures by other keys are carried, not read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"
#include "ground/merkle/tree.h"

namespace verbatim::merkle {

inline constexpr std::size_t note_limit = 1024 * 1024;  // bytes
inline constexpr std::size_t signature_limit = 100;     // signature lines of one note; the norm asks for at least 16

// Who signs: a name (non-empty, no Unicode space, no '+') and an Ed25519 public key.
struct VerifierKey {
    std::string name;
    std::uint32_t id = 0;    // first four bytes of SHA-256(name || 0A || 01 || public key)
    std::string public_key;  // 32 bytes

    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};
bool valid_key_name(std::string_view name);
Result<VerifierKey> verifier_key(std::string_view name, std::string_view public_key);
std::string encode(const VerifierKey& key);  // "name+hex id+base64(01 || public key)"
Result<VerifierKey> parse_verifier_key(std::string_view text);

struct NoteSignature {
    std::string name;
    std::uint32_t id = 0;
    std::string bytes;  // without the key id
};
struct Note {
    std::string text;  // ends in LF
    std::vector<NoteSignature> signatures;
};

// The text must be UTF-8, end in LF and hold no other control character; else std::invalid_argument.
std::string sign_note(std::string_view text, std::string_view name, const crypto::Ed25519Key& key);
// What is written there; nothing is verified.
Result<Note> parse_note(std::string_view note);
// The text, once at least one known key has signed it and no signature that names a known key is wrong.
Result<std::string> open_note(std::string_view note, std::span<const VerifierKey> known);

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};
std::string encode(const Checkpoint& checkpoint);                 // origin LF size LF base64(root) LF
Result<Checkpoint> parse_checkpoint(std::string_view note_text);  // no extension lines
// Opens the note with the key and reads the text; the origin must be the key's name.
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace verbatim::merkle
