#include "life/evidence/proofs.h"

#include <algorithm>

#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"

namespace verbatim::evidence {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_proof(R"sql(
INSERT INTO evidence_proof (duty, happened_on, by_whom, note, file_name, content_type, digest, bytes, kept_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)sql");
constexpr Sql select_proofs("SELECT id, duty, happened_on, by_whom, note, file_name, content_type, digest, kept_at FROM evidence_proof ORDER BY id");
constexpr Sql select_file("SELECT file_name, content_type, bytes FROM evidence_proof WHERE id = $1");

// What a browser would run is given back as bytes only.
bool harmless(std::string_view type) {
    constexpr std::string_view known[] = {"application/pdf", "image/png", "image/jpeg", "text/plain", "application/json"};
    return std::find(std::begin(known), std::end(known), type) != std::end(known);
}

// A name for the disk of whoever downloads it: no folders, no control characters.
std::string safe_name(std::string_view given) {
    std::string name;
    for (const char c : given.substr(given.find_last_of("/\\") == std::string_view::npos ? 0 : given.find_last_of("/\\") + 1)) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != 0x7f) name += c;
    }
    return name.substr(0, 120);
}

}  // namespace

std::vector<Proof> all_proofs(Tx& tx) {
    std::vector<Proof> all;
    tx.each(select_proofs, [&](const storage::Row& row) {
        const auto text = [&](int column) { return std::string(row.text(column)); };
        all.push_back({row.integer(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), row.integer(8)});
    });
    return all;
}

Result<std::int64_t> Evidence::keep_proof(const Actor& actor, const NewProof& given) {
    if (actor.role != "auditor" && actor.role != "hq" && actor.role != "admin") return forbidden("auditors_only", "only an auditor, headquarters or an administrator lays down proofs");
    const auto& law = shipped_law();
    const auto duty = std::find_if(law.begin(), law.end(), [&](const Requirement& one) { return one.id == given.duty && !one.who.empty(); });
    if (duty == law.end()) return invalid("duty_unknown", "\"" + given.duty + "\" is no requirement with a human duty; `verbatim evidence duties` lists them", "duty");
    const auto on = given.happened_on.size() == 10 ? parse_date(given.happened_on) : std::nullopt;
    if (!on || midnight(*on) > clock_.now()) return invalid("bad_date", "say on which day it was done, as YYYY-MM-DD, not in the future", "on");
    if (given.bytes.size() > proof_limit) return invalid("too_large", "a proof's file has at most 10 MiB", "file");
    if (given.note.size() > 2000 || !valid_utf8(given.note) || !valid_utf8(given.file_name)) return invalid("bad_note", "the note is text of at most 2,000 bytes", "note");
    if (given.note.empty() && given.bytes.empty()) return invalid("empty", "give a file, a note, or both", "note");
    const auto now = clock_.now();
    const std::string type = harmless(given.content_type) ? given.content_type : "application/octet-stream";
    return db_.write([&](Tx& tx) -> Result<std::int64_t> {
        return tx.value<std::int64_t>(insert_proof, given.duty, given.happened_on, actor.id, given.note, safe_name(given.file_name), type, to_hex(crypto::sha256(given.bytes)), Blob{given.bytes}, now);
    });
}

std::vector<Proof> Evidence::proofs() const {
    return db_.read([](Tx& tx) { return all_proofs(tx); });
}

std::optional<Evidence::File> Evidence::proof_file(std::int64_t id) const {
    return db_.read([&](Tx& tx) -> std::optional<File> {
        std::optional<File> file;
        tx.each(select_file, [&](const storage::Row& row) { file = File{std::string(row.text(0)), std::string(row.text(1)), std::string(row.bytes(2))}; }, id);
        return file;
    });
}

}  // namespace verbatim::evidence
