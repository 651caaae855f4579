#include "record/reviews/statement.h"

#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "record/reviews/store.h"

namespace verbatim::reviews {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define STATEMENT_COLUMNS                                                                                                       \
    "id, review, measure, territory, duration, facts, origin, automated_detection, automated_decision, reason, policy, "        \
    "explanation, law, dispute_body, complaint_months, restriction_at, sor_at, decided_by"
constexpr Sql insert_statement("INSERT INTO statement (" STATEMENT_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)");
constexpr Sql select_statement("SELECT " STATEMENT_COLUMNS " FROM statement WHERE id = $1");
constexpr Sql select_of_review("SELECT " STATEMENT_COLUMNS " FROM statement WHERE review = $1 ORDER BY sor_at, id");
constexpr Sql select_between("SELECT " STATEMENT_COLUMNS " FROM statement WHERE sor_at >= $1 AND sor_at < $2 ORDER BY sor_at, id");
constexpr Sql clear_words("UPDATE statement SET facts = '[]', explanation = '' WHERE review = $1");

Statement read_statement(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    Statement one;
    one.id = text(0);
    one.review = text(1);
    one.measure = text(2);
    one.territory = text(3);
    one.duration = text(4);
    one.facts = text(5);
    one.origin = text(6);
    one.automated_detection = row.integer(7) != 0;
    one.automated_decision = row.integer(8) != 0;
    one.grounds.reason = text(9);
    one.grounds.policy = text(10);
    one.grounds.explanation = text(11);
    one.grounds.law = text(12);
    one.grounds.from_notice = one.origin == "notice";
    one.grounds.dispute_body = text(13);
    one.grounds.complaint_months = static_cast<int>(row.integer(14));
    one.restriction_at = row.integer(15);
    one.sor_at = row.integer(16);
    one.decided_by = text(17);
    return one;
}

}  // namespace

void keep_statement(Tx& tx, const Statement& one) {
    tx.exec(insert_statement, one.id, one.review, one.measure, one.territory, one.duration, one.facts, one.origin, one.automated_detection,
            one.automated_decision, one.grounds.reason, one.grounds.policy, one.grounds.explanation, one.grounds.law, one.grounds.dispute_body,
            one.grounds.complaint_months, one.restriction_at, one.sor_at, one.decided_by);
}

void forget_statement_words(Tx& tx, std::string_view review) { tx.exec(clear_words, review); }

std::optional<Statement> find_statement(Tx& tx, std::string_view id) {
    std::optional<Statement> found;
    tx.each(select_statement, [&](const Row& row) { found = read_statement(row); }, id);
    return found;
}

std::vector<Statement> statements_of(Tx& tx, std::string_view review) {
    std::vector<Statement> all;
    tx.each(select_of_review, [&](const Row& row) { all.push_back(read_statement(row)); }, review);
    return all;
}

std::string statement_json(const Statement& one) {
    json ground = {{"kind", one.grounds.law.empty() ? "terms" : "law"}, {"reason", one.grounds.reason}, {"terms_version", one.grounds.policy},
                   {"explanation", one.grounds.explanation}};
    if (!one.grounds.law.empty()) ground["provision"] = one.grounds.law;
    json redress = {{"internal_complaint_months", one.grounds.complaint_months}, {"court", true}};
    if (!one.grounds.dispute_body.empty()) redress["out_of_court_body"] = one.grounds.dispute_body;
    return json({{"id", one.id}, {"review", one.review}, {"measure", one.measure}, {"territory", one.territory}, {"duration", one.duration},
                 {"facts", {{"origin", one.origin}, {"marked_words", json::parse(one.facts)}}},
                 {"automated", {{"detection", one.automated_detection}, {"decision", one.automated_decision}}}, {"ground", ground}, {"redress", redress},
                 {"restriction_at", format_moment(one.restriction_at)}, {"statement_at", format_moment(one.sor_at)}}).dump();
}

std::string anonymous_statement_json(const Statement& one) {
    auto out = json::parse(statement_json(one));
    out["facts"]["marked_words"] = json::parse(one.facts).size();
    out["ground"].erase("explanation");
    return out.dump();
}

void each_statement(Tx& tx, Seconds from, Seconds to, const std::function<void(const Statement&)>& fn) {
    tx.each(select_between, [&](const Row& row) { fn(read_statement(row)); }, from, to);
}

}  // namespace verbatim::reviews
