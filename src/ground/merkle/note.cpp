#include "ground/merkle/note.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"
#include "ground/merkle/decimal.h"
#include "ground/merkle/vkey.h"

namespace verbatim::merkle {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a space

// Valid UTF-8 without ASCII control characters other than LF.
bool valid_note_text(std::string_view text) {
    return valid_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 && c != '\n'; });
}

// White_Space of the Unicode Character Database beyond ASCII, in UTF-8.
constexpr std::string_view unicode_spaces[] = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

std::uint32_t big_endian(std::string_view four) {
    std::uint32_t value = 0;
    for (char c : four.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

std::string big_endian(std::uint32_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
    return out;
}

Error malformed(std::string what) { return invalid("note_malformed", std::move(what)); }

Result<NoteSignature> parse_signature(std::string_view line) {
    if (!line.starts_with(dash)) return malformed("a signature line must start with an em dash and a space");
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return malformed("a signature line has no signature");
    const std::string_view name = line.substr(0, space);
    if (!valid_key_name(name)) return malformed("a key name must not be empty or hold a space or a plus sign");
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5) return malformed("a signature is not base64 of a key id and a signature");
    return NoteSignature{std::string(name), big_endian(*bytes), bytes->substr(4)};
}

}  // namespace

bool valid_key_name(std::string_view name) {
    if (name.empty() || !valid_utf8(name)) return false;
    if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return c <= 0x20 || c == '+'; })) return false;
    return std::none_of(std::begin(unicode_spaces), std::end(unicode_spaces), [&](std::string_view space) { return name.find(space) != std::string_view::npos; });
}

std::uint32_t key_id(std::string_view name, char type, std::string_view public_key) {
    const char separator[] = {'\n', type};
    return big_endian(crypto::sha256({name, std::string_view(separator, 2), public_key}));
}

Result<TypedKey> typed_key(std::string_view name, char type, std::string_view public_key) {
    if (!valid_key_name(name)) return invalid("key_name", "a key name must not be empty or hold a space or a plus sign");
    if (public_key.size() != 32) return invalid("key_size", "an Ed25519 public key has 32 bytes");
    return TypedKey{std::string(name), key_id(name, type, public_key), std::string(public_key)};
}

std::string encode_key(std::string_view name, std::uint32_t id, char type, std::string_view public_key) {
    return std::string(name) + "+" + to_hex(big_endian(id)) + "+" + to_base64(std::string(1, type) + std::string(public_key));
}

Result<TypedKey> parse_key(std::string_view text, char type) {
    const auto fail = [](const char* why) { return invalid("key_malformed", std::string("a verifier key reads NAME+HEX+BASE64: ") + why); };
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos || text.size() > 4096) return fail("parts are missing");
    const auto id = from_hex(text.substr(first + 1, second - first - 1));
    if (!id || id->size() != 4) return fail("the key id is not 8 lower-case hex digits");
    const auto typed = from_base64(text.substr(second + 1));
    if (!typed || typed->empty()) return fail("the key is not base64");
    if (typed->front() != type)
        return fail(type == ed25519_type ? "a log's key is an Ed25519 key (type 01)" : "a witness's key is an Ed25519 cosignature key (type 04)");
    auto key = typed_key(text.substr(0, first), type, std::string_view(*typed).substr(1));
    if (key && key->id != big_endian(*id)) return fail("the key id is not that of this name and key");
    return key;
}

std::string signature_line(std::string_view name, std::uint32_t id, std::string_view bytes) {
    return std::string(dash) + std::string(name) + " " + to_base64(big_endian(id) + std::string(bytes)) + "\n";
}

Result<VerifierKey> verifier_key(std::string_view name, std::string_view public_key) {
    auto key = typed_key(name, ed25519_type, public_key);
    if (!key) return key.error();
    return VerifierKey{std::move(key->name), key->id, std::move(key->public_key)};
}

std::string encode(const VerifierKey& key) { return encode_key(key.name, key.id, ed25519_type, key.public_key); }

Result<VerifierKey> parse_verifier_key(std::string_view text) {
    auto key = parse_key(text, ed25519_type);
    if (!key) return key.error();
    return VerifierKey{std::move(key->name), key->id, std::move(key->public_key)};
}

std::string sign_note(std::string_view text, std::string_view name, const crypto::Ed25519Key& key) {
    if (text.empty() || text.back() != '\n' || !valid_note_text(text)) throw std::invalid_argument("a note's text is UTF-8, ends in LF and holds no other control character");
    const auto verifier = verifier_key(name, key.public_key);
    if (!verifier) throw std::invalid_argument(verifier.error().message);
    return std::string(text) + "\n" + signature_line(name, verifier->id, key.sign(text));
}

Result<Note> parse_note(std::string_view note) {
    if (note.size() > note_limit) return malformed("longer than 1 MiB");
    if (!valid_note_text(note)) return malformed("not UTF-8, or with a control character other than LF");
    // The signatures follow the last empty line.
    const std::size_t blank = note.rfind("\n\n");
    if (blank == std::string_view::npos) return malformed("no empty line before the signatures");
    Note parsed;
    parsed.text = note.substr(0, blank + 1);
    std::string_view rest = note.substr(blank + 2);
    if (rest.empty() || rest.back() != '\n') return malformed("no signature line that ends in LF");
    while (!rest.empty()) {
        if (parsed.signatures.size() == signature_limit) return malformed("more than 100 signatures");
        const std::size_t end = rest.find('\n');
        auto signature = parse_signature(rest.substr(0, end));
        if (!signature) return signature.error();
        parsed.signatures.push_back(std::move(*signature));
        rest.remove_prefix(end + 1);
    }
    return parsed;
}

Result<std::string> open_note(std::string_view note, std::span<const VerifierKey> known) {
    auto parsed = parse_note(note);
    if (!parsed) return parsed.error();
    bool verified = false;
    for (const NoteSignature& signature : parsed->signatures) {
        for (const VerifierKey& key : known) {
            if (key.name != signature.name || key.id != signature.id) continue;
            if (!crypto::ed25519_verify(key.public_key, parsed->text, signature.bytes)) return invalid("note_signature", "the signature by " + key.name + " is wrong");
            verified = true;
        }
    }
    if (!verified) return invalid("note_unsigned", "no signature by a known key");
    return std::move(parsed->text);
}

std::string encode(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(bytes_of(checkpoint.root)) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    const auto fail = [](const char* why) { return invalid("checkpoint_malformed", std::string("checkpoint: ") + why); };
    if (!valid_note_text(text)) return fail("not UTF-8, or with a control character other than LF");
    std::string_view lines[3];
    for (std::string_view& line : lines) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos || end == 0) return fail("not three lines");
        line = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    if (!text.empty()) return fail("extension lines, which nobody could audit");
    const auto size = parse_decimal(lines[1]);
    if (!size) return fail("the size is not a plain decimal number");
    const auto root = from_base64(lines[2]);
    const auto hash = root ? hash_from(*root) : std::nullopt;
    if (!hash) return fail("the root is not base64 of 32 bytes");
    if (*size == 0 && *hash != empty_root()) return fail("an empty tree with the root of another");
    return Checkpoint{std::string(lines[0]), *size, *hash};
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
    auto text = open_note(note, std::span(&key, 1));
    if (!text) return text.error();
    auto checkpoint = parse_checkpoint(*text);
    if (checkpoint && checkpoint->origin != key.name) return invalid("checkpoint_origin", "the checkpoint is of " + checkpoint->origin + ", not of " + key.name);
    return checkpoint;
}

}  // namespace verbatim::merkle
