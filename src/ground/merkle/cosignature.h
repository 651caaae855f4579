// C2SP tlog-cosignature (https://c2sp.org/tlog-cosignature, norm TLG-7): a witness's statement that, at a time, the
// checkpoint's tree was the largest it had seen of this log, grown from all it had seen before. Ed25519, type 04.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ground/merkle/note.h"

namespace verbatim::merkle {

struct WitnessKey {
    std::string name;
    std::uint32_t id = 0;    // first four bytes of SHA-256(name || 0A || 04 || public key)
    std::string public_key;  // 32 bytes

    friend bool operator==(const WitnessKey&, const WitnessKey&) = default;
};
Result<WitnessKey> witness_key(std::string_view name, std::string_view public_key);
std::string encode(const WitnessKey& key);  // "name+hex id+base64(04 || public key)"
Result<WitnessKey> parse_witness_key(std::string_view text);

// The signature line, LF at its end, by the witness of that name at that time (seconds since 1970, below 2^63).
std::string cosign(std::string_view checkpoint_text, std::string_view name, const crypto::Ed25519Key& key, std::uint64_t time);

struct Cosigned {
    std::size_t witness = 0;  // which of the known ones
    std::uint64_t time = 0;
    std::string line;         // as it stands in the note, LF at its end
};
// Does this signature name the witness and hold for the text? The time it was made at.
Result<std::uint64_t> verify_cosignature(std::string_view checkpoint_text, const NoteSignature& signature, const WitnessKey& witness);
// One for each known witness that cosigned; signatures of others are passed over. A wrong one in a known name is an error.
Result<std::vector<Cosigned>> cosignatures(std::string_view note, std::span<const WitnessKey> known);

}  // namespace verbatim::merkle
