#include "record/reviews/store.h"

#include <nlohmann/json.hpp>

#include "engine/jobs/jobs.h"
#include "record/events/events.h"

namespace verbatim::reviews {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::string_view state_words[] = {"collected", "held", "rephrase", "published", "refused", "withdrawn", "erased", "removed"};
constexpr std::string_view reason_words[] = {"insult", "hate", "threat", "obscene", "name", "personal_data", "link", "spam", "illegal",
                                             "unrelated", "not_lived", "conflict_of_interest", "language"};

#define REVIEW_COLUMNS                                                                                                            \
    "id, subject, service, origin, source, external_id, experience, customer, state, version, rating, criteria, recommend, "      \
    "title, body, lang, experience_on, signature, terms, contact_me, submitted_at, published_at, updated_at, decide_by, salt, "   \
    "commitment, collected_entry, public_entry, findings, reason, parent, overdue_at, rephrase_by"

constexpr Sql select_review("SELECT " REVIEW_COLUMNS " FROM review WHERE id = $1");
constexpr Sql lock_review("SELECT 1 FROM review WHERE id = $1", "SELECT 1 FROM review WHERE id = $1 FOR UPDATE");
constexpr Sql select_of_customer("SELECT " REVIEW_COLUMNS " FROM review WHERE customer = $1 ORDER BY submitted_at DESC, id");
constexpr Sql select_draft("SELECT content, version, salt, commitment, findings, entry, submitted_at, decide_by FROM review_draft WHERE review = $1");
constexpr Sql select_versions("SELECT version, content, until FROM review_version WHERE review = $1 ORDER BY version");
constexpr Sql select_steps("SELECT at, actor, step, detail FROM review_step WHERE review = $1 ORDER BY id");
constexpr Sql insert_step("INSERT INTO review_step (review, at, actor, step, detail) VALUES ($1, $2, $3, $4, $5)");

std::string text(const Row& row, int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); }
Seconds moment(const Row& row, int column) { return row.is_null(column) ? 0 : row.integer(column); }
std::optional<int> small(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(static_cast<int>(row.integer(column)));
}
std::optional<std::int64_t> large(const Row& row, int column) { return row.is_null(column) ? std::nullopt : std::optional(row.integer(column)); }

Review read_review(const Row& row) {
    Review review;
    review.id = text(row, 0);
    review.content.subject = text(row, 1);
    review.content.service = text(row, 2);
    review.origin = text(row, 3);
    review.source = text(row, 4);
    review.external_id = text(row, 5);
    review.experience = text(row, 6);
    review.customer = text(row, 7);
    review.state = *state_from_word(row.text(8));
    review.version = static_cast<int>(row.integer(9));
    review.content.rating = small(row, 10);
    review.content.criteria = criteria_from_json(row.is_null(11) ? std::string_view() : row.text(11));
    review.content.recommend = small(row, 12);
    review.content.title = text(row, 13);
    review.content.body = text(row, 14);
    review.content.lang = text(row, 15);
    review.content.experience_on = text(row, 16);
    review.signature = text(row, 17);
    review.terms = text(row, 18);
    review.contact_me = row.integer(19) != 0;
    review.submitted_at = row.integer(20);
    review.published_at = moment(row, 21);
    review.updated_at = moment(row, 22);
    review.decide_by = moment(row, 23);
    review.salt = row.is_null(24) ? std::string() : std::string(row.bytes(24));
    review.commitment = text(row, 25);
    review.collected_entry = large(row, 26);
    review.public_entry = large(row, 27);
    review.findings = text(row, 28);
    review.reason = text(row, 29);
    review.parent = text(row, 30);
    review.overdue_at = moment(row, 31);
    review.rephrase_by = moment(row, 32);
    return review;
}

}  // namespace

std::string_view to_word(State state) { return state_words[static_cast<int>(state)]; }

std::optional<State> state_from_word(std::string_view word) {
    for (int i = 0; i < static_cast<int>(std::size(state_words)); ++i) {
        if (state_words[i] == word) return static_cast<State>(i);
    }
    return std::nullopt;
}

