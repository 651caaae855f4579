#include "life/reply/answers.h"

#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "record/network/branches.h"
#include "record/experiences/experiences.h"
#include "record/network/network.h"

extern "C" {
struct VerbatimTemplates {
    const char* name;
    const char* bytes;
    std::uint64_t size;
    const char* hash;
};
extern const VerbatimTemplates verbatim_reply_templates[];
}

namespace verbatim::reply {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::string_view situation_words[] = {"praise", "delay", "price", "quality", "welcome", "unjust", "troll"};

constexpr Sql select_templates("SELECT id, situation, lang, title, body, active, branch FROM reply_template ORDER BY situation, lang, id");
constexpr Sql keep_template(R"sql(
INSERT INTO reply_template (id, situation, lang, title, body, active, updated_at, branch) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO UPDATE SET situation = excluded.situation, lang = excluded.lang, title = excluded.title, body = excluded.body,
  active = excluded.active, updated_at = excluded.updated_at)sql");
constexpr Sql delete_template("DELETE FROM reply_template WHERE id = $1");
constexpr Sql select_owner("SELECT branch FROM reply_template WHERE id = $1");
constexpr Sql count_templates("SELECT COUNT(*) FROM reply_template");
constexpr Sql select_last_answers(R"sql(
SELECT p.body FROM review_search s JOIN reply p ON p.review = s.review AND p.state <> 'refused'
WHERE s.subject = $1 AND s.review <> $2 ORDER BY s.place DESC LIMIT 5)sql");
constexpr Sql count_low(R"sql(
SELECT COUNT(*) FROM review WHERE customer = $1 AND submitted_at >= $2 AND rating <= 2 AND state NOT IN ('withdrawn', 'erased'))sql");

constexpr std::int64_t most_templates = 1000;
constexpr std::size_t title_limit = 120;
constexpr Seconds repeated_within = 90 * one_day;
constexpr std::int64_t repeated_from = 3;

const std::vector<Template>& packaged() {
    static const std::vector<Template> list = [] {
        std::vector<Template> all;
        const auto file = json::parse(std::string_view(verbatim_reply_templates[0].bytes, verbatim_reply_templates[0].size));
        for (const auto& one : file) all.push_back({one.at("id"), one.at("situation"), one.at("lang"), {}, one.at("body"), true, true});
        return all;
    }();
    return list;
}

bool is_packaged(std::string_view id) {
    return std::any_of(packaged().begin(), packaged().end(), [&](const Template& one) { return one.id == id; });
}

std::optional<reviews::Review> reached(Tx& tx, std::string_view branch, std::string_view id) {
    auto review = reviews::find(tx, id);
    if (review && !network::reaches(tx, branch, review->content.subject)) review.reset();
    return review;
}

Error unknown() { return not_found("review_unknown", "there is no such review"); }

std::string language_of(std::string_view lang) { return std::string(lang.substr(0, lang.find('-'))); }

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

std::string first_name_of(const reviews::Review& review) { return review.signature.substr(0, review.signature.find(' ')); }

// What the stars and the lowest criterion say it is about.
std::string situation_of(const reviews::Review& review, bool troll) {
    if (troll) return "troll";
    if (review.content.rating && *review.content.rating >= 4) return "praise";
    std::string lowest;
    int stars = 4;
    for (const auto& [code, value] : review.content.criteria) {
        if (value < stars) {
            stars = value;
            lowest = code;
        }
    }
    if (lowest == "price") return "price";
    if (lowest == "deadline" || lowest == "delivery" || lowest == "handover") return "delay";
    if (lowest == "welcome" || lowest == "advice" || lowest == "explanation") return "welcome";
    return "quality";
}

bool said_insult(const reviews::Review& review, const std::vector<reviews::Step>& history) {
    if (!review.findings.empty()) {
        const auto findings = json::parse(review.findings);
        for (const auto& one : findings) {
            const auto reason = one.value("reason", "");
            if (reason == "insult" || reason == "hate" || reason == "threat" || reason == "obscene") return true;
        }
    }
    return std::any_of(history.begin(), history.end(), [](const reviews::Step& step) {
        return step.step == "rephrase" || (step.step == "correction_refused" && step.detail.rfind("insult", 0) == 0);
    });
}

}  // namespace

