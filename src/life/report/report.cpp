#include "life/report/report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ground/stats/intervals.h"
#include "life/report/says.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::report {
namespace {

using figures::About;
using figures::Cell;
using figures::Measure;
using figures::Period;
using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int quoted = 3;          // best and worst words
constexpr int sites_a_round = 20;
constexpr Seconds morning = 5 * one_hour;
constexpr std::int64_t enough = 5; // of anything, before a share is called low

constexpr Sql select_best("SELECT r.id, r.subject, r.service, COALESCE(r.title, ''), r.body, COALESCE(r.lang, ''), r.rating, r.published_at "
                          "FROM branch_subject b JOIN review r ON r.subject = b.subject "
                          "WHERE b.branch = $1 AND r.subject LIKE 'site:%' AND r.state = 'published' AND r.origin <> 'gathered' AND r.published_at >= $2 AND r.published_at < $3 "
                          "AND r.body <> '' AND r.rating >= 4 ORDER BY r.rating DESC, r.published_at DESC, r.id LIMIT $4");
constexpr Sql select_worst("SELECT r.id, r.subject, r.service, COALESCE(r.title, ''), r.body, COALESCE(r.lang, ''), r.rating, r.published_at "
                           "FROM branch_subject b JOIN review r ON r.subject = b.subject "
                           "WHERE b.branch = $1 AND r.subject LIKE 'site:%' AND r.state = 'published' AND r.origin <> 'gathered' AND r.published_at >= $2 AND r.published_at < $3 "
                           "AND r.body <> '' AND r.rating <= 3 ORDER BY r.rating, r.published_at DESC, r.id LIMIT $4");
constexpr Sql count_waiting("SELECT COUNT(*) FROM branch_subject b JOIN review r ON r.subject = b.subject "
                            "WHERE b.branch = $1 AND r.subject LIKE 'site:%' AND r.state = 'published' AND r.origin <> 'gathered' AND r.published_at >= $2 AND r.published_at < $3 "
                            "AND NOT EXISTS (SELECT 1 FROM reply p WHERE p.review = r.id AND p.state = 'published')");
constexpr Sql select_site_of("SELECT s.code FROM site s JOIN branch_subject b ON b.subject = 'site:' || s.code WHERE b.branch = $1 ORDER BY s.code LIMIT 1");
constexpr Sql begin_run("INSERT INTO report_run (month, started_at, sent) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING");
constexpr Sql end_run("UPDATE report_run SET done_at = $2 WHERE month = $1");
constexpr Sql count_sent("UPDATE report_run SET sent = sent + $2 WHERE month = $1");
constexpr Sql select_sites("SELECT code FROM site WHERE active = 1 AND code > $1 ORDER BY code LIMIT $2");

std::int64_t rated(const Cell& cell) { return cell[Measure::n1] + cell[Measure::n2] + cell[Measure::n3] + cell[Measure::n4] + cell[Measure::n5]; }
std::int64_t published(const Cell& cell) { return rated(cell) + cell[Measure::unrated]; }
double share(std::int64_t count, std::int64_t of) { return of > 0 ? static_cast<double>(count) / static_cast<double>(of) : 0; }
double mean(const figures::Marks& marks) { return marks.count > 0 ? static_cast<double>(marks.sum) / static_cast<double>(marks.count) : 0; }

// Of marks only count and sum are kept. Answers from 1 to 5 with mean m have a variance of (m-1)(5-m) at most (Bhatia and Davis, American
// Mathematical Monthly 107 (2000) 353-357), so this speaks later than a test that knew the answers, never sooner.
bool fell(const figures::Marks& now, const figures::Marks& before) {
    if (now.count < enough || before.count < enough) return false;
    const auto spread = [](const figures::Marks& marks) { return (mean(marks) - 1) * (5 - mean(marks)) / static_cast<double>(marks.count); };
    return mean(before) - mean(now) > 1.96 * std::sqrt(spread(now) + spread(before));
}

std::vector<Word> words(Tx& tx, Sql sql, const std::string& branch, int month) {
    std::vector<Word> all;
    std::vector<std::string> subjects;
    tx.each(sql, [&](const Row& row) {
        all.push_back({std::string(row.text(0)), {}, std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), static_cast<int>(row.integer(6)), row.integer(7)});
        subjects.emplace_back(row.text(1));
    }, branch, figures::month_begin(month), figures::month_begin(month + 1), quoted);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].subject_name = network::subject_name(tx, subjects[i]).value_or(subjects[i]);
    return all;
}

