#include "app/bench/queries.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "app/bench/generator.h"
#include "life/oversee/oversee.h"
#include "life/recover/cases.h"
#include "life/reply/inbox.h"

namespace verbatim::bench {
namespace {

using oversee::Ask;
using oversee::Oversee;
using storage::Db;
using storage::Sql;
using storage::Tx;

constexpr std::string_view countries[] = {"FR", "DE", "IT", "ES", "GB", "PT", "NL", "PL", "BE", "AT"};
constexpr std::string_view services[] = {"", "workshop", "new_car", "", "used_car"};

// Of the caller's thread: on SQLite the whole work.
double cpu_milliseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double milliseconds(const std::function<void()>& fn) {
    const auto from = std::chrono::steady_clock::now();
    fn();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

template <class T>
void must(const Result<T>& result) {
    if (!result) throw std::runtime_error(result.error().message);
}

// From the rows, as one would without totals.
constexpr Sql raw_stars(R"sql(
SELECT r.rating, COUNT(*) FROM branch_subject b JOIN review r ON r.subject = b.subject
WHERE b.branch = $1 AND b.subject LIKE 'site:%' AND r.state = 'published' AND r.origin <> 'gathered' AND r.published_at >= $2 AND r.published_at < $3 GROUP BY r.rating)sql");
constexpr Sql raw_response(R"sql(
SELECT COUNT(*), SUM(CASE WHEN e.outcome = 'answered' THEN 1 ELSE 0 END) FROM site s JOIN experience e ON e.site = s.code
WHERE EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $1 AND b.subject = 'site:' || s.code) AND e.invited_at >= $2 AND e.invited_at < $3)sql");
constexpr Sql raw_by_country(R"sql(
SELECT s.country, COUNT(*), SUM(r.rating) FROM site s JOIN review r ON r.subject = 'site:' || s.code
WHERE r.state = 'published' AND r.published_at >= $1 AND r.published_at < $2 GROUP BY s.country)sql");
constexpr Sql raw_by_site(R"sql(
SELECT r.subject, COUNT(*), SUM(r.rating) FROM branch_subject b JOIN review r ON r.subject = b.subject
WHERE b.branch = $1 AND b.subject LIKE 'site:%' AND r.state = 'published' AND r.published_at >= $2 AND r.published_at < $3 GROUP BY r.subject)sql");
constexpr Sql raw_by_model(R"sql(
SELECT e.product, COUNT(*), SUM(r.rating) FROM branch_subject b JOIN review r ON r.subject = b.subject JOIN experience e ON e.id = r.experience
WHERE b.branch = $1 AND b.subject LIKE 'site:%' AND r.state = 'published' AND r.published_at >= $2 AND r.published_at < $3 GROUP BY e.product)sql");

// As one would look for a word without an index.
constexpr Sql raw_word(R"sql(
SELECT r.id FROM branch_subject b JOIN review r ON r.subject = b.subject
WHERE b.branch = $1 AND r.body LIKE '%estimate%' ORDER BY r.submitted_at DESC LIMIT 50)sql");

}  // namespace

std::vector<Timing> ask_everything(Db& db, int sites, int times, bool raw, const std::function<void(const Timing&)>& each) {
    const ManualClock clock(end);
    const Oversee oversee(db, clock);
    const int last = figures::month_of(end);
    const auto from = figures::month_begin(last - 11), to = figures::month_begin(last + 1);
    struct Question {
        std::string name;
        std::function<void(int)> ask;
        std::function<void()> raw;
    };
    const auto country = [](int n) { return "country:" + std::string(countries[static_cast<std::size_t>(n) % std::size(countries)]); };
    const auto group = [](int n) { return "group:G" + std::to_string(n * 7 % 40); };
    const auto site = [sites](int n) { return "site:S" + std::to_string(n * 613 % sites); };
    const auto ask_at = [last](std::string branch, int n, const char* compare = "previous") {
        Ask ask;
        ask.branch = std::move(branch);
        ask.service = services[static_cast<std::size_t>(n) % std::size(services)];
        ask.period = oversee::Period{last - 11 - n % 13, last - n % 13};
        ask.compare = compare;
        return ask;
    };
    const auto rows = [&db](Sql sql, const auto&... parameters) {
        return [&db, sql, parameters...] { db.read([&](Tx& tx) { tx.each(sql, [](const storage::Row&) {}, parameters...); }); };
    };
    const std::string all = "*";
    std::vector<Question> questions;
    const auto add = [&](std::string name, std::function<void(int)> ask, std::function<void()> from_rows = {}) { questions.push_back({std::move(name), std::move(ask), std::move(from_rows)}); };
    add("summary of the brand", [&](int n) { must(oversee.summary("*", ask_at("*", n))); }, [&] { rows(raw_stars, all, from, to)(); rows(raw_response, all, from, to)(); });
    add("summary of a country", [&](int n) { must(oversee.summary("*", ask_at(country(n), n))); }, [&] { rows(raw_stars, country(0), from, to)(); rows(raw_response, country(0), from, to)(); });
    add("summary of a group", [&](int n) { must(oversee.summary("*", ask_at(group(n), n))); });
    add("summary of a site", [&](int n) { must(oversee.summary("*", ask_at(site(n), n))); }, rows(raw_stars, site(1), from, to));
    add("ten years of the brand", [&](int n) {
        auto ask = ask_at("*", n, "");
        ask.period = oversee::Period{last - 119, last};
        must(oversee.series("*", ask));
    }, rows(raw_stars, all, begin, end));
    add("ten years of a site", [&](int n) {
        auto ask = ask_at(site(n), n, "");
        ask.period = oversee::Period{last - 119, last};
        must(oversee.series("*", ask));
    });
    const auto by = [&](std::string name, std::function<std::string(int)> branch, std::string dimension, std::string sort, std::function<void()> from_rows = {}, std::optional<oversee::About> about = {}) {
        add(std::move(name), [&oversee, branch, dimension, sort, about, ask_at](int n) {
            auto ask = ask_at(branch(n), n);
            ask.about = about;
            must(oversee.by("*", ask, dimension, {sort, "", 50}));
        }, std::move(from_rows));
    };
    const auto brand = [](int) { return std::string("*"); };
    by("countries of the brand", brand, "country", "-change", rows(raw_by_country, from, to));
    by("groups of the brand", brand, "group", "change");
    by("services of the brand", brand, "service", "");
    by("models of the brand", brand, "model", "mean", rows(raw_by_model, all, from, to));
    by("groups of a country", country, "group", "change");
    by("sites of a country", country, "site", "-response_rate", rows(raw_by_site, country(0), from, to));
    by("models of a country", country, "model", "mean");
    by("sites of a group", group, "site", "mean");
    by("models of a group", group, "model", "mean");
    by("advisers of a site", site, "adviser", "mean");
    by("advisers of a group", group, "adviser", "mean");
    by("models of a site", site, "model", "mean");
    by("versions, of vehicles", [](int n) { return "product:M" + std::to_string(n % 25); }, "version", "mean");
    by("countries, of vehicles", [](int n) { return "product:M" + std::to_string(n % 25); }, "country", "mean");
    by("age, of all vehicles", brand, "age", "", {}, oversee::About::product);
    add("one model in a country's groups", [&](int n) {
        auto ask = ask_at(country(n), n);
        ask.product = "M" + std::to_string(n % 25);
        must(oversee.by("*", ask, "group", {"mean", "", 50}));
    });
    add("ranking of all sites", [&](int n) { must(oversee.ranking("*", ask_at("*", n, ""), "site", {"", "", 50})); }, rows(raw_by_site, all, from, to));
    add("ranking of a country's sites", [&](int n) { must(oversee.ranking("*", ask_at(country(n), n), "site", {"", "", 50})); });
    add("what moved, the brand", [&](int n) { must(oversee.moved("*", ask_at("*", n), 20)); });
    add("what moved, a country", [&](int n) { must(oversee.moved("*", ask_at(country(n), n), 20)); });
    add("what moved, a group", [&](int n) { must(oversee.moved("*", ask_at(group(n), n), 20)); });
    const auto words = [&](std::string name, std::function<std::string(int)> branch, int to_stars, bool lowest) {
        add(std::move(name), [&oversee, branch, to_stars, lowest, ask_at](int n) {
            oversee::WordsWish wish;
            wish.to_stars = to_stars;
            wish.lowest_first = lowest;
            must(oversee.words("*", ask_at(branch(n), n, ""), wish));
        });
    };
    words("newest words of the brand", brand, 5, false);
    words("lowest words of the brand", brand, 5, true);
    words("unhappy words of a country", country, 2, false);
    words("lowest words of a group", group, 5, true);
    words("unhappy words of a site", site, 2, false);

    const reply::Inbox inbox(db, clock);
    const Actor member{ActorKind::staff, "ann@example.org", "hq", "*"};
    const auto search = [&](std::string name, std::function<std::string(int)> branch, std::function<reply::InboxQuery(int)> query, std::function<void()> from_rows = {}) {
        add(std::move(name), [&inbox, &member, branch, query](int n) { must(inbox.search(member, branch(n), query(n))); }, std::move(from_rows));
    };
    const auto words_of = [](std::string typed) {
        return [typed](int) {
            reply::InboxQuery query;
            query.wanted.words = typed;
            return query;
        };
    };
    const auto unanswered = [](int n) {
        reply::InboxQuery query;
        query.wanted.stars = {1, 2};
        query.wanted.replied = false;
        query.wanted.services = {std::string(services[1 + static_cast<std::size_t>(n) % 2])};
        return query;
    };
    search("search: a word, the brand", brand, words_of("estimate"), rows(raw_word, all));
    search("search: two words, a country", country, words_of("nobody explained"));
    search("search: two words, a group", group, words_of("nobody explained"));
    search("search: a word, a site", site, words_of("waiting"));
    search("search: one review among all", brand, [](int n) {
        reply::InboxQuery query;
        query.wanted.words = std::to_string(10'000 + n * 977) + " car";
        return query;
    });
    search("search: unhappy, unanswered, country", country, unanswered);
    search("search: unhappy, unanswered, site", site, unanswered);
    search("search: lowest first, a group", group, [](int) {
        reply::InboxQuery query;
        query.wanted.order = reviews::Order::lowest;
        return query;
    });
    search("search: one model, a group", group, [](int n) {
        reply::InboxQuery query;
        query.product = "M" + std::to_string(n % 25);
        return query;
    });
    const recover::Cases cases(db, clock, {});
    const auto list = [&](std::string name, std::function<std::string(int)> branch, std::string stage) {
        add(std::move(name), [&cases, &member, branch, stage](int n) { must(cases.list(member, branch(n), stage, {}, 50)); });
    };
    list("cases: open, the brand", brand, "open");
    list("cases: late, a country", country, "late");
    list("cases: closed, the brand", brand, "closed");
    list("cases: closed, a site", site, "closed");
    add("today of the brand", [&](int) { must(cases.today(member, "*")); });
    add("today of a country", [&](int n) { must(cases.today(member, country(n))); });
    add("today of a site", [&](int n) { must(cases.today(member, site(n))); });
    add("what waits, a country", [&](int n) { (void)inbox.waiting(member, country(n)); });
    add("what waits, a site", [&](int n) { (void)inbox.waiting(member, site(n)); });

    std::vector<Timing> timings;
    for (const auto& question : questions) {
        std::vector<double> taken, worked;
        question.ask(0);  // prepares the statements
        for (int n = 0; n < times; ++n) {
            const double before = cpu_milliseconds();
            taken.push_back(milliseconds([&] { question.ask(n); }));
            worked.push_back(cpu_milliseconds() - before);
        }
        std::sort(worked.begin(), worked.end());
        std::sort(taken.begin(), taken.end());
        Timing timing{question.name, taken[taken.size() / 2], taken[std::min(taken.size() - 1, taken.size() * 99 / 100)], worked[std::min(worked.size() - 1, worked.size() * 99 / 100)], 0};
        if (raw && question.raw) timing.raw = milliseconds(question.raw);
        if (each) each(timing);
        timings.push_back(std::move(timing));
    }
    return timings;
}

std::string heading() {
    char line[200];
    std::snprintf(line, sizeof line, "%-34s %9s %9s %9s %11s %8s", "question (milliseconds)", "p50", "p99", "cpu p99", "from rows", "ratio");
    return line;
}

std::string to_line(const Timing& one, double limit) {
    char line[200];
    if (one.raw > 0) std::snprintf(line, sizeof line, "%-34s %9.2f %9.2f %9.2f %11.1f %8.0f%s", one.name.c_str(), one.p50, one.p99, one.cpu, one.raw, one.raw / one.p50, one.p99 > limit ? "  over the limit" : "");
    else std::snprintf(line, sizeof line, "%-34s %9.2f %9.2f %9.2f %20s%s", one.name.c_str(), one.p50, one.p99, one.cpu, "", one.p99 > limit ? "  over the limit" : "");
    return line;
}

}  // namespace verbatim::bench
