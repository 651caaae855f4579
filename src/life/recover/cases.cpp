#include "life/recover/cases.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"
#include "life/recover/store.h"
#include "record/contact/contact.h"
#include "record/experiences/experiences.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::recover {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::size_t excerpt_length = 240;  // code points
constexpr std::size_t words_limit = 4000;
constexpr int first_ones = 5;                // of today's calls
// A branch with so few subjects is read subject by subject; a larger one along the clock, where every n-th row is its own.
constexpr std::int64_t few_subjects = 64;
constexpr int list_limit = 200;

#define LINE_COLUMNS                                                                                                                  \
    "c.id, c.review, c.site, c.why, c.opened_at, c.due_at, c.first_call_at, c.closed_at, c.breached, c.subject, c.stage, c.next_at, " \
    "c.next_what, c.holder, c.cause, c.done, c.satisfied, c.level"
// CROSS JOIN: SQLite keeps the order, the index of the clock first and the branch for each row; PostgreSQL is free as ever.
#define ON_BRANCH " FROM recovery_case c CROSS JOIN branch_subject b "
// By the clock: (moment, id) is the place to go on from. Each order has an index, and an open list is as short as the day is.
constexpr Sql list_open("SELECT " LINE_COLUMNS ON_BRANCH
    "WHERE b.branch = $1 AND b.subject = c.subject AND c.stage = 'open' AND (c.due_at > $2 OR (c.due_at = $2 AND c.id > $3)) ORDER BY c.due_at, c.id LIMIT $4");
constexpr Sql list_called("SELECT " LINE_COLUMNS ON_BRANCH
    "WHERE b.branch = $1 AND b.subject = c.subject AND c.stage = 'called' AND (c.due_at < $2 OR (c.due_at = $2 AND c.id < $3)) ORDER BY c.due_at DESC, c.id DESC LIMIT $4");
constexpr Sql list_closed("SELECT " LINE_COLUMNS ON_BRANCH
    "WHERE b.branch = $1 AND b.subject = c.subject AND c.closed_at IS NOT NULL AND (c.closed_at < $2 OR (c.closed_at = $2 AND c.id < $3)) ORDER BY c.closed_at DESC, c.id DESC LIMIT $4");
constexpr Sql list_late("SELECT " LINE_COLUMNS ON_BRANCH
    "WHERE b.branch = $1 AND b.subject = c.subject AND c.stage IN ('open', 'called') AND (c.breached = 1 OR (c.first_call_at IS NULL AND c.due_at < $5) OR c.first_call_at > c.due_at) "
    "AND (c.due_at > $2 OR (c.due_at = $2 AND c.id > $3)) ORDER BY c.due_at, c.id LIMIT $4");
constexpr Sql list_due("SELECT " LINE_COLUMNS ON_BRANCH
    "WHERE b.branch = $1 AND b.subject = c.subject AND c.stage = 'called' AND c.next_at <= $5 AND (c.next_at > $2 OR (c.next_at = $2 AND c.id > $3)) ORDER BY c.next_at, c.id LIMIT $4");
// The same, subject by subject: a site's closed cases are few, the whole network's are a million.
constexpr Sql list_called_few("SELECT " LINE_COLUMNS " FROM branch_subject b CROSS JOIN recovery_case c "
    "WHERE b.branch = $1 AND c.subject = b.subject AND c.stage = 'called' AND (c.due_at < $2 OR (c.due_at = $2 AND c.id < $3)) ORDER BY c.due_at DESC, c.id DESC LIMIT $4");
constexpr Sql list_closed_few("SELECT " LINE_COLUMNS " FROM branch_subject b CROSS JOIN recovery_case c "
    "WHERE b.branch = $1 AND c.subject = b.subject AND c.stage = 'closed' AND (c.closed_at < $2 OR (c.closed_at = $2 AND c.id < $3)) ORDER BY c.closed_at DESC, c.id DESC LIMIT $4");
constexpr Sql count_subjects("SELECT COUNT(*) FROM (SELECT 1 FROM branch_subject WHERE branch = $1 LIMIT $2) AS few");