std::span<const std::string_view> situations() { return situation_words; }

std::vector<Template> templates(Tx& tx, std::string_view branch, std::string_view lang, std::string_view situation, bool active_only) {
    std::map<std::string, Template> own;
    std::vector<Template> order;
    tx.each(select_templates, [&](const Row& row) {
        Template one{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)), false, row.integer(5) != 0, std::string(row.text(6))};
        one.packaged = is_packaged(one.id);
        if (one.branch != "*" && one.branch != branch && !network::contains(tx, one.branch, branch)) return;
        order.push_back(one);
        own.emplace(one.id, std::move(one));
    });
    std::vector<Template> all;
    const auto add = [&](const Template& one) {
        if (!lang.empty() && one.lang != lang) return;
        if (!situation.empty() && one.situation != situation) return;
        if (active_only && !one.active) return;
        all.push_back(one);
    };
    for (const auto& one : packaged()) {
        const auto changed = own.find(one.id);
        add(changed == own.end() ? one : changed->second);
    }
    for (const auto& one : order) {
        if (!one.packaged) add(one);
    }
    return all;
}

Result<Help> Answers::help(const Actor&, std::string_view branch, std::string_view id) const {
    return db_.read([&](Tx& tx) -> Result<Help> {
        const auto review = reached(tx, branch, id);
        if (!review) return unknown();
        Help help;
        if (said_insult(*review, reviews::history(tx, id))) help.signals.push_back("held_for_insult");
        if (!review->customer.empty() && tx.value<std::int64_t>(count_low, review->customer, clock_.now() - repeated_within) >= repeated_from) help.signals.push_back("repeated");
        if (review->experience.empty() && review->origin != "gathered") help.signals.push_back("no_experience");
        // One sign alone is an angry or a careless customer, who is owed an answer like any other; an insult with unhappy stars, or two
        // signs, is somebody to whom one says the facts once.
        help.troll = help.signals.size() >= 2 || (!help.signals.empty() && help.signals.front() == "held_for_insult" && review->content.rating.value_or(5) == 1);
        help.situation = situation_of(*review, help.troll);
        auto lang = language_of(review->content.lang);
        auto all = templates(tx, branch, lang, {}, true);
        if (all.empty()) all = templates(tx, branch, "en", {}, true);
        const auto& subject = review->content.subject;
        const auto site = network::subject_name(tx, subject).value_or("");
        std::string vehicle;
        if (const auto visit = review->experience.empty() ? std::nullopt : experiences::find(tx, review->experience); visit && !visit->product.empty()) {
            if (const auto product = network::find_product(tx, visit->product)) vehicle = product->name;
        }
        const auto name = first_name_of(*review);
        for (auto& one : all) {
            if (name.empty()) replace_all(one.body, " {name}", "");
            replace_all(one.body, "{name}", name);
            replace_all(one.body, "{site}", site);
            if (!vehicle.empty()) replace_all(one.body, "{vehicle}", vehicle);
        }
        std::stable_sort(all.begin(), all.end(), [&](const Template& a, const Template& b) { return (a.situation == help.situation) > (b.situation == help.situation); });
        help.templates = std::move(all);
        return help;
    });
}

Result<ToneReport> Answers::check(const Actor&, std::string_view branch, std::string_view id, std::string_view body) const {
    if (!valid_utf8(body)) return invalid("unreadable", "the reply is not readable text", "body");
    if (code_points(body) > body_limit) return invalid("too_long", "the reply is longer than " + std::to_string(body_limit) + " characters", "body");
    return db_.read([&](Tx& tx) -> Result<ToneReport> {
        const auto review = reached(tx, branch, id);
        if (!review) return unknown();
        const auto lang = language_of(review->content.lang);
        std::vector<std::string> bodies;
        for (auto& one : templates(tx, branch, lang, {}, true)) bodies.push_back(std::move(one.body));
        ToneReport report;
        report.advice = tone_of(body, lang, bodies, tx.rows<std::string>(select_last_answers, review->content.subject, id));
        const auto findings = json::parse(findings_(tx, *review, body));
        for (const auto& one : findings) {
            report.would_be_held = true;
            report.advice.push_back({one.value("reason", ""), true, one.value("start", std::size_t{0}), one.value("end", std::size_t{0}), one.value("text", "")});
        }
        std::stable_sort(report.advice.begin(), report.advice.end(), [](const Advice& a, const Advice& b) { return std::tuple(!a.held, a.start) < std::tuple(!b.held, b.start); });
        return report;
    });
}

