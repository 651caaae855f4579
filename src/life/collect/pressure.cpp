#include "life/collect/pressure.h"

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "record/network/branches.h"
#include "record/vault/vault.h"

namespace verbatim::collect {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define PRESSURE_COLUMNS "id, review, site, cause, contact, contact_at, asked_at, answered_at, answer, words"
constexpr Sql insert_case(R"sql(
INSERT INTO pressure_case (id, review, site, cause, contact, contact_at, asked_at, answered_at, answer, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql");
constexpr Sql select_open("SELECT " PRESSURE_COLUMNS " FROM pressure_case WHERE review = $1 AND answer IS NULL ORDER BY id LIMIT 1");
constexpr Sql select_of("SELECT " PRESSURE_COLUMNS " FROM pressure_case WHERE review = $1 ORDER BY id");
constexpr Sql select_page("SELECT " PRESSURE_COLUMNS " FROM pressure_case c JOIN branch_subject b ON b.branch = $3 AND b.subject = 'site:' || c.site WHERE $1 = '' OR id < $1 ORDER BY id DESC LIMIT $2",
                          "SELECT " PRESSURE_COLUMNS " FROM pressure_case c JOIN branch_subject b ON b.branch = $3 AND b.subject = 'site:' || c.site WHERE $1::text = '' OR id < $1::text ORDER BY id DESC LIMIT $2");
constexpr Sql set_answer("UPDATE pressure_case SET answer = $2, answered_at = $3, words = $4 WHERE id = $1 AND answer IS NULL");
constexpr Sql cut_review("UPDATE pressure_case SET review = '', words = NULL WHERE review = $1");
constexpr Sql count_by_site(R"sql(
SELECT site, COUNT(*), COUNT(answer), SUM(CASE WHEN answer IN ('pressed', 'offered', 'reported') THEN 1 ELSE 0 END) FROM pressure_case GROUP BY site ORDER BY site)sql");
constexpr Sql purge_old(R"sql(
UPDATE pressure_case SET review = '', words = NULL WHERE id IN (
  SELECT id FROM pressure_case WHERE asked_at < $1 AND review <> '' ORDER BY asked_at LIMIT $2))sql");

constexpr std::size_t words_limit = 4000;

std::string place(std::string_view id) { return "pressure " + std::string(id); }

PressureCase read_case(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    const auto moment = [&](int column) { return row.is_null(column) ? Seconds{0} : row.integer(column); };
    PressureCase one{text(0), text(1), text(2), text(3), text(4), moment(5), moment(6), moment(7), text(8), {}};
    if (!row.is_null(9)) one.words = vault::unseal(row.bytes(9), place(one.id));
    return one;
}

std::vector<PressureCase> read_cases(Tx& tx, Sql sql, std::string_view review) {
    std::vector<PressureCase> all;
    tx.each(sql, [&](const Row& row) { all.push_back(read_case(row)); }, review);
    return all;
}

// In the order of time, so that the newest page is the end of the index.
std::string new_id(Seconds now) {
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id(7, '0');
    for (int i = 6; i >= 0; --i, now >>= 5) id[static_cast<std::size_t>(i)] = alphabet[static_cast<std::size_t>(now & 31)];
    return id + crypto::random_id(7);
}

std::string_view site_of(const reviews::Review& review) {
    const std::string_view subject = review.content.subject;
    return subject.substr(0, 5) == "site:" ? subject.substr(5) : subject;
}

std::optional<Blob> sealed(std::string_view id, std::string_view words) {
    if (words.empty()) return std::nullopt;
    return Blob{vault::seal(truncate_code_points(words, words_limit), place(id))};
}

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"collect", 1, "what authors say about pressure", R"sql(
CREATE TABLE pressure_case (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL,
  site TEXT NOT NULL,
  cause TEXT NOT NULL,
  contact TEXT,
  contact_at BIGINT,
  asked_at BIGINT NOT NULL,
  answered_at BIGINT,
  answer TEXT,
  words BLOB
);
CREATE INDEX pressure_case_review ON pressure_case (review);
CREATE INDEX pressure_case_site ON pressure_case (site);
CREATE INDEX pressure_case_age ON pressure_case (asked_at) WHERE review <> ''
)sql"},
        {"collect", 2, "with which questionnaire a review was asked", R"sql(
CREATE TABLE review_questionnaire (
  review TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  edition BIGINT NOT NULL
)
)sql"}};
    return list;
}

std::optional<DealerContact> recent_contact(const std::vector<reviews::Step>& history, Seconds now) {
    for (auto step = history.rbegin(); step != history.rend(); ++step) {
        if (step->at + pressure_window < now) return std::nullopt;
        if (step->step == "call" || step->step == "reply_collected" || step->step == "reply_published") return DealerContact{step->step, step->at};
    }
    return std::nullopt;
}

std::pair<std::string, bool> ask_pressure(Tx& tx, Seconds now, const reviews::Review& review, std::string_view cause, const DealerContact& contact) {
    if (const auto open = open_question(tx, review.id)) return {open->id, false};
    const auto id = new_id(now);
    tx.exec(insert_case, id, review.id, site_of(review), cause, contact.kind, contact.at, now, nullptr, nullptr, nullptr);
    return {id, true};
}

void note_reported_pressure(Tx& tx, Seconds now, const reviews::Review& review, std::string_view words) {
    const auto id = new_id(now);
    tx.exec(insert_case, id, review.id, site_of(review), "reported", nullptr, nullptr, now, now, "reported", sealed(id, words));
}

Result<PressureCase> answer_pressure(Tx& tx, Seconds now, std::string_view review, std::string_view answer, std::string_view words) {
    if (answer != "no" && answer != "pressed" && answer != "offered") return invalid("answer_missing", "say no, pressed or offered", "answer");
    auto open = open_question(tx, review);
    if (!open) return conflict("not_asked", "nothing is asked about this review");
    tx.exec(set_answer, open->id, answer, now, sealed(open->id, words));
    open->answer = answer;
    open->answered_at = now;
    open->words = words;
    return *open;
}

std::optional<PressureCase> open_question(Tx& tx, std::string_view review) {
    auto found = read_cases(tx, select_open, review);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<PressureCase> pressure_of(Tx& tx, std::string_view review) { return read_cases(tx, select_of, review); }

void forget_pressure(Tx& tx, std::string_view review) { tx.exec(cut_review, review); }

Result<std::vector<PressureCase>> pressure_register(Tx& tx, const Actor& actor, std::string_view before, int limit) {
    if (actor.kind != ActorKind::staff || (actor.role != "hq" && actor.role != "auditor")) return forbidden("confidential", "headquarters and auditors read what authors say in confidence");
    std::vector<PressureCase> all;
    tx.each(select_page, [&](const Row& row) { all.push_back(read_case(row)); }, before, limit, network::branch_of(actor));
    return all;
}

std::vector<SitePressure> pressure_by_site(Tx& tx) {
    std::vector<SitePressure> all;
    tx.each(count_by_site, [&](const Row& row) { all.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3)}); });
    return all;
}

std::int64_t purge_pressure(Tx& tx, Seconds before, int limit) { return tx.exec(purge_old, before, limit); }

}  // namespace verbatim::collect