std::span<const std::string_view> reasons() { return reason_words; }
bool is_reason(std::string_view word) { return std::find(std::begin(reason_words), std::end(reason_words), word) != std::end(reason_words); }

std::string criteria_to_json(const std::map<std::string, int>& criteria) {
    if (criteria.empty()) return {};
    return nlohmann::json(criteria).dump();
}

std::map<std::string, int> criteria_from_json(std::string_view json) {
    if (json.empty()) return {};
    return nlohmann::json::parse(json).get<std::map<std::string, int>>();
}

Content content_from_json(std::string_view canonical) {
    const auto json = nlohmann::json::parse(canonical);
    Content content;
    content.subject = json.value("subject", "");
    content.service = json.value("service", "");
    if (json.contains("rating")) content.rating = json["rating"].get<int>();
    if (json.contains("recommend")) content.recommend = json["recommend"].get<int>();
    if (json.contains("criteria")) content.criteria = json["criteria"].get<std::map<std::string, int>>();
    content.title = json.value("title", "");
    content.body = json.value("body", "");
    content.lang = json.value("lang", "");
    content.experience_on = json.value("experience_on", "");
    return content;
}

void note_step(Tx& tx, std::string_view review, Seconds now, const Actor& actor, std::string_view step, std::string_view detail) {
    tx.exec(insert_step, review, now, actor.label(), step, or_null(detail));
}

void note(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view step, std::string_view detail) {
    note_step(tx, id, now, actor, step, detail);
}

void raise(Tx& tx, Seconds now, std::string_view word, std::string_view id) {
    jobs::enqueue(tx, ManualClock(now), "life", std::string(word) + " " + std::string(id));
}

void happened(Tx& tx, Seconds now, std::string_view kind, std::string_view review, const Content& content, std::string_view origin, std::string_view reason) {
    nlohmann::json data = {{"origin", origin}, {"service", content.service}};
    if (content.rating) data["stars"] = *content.rating;
    if (!reason.empty() && is_reason(reason)) data["reason"] = reason;
    events::raise(tx, now, kind, content.subject, review, data);
}

void tell_window(Tx& tx, std::string_view subject) { tx.notify("subject", subject); }

std::optional<Review> find(Tx& tx, std::string_view id) {
    std::optional<Review> found;
    tx.each(select_review, [&](const Row& row) { found = read_review(row); }, id);
    return found;
}

std::optional<Review> find_to_change(Tx& tx, std::string_view id) {
    if (tx.engine() == storage::Engine::postgresql) tx.rows<std::int64_t>(lock_review, id);  // SQLite has one writer
    return find(tx, id);
}

std::vector<Review> of_customer(Tx& tx, std::string_view customer) {
    std::vector<Review> all;
    tx.each(select_of_customer, [&](const Row& row) { all.push_back(read_review(row)); }, customer);
    return all;
}

std::optional<Draft> draft(Tx& tx, std::string_view id) {
    std::optional<Draft> found;
    tx.each(select_draft, [&](const Row& row) {
        Draft waiting;
        waiting.content = content_from_json(row.text(0));
        waiting.version = static_cast<int>(row.integer(1));
        waiting.salt = std::string(row.bytes(2));
        waiting.commitment = text(row, 3);
        waiting.findings = text(row, 4);
        waiting.entry = row.integer(5);
        waiting.submitted_at = row.integer(6);
        waiting.decide_by = moment(row, 7);
        found = std::move(waiting);
    }, id);
    return found;
}

std::vector<PastVersion> past_versions(Tx& tx, std::string_view id) {
    std::vector<PastVersion> all;
    tx.each(select_versions, [&](const Row& row) {
        all.push_back({static_cast<int>(row.integer(0)), content_from_json(row.text(1)), row.integer(2)});
    }, id);
    return all;
}

std::vector<Step> history(Tx& tx, std::string_view id) {
    std::vector<Step> all;
    tx.each(select_steps, [&](const Row& row) { all.push_back({row.integer(0), text(row, 1), text(row, 2), text(row, 3)}); }, id);
    return all;
}

}  // namespace verbatim::reviews
