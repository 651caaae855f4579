#include "life/plan/print.h"

#include <map>
#include <nlohmann/json.hpp>

#include "engine/pdf/pdf.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/csv.h"
#include "ground/formats/text_codes.h"
#include "life/plan/run.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

Error not_allowed() { return {ErrorKind::forbidden, "whole_brand", "print runs are the whole brand's: crm or admin who reach all of it make them", {}}; }

std::string cell(const std::string& text) { return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos ? "'" + text : text; }

}  // namespace

std::string file_of(const contact::PaperLetter& letter) { return "letters/" + letter.reference + ".pdf"; }

std::string letter_pdf(const contact::PaperLetter& letter, std::string_view brand, Seconds day) {
    pdf::About about;
    about.title = letter.subject, about.author = brand, about.subject = letter.campaign, about.language = letter.language;
    about.made_at = day, about.foot = letter.reference;
    pdf::Document document(std::move(about));
    std::vector<std::string> lines;
    for (const auto& line : {letter.name, letter.street, letter.postcode + " " + letter.city, letter.country})
        if (!line.empty()) lines.push_back(line);
    document.window(lines);
    document.small(letter.from + "  ·  " + format_date(day));
    document.heading(2, letter.subject);
    std::string_view rest = letter.body;
    for (bool foot = false; !rest.empty();) {
        const auto end = std::min(rest.find("\n\n"), rest.size());
        auto part = rest.substr(0, end);
        rest.remove_prefix(std::min(rest.size(), end + 2));
        while (part.starts_with('\n')) part.remove_prefix(1);
        if (part.starts_with("-- \n")) part.remove_prefix(4), foot = true, document.line();  // a mail's signature: who writes, and the way out
        if (part.empty()) continue;
        if (foot) document.small(part);
        else document.paragraph(part);
    }
    return document.finish();
}

std::string letters_csv(std::span<const contact::PaperLetter> letters) {
    constexpr std::string_view head[] = {"reference", "name", "street", "postcode", "city", "country", "language", "campaign", "from", "subject", "file"};
    std::string csv = csv_row(head);
    for (const auto& one : letters) {
        const std::string cells[] = {one.reference, cell(one.name), cell(one.street), cell(one.postcode), cell(one.city), one.country, one.language, one.campaign, cell(one.from), cell(one.subject), file_of(one)};
        const std::vector<std::string_view> line(std::begin(cells), std::end(cells));
        csv += csv_row(line);
    }
    return csv;
}

void print_files(const contact::PrintRun& run, std::span<const contact::PaperLetter> letters, std::string_view brand, const EachFile& each) {
    nlohmann::json files = nlohmann::json::array();
    const auto give = [&](const std::string& name, std::string_view bytes) {
        each(name, bytes);
        files.push_back({{"name", name}, {"bytes", bytes.size()}, {"sha256", to_hex(crypto::sha256(bytes))}});
    };
    std::map<std::string, std::int64_t> campaigns, countries, languages;
    for (const auto& one : letters) {
        give(file_of(one), letter_pdf(one, brand, run.at));
        ++campaigns[one.campaign], ++countries[one.country], ++languages[one.language];
    }
    give("letters.csv", letters_csv(letters));
    const nlohmann::json manifest = {{"run", run.number}, {"made_at", format_moment(run.at)}, {"letters", letters.size()}, {"erased_since", run.letters - static_cast<std::int64_t>(letters.size())},
                                     {"by_campaign", campaigns}, {"by_country", countries}, {"by_language", languages}, {"files", files}};
    each("manifest.json", manifest.dump(1) + "\n");
}

Result<std::vector<contact::PrintRun>> PrintRuns::next(const Actor& actor) const {
    if (!of_the_whole(actor) || actor.role == "auditor") return not_allowed();
    auto runs = db_.read([](Tx& tx) { return contact::open_print_runs(tx); });
    for (;;) {
        const auto begun = db_.write([&](Tx& tx) {
            contact::thaw_prints(tx, clock_.now() - contact::frozen_days * one_day, contact::most_of_a_run);
            return contact::begin_print_run(tx, clock_.now(), sender_, actor.label());
        });
        if (!begun) return runs;
        runs.push_back(*begun);
    }
}

Result<contact::PrintRun> PrintRuns::again(const Actor& actor, std::int64_t number) const {
    if (!of_the_whole(actor) || actor.role == "auditor") return not_allowed();
    const auto run = db_.read([&](Tx& tx) { return contact::find_print_run(tx, number); });
    if (!run) return Error{ErrorKind::not_found, "unknown", "there is no print run " + std::to_string(number), "run"};
    if (run->written_at && *run->written_at < clock_.now() - contact::frozen_days * one_day) return Error{ErrorKind::invalid, "forgotten", "what was printed is forgotten thirty days later", "run"};
    return *run;
}

void PrintRuns::files(const contact::PrintRun& run, const EachFile& each) const {
    std::vector<contact::PaperLetter> letters;
    db_.read([&](Tx& tx) {
        letters.clear();
        contact::letters_of_run(tx, run.number, [&](contact::PaperLetter&& one) { letters.push_back(std::move(one)); });
    });
    print_files(run, letters, sender_.brand, each);
}

void PrintRuns::written(const contact::PrintRun& run) const {
    db_.write([&](Tx& tx) { contact::print_run_written(tx, clock_.now(), run.number); });
}

intake::Kind<ReturnRow> return_kind(const Clock& clock) {
    intake::Kind<ReturnRow> kind;
    kind.required = {"reference"};
    kind.parse = [](const intake::Row& row) -> Result<ReturnRow> {
        ReturnRow out{std::string(row.get("reference")), std::string(row.get("reason"))};
        if (out.reference.empty() || out.reference.size() > 40) return invalid("reference", "reference is the number in the letter's foot, as 12-00034", "reference");
        if (out.why.size() > longest_reason) return invalid("reason", "reason is longer than 200 bytes", "reason");
        return out;
    };
    kind.key = [](const ReturnRow& row) { return row.reference; };
    kind.store = [&clock](Tx& tx, std::span<const ReturnRow> rows) {
        std::vector<Result<intake::Outcome>> taken;
        for (const auto& row : rows) {
            switch (contact::take_paper_return(tx, clock.now(), row.reference, row.why)) {
                case contact::PaperReturn::taken: taken.emplace_back(intake::Outcome::taken); break;
                case contact::PaperReturn::already: taken.emplace_back(intake::Outcome::already); break;
                case contact::PaperReturn::unknown: taken.emplace_back(invalid("reference", "no letter has the reference " + row.reference, "reference")); break;
            }
        }
        return taken;
    };
    return kind;
}

}  // namespace verbatim::plan