constexpr Sql select_last_call("SELECT at, outcome FROM recovery_call WHERE recovery_case = $1 ORDER BY at DESC, id DESC LIMIT 1");
constexpr Sql count_calls("SELECT COUNT(*) FROM recovery_call WHERE recovery_case = $1");
constexpr Sql set_plan("UPDATE recovery_case SET next_at = $2, next_what = $3 WHERE id = $1");
constexpr Sql set_holder("UPDATE recovery_case SET holder = $2 WHERE id = $1");
constexpr Sql set_cause_of("UPDATE recovery_case SET cause = $2, done = $3, satisfied = $4 WHERE id = $1");
constexpr Sql set_reopened("UPDATE recovery_case SET closed_at = NULL, stage = 'called' WHERE id = $1");
constexpr Sql count_stages(R"sql(
SELECT SUM(CASE WHEN c.stage = 'open' THEN 1 ELSE 0 END),
  SUM(CASE WHEN c.breached = 1 OR (c.first_call_at IS NULL AND c.due_at < $2) OR c.first_call_at > c.due_at THEN 1 ELSE 0 END),
  SUM(CASE WHEN c.stage = 'called' THEN 1 ELSE 0 END), SUM(CASE WHEN c.stage = 'called' AND c.next_at <= $2 THEN 1 ELSE 0 END)
FROM recovery_case c CROSS JOIN branch_subject b WHERE b.branch = $1 AND b.subject = c.subject AND c.stage IN ('open', 'called'))sql");
constexpr Sql count_week(R"sql(
SELECT COUNT(*), COUNT(r.rating), SUM(r.rating), SUM(CASE WHEN r.rating <= 2 THEN 1 ELSE 0 END)
FROM review r CROSS JOIN branch_subject b WHERE b.branch = $1 AND b.subject = r.subject
AND r.submitted_at >= $2 AND r.submitted_at < $3 AND r.origin <> 'gathered')sql");
constexpr Sql count_week_cases(R"sql(
SELECT SUM(CASE WHEN c.first_call_at IS NOT NULL OR c.breached = 1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN c.first_call_at IS NOT NULL AND c.first_call_at <= c.due_at AND c.breached = 0 THEN 1 ELSE 0 END)
FROM recovery_case c CROSS JOIN branch_subject b WHERE b.branch = $1 AND b.subject = c.subject AND c.opened_at >= $2 AND c.opened_at < $3)sql");
constexpr Sql count_week_replies(R"sql(
SELECT COUNT(*) FROM reply p CROSS JOIN review r CROSS JOIN branch_subject b WHERE r.id = p.review AND b.branch = $1 AND b.subject = r.subject
AND p.submitted_at >= $2 AND p.submitted_at < $3 AND p.state <> 'refused')sql");
constexpr Sql select_answers(R"sql(
SELECT s.recovery_case FROM recovery_survey s CROSS JOIN recovery_case c CROSS JOIN branch_subject b
WHERE c.id = s.recovery_case AND b.branch = $1 AND b.subject = c.subject AND s.answered_at >= $2 ORDER BY s.answered_at DESC, s.recovery_case LIMIT 10)sql");

Error unknown() { return not_found("case_unknown", "there is no such case"); }

// "1793534400-abc": the moment and the id of the last line.
std::string cursor_of(Seconds at, const std::string& id) { return std::to_string(at) + "-" + id; }
struct Cursor {
    Seconds at = 0;
    std::string id;
};
std::optional<Cursor> cursor_from(std::string_view text) {
    const auto dash = text.find('-', 1);
    if (dash == std::string_view::npos || text.size() > 100) return std::nullopt;
    Cursor cursor;
    const auto [end, error] = std::from_chars(text.data(), text.data() + dash, cursor.at);
    if (error != std::errc() || end != text.data() + dash) return std::nullopt;
    cursor.id = text.substr(dash + 1);
    return cursor;
}

std::optional<Case> reached_case(Tx& tx, std::string_view branch, std::string_view id) {
    auto record = find_case(tx, id);
    if (record && !network::reaches(tx, branch, record->subject)) record.reset();
    return record;
}

