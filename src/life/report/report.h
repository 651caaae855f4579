// The month of a point of sale on one page of paper: its figures beside those of the month before, its fair place in its country, the
// best and the worst words whole, and what to do next, from rules that name the figures they come from. By mail with the PDF on the
// first working day of the month; for any month, and for groups and countries, from the desk.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/render/render.h"
#include "engine/storage/storage.h"
#include "ground/base/calendar.h"
#include "ground/base/result.h"
#include "record/figures/read.h"
#include "record/network/network.h"

namespace verbatim::report {

std::span<const storage::Migration> migrations();

struct Options {
    std::string base_url, brand, operator_name;
};

struct Word {
    std::string review, subject_name, service, title, body, lang;
    int rating = 0;
    Seconds published_at = 0;
};

struct Criterion {
    std::string criterion;
    figures::Marks now, before;
    bool fell = false;  // more than chance explains, even were the answers spread as widely as such means allow
};

// What to do, and the figures that say so. `rule` is a catalogue key behind "report.next."
struct Advice {
    std::string rule;
    std::string word;                   // a criterion
    std::int64_t count = 0, of = 0;
    double figure = 0, other = 0;
};

struct Report {
    std::string branch, name, kind, country, language;  // kind: brand | country | group | dealer | site; language: where nobody wishes another
    int month = 0;
    Seconds made_at = 0;
    figures::Cell now, before, year;    // the month, the one before, the twelve that end with it
    std::int64_t place = 0, places = 0; // a site's in its country over the year, by the lower end of the interval; 0: nothing to rank by
    std::vector<Criterion> criteria;    // of the last three months against the three before
    std::vector<Word> best, worst;
    std::vector<Advice> next;
};

class Reports {
public:
    Reports(storage::Db& db, const Clock& clock, const render::Renderer& renderer, Options options);

    // Of a branch within `own`. Without a month, the last one that is over. The running month is as far as it went.
    Result<Report> make(std::string_view own, std::string_view branch, std::optional<int> month) const;
    std::string to_json(const Report& report) const;
    std::string to_pdf(const Report& report, std::string_view language) const;
    // For the post: the PDF that travels with a letter of ours.
    std::string pdf_for(std::string_view branch, int month, std::string_view language) const;

    // The mail of the month once more, where it got lost, to those who answer for the point of sale; how many go. Error "unknown".
    Result<std::int64_t> send_again(std::string_view site, int month) const;

    void handle(jobs::Runner& runner);  // registers kind "report" and the look at the calendar

    // The first of Monday to Friday, New Year's Day left out; what else is a holiday differs by country and place.
    static Date first_working_day(int year, int month);

private:
    void look();
    Result<void> send(const jobs::Job& job);
    std::int64_t queue_letters(storage::Tx& tx, const network::Site& site, const Report& report, std::string_view again) const;
    std::optional<Report> gather(storage::Tx& tx, const std::string& branch, int month) const;
    storage::Db& db_;
    const Clock& clock_;
    const render::Renderer& renderer_;
    Options options_;
};

}  // namespace verbatim::report
