#include "record/imports/imports.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "record/events/events.h"
#include "record/vault/vault.h"

namespace verbatim::imports {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::string_view job_kind = "import";

constexpr Sql insert_import(R"sql(
INSERT INTO import_run (id, kind, file_name, by_whom, state, at, started_at, ended_at, total, counts, shown, why, bytes) VALUES ($1, $2, $3, $4, 'previewed', $5, 0, 0, $6, $7, $8, '', $9))sql");
constexpr Sql select_import("SELECT id, kind, file_name, by_whom, state, at, ended_at, counts, why, started_at, total, shown FROM import_run WHERE id = $1");
constexpr Sql select_imports("SELECT id, kind, file_name, by_whom, state, at, ended_at, counts, why, started_at, total FROM import_run ORDER BY at DESC, id DESC LIMIT $1");
constexpr Sql select_bytes("SELECT bytes FROM import_run WHERE id = $1 AND state IN ('waiting', 'running') AND bytes IS NOT NULL");
constexpr Sql set_waiting("UPDATE import_run SET state = 'waiting' WHERE id = $1 AND state = 'previewed' AND bytes IS NOT NULL");
constexpr Sql set_running("UPDATE import_run SET state = 'running', started_at = $2, counts = $3 WHERE id = $1");
constexpr Sql set_counts("UPDATE import_run SET counts = $2 WHERE id = $1 AND state = 'running'");
constexpr Sql set_ended("UPDATE import_run SET state = $2, ended_at = $3, counts = $4, shown = $5, why = $6, bytes = NULL WHERE id = $1");
constexpr Sql delete_unused("DELETE FROM import_run WHERE state = 'previewed' AND at < $1");
constexpr Sql delete_old("DELETE FROM import_run WHERE state IN ('done', 'failed') AND at < $1");

std::string place(std::string_view id) { return "import " + std::string(id); }

// Only its owner reads it, and it goes with whoever wrote it.
class Lying {
public:
    Lying(std::string path, std::string_view bytes) : path_(std::move(path)) {
        std::ofstream file(path_, std::ios::binary);
        ::chmod(path_.c_str(), 0600);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!file.flush()) throw std::runtime_error("cannot write " + path_);
    }
    ~Lying() {
        std::error_code ignored;
        fs::remove(path_, ignored);
        fs::remove(rejected(), ignored);
    }
    const std::string& path() const { return path_; }
    std::string rejected() const { return path_ + ".rejected.csv"; }

private:
    std::string path_;
};

// Line and reason of what was rejected, never the row: it may hold a person.
std::vector<Rejection> rejections_in(const std::string& path) {
    std::vector<Rejection> all;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);  // the head: line,reason,row
    while (static_cast<int>(all.size()) < Imports::shown_rejections && std::getline(file, line)) {
        const auto comma = line.find(',');
        std::int64_t number = 0;
        if (comma == std::string::npos || comma == 0 || comma > 12 || !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(comma), [](char c) { return c >= '0' && c <= '9'; })) continue;
        for (std::size_t i = 0; i < comma; ++i) number = number * 10 + (line[i] - '0');
        std::string why;
        if (comma + 1 < line.size() && line[comma + 1] == '"') {
            for (std::size_t i = comma + 2; i < line.size(); ++i) {
                if (line[i] == '"' && (i + 1 >= line.size() || line[i + 1] != '"')) break;
                if (line[i] == '"') ++i;
                why += line[i];
            }
        } else {
            why = line.substr(comma + 1, line.find(',', comma + 1) - comma - 1);
        }
        all.push_back({number, why.substr(0, 300)});
    }
    return all;
}

std::string counts_text(const intake::Counts& counts) { return json{{"read", counts.read}, {"taken", counts.taken}, {"already", counts.already}, {"rejected", counts.rejected}}.dump(); }

std::string shown_text(const Import& one) {
    json rejections = json::array();
    for (const auto& rejection : one.rejections) rejections.push_back({rejection.line, rejection.why});
    return json{{"rejections", std::move(rejections)}}.dump();
}