std::string name_of(const contact::Customer& customer) {
    return customer.first_name + (customer.last_name.empty() || customer.first_name.empty() ? "" : " ") + customer.last_name;
}

struct Sites {
    std::map<std::string, std::optional<network::Site>> known;
    const std::optional<network::Site>& of(Tx& tx, const std::string& code) {
        const auto found = known.find(code);
        return found != known.end() ? found->second : known.emplace(code, network::find_site(tx, code)).first->second;
    }
};

CaseLine line_of(Tx& tx, Sites& sites, Case record) {
    CaseLine line;
    if (const auto& site = sites.of(tx, record.site)) {
        line.site_name = site->name;
        line.timezone = site->timezone;
    }
    if (const auto review = reviews::find(tx, record.review)) {
        line.rating = review->content.rating;
        line.title = review->content.title;
        line.excerpt = truncate_code_points(review->content.body, excerpt_length);
        line.lang = review->content.lang;
        line.service = review->content.service;
        if (const auto customer = review->customer.empty() ? std::nullopt : contact::find_customer(tx, review->customer)) line.customer_name = name_of(*customer);
        if (const auto visit = review->experience.empty() ? std::nullopt : experiences::find(tx, review->experience); visit && !visit->product.empty()) {
            if (const auto product = network::find_product(tx, visit->product)) line.product_name = product->name;
        }
        line.replied = reviews::reply_of(tx, record.review).has_value();
    }
    if (const auto call = tx.row<std::int64_t, std::string>(select_last_call, record.id)) {
        line.last_call_at = std::get<0>(*call);
        line.last_outcome = std::get<1>(*call);
        line.calls = static_cast<int>(tx.value<std::int64_t>(count_calls, record.id));
    }
    line.record = std::move(record);
    return line;
}

Result<void> check_closing(Tx& tx, const Closing& closing) {
    if (!closing.cause.empty() && !is_root_cause(tx, closing.cause)) return invalid("cause_unknown", "the cause is not on the list: " + closing.cause.substr(0, 40), "cause");
    if (!valid_utf8(closing.done) || code_points(closing.done) > words_limit) return invalid("too_long", "what was done is longer than 4,000 characters", "done");
    if (!closing.satisfied.empty() && closing.satisfied != "yes" && closing.satisfied != "no" && closing.satisfied != "unknown") {
        return invalid("satisfied", "satisfied is yes, no or unknown", "satisfied");
    }
    return {};
}

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

void keep_closing(Tx& tx, const Actor& actor, Seconds now, const Case& record, const Closing& closing) {
    if (closing.cause == record.cause && closing.done == record.done && closing.satisfied == record.satisfied) return;
    tx.exec(set_cause_of, record.id, or_null(closing.cause), or_null(closing.done), or_null(closing.satisfied));
    note_case(tx, actor, now, record, "cause", closing.cause);
}

CaseCounts counts_of(Tx& tx, std::string_view branch, Seconds now) {
    CaseCounts counts;
    tx.each(count_stages, [&](const Row& row) {
        if (!row.is_null(0)) counts = {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
    }, branch, now);
    return counts;
}

Today::Week week_of(Tx& tx, std::string_view branch, Seconds from, Seconds until) {
    Today::Week week;
    const auto number = [](const Row& row, int column) { return row.is_null(column) ? 0 : row.integer(column); };
    tx.each(count_week, [&](const Row& row) {
        week.reviews = row.integer(0);
        week.rated = row.integer(1);
        week.stars = number(row, 2);
        week.unhappy = number(row, 3);
    }, branch, from, until);
    tx.each(count_week_cases, [&](const Row& row) {
        week.cases = number(row, 0);
        week.called_in_time = number(row, 1);
    }, branch, from, until);
    week.answered = tx.value<std::int64_t>(count_week_replies, branch, from, until);
    return week;
}

}  // namespace

std::optional<std::string> Cases::narrowed(std::string_view branch, std::string_view asked) const {
    if (asked.empty()) return std::string(branch);
    return db_.read([&](Tx& tx) { return network::narrowed(tx, branch, asked); });
}

