// Files brought by hand: looked at first, taken afterwards. The preview reads every row and stores none; taking it is a job. A file may hold
// customers, so it lies sealed, for a day at most, and goes when it was taken.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/intake/intake.h"
#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"

namespace verbatim::imports {

std::span<const storage::Migration> migrations();

struct Kind {
    std::string name;                  // "sites"
    std::vector<std::string> required; // columns
    std::function<Result<void>(const intake::Row&)> check;  // of the row alone
    std::function<Result<intake::Counts>(const std::string& path, const intake::Options& options)> run;
    // Of the row beside what is there already, e.g. whether the place it names is known. May be left out.
    std::function<Result<void>(storage::Tx&, const intake::Row&)> beside = {};
};

struct Rejection {
    std::int64_t line = 0;
    std::string why;
};
struct Import {
    std::string id, kind, file_name, by;
    std::string state;                 // previewed | waiting | running | done | failed
    Seconds at = 0, started_at = 0, ended_at = 0;
    std::int64_t total = 0;            // rows of the file, as the preview read it
    intake::Counts counts;             // of the preview; of the import from its start, moving on about once a second
    std::vector<std::vector<std::pair<std::string, std::string>>> rows;  // the first ones, as understood; of a preview only
    std::vector<Rejection> rejections; // the first ones
    std::string why;                   // failed: what was wrong with the file
};

class Imports {
public:
    // `folder`: where a file lies while it is read.
    Imports(storage::Db& db, const Clock& clock, std::string folder);
    void add(Kind kind) { kinds_.push_back(std::move(kind)); }
    std::vector<std::string> kinds() const;

    Result<Import> preview(const Actor& actor, std::string_view kind, std::string_view file_name, const std::string& bytes) const;
    Result<Import> start(const Actor& actor, std::string_view id) const;
    std::optional<Import> find(std::string_view id) const;
    std::vector<Import> list(int limit) const;  // newest first, without rows

    void handle(jobs::Runner& runner);
    // What was looked at and not taken goes after a day; what was taken keeps its counts.
    void tidy() const;

    static constexpr int shown_rows = 20, shown_rejections = 200;

private:
    const Kind* kind(std::string_view name) const;
    Result<void> run(const jobs::Job& job) const;

    storage::Db& db_;
    const Clock& clock_;
    const std::string folder_;
    std::vector<Kind> kinds_;
};

}  // namespace verbatim::imports
