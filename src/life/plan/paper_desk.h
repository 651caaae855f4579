// Letters on paper, from the desk: what waits, a run of it, its files for the printer, and what the post brought back. The same runs and the
// same bytes as `verbatim paper` (print.h). A run counts as sent when somebody says that it lies at the printer's; until then its letters wait,
// so that a download that broke off loses none.
#pragma once

#include "life/plan/print.h"
#include "record/contact/print_list.h"

namespace verbatim::plan {

struct RunPage {
    std::int64_t waiting = 0;
    std::vector<contact::ListedRun> runs;
    std::int64_t next = 0;  // the next page lies before it; 0 at the end
};
struct RunFile {
    std::string name, content_type, bytes;
};
struct PaperBack {
    std::int64_t taken = 0, already = 0;
    std::vector<std::string> unknown;
};

// crm, hq or admin who reach all of it; the error "whole_brand" for everybody else.
class PaperDesk {
public:
    PaperDesk(storage::Db& db, const Clock& clock, contact::Sender sender) : db_(db), clock_(clock), sender_(std::move(sender)) {}

    Result<RunPage> list(const Actor& actor, std::int64_t before, int limit) const;
    // Freezes what waits, at most contact::most_of_a_run letters. Error "nothing_waits".
    Result<contact::ListedRun> make(const Actor& actor) const;
    // Errors "unknown", "forgotten" (thirty days after it was printed).
    Result<RunFile> addresses(const Actor& actor, std::int64_t number) const;
    Result<RunFile> manifest(const Actor& actor, std::int64_t number) const;
    // The letters from this place on, letters_in_file of them, as a ZIP. Error "first".
    static constexpr std::int64_t letters_in_file = 500;
    Result<RunFile> letters(const Actor& actor, std::int64_t number, std::int64_t first) const;
    // It lies at the printer's. Told twice is told once.
    Result<contact::ListedRun> printed(const Actor& actor, std::int64_t number) const;
    static constexpr std::size_t most_returns = 500;
    Result<PaperBack> returned(const Actor& actor, std::span<const ReturnRow> rows) const;
    // When what was printed is forgotten; nothing before it was printed.
    static std::optional<Seconds> forgotten_at(const contact::PrintRun& run);

private:
    Result<contact::PrintRun> readable(const Actor& actor, std::int64_t number) const;
    std::vector<contact::PaperLetter> read_letters(std::int64_t run, std::int64_t first, std::int64_t last) const;

    storage::Db& db_;
    const Clock& clock_;
    contact::Sender sender_;
};

}  // namespace verbatim::plan