Import read_import(const Row& row) {
    Import one;
    one.id = row.text(0);
    one.kind = row.text(1);
    one.file_name = row.text(2);
    one.by = row.text(3);
    one.state = row.text(4);
    one.at = row.integer(5);
    one.ended_at = row.integer(6);
    const auto counts = json::parse(row.text(7));
    one.counts = {counts["read"].get<std::uint64_t>(), counts["taken"].get<std::uint64_t>(), counts["already"].get<std::uint64_t>(), counts["rejected"].get<std::uint64_t>()};
    one.why = row.text(8);
    one.started_at = row.integer(9);
    one.total = row.integer(10);
    return one;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"imports", 1, "files brought by hand", R"sql(
CREATE TABLE import_run (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('previewed', 'waiting', 'running', 'done', 'failed')),
  at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  counts TEXT NOT NULL,
  shown TEXT NOT NULL,
  why TEXT NOT NULL,
  bytes BLOB
);
CREATE INDEX import_run_age ON import_run (at);
)sql"},
                                              {"imports", 2, "how far a file is", R"sql(
ALTER TABLE import_run ADD COLUMN started_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_run ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
)sql"}};
    return list;
}

Imports::Imports(storage::Db& db, const Clock& clock, std::string folder) : db_(db), clock_(clock), folder_(std::move(folder)) {}

std::vector<std::string> Imports::kinds() const {
    std::vector<std::string> names;
    for (const auto& one : kinds_) names.push_back(one.name);
    return names;
}

const Kind* Imports::kind(std::string_view name) const {
    const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& one) { return one.name == name; });
    return found == kinds_.end() ? nullptr : &*found;
}

Result<Import> Imports::preview(const Actor& actor, std::string_view kind_name, std::string_view file_name, const std::string& bytes) const {
    const auto* found = kind(kind_name);
    if (!found) return invalid("kind_unknown", "that is no kind of file", "kind");
    if (bytes.empty()) return invalid("file_missing", "choose a file", "file");
    Import one;
    one.id = crypto::random_id(12);
    one.kind = found->name;
    one.file_name = std::string(truncate_code_points(valid_utf8(file_name) ? file_name : "file", 120));
    one.by = actor.id;
    one.at = clock_.now();
    one.state = "previewed";
    // The ending tells the format; nothing else of the name is used.
    const Lying file(folder_ + "/import-" + one.id + (file_name.ends_with(".jsonl") || file_name.ends_with(".ndjson") ? ".jsonl" : ".csv"), bytes);
    intake::Kind<Fields> look;
    look.required = found->required;
    look.parse = [found](const intake::Row& row) -> Result<Fields> {
        if (auto good = found->check(row); !good) return good.error();
        Fields fields;
        for (const auto& field : row.fields())
            if (!field.value.empty()) fields.emplace_back(field.name, std::string(field.value).substr(0, 200));
        return fields;
    };
    look.store = [&one, found](Tx& tx, std::span<const Fields> rows) {
        std::vector<Result<intake::Outcome>> outcomes;
        for (const auto& row : rows) {
            std::vector<intake::Field> fields;
            for (const auto& [name, value] : row) fields.push_back({name, value});
            const auto good = found->beside ? found->beside(tx, intake::Row(fields)) : Result<void>();
            if (good && static_cast<int>(one.rows.size()) < shown_rows) one.rows.push_back(row);
            outcomes.push_back(good ? Result<intake::Outcome>(intake::Outcome::taken) : Result<intake::Outcome>(good.error()));
        }
        return outcomes;
    };
    intake::Options options;
    options.progress = false;
    options.rejected = file.rejected();
    const auto counts = intake::run(db_, file.path(), look, options);
    if (!counts) return invalid("file_unreadable", counts.error().message, "file");
    one.counts = *counts;
    one.total = static_cast<std::int64_t>(counts->read);
    one.rejections = rejections_in(file.rejected());
    db_.write([&](Tx& tx) {
        tx.exec(insert_import, one.id, one.kind, one.file_name, one.by, one.at, one.total, counts_text(one.counts), shown_text(one), Blob{vault::seal(bytes, place(one.id))});
    });
    return one;
}