// Rules, the most pressing first. Each names the figures it comes from; a rule that has nothing to say is silent.
std::vector<Advice> advise(const Report& report, std::int64_t waiting, const Cell& country) {
    std::vector<Advice> next;
    const auto& now = report.now;
    if (const auto missed = now[Measure::cases] - now[Measure::called]; missed > 0) next.push_back({"not_called", {}, missed, now[Measure::cases], 0, 0});
    if (now[Measure::cases] >= enough && share(now[Measure::called_in_time], now[Measure::cases]) < 0.9)
        next.push_back({"call_sooner", {}, now[Measure::called_in_time], now[Measure::cases], share(now[Measure::called_in_time], now[Measure::cases]), 0});
    if (waiting > 0) next.push_back({"answer", {}, waiting, published(now), 0, 0});
    const auto stars = stats::stars_of(report.now.stars()), earlier = stats::stars_of(report.before.stars());
    if (stars && earlier) {
        const auto difference = stats::difference_of_stars(*stars, *earlier);
        if (difference.beyond_chance) next.push_back({difference.by < 0 ? "rating_fell" : "rating_rose", {}, rated(now), rated(report.before), stars->mean, earlier->mean});
    }
    for (const auto& one : report.criteria) {
        if (one.fell) next.push_back({"criterion_fell", one.criterion, one.now.count, one.before.count, mean(one.now), mean(one.before)});
    }
    const auto& year = report.year;
    if (report.kind == "site" && year[Measure::invited] >= 20 && country[Measure::invited] > year[Measure::invited]) {
        const auto difference = stats::difference_of_shares(year[Measure::answered], year[Measure::invited], country[Measure::answered], country[Measure::invited]);
        if (difference.beyond_chance && difference.by < 0)
            next.push_back({"few_answer", {}, year[Measure::answered], year[Measure::invited], share(year[Measure::answered], year[Measure::invited]), share(country[Measure::answered], country[Measure::invited])});
    }
    if (now[Measure::resurveyed] >= enough && share(now[Measure::won_back], now[Measure::resurveyed]) < 0.5)
        next.push_back({"win_back", {}, now[Measure::won_back], now[Measure::resurveyed], share(now[Measure::won_back], now[Measure::resurveyed]), 0});
    if (next.empty()) next.push_back({published(now) == 0 ? "nobody_wrote" : "go_on", {}, published(now), 0, 0, 0});
    return next;
}

json share_json(std::int64_t count, std::int64_t of) { return {{"count", count}, {"of", of}, {"value", of > 0 ? json(std::round(share(count, of) * 10'000) / 10'000) : json(nullptr)}}; }

template <std::size_t N>
json median_json(const Cell& cell, Measure first, const std::array<Seconds, N>& edges) {
    const auto median = stats::class_quantile(std::span(cell.values).subspan(static_cast<std::size_t>(first), N + 1), edges, 0.5);
    return median ? json(static_cast<std::int64_t>(median->value)) : json(nullptr);
}

json cell_json(const Cell& cell) {
    const auto rounded = [](double value) { return std::round(value * 10'000) / 10'000; };
    const auto stars = stats::stars_of(cell.stars());
    return {{"reviews", published(cell)}, {"rated", rated(cell)}, {"mean", stars ? json(rounded(stars->mean)) : json(nullptr)},
            {"interval", stars ? json{rounded(stars->interval.low), rounded(stars->interval.high)} : json(nullptr)}, {"distribution", cell.stars()},
            {"response_rate", share_json(cell[Measure::answered], cell[Measure::invited])}, {"reply_rate", share_json(cell[Measure::replied], published(cell))},
            {"in_time_rate", share_json(cell[Measure::called_in_time], cell[Measure::cases])}, {"win_back_rate", share_json(cell[Measure::won_back], cell[Measure::resurveyed])},
            {"call_median_seconds", median_json(cell, Measure::call_1h, figures::call_edges)}, {"reply_median_seconds", median_json(cell, Measure::reply_1d, figures::reply_edges)}};
}

json words_json(const std::vector<Word>& all) {
    json out = json::array();
    for (const auto& word : all) {
        out.push_back({{"review", word.review}, {"subject_name", word.subject_name}, {"service", word.service}, {"title", word.title.empty() ? json(nullptr) : json(word.title)}, {"body", word.body},
                       {"lang", word.lang}, {"rating", word.rating}, {"published_at", format_moment(word.published_at)}});
    }
    return out;
}

std::string kind_of(const std::string& branch) { return branch == "*" ? "brand" : branch.substr(0, branch.find(':')); }

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"report", 1, "for which months the reports went out", R"sql(
CREATE TABLE report_run (
  month BIGINT PRIMARY KEY,
  started_at BIGINT NOT NULL,
  done_at BIGINT,
  sent BIGINT NOT NULL
)
)sql"}};
    return list;
}

