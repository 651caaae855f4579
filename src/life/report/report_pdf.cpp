// The report for readers of paper.
#include "engine/pdf/pdf.h"
#include "ground/stats/intervals.h"
#include "life/report/report.h"
#include "life/report/says.h"

namespace verbatim::report {
namespace {

using figures::Cell;
using figures::Measure;
using render::Locale;

std::int64_t rated(const Cell& cell) { return cell[Measure::n1] + cell[Measure::n2] + cell[Measure::n3] + cell[Measure::n4] + cell[Measure::n5]; }
std::int64_t published(const Cell& cell) { return rated(cell) + cell[Measure::unrated]; }

std::string rating(const Locale& locale, const Cell& cell) {
    const auto stars = stats::stars_of(cell.stars());
    return stars ? locale.number(stars->mean, 2) + "  (" + locale.number(stars->interval.low, 2) + " – " + locale.number(stars->interval.high, 2) + ")" : "–";
}

std::string share(const Locale& locale, std::int64_t count, std::int64_t of) {
    if (of <= 0) return "–";
    return locale.text("report.share", {{"share", std::string_view(locale.number(100.0 * static_cast<double>(count) / static_cast<double>(of), 0))}, {"count", count}, {"of", of}});
}

template <std::size_t N>
std::string median(const Locale& locale, const Cell& cell, Measure first, const std::array<Seconds, N>& edges) {
    const auto found = stats::class_quantile(std::span(cell.values).subspan(static_cast<std::size_t>(first), N + 1), edges, 0.5);
    if (!found) return "–";
    const auto hours = locale.number(found->value / static_cast<double>(one_hour), found->value < 10 * one_hour ? 1 : 0);
    return (found->at_least ? "> " : "") + locale.text("report.hours", {{"hours", std::string_view(hours)}});
}

void put_words(pdf::Document& out, const Locale& locale, std::string_view heading, const std::vector<Word>& words) {
    if (words.empty()) return;
    out.heading(2, locale.text(heading));
    for (const auto& word : words) {
        out.pair(locale.text("stars.label", {{"stars", std::string_view(locale.number(word.rating, 0))}}), (word.title.empty() ? "" : word.title + "\n") + word.body);
        out.pair("", word.subject_name + " · " + locale.text("service." + word.service) + " · " + locale.date(word.published_at));
        out.line();
    }
}

}  // namespace

std::string says(const Locale& locale, const Advice& advice) {
    const auto name = advice.word.empty() ? std::string() : locale.text("criterion." + advice.word);
    const auto figure = locale.number(advice.figure, 2), other = locale.number(advice.other, 2);
    const auto percent = locale.number(100 * advice.figure, 0), other_percent = locale.number(100 * advice.other, 0);
    const render::Argument arguments[] = {{"criterion", std::string_view(name)}, {"count", advice.count}, {"of", advice.of}, {"mean", std::string_view(figure)}, {"before", std::string_view(other)},
                                          {"share", std::string_view(percent)}, {"country", std::string_view(other_percent)}};
    return locale.text("report.next." + advice.rule, arguments);
}

std::string Reports::to_pdf(const Report& report, std::string_view language) const {
    const auto& locale = renderer_.locale(language.empty() ? std::string_view(report.language) : language);
    const auto text = [&](const char* key) { return locale.text(key); };
    // The first day stands for its month: "oct. 2026" is how every language writes it behind the day.
    const auto month = locale.text("report.month", {{"month", std::string_view(figures::format_month(report.month))}});
    pdf::About about;
    about.title = report.name + ", " + month;
    about.author = options_.operator_name;
    about.subject = text("report.title");
    about.language = locale.language();
    about.made_at = report.made_at;
    about.foot = options_.brand + " · " + report.name + " · " + month + " · " + locale.date_time(report.made_at);
    pdf::Document out(about);
    out.heading(1, report.name);
    out.paragraph(text("report.title") + ", " + month);
    out.heading(2, text("report.next"));
    for (const auto& one : report.next) out.pair("→", says(locale, one));

    out.heading(2, text("report.figures"));
    const double shares[] = {0.28, 0.24, 0.24, 0.24};
    const auto row = [&](const char* key, std::string now, std::string before, std::string year) {
        const std::string cells[] = {text(key), std::move(now), std::move(before), std::move(year)};
        out.row(cells, shares, false);
    };
    const std::string head[] = {"", text("report.this_month"), text("report.month_before"), text("report.twelve_months")};
    out.row(head, shares, true);
    const auto all = [&](const char* key, auto&& shown) { row(key, shown(report.now), shown(report.before), shown(report.year)); };
    all("report.rating", [&](const Cell& c) { return rating(locale, c); });
    all("report.volume", [&](const Cell& c) { return locale.number(static_cast<double>(published(c)), 0); });
    all("report.response", [&](const Cell& c) { return share(locale, c[Measure::answered], c[Measure::invited]); });
    all("report.replied", [&](const Cell& c) { return share(locale, c[Measure::replied], published(c)); });
    all("report.time_to_reply", [&](const Cell& c) { return median(locale, c, Measure::reply_1d, figures::reply_edges); });
    all("report.in_time", [&](const Cell& c) { return share(locale, c[Measure::called_in_time], c[Measure::cases]); });
    all("report.time_to_call", [&](const Cell& c) { return median(locale, c, Measure::call_1h, figures::call_edges); });
    all("report.win_back", [&](const Cell& c) { return share(locale, c[Measure::won_back], c[Measure::resurveyed]); });
    out.line();
    out.small(text("report.interval_note"));
    if (report.place > 0) out.paragraph(locale.text("report.place", {{"rank", report.place}, {"of", report.places}, {"country", std::string_view(report.country)}}));

    out.heading(2, text("report.distribution"));
    const auto stars = report.now.stars();
    const auto count = rated(report.now);
    for (int star = 5; star >= 1; --star) {
        const auto here = stars[static_cast<std::size_t>(star) - 1];
        out.bar(locale.text("stars.label", {{"stars", std::string_view(locale.number(star, 0))}}), count > 0 ? static_cast<double>(here) / static_cast<double>(count) : 0, locale.number(static_cast<double>(here), 0));
    }
    if (!report.criteria.empty()) {
        out.heading(2, text("report.criteria"));
        const double three[] = {0.4, 0.3, 0.3};
        const std::string heads[] = {"", text("report.three_months"), text("report.three_before")};
        out.row(heads, three, true);
        const auto mean = [&](const figures::Marks& marks) {
            return marks.count > 0 ? locale.number(static_cast<double>(marks.sum) / static_cast<double>(marks.count), 2) + "  (" + locale.number(static_cast<double>(marks.count), 0) + ")" : std::string("–");
        };
        for (const auto& one : report.criteria) {
            const std::string cells[] = {locale.text("criterion." + one.criterion) + (one.fell ? " ↓" : ""), mean(one.now), mean(one.before)};
            out.row(cells, three, false);
        }
    }
    put_words(out, locale, "report.worst", report.worst);
    put_words(out, locale, "report.best", report.best);
    out.small(text("report.unchanged"));
    return out.finish();
}

}  // namespace verbatim::report
