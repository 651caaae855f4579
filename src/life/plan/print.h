// What the plan decided for paper, as files for a printer: a PDF a letter, letters.csv with the addresses, and manifest.json with counts and
// the SHA-256 of every file. A run that is made again has the same bytes, so a kill between the decision and the files loses no letter.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/intake/intake.h"
#include "ground/base/actor.h"
#include "record/contact/paper.h"

namespace verbatim::plan {

// The bytes of one letter.
std::string letter_pdf(const contact::PaperLetter& letter, std::string_view brand, Seconds day);

using EachFile = std::function<void(const std::string& name, std::string_view bytes)>;
// letters.csv of these letters. A spreadsheet takes what begins with = + - @ for a formula; names come from files of others.
std::string letters_csv(std::span<const contact::PaperLetter> letters);
std::string file_of(const contact::PaperLetter& letter);
// The manifest comes last: where it is, the rest is.
void print_files(const contact::PrintRun& run, std::span<const contact::PaperLetter> letters, std::string_view brand, const EachFile& each);

class PrintRuns {
public:
    PrintRuns(storage::Db& db, const Clock& clock, contact::Sender sender) : db_(db), clock_(clock), sender_(std::move(sender)) {}

    // Runs whose files are to be made: those that were begun and never finished, then what waits now. crm or admin, of the whole.
    Result<std::vector<contact::PrintRun>> next(const Actor& actor) const;
    // One of the last thirty days again.
    Result<contact::PrintRun> again(const Actor& actor, std::int64_t number) const;
    void files(const contact::PrintRun& run, const EachFile& each) const;
    void written(const contact::PrintRun& run) const;

private:
    storage::Db& db_;
    const Clock& clock_;
    contact::Sender sender_;
};

inline constexpr std::size_t longest_reason = 200;  // bytes, of why a letter came back
struct ReturnRow {
    std::string reference, why;
};
// What came back undelivered: columns `reference` and, as the post says it, `reason`. The address gets no paper any more.
intake::Kind<ReturnRow> return_kind(const Clock& clock);

}  // namespace verbatim::plan