Result<Import> Imports::start(const Actor&, std::string_view id) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Import> {
        std::optional<Import> one;
        tx.each(select_import, [&](const Row& row) { one = read_import(row); }, id);
        if (!one) return not_found("import_unknown", "there is no such import");
        if (tx.exec(set_waiting, id) == 0) return conflict("wrong_state", "this file is " + one->state + " already");
        jobs::enqueue(tx, clock_, job_kind, id, {0, std::string(id), 3});
        events::raise(tx, now, "import.started", "", id, {{"kind", one->kind}, {"rows", one->counts.read}});
        one->state = "waiting";
        return *one;
    });
}

std::optional<Import> Imports::find(std::string_view id) const {
    return db_.read([&](Tx& tx) {
        std::optional<Import> one;
        tx.each(select_import, [&](const Row& row) {
            one = read_import(row);
            const auto shown = json::parse(row.text(11));
            for (const auto& rejection : shown["rejections"]) one->rejections.push_back({rejection[0].get<std::int64_t>(), rejection[1].get<std::string>()});
        }, id);
        return one;
    });
}

std::vector<Import> Imports::list(int limit) const {
    return db_.read([&](Tx& tx) {
        std::vector<Import> all;
        tx.each(select_imports, [&](const Row& row) { all.push_back(read_import(row)); }, limit);
        return all;
    });
}

void Imports::handle(jobs::Runner& runner) {
    runner.handle(std::string(job_kind), [this](const jobs::Job& job) { return run(job); });
}

// Doing it twice changes nothing: what a killed process had taken is there already.
Result<void> Imports::run(const jobs::Job& job) const {
    const auto& id = job.payload;
    std::optional<Import> one;
    std::optional<std::string> bytes;
    db_.write([&](Tx& tx) {
        one.reset();
        bytes.reset();
        tx.each(select_import, [&](const Row& row) { one = read_import(row); }, id);
        if (const auto sealed = tx.row<Blob>(select_bytes, id)) bytes = vault::unseal(sealed->bytes, place(id));
        if (bytes) tx.exec(set_running, id, clock_.now(), counts_text({}));
    });
    const auto* found = one ? kind(one->kind) : nullptr;
    if (!found || !bytes) return {};
    const Lying file(folder_ + "/import-" + id + "-run" + (one->file_name.ends_with(".jsonl") || one->file_name.ends_with(".ndjson") ? ".jsonl" : ".csv"), *bytes);
    intake::Options options;
    options.progress = false;
    options.rejected = file.rejected();
    // Said about once a second, beside the rows' own transactions: whoever looks on sees it move, and it costs the import nothing to speak of.
    Seconds said = 0;
    one->counts = {};
    options.watch = [&](const intake::Counts& so_far) {
        const auto now = clock_.now();
        one->counts = so_far;
        if (now == said) return;
        said = now;
        db_.write([&](Tx& tx) {
            tx.exec(set_counts, id, counts_text(so_far));
            events::raise(tx, now, "import.progressed", "", id, {{"kind", one->kind}, {"read", so_far.read}, {"total", one->total}});
        });
    };
    const auto counts = found->run(file.path(), options);
    if (counts) one->counts = *counts;
    one->rejections = rejections_in(file.rejected());
    const auto now = clock_.now();
    db_.write([&](Tx& tx) {
        jobs::finish(tx, job);
        tx.exec(set_ended, id, counts ? "done" : "failed", now, counts_text(one->counts), shown_text(*one), counts ? std::string() : counts.error().message.substr(0, 500));
        events::raise(tx, now, "import.finished", "", id, {{"kind", one->kind}, {"taken", one->counts.taken}, {"rejected", one->counts.rejected}});
    });
    return {};
}

void Imports::tidy() const {
    db_.write([&](Tx& tx) {
        tx.exec(delete_unused, clock_.now() - one_day);
        tx.exec(delete_old, clock_.now() - 400 * one_day);
    });
}

}  // namespace verbatim::imports
