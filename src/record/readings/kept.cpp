#include "record/readings/kept.h"

#include <nlohmann/json.hpp>

namespace verbatim::readings {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql newest_change("SELECT COALESCE(MAX(id), 0) FROM reader_change");
constexpr Sql add_change("INSERT INTO reader_change (at, what) VALUES ($1, $2)");
constexpr Sql select_taught("SELECT id, name, author, at, number, found_again, others, false_finds FROM taught_theme ORDER BY at, id");
constexpr Sql select_taught_models("SELECT id, name, author, at, number, found_again, others, false_finds, model FROM taught_theme ORDER BY at, id");
constexpr Sql insert_taught(R"sql(
INSERT INTO taught_theme (id, name, model, author, at, number, found_again, others, false_finds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING)sql");
constexpr Sql delete_taught("DELETE FROM taught_theme WHERE id = $1");
constexpr Sql count_taught("SELECT COUNT(*) FROM taught_theme");
constexpr Sql select_bodies(R"sql(
SELECT r.id, r.subject, g.lang, r.body, r.rating, g.at FROM review_reading g JOIN review r ON r.id = g.review
WHERE r.state = 'published' AND r.body IS NOT NULL AND g.at > $2 AND g.at <= $3
  AND ($1 = '*' OR EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $1 AND b.subject = r.subject)) ORDER BY g.at DESC LIMIT $4)sql");
#define BODIES "SELECT r.id, r.subject, g.lang, r.body, r.rating, g.at FROM review_reading g JOIN review r ON r.id = g.review WHERE r.state = 'published' AND r.body IS NOT NULL AND r.id "
constexpr Sql select_listed(BODIES "IN (SELECT value FROM json_each($1)) ORDER BY g.at DESC, r.id", BODIES "= ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))) ORDER BY g.at DESC, r.id");
#undef BODIES
constexpr Sql count_subjects("SELECT COUNT(*) FROM (SELECT 1 FROM branch_subject WHERE branch = $1 LIMIT $2) few");
constexpr Sql meanings_of_few(R"sql(
SELECT g.review, g.meaning FROM branch_subject b CROSS JOIN review r CROSS JOIN review_reading g
WHERE b.branch = $1 AND r.subject = b.subject AND r.state = 'published' AND g.review = r.id AND g.meaning IS NOT NULL)sql");
constexpr Sql meanings_of_all("SELECT review, meaning FROM review_reading WHERE meaning IS NOT NULL");
constexpr Sql meanings_of_many(R"sql(
SELECT g.review, g.meaning FROM review_reading g WHERE g.meaning IS NOT NULL AND EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $1
  AND b.subject = CASE WHEN g.kind = 'product' THEN 'product:' || g.product ELSE 'site:' || g.site END))sql");
constexpr std::int64_t few_subjects = 200;
constexpr Sql select_versions("SELECT version, state, kept_at, activated_at, figures FROM model_version ORDER BY kept_at DESC, version");
constexpr Sql select_active("SELECT version FROM model_version WHERE state = 'active'");
constexpr Sql select_files("SELECT name, bytes FROM model_file WHERE version = $1 ORDER BY name");
constexpr Sql put_version(R"sql(
INSERT INTO model_version (version, state, kept_at, figures) VALUES ($1, $2, $3, $4)
ON CONFLICT (version) DO UPDATE SET state = excluded.state, figures = excluded.figures)sql");
constexpr Sql put_file("INSERT INTO model_file (version, name, bytes) VALUES ($1, $2, $3) ON CONFLICT (version, name) DO UPDATE SET bytes = excluded.bytes");
constexpr Sql retire("UPDATE model_version SET state = 'retired' WHERE state = 'active'");
constexpr Sql activate("UPDATE model_version SET state = 'active', activated_at = $2 WHERE version = $1");

constexpr Sql forget_runs("DELETE FROM reading_run");

// A version that comes back (a taught theme removed again) was read to its end once, and what was read since is of another.
void changed(Tx& tx, Seconds now, std::string_view what) {
    tx.exec(add_change, now, what);
    tx.exec(forget_runs);
}

