// "You told us, we changed it": who hears of it, and who is left in peace.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ground/formats/utf8.h"
#include "life/analyse/findings.h"
#include "life/analyse/store.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/network/country_rules.h"
#include "record/network/network.h"

namespace verbatim::analyse {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql set_closed("UPDATE finding SET state = 'closed', outcome = $2, closed_at = $3, version = version + 1, updated_at = $3 WHERE id = $1");
constexpr Sql set_open(R"sql(
UPDATE finding SET state = CASE WHEN sent_at IS NULL THEN 'draft' ELSE 'sent' END, outcome = '', closed_at = NULL, version = version + 1, updated_at = $2 WHERE id = $1)sql");
constexpr Sql insert_words("INSERT INTO finding_words (finding, lang, words) VALUES ($1, $2, $3)");
constexpr Sql select_words("SELECT lang, words FROM finding_words WHERE finding = $1");
constexpr Sql select_about("SELECT about, state FROM finding WHERE id = $1");
constexpr Sql select_reviews("SELECT review FROM finding_review WHERE finding = $1 ORDER BY review");
constexpr Sql select_untold(R"sql(
SELECT f.review FROM finding_review f WHERE f.finding = $1 AND NOT EXISTS (SELECT 1 FROM finding_letter l WHERE l.finding = f.finding AND l.review = f.review)
ORDER BY f.review LIMIT $2)sql");
constexpr Sql insert_letter("INSERT INTO finding_letter (finding, review, customer, outcome, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
constexpr Sql told_before("SELECT 1 FROM finding_letter WHERE customer = $1 AND finding = $2 AND outcome = 'queued' LIMIT 1");
constexpr Sql told_lately("SELECT 1 FROM finding_letter WHERE customer = $1 AND at > $2 AND outcome = 'queued' LIMIT 1");
constexpr Sql forget_review("DELETE FROM finding_review WHERE review = $1");
constexpr Sql forget_letter("UPDATE finding_letter SET customer = NULL WHERE review = $1");
constexpr Sql select_told(R"sql(
SELECT l.review, l.at, l.outcome, f.title FROM finding_letter l JOIN finding f ON f.id = l.finding WHERE l.review = $1 ORDER BY l.at, l.finding)sql");
constexpr Sql purge_old(R"sql(
UPDATE finding_letter SET customer = NULL WHERE (finding, review) IN (SELECT finding, review FROM finding_letter WHERE at < $1 AND customer IS NOT NULL ORDER BY at LIMIT $2))sql");
constexpr Sql count_old("SELECT COUNT(*) FROM finding_letter WHERE at < $1 AND customer IS NOT NULL");

constexpr int round = 50;  // letters in one transaction

std::string language_of(std::string_view locale) { return std::string(locale.substr(0, locale.find_first_of("-_"))); }

struct Decision {
    std::string outcome, customer, language;
    std::vector<std::string> person;  // every number this person is known under
};

// It praises the house for having listened, which courts take for advertising (BGH, 10 July 2018, VI ZR 225/17, of far less): so the
// basis of marketing is asked, by the customer's country, and the newest word holds (norms GDP-1, EML-11).
bool has_basis(Tx& tx, const contact::Customer& customer) {
    std::string basis;
    for (const auto& said : contact::consents_of(tx, customer.id)) {
        if (said.purpose == "marketing") basis = said.basis;
    }
    return network::basis_suffices(customer.country, "marketing", basis);
}

// One review's customer. `told` holds who hears of it already.
Decision decide(Tx& tx, Seconds now, const Options& options, std::string_view finding, std::string_view id, const std::map<std::string, std::string>& words,
                const std::set<std::string>& told) {
    const auto review = reviews::find(tx, id);
    if (!review || review->state != reviews::State::published) return {"ended", {}, {}, {}};
    if (review->origin == "gathered") return {"gathered", {}, {}, {}};
    const auto customer = review->customer.empty() ? std::nullopt : contact::find_customer(tx, review->customer);
    if (!customer) return {"no_customer", {}, {}, {}};
    Decision decision{{}, customer->id, language_of(customer->locale.empty() ? review->content.lang : customer->locale), contact::same_person(tx, customer->id)};
    const auto held = [&](std::string_view why) {
        decision.outcome = why;
        return decision;
    };
    if (contact::address_waits(tx, customer->id)) return held("unconfirmed");
    if (customer->email.empty()) return held("no_address");
    for (const auto& number : decision.person) {
        if (told.contains(number) || tx.row<std::int64_t>(told_before, number, finding)) return held("told");
    }
    if (contact::suppressed(tx, customer->email, contact::Purpose::invitation)) return held("opted_out");
    if (!has_basis(tx, *customer)) return held("no_basis");
    if (options.stop) {
        if (const auto why = options.stop(tx, *review); !why.empty()) return held(why);
    }
    for (const auto& number : decision.person) {
        if (options.quiet_days > 0 && tx.row<std::int64_t>(told_lately, number, now - options.quiet_days * one_day)) return held("quiet");
    }
    if (!words.contains(decision.language)) return held("language");
    return held("queued");
}

std::map<std::string, std::string> words_of(Tx& tx, std::string_view id) {
    std::map<std::string, std::string> words;
    tx.each(select_words, [&](const Row& row) { words[std::string(row.text(0))] = std::string(row.text(1)); }, id);
    return words;
}

}  // namespace

Result<void> check_words(const std::map<std::string, std::string>& words) {
    if (words.size() > 40) return invalid("too_many_languages", "at most 40 languages", "words");
    for (const auto& [language, text] : words) {
        if (language.size() < 2 || language.size() > 3 || !std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
            return invalid("language_unknown", "a language is its code, like fr", "words");
        if (text.find_first_not_of(" \t\r\n") == std::string::npos) return invalid("text_missing", "write what was changed, or leave the language out", "words");
        if (!valid_utf8(text)) return invalid("unreadable", "the words are not readable text", "words");
        if (code_points(text) > words_limit) return invalid("too_long", "the words are longer than " + std::to_string(words_limit) + " characters", "words");
    }
    return {};
}

Result<Letters> Findings::audience(const Actor& actor, std::string_view id, const std::map<std::string, std::string>& words) const {
    if (const auto good = check_words(words); !good) return good.error();
    return db_.read([&](Tx& tx) -> Result<Letters> {
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        Letters letters;
        std::set<std::string> told;
        for (const auto& review : tx.rows<std::string>(select_reviews, id)) {
            const auto decision = decide(tx, clock_.now(), options_, id, review, words, told);
            ++letters.by_outcome[decision.outcome];
            if (decision.outcome == "language") ++letters.languages_missing[decision.language];
            if (decision.outcome == "queued" || decision.outcome == "language") told.insert(decision.person.begin(), decision.person.end());
        }
        return letters;
    });
}

Result<void> Findings::close(const Actor& actor, std::string_view id, std::string_view outcome, const std::map<std::string, std::string>& words) {
    if (outcome != "changed" && outcome != "dropped") return invalid("outcome_missing", "say how it ended: changed or dropped", "outcome");
    if (const auto good = check_words(words); !good) return good.error();
    if (outcome == "changed" && words.empty()) return invalid("text_missing", "write to the customers what was changed, in one language at least", "words");
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        if (found->state == "closed") return conflict("finding_closed", "this finding is closed");
        tx.exec(set_closed, id, outcome, now);
        if (outcome == "changed") {
            for (const auto& [language, text] : words) tx.exec(insert_words, id, language, text);
            jobs::enqueue(tx, clock_, "finding", id);
        }
        note_finding(tx, actor, now, *found, "closed", outcome);
        return {};
    });
}

