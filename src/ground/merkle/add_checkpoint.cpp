#include "ground/merkle/add_checkpoint.h"

#include "ground/formats/text_codes.h"
#include "ground/merkle/decimal.h"

namespace verbatim::merkle {
namespace {

constexpr std::string_view old_word = "old ";

Error malformed(const char* what) { return invalid("add_checkpoint_malformed", std::string("add-checkpoint: ") + what); }

}  // namespace

std::string encode(const AddCheckpoint& request) {
    std::string body = std::string(old_word) + std::to_string(request.old_size) + "\n";
    for (const Hash& hash : request.proof) body += to_base64(bytes_of(hash)) + "\n";
    return body + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
    if (body.size() > add_checkpoint_limit) return malformed("longer than 64 KiB");
    AddCheckpoint request;
    for (bool first = true;; first = false) {
        const std::size_t end = body.find('\n');
        if (end == std::string_view::npos) return malformed("no empty line before the checkpoint");
        const std::string_view line = body.substr(0, end);
        body.remove_prefix(end + 1);
        if (first) {
            const auto size = line.starts_with(old_word) ? parse_decimal(line.substr(old_word.size())) : std::nullopt;
            if (!size) return malformed("the first line must be \"old\" and a plain decimal number");
            request.old_size = *size;
            continue;
        }
        if (line.empty()) break;
        if (request.proof.size() == proof_limit) return malformed("more than 63 hashes");
        const auto bytes = from_base64(line);
        const auto hash = bytes ? hash_from(*bytes) : std::nullopt;
        if (!hash) return malformed("a hash is not base64 of 32 bytes");
        request.proof.push_back(*hash);
    }
    if (const auto note = parse_note(body); !note) return note.error();
    request.checkpoint = body;
    return request;
}

}  // namespace verbatim::merkle