Result<CaseList> Cases::list(const Actor&, std::string_view branch, std::string_view stage, std::string_view after, int limit) const {
    constexpr std::string_view far = "~";  // behind every id
    const bool newest = stage == "called" || stage == "closed";
    auto cursor = after.empty() ? std::optional(newest ? Cursor{INT64_MAX, std::string(far)} : Cursor{-1, {}}) : cursor_from(after);
    if (!cursor) return invalid("after", "`after` is the `next` of the page before", "after");
    limit = std::clamp(limit, 1, list_limit);
    return db_.read([&](Tx& tx) -> Result<CaseList> {
        const auto now = clock_.now();
        std::vector<Case> records;
        const auto keep = [&](const Row& row) { records.push_back(read_case(row)); };
        const bool few = tx.value<std::int64_t>(count_subjects, branch, few_subjects + 1) <= few_subjects;
        if (stage == "open") tx.each(list_open, keep, branch, cursor->at, cursor->id, limit + 1);
        else if (stage == "late") tx.each(list_late, keep, branch, cursor->at, cursor->id, limit + 1, now);
        else if (stage == "due") tx.each(list_due, keep, branch, cursor->at, cursor->id, limit + 1, now);
        else if (stage == "called") tx.each(few ? list_called_few : list_called, keep, branch, cursor->at, cursor->id, limit + 1);
        else if (stage == "closed") tx.each(few ? list_closed_few : list_closed, keep, branch, cursor->at, cursor->id, limit + 1);
        else return invalid("stage", "stage is open, late, due, called or closed", "stage");
        CaseList list;
        list.counts = counts_of(tx, branch, now);
        const bool more = records.size() > static_cast<std::size_t>(limit);
        if (more) records.pop_back();
        Sites sites;
        for (auto& record : records) list.lines.push_back(line_of(tx, sites, std::move(record)));
        if (more) {
            const auto& last = list.lines.back().record;
            list.next = cursor_of(stage == "closed" ? last.closed_at : stage == "due" ? last.next_at : last.due_at, last.id);
        }
        return list;
    });
}

Result<CaseView> Cases::view(const Actor&, std::string_view branch, std::string_view id) const {
    return db_.read([&](Tx& tx) -> Result<CaseView> {
        auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        Sites sites;
        CaseView view;
        view.now = clock_.now();
        view.line = line_of(tx, sites, std::move(*record));
        const auto& one = view.line.record;
        view.calls = calls_of(tx, one.id);
        view.steps = steps_of(tx, one.id);
        view.survey = survey_of(tx, one.id);
        view.reply = reviews::reply_of(tx, one.review);
        if (const auto& site = sites.of(tx, one.site)) {
            view.opening_hours = site->opening;
            view.opening = network::opening_at(site->opening, site->timezone, view.now);
            view.open_left = one.due_at > view.now ? network::open_between(site->opening, site->timezone, view.now, one.due_at) : std::nullopt;
        }
        const auto review = reviews::find(tx, one.review);
        if (!review) return view;
        view.review = *review;
        const auto customer = review->customer.empty() ? std::nullopt : contact::find_customer(tx, review->customer);
        if (!customer) return view;
        view.phone = customer->phone;
        view.email = customer->email;
        view.salutation = customer->salutation;
        view.first_name = customer->first_name;
        view.last_name = customer->last_name;
        view.locale = customer->locale;
        view.country = customer->country;
        // Under every number the person is known by; only what lies on the caller's branch.
        for (const auto& person : contact::same_person(tx, customer->id)) {
            for (const auto& visit : experiences::of_customer(tx, person)) {
                if (!network::reaches(tx, branch, "site:" + visit.site)) continue;
                Visit line{visit.id, visit.kind, visit.occurred_on, visit.site, {}, {}, visit.registered_on, visit.id == review->experience};
                if (const auto& site = sites.of(tx, visit.site)) line.site_name = site->name;
                if (const auto product = visit.product.empty() ? std::nullopt : network::find_product(tx, visit.product)) line.product_name = product->name;
                view.visits.push_back(std::move(line));
            }
            for (const auto& other : reviews::of_customer(tx, person)) {
                if (other.id == review->id || (!network::reaches(tx, branch, other.content.subject) && other.parent != review->id)) continue;
                Earlier line;
                line.review = other.id;
                line.subject_name = network::subject_name(tx, other.content.subject).value_or("");
                line.service = other.content.service;
                line.state = reviews::to_word(other.state);
                line.title = other.content.title;
                line.excerpt = truncate_code_points(other.content.body, excerpt_length);
                line.lang = other.content.lang;
                line.rating = other.content.rating;
                line.submitted_at = other.submitted_at;
                line.replied = reviews::reply_of(tx, other.id).has_value();
                if (const auto before = case_of(tx, other.id)) {
                    line.case_id = before->id;
                    line.case_stage = before->stage;
                }
                view.earlier.push_back(std::move(line));
            }
        }
        std::sort(view.visits.begin(), view.visits.end(), [](const Visit& a, const Visit& b) { return std::tie(b.occurred_on, b.id) < std::tie(a.occurred_on, a.id); });
        std::sort(view.earlier.begin(), view.earlier.end(), [](const Earlier& a, const Earlier& b) { return std::tie(b.submitted_at, b.review) < std::tie(a.submitted_at, a.review); });
        return view;
    });
}

