#include "life/plan/paper_desk.h"

#include <limits>

#include "ground/formats/zip.h"
#include "life/plan/run.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

constexpr std::int64_t every_place = std::numeric_limits<std::int64_t>::max();

bool may_print(const Actor& actor) { return of_the_whole(actor) && actor.role != "auditor"; }
Error not_theirs() { return {ErrorKind::forbidden, "whole_brand", "print runs are the whole brand's: crm, hq or admin who reach all of it make them", {}}; }

std::string name_of_run(std::int64_t number) { return "run-" + std::to_string(number); }

}  // namespace

std::optional<Seconds> PaperDesk::forgotten_at(const contact::PrintRun& run) {
    return run.written_at ? std::optional(*run.written_at + contact::frozen_days * one_day) : std::nullopt;
}

Result<RunPage> PaperDesk::list(const Actor& actor, std::int64_t before, int limit) const {
    if (!may_print(actor)) return not_theirs();
    return db_.read([&](Tx& tx) {
        RunPage page{contact::waiting_for_paper(tx), contact::listed_runs(tx, before, limit + 1), 0};
        if (static_cast<int>(page.runs.size()) > limit) {
            page.runs.pop_back();
            page.next = page.runs.back().run.number;
        }
        return page;
    });
}

Result<contact::ListedRun> PaperDesk::make(const Actor& actor) const {
    if (!may_print(actor)) return not_theirs();
    return db_.write([&](Tx& tx) -> Result<contact::ListedRun> {
        contact::thaw_prints(tx, clock_.now() - contact::frozen_days * one_day, contact::most_of_a_run);
        const auto run = contact::begin_print_run(tx, clock_.now(), sender_, actor.label());
        if (!run) return Error{ErrorKind::conflict, "nothing_waits", "no letter waits for paper", {}};
        return *contact::listed_run(tx, run->number);
    });
}

Result<contact::PrintRun> PaperDesk::readable(const Actor& actor, std::int64_t number) const {
    if (!may_print(actor)) return not_theirs();
    return PrintRuns(db_, clock_, sender_).again(actor, number);
}

std::vector<contact::PaperLetter> PaperDesk::read_letters(std::int64_t run, std::int64_t first, std::int64_t last) const {
    std::vector<contact::PaperLetter> all;
    db_.read([&](Tx& tx) {
        all.clear();
        contact::letters_of_run(tx, run, first, last, [&](contact::PaperLetter&& one) { all.push_back(std::move(one)); });
    });
    return all;
}

Result<RunFile> PaperDesk::addresses(const Actor& actor, std::int64_t number) const {
    const auto run = readable(actor, number);
    if (!run) return run.error();
    return RunFile{name_of_run(number) + "-letters.csv", "text/csv; charset=utf-8; header=present", letters_csv(read_letters(number, 1, every_place))};
}

Result<RunFile> PaperDesk::manifest(const Actor& actor, std::int64_t number) const {
    const auto run = readable(actor, number);
    if (!run) return run.error();
    RunFile file{name_of_run(number) + "-manifest.json", "application/json", {}};
    print_files(*run, read_letters(number, 1, every_place), sender_.brand, [&](const std::string& name, std::string_view bytes) {
        if (name == "manifest.json") file.bytes = bytes;
    });
    return file;
}

Result<RunFile> PaperDesk::letters(const Actor& actor, std::int64_t number, std::int64_t first) const {
    const auto run = readable(actor, number);
    if (!run) return run.error();
    if (first < 1 || first > run->letters || (first - 1) % letters_in_file != 0) return invalid("first", "first is the number of a file's first letter: 1, 501, 1001, ...", "first");
    const auto last = std::min(run->letters, first + letters_in_file - 1);
    ZipWriter zip(run->at);
    for (const auto& one : read_letters(number, first, last)) zip.add(file_of(one), letter_pdf(one, sender_.brand, run->at));
    return RunFile{name_of_run(number) + "-letters-" + std::to_string(first) + "-" + std::to_string(last) + ".zip", "application/zip", zip.finish()};
}

Result<contact::ListedRun> PaperDesk::printed(const Actor& actor, std::int64_t number) const {
    if (!may_print(actor)) return not_theirs();
    return db_.write([&](Tx& tx) -> Result<contact::ListedRun> {
        contact::print_run_written(tx, clock_.now(), number);
        auto run = contact::listed_run(tx, number);
        if (!run) return Error{ErrorKind::not_found, "unknown", "there is no print run " + std::to_string(number), "run"};
        return *run;
    });
}

Result<PaperBack> PaperDesk::returned(const Actor& actor, std::span<const ReturnRow> rows) const {
    if (!may_print(actor)) return not_theirs();
    return db_.write([&](Tx& tx) {
        PaperBack back;
        for (const auto& row : rows) {
            switch (contact::take_paper_return(tx, clock_.now(), row.reference, row.why)) {
                case contact::PaperReturn::taken: ++back.taken; break;
                case contact::PaperReturn::already: ++back.already; break;
                case contact::PaperReturn::unknown: back.unknown.push_back(row.reference); break;
            }
        }
        return back;
    });
}

}  // namespace verbatim::plan