Result<void> Findings::reopen(const Actor& actor, std::string_view id) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        if (found->state != "closed") return conflict("finding_open", "this finding is not closed");
        if (found->outcome != "dropped") return conflict("letters_out", "the customers were told: write a new finding");
        const auto now = clock_.now();
        tx.exec(set_open, id, now);
        note_finding(tx, actor, now, *found, "reopened", {});
        return {};
    });
}

void Findings::handle(jobs::Runner& runner) {
    runner.handle("finding", [this](const jobs::Job& job) { return tell(job); });
}

// A round of letters in one transaction with the job's end; a killed round left nothing, so nobody is written to twice.
Result<void> Findings::tell(const jobs::Job& job) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        jobs::finish(tx, job);
        const auto& id = job.payload;
        const auto row = tx.row<std::string, std::string>(select_about, id);
        if (!row || std::get<1>(*row) != "closed") return {};
        const auto words = words_of(tx, id);
        const auto untold = tx.rows<std::string>(select_untold, id, round);
        for (const auto& review_id : untold) {
            auto decision = decide(tx, now, options_, id, review_id, words, {});
            if (decision.outcome == "queued") {
                const auto review = reviews::find(tx, review_id);
                contact::Message message;
                message.purpose = contact::Purpose::invitation;  // a wish not to be invited holds for this too, and it carries the way out
                message.key = "finding_changed:" + id + ":" + decision.customer;
                message.customer = decision.customer;
                message.about = review_id;
                message.mail_template = "finding_changed";
                message.data = json({{"WORDS", words.at(decision.language)}, {"LANG", decision.language}, {"SUBJECT_NAME", about_name(tx, review->content.subject)},
                                     {"WRITTEN_ON", format_date(review->submitted_at)}, {"REVIEW_URL", options_.base_url + "/" + decision.language + "/reviews/" + review_id}}).dump();
                const auto queued = contact::queue(tx, now, message);
                if (queued == contact::Queued::opted_out) decision.outcome = "opted_out";
                else if (queued == contact::Queued::no_address) decision.outcome = "no_address";
                else if (queued == contact::Queued::already_there) decision.outcome = "told";
            }
            tx.exec(insert_letter, id, review_id, decision.customer.empty() ? std::nullopt : std::optional(decision.customer), decision.outcome, now);
        }
        if (untold.size() == static_cast<std::size_t>(round)) {
            jobs::enqueue(tx, clock_, "finding", id);
        } else {
            Finding finding;
            finding.id = id;
            finding.about = std::get<0>(*row);
            std::int64_t queued = 0, held = 0;
            for (const auto& [outcome, count] : letters_of(tx, id).by_outcome) (outcome == "queued" ? queued : held) += count;
            note_finding(tx, Actor::system("analyse"), now, finding, "customers_told", std::to_string(queued) + " told, " + std::to_string(held) + " held back");
        }
        return {};
    });
}

void Findings::on_erased(Tx& tx, std::string_view review) const {
    tx.exec(forget_review, review);
    tx.exec(forget_letter, review);
}

std::string Findings::personal_data(Tx& tx, const std::vector<std::string>& reviews) {
    json letters = json::array();
    for (const auto& review : reviews) {
        tx.each(select_told, [&](const Row& row) {
            letters.push_back({{"review", row.text(0)}, {"at", format_moment(row.integer(1))}, {"outcome", row.text(2)}, {"finding", row.text(3)}});
        }, review);
    }
    return json({{"findings", letters}}).dump();
}

std::int64_t purge_letters(Tx& tx, Seconds before, int limit) { return tx.exec(purge_old, before, limit); }
std::int64_t letters_before(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_old, before); }

}  // namespace verbatim::analyse
