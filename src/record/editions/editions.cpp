#include "record/editions/editions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "record/events/events.h"

namespace verbatim::editions {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_current("SELECT number, at, by_whom, body FROM edition WHERE kind = $1 AND name = $2 ORDER BY number DESC LIMIT 1");
constexpr Sql select_one("SELECT number, at, by_whom, body FROM edition WHERE kind = $1 AND name = $2 AND number = $3");
constexpr Sql select_history("SELECT number, at, by_whom, body FROM edition WHERE kind = $1 AND name = $2 ORDER BY number DESC LIMIT $3");
constexpr Sql insert_edition("INSERT INTO edition (kind, name, number, at, by_whom, body) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");

Edition read_edition(const Row& row) { return {static_cast<int>(row.integer(0)), row.integer(1), std::string(row.text(2)), std::string(row.text(3))}; }

std::optional<Edition> first(Tx& tx, Sql sql, std::string_view kind, std::string_view name) {
    std::optional<Edition> found;
    tx.each(sql, [&](const Row& row) { found = read_edition(row); }, kind, name);
    return found;
}

Error changed_meanwhile() { return conflict("changed_meanwhile", "somebody changed this meanwhile; read it again"); }

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"editions", 1, "editions of what a brand words for itself", R"sql(
CREATE TABLE edition (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  at BIGINT NOT NULL,
  by_whom TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, name, number)
);
)sql"}};
    return list;
}

std::optional<Edition> current(Tx& tx, std::string_view kind, std::string_view name) { return first(tx, select_current, kind, name); }

std::optional<std::string> body(Tx& tx, std::string_view kind, std::string_view name) {
    auto found = current(tx, kind, name);
    return found && !found->body.empty() ? std::optional(std::move(found->body)) : std::nullopt;
}

std::optional<Edition> find(Tx& tx, std::string_view kind, std::string_view name, int number) {
    std::optional<Edition> found;
    tx.each(select_one, [&](const Row& row) { found = read_edition(row); }, kind, name, number);
    return found;
}

const Shape* Shelf::shape(std::string_view kind, std::string_view name) const {
    const auto found = std::find_if(shapes_.begin(), shapes_.end(), [&](const Shape& one) { return one.kind == kind; });
    if (found == shapes_.end()) return nullptr;
    if (name.empty()) return &*found;
    const auto names = found->names();
    return std::find(names.begin(), names.end(), name) == names.end() ? nullptr : &*found;
}

Document Shelf::read(Tx& tx, const Shape& shape, std::string_view name) const {
    Document one;
    one.name = name;
    one.packaged = shape.packaged(name);
    if (auto found = current(tx, shape.kind, name)) one.edition = std::move(*found);
    one.body = one.edition.body.empty() ? one.packaged : one.edition.body;
    return one;
}

std::vector<Document> Shelf::list(std::string_view kind) const {
    const auto* found = shape(kind, {});
    if (!found) return {};
    return db_.read([&](Tx& tx) {
        std::vector<Document> all;
        for (const auto& name : found->names()) all.push_back(read(tx, *found, name));
        return all;
    });
}

std::optional<Document> Shelf::find(std::string_view kind, std::string_view name) const {
    const auto* found = shape(kind, name);
    if (!found || name.empty()) return std::nullopt;
    return db_.read([&](Tx& tx) { return read(tx, *found, name); });
}

std::vector<Edition> Shelf::history(std::string_view kind, std::string_view name, int limit) const {
    const auto* found = shape(kind, name);
    if (!found || name.empty()) return {};
    return db_.read([&](Tx& tx) {
        std::vector<Edition> all;
        tx.each(select_history, [&](const Row& row) { all.push_back(read_edition(row)); }, kind, name, limit);
        for (auto& one : all)
            if (one.body.empty()) one.body = found->packaged(name);
        if (static_cast<int>(all.size()) < limit) all.push_back({0, 0, {}, found->packaged(name)});
        return all;
    });
}

Result<Document> Shelf::keep(const Actor& actor, const Shape& shape, std::string_view name, const std::function<Result<std::string>(Tx&, const Document&)>& next, int expected) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Document> {
        const auto before = read(tx, shape, name);
        if (expected >= 0 && expected != before.edition.number) return changed_meanwhile();
        auto kept = next(tx, before);
        if (!kept) return kept.error();
        if (*kept == before.packaged) kept->clear();
        if (*kept == before.edition.body) return before;
        if (tx.exec(insert_edition, shape.kind, name, before.edition.number + 1, now, actor.id, *kept) == 0) return changed_meanwhile();
        if (shape.apply) shape.apply(tx, name, *kept);
        events::raise(tx, now, shape.event, "", name, {{"edition", before.edition.number + 1}});
        return read(tx, shape, name);
    });
}

Result<Document> Shelf::put(const Actor& actor, std::string_view kind, std::string_view name, std::string_view given, int expected) const {
    const auto* found = shape(kind, name);
    if (!found || name.empty()) return not_found("unknown", "there is no such thing");
    auto checked = found->check(name, given);
    if (!checked) return checked.error();
    return keep(actor, *found, name, [&](Tx&, const Document&) { return checked; }, expected);
}

Result<Document> Shelf::undo(const Actor& actor, std::string_view kind, std::string_view name, int expected) const {
    const auto* found = shape(kind, name);
    if (!found || name.empty()) return not_found("unknown", "there is no such thing");
    return keep(actor, *found, name, [&](Tx& tx, const Document& before) -> Result<std::string> {
        if (before.edition.number == 0) return conflict("nothing_to_undo", "it was never changed");
        const auto earlier = before.edition.number == 1 ? std::nullopt : editions::find(tx, kind, name, before.edition.number - 1);
        return earlier ? earlier->body : std::string();
    }, expected);
}

Result<Document> Shelf::reset(const Actor& actor, std::string_view kind, std::string_view name, int expected) const {
    const auto* found = shape(kind, name);
    if (!found || name.empty()) return not_found("unknown", "there is no such thing");
    return keep(actor, *found, name, [](Tx&, const Document&) -> Result<std::string> { return std::string(); }, expected);
}

}  // namespace verbatim::editions