std::string Cases::of_review(std::string_view review) const {
    return db_.read([&](Tx& tx) {
        const auto record = case_of(tx, review);
        return record ? record->id : std::string();
    });
}

namespace {

// Whoever reaches the site and works with customers, each once, nearest first.
std::vector<Colleague> colleagues_of(Tx& tx, const Case& record) {
    std::vector<Colleague> all;
    const auto add = [&](const std::vector<network::Person>& people) {
        for (const auto& person : people) {
            const bool known = std::any_of(all.begin(), all.end(), [&](const Colleague& one) { return one.email == person.email; });
            if (!known && network::reaches(tx, network::branch_of(network::actor_of(person)), record.subject)) all.push_back({person.email, person.name, person.role});
        }
    };
    add(network::people_on_site(tx, record.site));
    const auto site = network::find_site(tx, record.site);
    if (!site) return all;
    add(network::people_of_group(tx, site->group));
    add(network::people_with_role(tx, "agent"));
    add(network::people_of_country(tx, site->country));
    return all;
}

}  // namespace

std::vector<Colleague> Cases::colleagues(const Actor&, std::string_view branch, std::string_view id) const {
    return db_.read([&](Tx& tx) {
        const auto record = reached_case(tx, branch, id);
        return record ? colleagues_of(tx, *record) : std::vector<Colleague>{};
    });
}

Result<bool> Cases::note_call(const Actor& actor, std::string_view branch, std::string_view id, std::string_view call, std::string_view outcome, std::string_view note, Seconds at,
                              Seconds back_at) {
    const NewCall made{std::string(call), std::string(outcome), std::string(note), at, back_at};
    if (const auto good = check_call(made); !good) return good.error();
    return db_.write([&](Tx& tx) -> Result<bool> {
        const auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        return keep_call(tx, actor, clock_.now(), *record, made);
    });
}

Result<void> Cases::plan(const Actor& actor, std::string_view branch, std::string_view id, Seconds at, std::string_view what) {
    if (!valid_utf8(what) || code_points(what) > 300) return invalid("too_long", "what comes next is longer than 300 characters", "what");
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        if (record->closed_at != 0) return conflict("case_closed", "this case is closed");
        const auto now = clock_.now();
        if (at != 0 && (at < now - one_day || at > now + 366 * one_day)) return invalid("at", "plan a moment within the coming year", "at");
        if (at == 0) tx.exec(set_plan, record->id, nullptr, nullptr);
        else tx.exec(set_plan, record->id, at, or_null(what));
        note_case(tx, actor, now, *record, "planned", what);
        return {};
    });
}