Reports::Reports(storage::Db& db, const Clock& clock, const render::Renderer& renderer, Options options) : db_(db), clock_(clock), renderer_(renderer), options_(std::move(options)) {}

std::optional<Report> Reports::gather(Tx& tx, const std::string& branch, int month) const {
    Report report;
    report.branch = branch;
    report.kind = kind_of(branch);
    report.month = month;
    report.made_at = clock_.now();
    const auto first = tx.row<std::string>(select_site_of, branch);
    const auto site = first ? network::find_site(tx, *first) : std::nullopt;
    if (!site) return std::nullopt;
    report.language = report.kind == "brand" ? "en" : site->locale;
    report.country = report.kind == "brand" ? "" : site->country;
    report.name = report.kind == "site" ? site->name : report.kind == "brand" ? options_.brand : branch.substr(branch.find(':') + 1);
    figures::Reader reader(tx, branch, About::site, {});
    report.now = reader.total({month, month});
    report.before = reader.total({month - 1, month - 1});
    report.year = reader.total({month - 11, month});
    const auto criteria = reader.criteria({month - 2, month});
    auto earlier = reader.criteria({month - 5, month - 3});
    for (const auto& [criterion, marks] : criteria) report.criteria.push_back({criterion, marks, earlier[criterion], fell(marks, earlier[criterion])});
    Cell country;
    if (report.kind == "site") {
        const auto above = "country:" + site->country;
        figures::Reader of_country(tx, above, About::site, {});
        country = of_country.total({month - 11, month});
        std::vector<std::pair<double, std::string>> order;
        for (const auto& [code, cell] : of_country.by_level(figures::Level::site, {month - 11, month}, true)) {
            if (const auto stars = stats::stars_of(cell.stars())) order.emplace_back(-stars->interval.low, code);
        }
        std::sort(order.begin(), order.end());
        report.places = static_cast<std::int64_t>(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (order[i].second == site->code) report.place = static_cast<std::int64_t>(i) + 1;
        }
    }
    report.best = words(tx, select_best, branch, month);
    report.worst = words(tx, select_worst, branch, month);
    report.next = advise(report, tx.value<std::int64_t>(count_waiting, branch, figures::month_begin(month), figures::month_begin(month + 1)), country);
    return report;
}

Result<Report> Reports::make(std::string_view own, std::string_view branch, std::optional<int> month) const {
    const int running = figures::month_of(clock_.now());
    const int wanted = month.value_or(running - 1);
    if (wanted > running || wanted < running - 239) return invalid("month_wrong", "a month of the last twenty years, like 2026-10", "month");
    return db_.read([&](Tx& tx) -> Result<Report> {
        const auto narrowed = network::narrowed(tx, own, branch);
        if (!narrowed || narrowed->starts_with("product:") || narrowed->starts_with("adviser:")) return not_found("branch_unknown", "there is no report of such a branch");
        if (!figures::complete(tx)) return Error{ErrorKind::unavailable, "figures_being_counted", "the figures are being counted; try again in a few minutes", {}};
        auto report = gather(tx, *narrowed, wanted);
        if (!report) return not_found("branch_unknown", "there is no report of such a branch");
        return std::move(*report);
    });
}

