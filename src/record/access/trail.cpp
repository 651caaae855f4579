#include "record/access/trail.h"

#include "ground/formats/text_codes.h"
#include "record/access/within.h"
#include "record/vault/vault.h"

namespace verbatim::access {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define TRAIL_COLUMNS "seq, at, who, role, branch, via, ref, act, object, outcome, request, hash"
constexpr Sql lock_head("SELECT seq, hash FROM audit_head WHERE one = 1", "SELECT seq, hash FROM audit_head WHERE one = 1 FOR UPDATE");
constexpr Sql read_head("SELECT seq, hash FROM audit_head WHERE one = 1");
constexpr Sql move_head("UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1");
constexpr Sql insert_line("INSERT INTO audit_trail (" TRAIL_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
constexpr Sql newest("SELECT " TRAIL_COLUMNS " FROM audit_trail WHERE seq < $1 ORDER BY seq DESC LIMIT $2");
constexpr Sql newest_of("SELECT " TRAIL_COLUMNS " FROM audit_trail WHERE who = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
constexpr Sql newest_about("SELECT " TRAIL_COLUMNS " FROM audit_trail WHERE object = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
constexpr Sql newest_within("SELECT " TRAIL_COLUMNS " FROM audit_trail t WHERE t.seq < $2 AND (t.branch = $1 OR " WITHIN("t.branch") ") ORDER BY t.seq DESC LIMIT $3");
constexpr Sql lies_within("SELECT 1 WHERE " WITHIN("$2"), "SELECT 1 WHERE " WITHIN("$2::text"));
constexpr Sql whole("SELECT " TRAIL_COLUMNS " FROM audit_trail ORDER BY seq");

constexpr std::size_t longest = 400;  // bytes of one member: a hostile path must not fill the trail

TrailLine read(const Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {row.integer(0), row.integer(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), text(10), std::string(row.bytes(11))};
}

// Each member with its length in front, so that no two lines read the same.
std::string link_of(std::string_view before, const TrailLine& line) {
    std::string bytes = std::to_string(line.seq) + " " + std::to_string(line.at);
    for (const std::string* member : {&line.who, &line.role, &line.branch, &line.via, &line.ref, &line.act, &line.object, &line.outcome, &line.request})
        bytes += " " + std::to_string(member->size()) + ":" + *member;
    return vault::keyed_hash("audit trail", std::string(before) + bytes);
}

void shorten(std::string& text) {
    if (text.size() <= longest) return;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(end);
}

std::string head_text(std::int64_t seq, std::string_view hash) { return std::to_string(seq) + ":" + to_hex(hash); }

}  // namespace

void append(Tx& tx, TrailLine line) {
    for (std::string* member : {&line.who, &line.role, &line.branch, &line.via, &line.ref, &line.act, &line.object, &line.outcome, &line.request}) shorten(*member);
    const auto [seq, before] = *tx.row<std::int64_t, Blob>(lock_head);
    line.seq = seq + 1;
    line.hash = link_of(before.bytes, line);
    tx.exec(insert_line, line.seq, line.at, line.who, line.role, line.branch, line.via, line.ref, line.act, line.object, line.outcome, line.request, Blob{line.hash});
    tx.exec(move_head, line.seq, Blob{line.hash});
}

std::vector<TrailLine> trail(Tx& tx, const TrailWish& wish) {
    const auto before = wish.before > 0 ? wish.before : INT64_MAX;
    std::vector<TrailLine> lines;
    const auto keep = [&](const Row& row) { lines.push_back(read(row)); };
    if (!wish.who.empty()) tx.each(newest_of, keep, wish.who, before, wish.limit);
    else if (!wish.object.empty()) tx.each(newest_about, keep, wish.object, before, wish.limit);
    else if (wish.branch == "*") tx.each(newest, keep, before, wish.limit);
    else tx.each(newest_within, keep, wish.branch, before, wish.limit);
    if (wish.branch != "*")
        std::erase_if(lines, [&](const TrailLine& line) { return line.branch != wish.branch && !tx.row<std::int64_t>(lies_within, wish.branch, line.branch); });
    return lines;
}

TrailCheck check_trail(Tx& tx, std::string_view kept_head) {
    TrailCheck check;
    std::string before;
    bool kept_seen = kept_head.empty();
    tx.each(whole, [&](const Row& row) {
        if (!check.fault.empty()) return;
        const auto line = read(row);
        if (line.seq != check.lines + 1) {
            check.fault = "line " + std::to_string(check.lines + 1) + " is missing";
            return;
        }
        if (link_of(before, line) != line.hash) {
            check.fault = "line " + std::to_string(line.seq) + " is not as it was written";
            return;
        }
        check.lines = line.seq;
        before = line.hash;
        if (!kept_seen && head_text(line.seq, line.hash) == kept_head) kept_seen = true;
    });
    const auto [seq, hash] = *tx.row<std::int64_t, Blob>(read_head);
    check.head = head_text(check.lines, before);
    if (check.fault.empty() && (seq != check.lines || hash.bytes != before)) check.fault = "the trail ends at line " + std::to_string(check.lines) + " and was at " + std::to_string(seq);
    if (check.fault.empty() && !kept_seen) check.fault = "the head " + std::string(kept_head) + " is not in the trail";
    return check;
}

}  // namespace verbatim::access