Body body_of(const Row& row) {
    Body one{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::nullopt, row.integer(5)};
    if (!row.is_null(4)) one.rating = static_cast<int>(row.integer(4));
    return one;
}

}  // namespace

std::int64_t reader_change(Tx& tx) { return tx.value<std::int64_t>(newest_change); }

std::vector<TaughtTheme> taught_themes(Tx& tx, bool models) {
    std::vector<TaughtTheme> all;
    const auto take = [&](const Row& row) {
        TaughtTheme one;
        one.id = row.text(0);
        one.name = row.text(1);
        one.author = row.text(2);
        one.at = row.integer(3);
        one.number = row.integer(4);
        one.found_again = row.integer(5);
        one.others = row.integer(6);
        one.false_finds = row.integer(7);
        if (models) one.model = row.bytes(8);
        all.push_back(std::move(one));
    };
    if (models) tx.each(select_taught_models, take);
    else tx.each(select_taught, take);
    return all;
}

Result<void> add_taught(Tx& tx, const TaughtTheme& one) {
    if (tx.value<std::int64_t>(count_taught) >= static_cast<std::int64_t>(most_taught_themes)) return Error{ErrorKind::conflict, "too_many", "there are as many taught themes as there may be; remove one", ""};
    if (tx.exec(insert_taught, one.id, one.name, Blob{one.model}, one.author, one.at, one.number, one.found_again, one.others, one.false_finds) == 0) {
        return Error{ErrorKind::conflict, "name_taken", "a taught theme has this name", "name"};
    }
    changed(tx, one.at, "taught " + one.id);
    return {};
}

bool remove_taught(Tx& tx, Seconds now, std::string_view id) {
    if (tx.exec(delete_taught, id) == 0) return false;
    changed(tx, now, "removed " + std::string(id));
    return true;
}

std::vector<Body> newest_bodies(Tx& tx, std::string_view branch, Seconds from, Seconds to, int limit) {
    std::vector<Body> all;
    tx.each(select_bodies, [&](const Row& row) { all.push_back(body_of(row)); }, branch, from, to, limit);
    return all;
}

void each_meaning(Tx& tx, std::string_view branch, const std::function<void(std::string_view, std::string_view)>& fn) {
    const auto each = [&](const Row& row) { fn(row.text(0), row.bytes(1)); };
    if (branch == "*") tx.each(meanings_of_all, each);
    else if (tx.value<std::int64_t>(count_subjects, branch, few_subjects + 1) <= few_subjects) tx.each(meanings_of_few, each, branch);
    else tx.each(meanings_of_many, each, branch);
}

std::vector<Body> bodies_of(Tx& tx, std::span<const std::string> reviews) {
    std::vector<Body> all;
    tx.each(select_listed, [&](const Row& row) { all.push_back(body_of(row)); }, nlohmann::json(std::vector(reviews.begin(), reviews.end())).dump());
    return all;
}

std::vector<ModelVersion> model_versions(Tx& tx) {
    std::vector<ModelVersion> all;
    tx.each(select_versions, [&](const Row& row) {
        all.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.is_null(3) ? 0 : row.integer(3), std::string(row.text(4))});
    });
    return all;
}

std::optional<std::string> active_models(Tx& tx) { return tx.row<std::string>(select_active); }

ModelFiles files_of_models(Tx& tx, std::string_view version) {
    ModelFiles files;
    tx.each(select_files, [&](const Row& row) { files.emplace_back(std::string(row.text(0)), std::string(row.bytes(1))); }, version);
    return files;
}

void keep_models(Tx& tx, Seconds now, std::string_view version, const ModelFiles& files, std::string_view state, std::string_view figures) {
    tx.exec(put_version, version, state, now, figures);
    for (const auto& [name, bytes] : files) tx.exec(put_file, version, name, Blob{bytes});
}

void activate_models(Tx& tx, Seconds now, std::string_view version) {
    tx.exec(retire);
    if (!version.empty()) tx.exec(activate, version, now);
    changed(tx, now, "models " + std::string(version));
}

}  // namespace verbatim::readings
