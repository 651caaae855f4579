#include "app/verify/proof_check.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <ostream>

#include "app/verify/entry.h"
#include "app/verify/receipt.h"
#include "app/verify/witnesses.h"
#include "ground/base/calendar.h"
#include "ground/merkle/proof_file.h"

namespace verbatim::verify {
namespace {

constexpr std::size_t file_limit = 4 * 1024 * 1024;

// What a file says is shown without the control characters that a terminal would obey.
int fault(std::ostream& out, std::string what, int code = 1) {
    std::replace_if(what.begin(), what.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    out << "fault: " << what << std::endl;
    return code;
}

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string text(file_limit + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text.size() > file_limit ? std::nullopt : std::optional(std::move(text));
}

bool contains(const merkle::ProofFile& file, const merkle::Checkpoint& checkpoint, std::string_view leaf) {
    return merkle::verify_inclusion(file.index, checkpoint.size, merkle::leaf_hash(leaf), file.hashes, checkpoint.root);
}

}  // namespace

int check_proof(const std::string& text, const std::string& receipt_text, const ProofWish& wish, std::ostream& out) {
    const auto file = merkle::parse_proof_file(text);
    if (!file) return fault(out, file.error().message);
    if (wish.key.empty()) return fault(out, "without --key VKEY nothing is proven: anyone can make a file whose hashes agree");
    const auto key = merkle::parse_verifier_key(wish.key);
    if (!key) return fault(out, key.error().message, 2);
    const auto trusted = trusted_witnesses(wish.witnesses, wish.quorum);
    if (!trusted) return fault(out, trusted.error().message, 2);

    // 1. The checkpoint is the log's.
    const auto checkpoint = merkle::open_checkpoint(file->checkpoint, *key);
    if (!checkpoint) return fault(out, checkpoint.error().message);
    out << "log       " << key->name << ", " << checkpoint->size << " entries; its signature holds\n";
    // 2. The witnesses saw it too.
    const auto cosigned = merkle::cosignatures(file->checkpoint, trusted->keys);
    if (!cosigned) return fault(out, cosigned.error().message);
    for (const auto& one : *cosigned) out << "witness   " << trusted->keys[one.witness].name << " cosigned it at " << format_moment(static_cast<Seconds>(one.time)) << '\n';
    if (cosigned->size() < trusted->quorum)
        return fault(out, "only " + std::to_string(cosigned->size()) + " of the witnesses given cosigned it, and " + std::to_string(trusted->quorum) + " must");
    // 3. The receipt is signed, and its commitment opens with its salt and words.
    std::optional<Receipt> receipt;
    if (!receipt_text.empty()) {
        auto opened = open_receipt(receipt_text, *key);
        if (!opened) return fault(out, opened.error().message);
        receipt = std::move(*opened);
        out << "receipt   review " << receipt->review << ": its signature holds, salt and words make the commitment; to be decided by " << format_moment(receipt->decide_by) << '\n';
    }
    // 4. The entry is in the log: the receipt's own, or a later one of the same review that the file carries.
    const bool own = receipt && contains(*file, *checkpoint, receipt->leaf);
    if (!own && !file->extra) return fault(out, receipt ? "the proof is not of the receipt's entry" : "the file does not hold the entry: give --receipt FILE");
    const std::string& leaf = own ? receipt->leaf : *file->extra;
    if (!contains(*file, *checkpoint, leaf)) return fault(out, "the hashes do not lead from the entry to the log's root");
    const auto entry = parse_entry(leaf);
    if (!entry) return fault(out, "the entry: " + entry.error().message);
    if (receipt && entry->review != receipt->review) return fault(out, "the entry is of review " + entry->review + ", the receipt of " + receipt->review);
    out << "entry     " << to_word(entry->kind) << ", review " << entry->review << ", at " << format_moment(entry->at) << '\n';
    if (receipt && !own && (entry->kind == Kind::published || entry->kind == Kind::revised)) {
        const auto collected = parse_entry(receipt->leaf);
        out << "words     " << (collected && collected->commitment == entry->commitment ? "published as they stand in the receipt\n" : "others than in this receipt: it was corrected since, ask for the newest receipt\n");
    }
    out << "verified  entry " << file->index << " of " << checkpoint->size << std::endl;
    return 0;
}

int check_proof_file(const ProofWish& wish, std::ostream& out) {
    const auto proof = read_file(wish.file);
    if (!proof) return fault(out, wish.file + " cannot be read or is longer than 4 MiB");
    std::optional<std::string> receipt;
    if (!wish.receipt.empty() && !(receipt = read_file(wish.receipt))) return fault(out, wish.receipt + " cannot be read or is longer than 4 MiB");
    return check_proof(*proof, receipt.value_or(""), wish, out);
}

}  // namespace verbatim::verify