Result<void> Cases::hand_over(const Actor& actor, std::string_view branch, std::string_view id, std::string_view email, std::string_view note) {
    if (!valid_utf8(note) || code_points(note) > words_limit) return invalid("too_long", "the note is longer than 4,000 characters", "note");
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        if (record->closed_at != 0) return conflict("case_closed", "this case is closed");
        const auto all = colleagues_of(tx, *record);
        const auto to = std::find_if(all.begin(), all.end(), [&](const Colleague& one) { return one.email == email; });
        if (to == all.end()) return invalid("person_unknown", "this person does not reach the case; choose one of its list", "to");
        const auto now = clock_.now();
        tx.exec(set_holder, record->id, to->email);
        note_case(tx, actor, now, *record, "handed_over", to->email);
        const auto site = network::find_site(tx, record->site);
        const auto review = reviews::find(tx, record->review);
        const auto customer = review && !review->customer.empty() ? contact::find_customer(tx, review->customer) : std::nullopt;
        std::string locale;
        for (const auto& person : network::people_by_email(tx, to->email)) locale = person.locale;
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "handover:" + record->id + ":" + to->email + ":" + std::to_string(now);
        message.email = to->email;
        message.name = to->name;
        message.locale = locale;
        message.about = record->review;
        message.mail_template = "case_handover";
        message.data = json({{"LINK", options_.base_url + "/office/cases/" + record->id}, {"SITE_NAME", site ? site->name : ""}, {"FROM", actor.id}, {"NOTE", note},
                             {"RATING", review ? review->content.rating.value_or(0) : 0}, {"TITLE", review ? review->content.title : ""},
                             {"BODY", review ? review->content.body : ""}, {"LANG", review && !review->content.lang.empty() ? review->content.lang : "und"},
                             {"CUSTOMER_NAME", customer ? name_of(*customer) : ""}, {"CUSTOMER_PHONE", customer ? customer->phone : ""},
                             {"DUE_AT", record->due_at}, {"TIMEZONE", site && !site->timezone.empty() ? site->timezone : "UTC"}}).dump();
        contact::queue(tx, now, message);
        return {};
    });
}

Result<void> Cases::set_cause(const Actor& actor, std::string_view branch, std::string_view id, const Closing& closing) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        if (const auto good = check_closing(tx, closing); !good) return good;
        keep_closing(tx, actor, clock_.now(), *record, closing);
        return {};
    });
}

Result<void> Cases::close(const Actor& actor, std::string_view branch, std::string_view id, const Closing& closing) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        if (const auto good = check_closing(tx, closing); !good) return good;
        const auto now = clock_.now();
        // What is not said anew stays as it was said before.
        const auto said = [](const std::string& now_said, const std::string& before) { return now_said.empty() ? before : now_said; };
        keep_closing(tx, actor, now, *record, {said(closing.cause, record->cause), said(closing.done, record->done), said(closing.satisfied, record->satisfied)});
        return keep_close(tx, actor, now, *record, options_.survey_days);
    });
}

Result<void> Cases::reopen(const Actor& actor, std::string_view branch, std::string_view id) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto record = reached_case(tx, branch, id);
        if (!record) return unknown();
        if (record->closed_at == 0) return {};
        const auto review = reviews::find(tx, record->review);
        if (!review || review->state == reviews::State::erased) return conflict("erased", "the words of this case were erased");
        const auto now = clock_.now();
        tx.exec(set_reopened, record->id);
        drop_survey(tx, *record);
        reviews::note(tx, actor, now, record->review, "case_reopened", {});
        note_case(tx, actor, now, *record, "reopened", {});
        return {};
    });
}

Result<Today> Cases::today(const Actor&, std::string_view branch) const {
    return db_.read([&](Tx& tx) -> Result<Today> {
        const auto now = clock_.now();
        Today today;
        today.counts = counts_of(tx, branch, now);
        std::vector<Case> records;
        tx.each(list_open, [&](const Row& row) { records.push_back(read_case(row)); }, branch, -1, "", first_ones);
        Sites sites;
        for (auto& record : records) today.next.push_back(line_of(tx, sites, std::move(record)));
        today.week = week_of(tx, branch, now - 7 * one_day, now + 1);
        today.week_before = week_of(tx, branch, now - 14 * one_day, now - 7 * one_day);
        for (const auto& id : tx.rows<std::string>(select_answers, branch, now - 7 * one_day)) {
            if (auto survey = survey_of(tx, id)) today.answers.emplace_back(id, std::move(*survey));
        }
        return today;
    });
}

}  // namespace verbatim::recover
