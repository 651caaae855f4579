#include "life/recover/store.h"

#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"
#include "life/recover/counted.h"
#include "record/events/events.h"

namespace verbatim::recover {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define CASE_COLUMNS                                                                                                                  \
    "c.id, c.review, c.site, c.why, c.opened_at, c.due_at, c.first_call_at, c.closed_at, c.breached, c.subject, c.stage, c.next_at, " \
    "c.next_what, c.holder, c.cause, c.done, c.satisfied, c.level"
constexpr Sql select_case("SELECT " CASE_COLUMNS " FROM recovery_case c WHERE c.id = $1");
constexpr Sql select_case_of("SELECT " CASE_COLUMNS " FROM recovery_case c WHERE c.review = $1");
constexpr Sql select_calls("SELECT at, by_whom, outcome, note, back_at FROM recovery_call WHERE recovery_case = $1 ORDER BY at, id");
constexpr Sql insert_call(R"sql(
INSERT INTO recovery_call (recovery_case, at, by_whom, outcome, note, call, back_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING)sql");
// The earliest call counts: one noted offline may be told of after a later one.
constexpr Sql set_called(R"sql(
UPDATE recovery_case SET first_call_at = CASE WHEN first_call_at IS NULL OR first_call_at > $2 THEN $2 ELSE first_call_at END, stage = 'called',
  next_at = $3, next_what = CASE WHEN $3 IS NULL THEN NULL ELSE 'call_back' END WHERE id = $1)sql",
"UPDATE recovery_case SET first_call_at = LEAST(COALESCE(first_call_at, $2), $2), stage = 'called', next_at = $3::bigint, "
"next_what = CASE WHEN $3::bigint IS NULL THEN NULL ELSE 'call_back' END WHERE id = $1");
constexpr Sql set_closed("UPDATE recovery_case SET closed_at = $2, stage = 'closed', next_at = NULL, next_what = NULL WHERE id = $1 AND closed_at IS NULL");
constexpr Sql insert_step("INSERT INTO recovery_step (recovery_case, at, actor, step, detail) VALUES ($1, $2, $3, $4, $5)");

constexpr std::size_t note_limit = 4000;  // code points

constexpr std::pair<std::string_view, std::string_view> told[] = {
    {"opened", "case.opened"}, {"call", "case.called"}, {"planned", "case.planned"}, {"handed_over", "case.handed_over"}, {"cause", "case.changed"},
    {"reopened", "case.changed"}, {"closed", "case.closed"}, {"escalated", "case.escalated"}, {"survey_asked", "case.changed"},
    {"survey_not_asked", "case.changed"}, {"survey_answered", "case.surveyed"}};

std::string text(const Row& row, int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); }
Seconds moment(const Row& row, int column) { return row.is_null(column) ? 0 : row.integer(column); }
std::optional<Seconds> or_null(Seconds moment) { return moment == 0 ? std::nullopt : std::optional(moment); }
std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

std::optional<Case> one(Tx& tx, Sql sql, std::string_view key) {
    std::optional<Case> found;
    tx.each(sql, [&](const Row& row) { found = read_case(row); }, key);
    return found;
}

}  // namespace

Case read_case(const Row& row) {
    return {text(row, 0), text(row, 1), text(row, 2), text(row, 3), row.integer(4), row.integer(5), moment(row, 6), moment(row, 7), row.integer(8) != 0,
            text(row, 9), text(row, 10), moment(row, 11), text(row, 12), text(row, 13), text(row, 14), text(row, 15), text(row, 16),
            static_cast<int>(moment(row, 17))};
}

std::optional<Case> find_case(Tx& tx, std::string_view id) { return one(tx, select_case, id); }
std::optional<Case> case_of(Tx& tx, std::string_view review) { return one(tx, select_case_of, review); }

std::vector<Call> calls_of(Tx& tx, std::string_view id) {
    std::vector<Call> calls;
    tx.each(select_calls, [&](const Row& row) { calls.push_back({row.integer(0), text(row, 1), text(row, 2), text(row, 3), moment(row, 4)}); }, id);
    return calls;
}

void note_case(Tx& tx, const Actor& actor, Seconds now, const Case& record, std::string_view step, std::string_view detail) {
    tx.exec(insert_step, record.id, now, actor.label(), step, or_null(detail));
    for (const auto& [word, kind] : told) {
        if (word != step) continue;
        events::raise(tx, now, kind, record.subject, record.id, {{"review", record.review}, {"step", step}});
    }
    count_case(tx, record.id);  // the row is as the step left it
}

Result<void> check_call(const NewCall& call) {
    if (call.outcome != "reached" && call.outcome != "not_reached" && call.outcome != "call_back") {
        return invalid("outcome_missing", "say how the call went: reached, not_reached or call_back", "outcome");
    }
    if (!valid_utf8(call.note) || code_points(call.note) > note_limit) return invalid("too_long", "the note is longer than 4,000 characters", "note");
    if (call.call.size() > 64) return invalid("too_long", "the call's id is longer than 64 characters", "call");
    if (call.back_at != 0 && call.outcome != "call_back") return invalid("back_at", "back_at goes with call_back only", "back_at");
    return {};
}

Result<bool> keep_call(Tx& tx, const Actor& actor, Seconds now, const Case& record, const NewCall& call) {
    // The phone's clock may be wrong; the case's is not.
    const auto at = call.at == 0 ? now : std::clamp(call.at, std::min(record.opened_at, now), now);
    if (record.closed_at != 0) return conflict("case_closed", "this case is closed");
    if (tx.exec(insert_call, record.id, at, actor.id, call.outcome, call.note, or_null(std::string_view(call.call)), or_null(call.back_at)) == 0) return false;
    tx.exec(set_called, record.id, at, or_null(call.back_at));
    reviews::note(tx, actor, now, record.review, "call", call.outcome);
    note_case(tx, actor, at, record, "call", call.outcome);
    return true;
}

Result<void> keep_close(Tx& tx, const Actor& actor, Seconds now, const Case& record, int survey_days) {
    if (record.first_call_at == 0) return conflict("call_first", "note a call before closing the case");
    if (record.closed_at != 0) return {};
    tx.exec(set_closed, record.id, now);
    reviews::note(tx, actor, now, record.review, "case_closed", {});
    note_case(tx, actor, now, record, "closed", {});
    plan_survey(tx, now, record, survey_days);
    return {};
}

}  // namespace verbatim::recover
