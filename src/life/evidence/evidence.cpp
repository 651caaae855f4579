#include "life/evidence/evidence.h"

#include <nlohmann/json.hpp>
#include <set>

#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"
#include "life/evidence/proofs.h"
#include "life/evidence/queries.h"
#include "record/contact/contact.h"
#include "record/network/network.h"
#include "record/reviews/statement.h"

namespace verbatim::evidence {
namespace {

using nlohmann::json;
using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr int link_days = 30;
constexpr Seconds night_from = 2, night_to = 5;  // hours, UTC
constexpr int kept_days = 400;  // of daily reports: a year and what an audit takes

constexpr Sql insert_report("INSERT INTO evidence_report (day, at, report, note) VALUES ($1, $2, $3, $4) ON CONFLICT (day) DO UPDATE SET at = excluded.at, report = excluded.report, note = excluded.note");
constexpr Sql select_newest("SELECT day, at, report, note FROM evidence_report ORDER BY day DESC LIMIT 1");
constexpr Sql delete_old("DELETE FROM evidence_report WHERE day < $1");
constexpr Sql upsert_result(R"sql(INSERT INTO evidence_result (requirement, day, result, value, total) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (requirement, day) DO UPDATE SET result = excluded.result, value = excluded.value, total = excluded.total)sql");
constexpr Sql delete_old_results("DELETE FROM evidence_result WHERE day < $1");
constexpr Sql select_history(R"sql(
SELECT day, result, value, total FROM evidence_result WHERE requirement = $1 AND ($2 = '' OR day < $2) ORDER BY day DESC LIMIT $3)sql");
constexpr Sql count_statements("SELECT COUNT(*) FROM (SELECT 1 FROM statement WHERE sor_at >= $1 AND sor_at < $2 LIMIT $3) AS few");

struct Measured {
    std::string kind, says, sql;
    std::optional<std::int64_t> value, of;
};

Measured measure(Tx& tx, const Query& query, Period period, Seconds now) {
    Measured out;
    out.kind = "query";
    out.says = query.counts;
    out.sql = tx.engine() == storage::Engine::sqlite ? query.sql.sqlite : query.sql.postgresql;
    const auto read = [&](const storage::Row& row) {
        if (!row.is_null(0)) out.value = row.integer(0);
        if (!row.is_null(1)) out.of = row.integer(1);
    };
    switch (query.takes) {
        case Takes::nothing: tx.each(query.sql, read); break;
        case Takes::period: tx.each(query.sql, read, period.from, period.to); break;
        case Takes::now: tx.each(query.sql, read, now); break;
    }
    return out;
}

std::string result_word(const Requirement& asked, const Measured& found) {
    if (!found.value) return asked.bound == Bound::none ? "nothing_yet" : found.of && *found.of == 0 ? "nothing_yet" : "not_measured";
    switch (asked.bound) {
        case Bound::equal: return *found.value == asked.limit ? "met" : "not_met";
        case Bound::at_most: return *found.value <= asked.limit ? "met" : "not_met";
        case Bound::at_least: return *found.value >= asked.limit ? "met" : "not_met";
        case Bound::none: break;
    }
    return "figure";
}

json number_or_null(const std::optional<std::int64_t>& value) { return value ? json(*value) : json(nullptr); }

json duty_json(const Requirement& one, const std::vector<Proof>& proofs, Seconds at) {
    if (one.who.empty()) return nullptr;
    json duty = {{"who", one.who}, {"what", one.what}, {"every_months", one.every_months}, {"last_proof", nullptr}, {"state", "missing"}};
    const Proof* last = nullptr;
    for (const auto& proof : proofs) {
        if (proof.duty == one.id && proof.kept_at <= at && (last == nullptr || proof.happened_on > last->happened_on)) last = &proof;
    }
    if (last == nullptr) return duty;
    duty["last_proof"] = {{"id", last->id}, {"on", last->happened_on}, {"by", last->by}, {"note", last->note}, {"file", last->file_name}, {"sha256", last->digest}, {"kept_at", format_moment(last->kept_at)}};
    const auto on = parse_date(last->happened_on);
    duty["state"] = on && midnight(*on) >= months_before(at, one.every_months) ? "done" : "overdue";
    return duty;
}

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"evidence", 1, "reports of each day, proofs of duties", R"sql(
CREATE TABLE evidence_report (
  day TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  report TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE evidence_proof (
  id SERIAL_KEY,
  duty TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  note TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  digest TEXT NOT NULL,
  bytes BLOB NOT NULL,
  kept_at BIGINT NOT NULL
);
CREATE INDEX evidence_proof_duty ON evidence_proof (duty, happened_on);
)sql"},
                                              {"evidence", 2, "each requirement's result of each day", R"sql(
CREATE TABLE evidence_result (
  requirement TEXT NOT NULL,
  day TEXT NOT NULL,
  result TEXT NOT NULL,
  value BIGINT,
  total BIGINT,
  PRIMARY KEY (requirement, day)
);
CREATE INDEX evidence_result_day ON evidence_result (day);
)sql"}};
    return list;
}

Evidence::Evidence(storage::Db& db, const Clock& clock, const ledger::Ledger& log, Options options)
    : db_(db), clock_(clock), log_(log), options_(std::move(options)) {}

std::string Evidence::report(Period period, Seconds at) const {
    const std::lock_guard one_at_a_time(measuring_);
    json requirements = json::array();
    std::map<std::string, std::int64_t> counts = {{"met", 0}, {"not_met", 0}, {"figure", 0}, {"nothing_yet", 0}, {"not_measured", 0}, {"duty_done", 0}, {"duty_missing", 0}, {"duty_overdue", 0}};
    // Checks ask the doors, which open transactions of their own: they come before this one.
    std::map<std::string, Measured, std::less<>> checked;
    for (const auto& one : shipped_law()) {
        if (one.means != Means::check || checked.contains(one.name)) continue;
        Measured found;
        found.kind = "check";
        if (const auto check = checks_.find(one.name); check != checks_.end()) {
            try {
                auto result = check->second(period, at);
                found = {std::move(result.kind), std::move(result.says), {}, result.value, result.of};
            } catch (const std::exception& broken) {
                found.says = std::string("could not be asked: ") + broken.what();
            }
        } else {
            found.says = "is asked of a serving platform only";
        }
        checked.emplace(one.name, std::move(found));
    }
    std::int64_t log_size = 0;
    db_.read([&](Tx& tx) {
        requirements = json::array();
        log_size = ledger::size(tx);
        const auto proofs = all_proofs(tx);
        for (const auto& one : shipped_law()) {
            json row = {{"id", one.id}, {"clause", one.clause}, {"asks", one.asks}, {"how", one.how}, {"tests", one.tests}, {"evidence", nullptr}};
            if (one.means != Means::none) {
                const Query* const query = one.means == Means::query ? find_query(one.name) : nullptr;
                const Measured found = query != nullptr ? measure(tx, *query, period, at) : checked[one.name];
                const auto result = result_word(one, found);
                ++counts[result];
                row["evidence"] = {{"kind", found.kind}, {"name", one.name}, {"result", result}, {"value", number_or_null(found.value)}, {"of", number_or_null(found.of)},
                                   {"expects", one.expects()}, {"says", found.says}};
                if (!found.sql.empty()) row["evidence"]["sql"] = found.sql;
            }
            row["duty"] = duty_json(one, proofs, at);
            if (!row["duty"].is_null()) ++counts["duty_" + row["duty"]["state"].get<std::string>()];
            requirements.push_back(std::move(row));
        }
    });
    const auto checkpoint = log_.checkpoint();
    const json out = {{"generated_at", format_moment(at)},
                      {"brand", options_.brand},
                      {"operator", options_.operator_name},
                      {"program", options_.version},
                      {"period", {{"from", format_moment(period.from)}, {"to", format_moment(period.to)}}},
                      {"log", {{"key", log_.verifier_key()}, {"entries", log_size}, {"checkpoint", checkpoint ? json(*checkpoint) : json(nullptr)}}},
                      {"counts", counts},
                      {"requirements", requirements}};
    return canonical_json(out);
}

std::string Evidence::sign(std::string_view report, std::string_view pdf) const {
    const auto generated = json::parse(report).at("generated_at").get<std::string>();
    return log_.sign_note("verbatim evidence v1\n" + generated + "\nevidence.json " + to_hex(crypto::sha256(report)) + "\nevidence.pdf " + to_hex(crypto::sha256(pdf)) + "\n");
}

namespace {

// Which requirements were met by the older report and are not by the newer.
json no_longer_met(std::string_view older, const json& newer) {
    std::set<std::string> met;
    const auto before = json::parse(older);
    for (const auto& one : before.at("requirements")) {
        if (!one.at("evidence").is_null() && one.at("evidence").at("result") == "met") met.insert(one.at("id").get<std::string>());
    }
    json lost = json::array();
    for (const auto& one : newer.at("requirements")) {
        const auto& found = one.at("evidence");
        if (found.is_null() || found.at("result") != "not_met" || !met.contains(one.at("id").get<std::string>())) continue;
        lost.push_back({{"ID", one.at("id")}, {"ASKS", one.at("asks")}, {"SAYS", found.at("says").get<std::string>() + ": " + std::to_string(found.at("value").get<std::int64_t>())}});
    }
    return lost;
}

std::optional<std::int64_t> number_of(const json& value) { return value.is_null() ? std::nullopt : std::optional(value.get<std::int64_t>()); }

// A measured requirement's result, else how its human duty stands.
void keep_results(Tx& tx, const std::string& day, const json& report) {
    std::vector<std::tuple<std::string, std::string, std::string, std::optional<std::int64_t>, std::optional<std::int64_t>>> rows;
    for (const auto& one : report.at("requirements")) {
        const auto& found = one.at("evidence");
        if (!found.is_null()) rows.emplace_back(one.at("id").get<std::string>(), day, found.at("result").get<std::string>(), number_of(found.at("value")), number_of(found.at("of")));
        else if (!one.at("duty").is_null()) rows.emplace_back(one.at("id").get<std::string>(), day, "duty_" + one.at("duty").at("state").get<std::string>(), std::nullopt, std::nullopt);
    }
    tx.exec_many(upsert_result, rows);
}

}  // namespace

std::vector<Evidence::DayResult> Evidence::history(std::string_view requirement, std::string_view before, int limit) const {
    return db_.read([&](Tx& tx) {
        std::vector<DayResult> days;
        tx.each(select_history, [&](const storage::Row& row) {
            days.push_back({std::string(row.text(0)), std::string(row.text(1)), row.get<std::optional<std::int64_t>>(2), row.get<std::optional<std::int64_t>>(3)});
        }, requirement, before, limit);
        return days;
    });
}

Result<std::string> Evidence::statements(std::string_view month) const {
    const auto from = month.size() == 7 ? parse_date(std::string(month) + "-01") : std::nullopt;
    if (!from) return invalid("bad_month", "say a month as YYYY-MM", "month");
    const auto begin = midnight(*from);
    // 40 days on lies in the next month, whose first day ends this one.
    const auto next = midnight(*parse_date(format_date(begin + 40 * one_day).substr(0, 7) + "-01"));
    return db_.read([&](Tx& tx) -> Result<std::string> {
        if (tx.value<std::int64_t>(count_statements, begin, next, statement_limit + 1) > statement_limit) {
            return Error{ErrorKind::too_many, "too_many", "more than 50,000 statements: use `verbatim export statements`", "month"};
        }
        std::string lines;
        reviews::each_statement(tx, begin, next, [&](const reviews::Statement& statement) { lines += reviews::anonymous_statement_json(statement) + "\n"; });
        return lines;
    });
}

void Evidence::keep_today() {
    const auto now = clock_.now();
    const auto made = report({months_before(now, 12), now}, now);
    const auto note = sign(made, to_pdf(made));
    const auto before = newest();
    const auto lost = before ? no_longer_met(before->report, json::parse(made)) : json::array();
    db_.write([&](Tx& tx) {
        tx.exec(insert_report, format_date(now), now, made, note);
        keep_results(tx, format_date(now), json::parse(made));
        tx.exec(delete_old, format_date(now - kept_days * one_day));
        tx.exec(delete_old_results, format_date(now - kept_days * one_day));
        if (!lost.empty()) tell(tx, lost, now);
    });
    if (!lost.empty()) log::warning("requirements are not met any more", {{"count", lost.size()}, {"first", lost.front().at("ID").get<std::string>()}});
}

// Auditors and headquarters, each with a link of their own.
void Evidence::tell(Tx& tx, const json& lost, Seconds now) const {
    for (const char* role : {"auditor", "hq"}) {
        for (const auto& person : network::people_with_role(tx, role)) {
            const auto token = links::issue(tx, now, links::Purpose::audit, role, person.email, now + link_days * one_day);
            contact::Message message;
            message.purpose = contact::Purpose::staff;
            message.key = "evidence_changed:" + std::to_string(now) + ":" + person.email;
            message.email = person.email;
            message.name = person.name;
            message.locale = person.locale;
            message.mail_template = "evidence_changed";
            message.data = json({{"COUNT", lost.size()}, {"DAY", format_date(now)}, {"LINK", options_.base_url + "/audit/" + token}, {"REQUIREMENTS", lost}}).dump();
            contact::queue(tx, now, message);
        }
    }
}

// Looks every hour and measures once a night, when few read: a start in the day stays cheap.
void Evidence::schedule(jobs::Runner& runner) {
    runner.every("evidence", one_hour, [this] {
        const auto now = clock_.now();
        const auto hour = now % one_day / one_hour;
        if (hour < night_from || hour >= night_to) return;
        if (const auto kept = newest(); kept && kept->day == format_date(now)) return;
        if (db_.read([](Tx& tx) { return ledger::size(tx); }) == 0) return;  // nothing happened yet
        keep_today();
    });
}

std::optional<Evidence::Kept> Evidence::newest() const {
    return db_.read([&](Tx& tx) -> std::optional<Kept> {
        std::optional<Kept> kept;
        tx.each(select_newest, [&](const storage::Row& row) { kept = Kept{std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(0)), row.integer(1)}; });
        return kept;
    });
}

std::string Evidence::issue_link(const Actor& actor, std::string_view email, std::string_view role) {
    const auto now = clock_.now();
    log::info("a link to the evidence was given", {{"by", actor.label()}, {"to", email}, {"role", role}});
    return db_.write([&](Tx& tx) { return links::issue(tx, now, links::Purpose::audit, role, email, now + link_days * one_day); });
}

Result<Actor> Evidence::actor_of(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<Actor> {
        const auto link = links::find(tx, clock_.now(), links::Purpose::audit, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        if (link->state != links::State::open) return gone("link_" + std::string(links::to_word(link->state)), "this link's time is over");
        return Actor{ActorKind::staff, link->holder, link->ref, "*"};
    });
}

}  // namespace verbatim::evidence