Result<std::string> Answers::send(const Actor& actor, std::string_view branch, std::string_view id, std::string_view body, Reply& replies) const {
    const auto author = db_.read([&](Tx& tx) -> Result<std::string> {
        const auto review = reached(tx, branch, id);
        if (!review) return unknown();
        return network::subject_name(tx, review->content.subject).value_or("");
    });
    if (!author) return author.error();
    return replies.propose(actor, id, body, *author);
}

std::vector<Template> Answers::list(const Actor&, std::string_view branch, std::string_view lang, std::string_view situation, bool active_only) const {
    return db_.read([&](Tx& tx) { return templates(tx, branch, lang, situation, active_only); });
}

namespace {

// What may be changed: one's own branch's and those below; the packaged ones by who holds everything.
Result<void> may_change(Tx& tx, std::string_view branch, std::string_view id) {
    const auto owner = tx.row<std::string>(select_owner, id);
    if (!owner && !is_packaged(id)) return not_found("template_unknown", "there is no such template");
    const auto whose = owner.value_or("*");
    if (whose == branch || branch == "*") return {};
    if (whose == "*") return forbidden("brands_template", "this template is the whole brand's; make one of your own");
    if (!network::contains(tx, branch, whose)) return not_found("template_unknown", "there is no such template");
    return {};
}

}  // namespace

Result<std::string> Answers::save(const Actor&, std::string_view branch, const Template& wanted) {
    if (std::find(std::begin(situation_words), std::end(situation_words), wanted.situation) == std::end(situation_words)) {
        return invalid("situation", "situation is one of praise, delay, price, quality, welcome, unjust, troll", "situation");
    }
    if (wanted.lang.size() != 2 || wanted.lang.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) return invalid("lang", "lang is two letters: fr", "lang");
    if (!valid_utf8(wanted.title) || code_points(wanted.title) > title_limit) return invalid("title", "a title has at most 120 characters", "title");
    if (!valid_utf8(wanted.body) || wanted.body.empty() || code_points(wanted.body) > body_limit) return invalid("body", "a body has 1 to 4,000 characters", "body");
    const auto first = wanted.body.find("{personal}");
    if (first == std::string::npos || wanted.body.find("{personal}", first + 1) != std::string::npos) {
        return invalid("personal", "leave room for one personal sentence: write {personal} where it goes, once", "body");
    }
    if (is_packaged(wanted.id) && wanted.id != wanted.situation + "." + wanted.lang) return invalid("id", "this id is a packaged template's of another situation or language", "id");
    return db_.write([&](Tx& tx) -> Result<std::string> {
        auto id = wanted.id;
        auto owner = std::string(branch);
        if (id.empty()) {
            if (tx.value<std::int64_t>(count_templates) >= most_templates) return conflict("too_many", "there are 1,000 templates; take some away first");
            id = crypto::random_id(10);
        } else {
            if (const auto good = may_change(tx, branch, id); !good) return good.error();
            owner = tx.row<std::string>(select_owner, id).value_or("*");
        }
        tx.exec(keep_template, id, wanted.situation, wanted.lang, wanted.title, wanted.body, wanted.active, clock_.now(), owner);
        return id;
    });
}

Result<void> Answers::remove(const Actor&, std::string_view branch, std::string_view id) {
    return db_.write([&](Tx& tx) -> Result<void> {
        if (const auto good = may_change(tx, branch, id); !good) return good;
        tx.exec(delete_template, id);
        return {};
    });
}

}  // namespace verbatim::reply