std::string Reports::to_json(const Report& report) const {
    json criteria = json::array(), next = json::array();
    const auto rounded = [](double value) { return std::round(value * 10'000) / 10'000; };
    for (const auto& one : report.criteria) {
        criteria.push_back({{"criterion", one.criterion}, {"count", one.now.count}, {"mean", one.now.count > 0 ? json(rounded(mean(one.now))) : json(nullptr)}, {"before_count", one.before.count},
                            {"before_mean", one.before.count > 0 ? json(rounded(mean(one.before))) : json(nullptr)}, {"fell", one.fell}});
    }
    for (const auto& one : report.next) {
        next.push_back({{"rule", one.rule}, {"criterion", one.word.empty() ? json(nullptr) : json(one.word)}, {"count", one.count}, {"of", one.of}, {"figure", rounded(one.figure)}, {"other", rounded(one.other)}});
    }
    return json({{"branch", report.branch}, {"name", report.name}, {"kind", report.kind}, {"country", report.country.empty() ? json(nullptr) : json(report.country)}, {"language", report.language},
                 {"month", figures::format_month(report.month)}, {"made_at", format_moment(report.made_at)}, {"figures", cell_json(report.now)}, {"before", cell_json(report.before)},
                 {"year", cell_json(report.year)}, {"place", report.place == 0 ? json(nullptr) : json{{"rank", report.place}, {"of", report.places}}}, {"criteria", criteria},
                 {"best", words_json(report.best)}, {"worst", words_json(report.worst)}, {"next", next}}).dump();
}

std::string Reports::pdf_for(std::string_view branch, int month, std::string_view language) const {
    const auto report = db_.read([&](Tx& tx) { return gather(tx, std::string(branch), month); });
    return report ? to_pdf(*report, language) : std::string();
}

Date Reports::first_working_day(int year, int month) {
    for (int day = month == 1 ? 2 : 1;; ++day) {
        const Date date{year, month, day};
        const auto weekday = (midnight(date) / one_day + 4) % 7;  // 1970-01-01 was a Thursday; 0 is Sunday
        if (weekday != 0 && weekday != 6) return date;
    }
}

void Reports::handle(jobs::Runner& runner) {
    runner.handle("report", [this](const jobs::Job& job) { return send(job); });
    runner.every("monthly_report", one_hour, [this] { look(); });
}

// From the first working day on, five in the morning UTC; a server that slept that day catches up.
void Reports::look() {
    const auto now = clock_.now();
    const auto today = date_of(now);
    if (now < midnight(first_working_day(today.year, today.month)) + morning) return;
    const int month = figures::month_of(now) - 1;
    db_.write([&](Tx& tx) {
        if (!figures::complete(tx) || tx.exec(begin_run, month, now) == 0) return;
        jobs::enqueue(tx, clock_, "report", std::to_string(month) + " ");
    });
}

// To each who answers for the point of sale. `again` makes it another message than the one that went out on the first working day.
std::int64_t Reports::queue_letters(Tx& tx, const network::Site& site, const Report& report, std::string_view again) const {
    const auto now = clock_.now();
    const auto month = figures::format_month(report.month);
    std::int64_t letters = 0;
    for (const auto& person : network::recipients_at(tx, site)) {
        const auto& locale = renderer_.locale(person.locale);
        json steps = json::array();
        for (const auto& one : report.next) steps.push_back({{"SAYS", says(locale, one)}});
        const auto stars = stats::stars_of(report.now.stars());
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "report:" + month + ":" + site.code + ":" + person.email + std::string(again);
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.mail_template = "monthly_report";
        message.data = json({{"SITE_NAME", site.name}, {"MONTH_DAY", month + "-01"}, {"REVIEWS", published(report.now)}, {"MEAN", stars ? locale.number(stars->mean, 2) : ""},
                             {"PLACE", report.place}, {"PLACES", report.places}, {"STEPS", steps}, {"LINK", options_.base_url + "/office/reports/site:" + site.code + "?month=" + month},
                             {"REPORT_BRANCH", "site:" + site.code}, {"REPORT_MONTH", report.month}, {"REPORT_LANGUAGE", locale.language()}}).dump();
        if (contact::queue(tx, now, message) == contact::Queued::queued) ++letters;
    }
    return letters;
}

Result<std::int64_t> Reports::send_again(std::string_view code, int month) const {
    return db_.write([&](Tx& tx) -> Result<std::int64_t> {
        const auto site = network::find_site(tx, code);
        if (!site) return Error{ErrorKind::not_found, "unknown", "there is no point of sale " + std::string(code), "site"};
        const auto report = gather(tx, "site:" + site->code, month);
        if (!report) return Error{ErrorKind::not_found, "unknown", "there is no report of " + std::string(code), "site"};
        return queue_letters(tx, *site, *report, ":again:" + std::to_string(clock_.now()));
    });
}

Result<void> Reports::send(const jobs::Job& job) {
    const auto space = job.payload.find(' ');
    const int month = std::stoi(job.payload.substr(0, space));
    const auto after = job.payload.substr(space + 1);
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        jobs::finish(tx, job);
        const auto codes = tx.rows<std::string>(select_sites, after, sites_a_round);
        std::int64_t sent = 0;
        for (const auto& code : codes) {
            const auto site = network::find_site(tx, code);
            const auto report = site ? gather(tx, "site:" + code, month) : std::nullopt;
            // Nothing in a year: nothing to read.
            if (!report || (published(report->year) == 0 && report->year[Measure::invited] == 0)) continue;
            const auto letters = queue_letters(tx, *site, *report, {});
            if (letters == 0) continue;
            sent += letters;
            events::raise(tx, now, "report.sent", "site:" + code, figures::format_month(month));
        }
        tx.exec(count_sent, month, sent);
        if (codes.size() == static_cast<std::size_t>(sites_a_round)) jobs::enqueue(tx, clock_, "report", std::to_string(month) + " " + codes.back());
        else tx.exec(end_run, month, now);
        return {};
    });
}

}  // namespace verbatim::report
