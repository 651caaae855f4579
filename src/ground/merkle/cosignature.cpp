#include "ground/merkle/cosignature.h"

#include <algorithm>
#include <stdexcept>

#include "ground/merkle/vkey.h"

namespace verbatim::merkle {
namespace {

constexpr std::size_t time_bytes = 8;

// "Ed25519 signed message": header line, time line, the whole text of the note.
std::string message(std::string_view checkpoint_text, std::uint64_t time) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(checkpoint_text);
}

}  // namespace

Result<WitnessKey> witness_key(std::string_view name, std::string_view public_key) {
    auto key = typed_key(name, cosignature_type, public_key);
    if (!key) return key.error();
    return WitnessKey{std::move(key->name), key->id, std::move(key->public_key)};
}

std::string encode(const WitnessKey& key) { return encode_key(key.name, key.id, cosignature_type, key.public_key); }

Result<WitnessKey> parse_witness_key(std::string_view text) {
    auto key = parse_key(text, cosignature_type);
    if (!key) return key.error();
    return WitnessKey{std::move(key->name), key->id, std::move(key->public_key)};
}

std::string cosign(std::string_view checkpoint_text, std::string_view name, const crypto::Ed25519Key& key, std::uint64_t time) {
    const auto witness = witness_key(name, key.public_key);
    if (!witness) throw std::invalid_argument(witness.error().message);
    if (time >= size_limit) throw std::invalid_argument("a cosignature's time is below 2^63");
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(time >> shift & 0xff);
    return signature_line(name, witness->id, bytes + key.sign(message(checkpoint_text, time)));
}

Result<std::uint64_t> verify_cosignature(std::string_view checkpoint_text, const NoteSignature& signature, const WitnessKey& witness) {
    const auto fail = [&](const char* why) { return invalid("cosignature_wrong", "the cosignature by " + witness.name + " " + why); };
    if (signature.name != witness.name || signature.id != witness.id) return fail("is somebody else's");
    if (signature.bytes.size() != time_bytes + 64) return fail("is not a time and 64 bytes");
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < time_bytes; ++i) time = time << 8 | static_cast<unsigned char>(signature.bytes[i]);
    if (time >= size_limit) return fail("has a time that cannot be");
    if (!crypto::ed25519_verify(witness.public_key, message(checkpoint_text, time), std::string_view(signature.bytes).substr(time_bytes))) return fail("is wrong");
    return time;
}

Result<std::vector<Cosigned>> cosignatures(std::string_view note, std::span<const WitnessKey> known) {
    const auto parsed = parse_note(note);
    if (!parsed) return parsed.error();
    std::vector<Cosigned> found;
    for (const NoteSignature& signature : parsed->signatures) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (known[i].name != signature.name || known[i].id != signature.id) continue;
            const auto time = verify_cosignature(parsed->text, signature, known[i]);
            if (!time) return time.error();
            if (std::any_of(found.begin(), found.end(), [&](const Cosigned& one) { return one.witness == i; })) continue;
            found.push_back({i, *time, signature_line(signature.name, signature.id, signature.bytes)});
        }
    }
    return found;
}

}  // namespace verbatim::merkle
