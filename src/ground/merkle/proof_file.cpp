#include "ground/merkle/proof_file.h"

#include "ground/formats/text_codes.h"
#include "ground/merkle/decimal.h"

namespace verbatim::merkle {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

Error malformed(const char* what) { return invalid("proof_malformed", std::string("tlog-proof: ") + what); }

// The text up to the next LF, taken off with it; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string encode(const ProofFile& file) {
    std::string out(first_line);
    out += "\n";
    if (file.extra) out += std::string(extra_word) + to_base64(*file.extra) + "\n";
    out += std::string(index_word) + std::to_string(file.index) + "\n";
    for (const Hash& hash : file.hashes) out += to_base64(bytes_of(hash)) + "\n";
    return out + "\n" + file.checkpoint;
}

Result<ProofFile> parse_proof_file(std::string_view text) {
    if (text.size() > 2 * note_limit) return malformed("longer than 2 MiB");
    ProofFile file;
    auto line = take_line(text);
    if (!line || *line != first_line) return malformed("the first line must be c2sp.org/tlog-proof@v1");
    line = take_line(text);
    if (line && line->starts_with(extra_word)) {
        file.extra = from_base64(line->substr(extra_word.size()));
        if (!file.extra) return malformed("the extra data is not base64");
        line = take_line(text);
    }
    if (!line || !line->starts_with(index_word)) return malformed("no index line");
    const auto index = parse_decimal(line->substr(index_word.size()));
    if (!index) return malformed("the index is not a plain decimal number");
    file.index = *index;
    for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
        if (file.hashes.size() == proof_limit) return malformed("more hashes than a tree has levels");
        const auto bytes = from_base64(*line);
        const auto hash = bytes ? hash_from(*bytes) : std::nullopt;
        if (!hash) return malformed("a hash is not base64 of 32 bytes");
        file.hashes.push_back(*hash);
    }
    if (!line) return malformed("no empty line before the checkpoint");
    const auto note = parse_note(text);
    if (!note) return note.error();
    file.checkpoint = text;
    return file;
}

Result<Checkpoint> verify(const ProofFile& file, std::string_view entry, const VerifierKey& key) {
    auto checkpoint = open_checkpoint(file.checkpoint, key);
    if (checkpoint && !verify_inclusion(file.index, checkpoint->size, leaf_hash(entry), file.hashes, checkpoint->root))
        return invalid("proof_wrong", "tlog-proof: the hashes do not lead from this entry to the checkpoint's root");
    return checkpoint;
}

}  // namespace verbatim::merkle
