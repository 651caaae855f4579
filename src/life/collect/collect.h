// The customer's minute: the personal link, the form, the receipt, and the author's own space afterwards (norms COL-3, COL-8
// to COL-10, AUT-1 to AUT-5, GDP-3, GDP-4). Doors turn a form into a Submission; everything else happens here.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/calendar.h"
#include "ground/base/result.h"
#include "life/collect/pressure.h"
#include "record/contact/consents.h"
#include "record/ledger/ledger.h"
#include "record/links/links.h"
#include "record/reviews/reviews.h"

namespace verbatim::collect {

inline constexpr std::string_view terms_version = "2026-11";
inline constexpr std::size_t title_limit = 120;    // Unicode code points
inline constexpr std::size_t body_limit = 8000;

struct Options {
    int decide_days = 7;       // announced longest delay to publish or refuse (norms MOD-4, NOT-2)
    std::string base_url, brand;
    // What other stages hold of these reviews' author, as a JSON object to stand in the export (GDPR 15).
    std::function<std::string(storage::Tx&, const std::vector<std::string>& reviews)> more_personal_data;
    // The same of the person: an object whose members are lists, one call a number. And forgetting it (GDPR 17).
    std::function<std::string(storage::Tx&, std::string_view customer)> more_of_person;
    std::function<void(storage::Tx&, std::string_view customer)> forget_person;
};

// What the form asks, which depends on the service only (never on the stars).
std::vector<std::string> criteria_of(std::string_view service);  // catalogue keys "criterion.welcome" ... without the prefix

struct FormContext {
    links::State link = links::State::open;
    std::string invitation;             // experience id; empty on the spontaneous form
    std::string customer;               // whose link it is
    std::string site_code, site_name, site_city, product_code, product_name;
    std::string service;                // empty on the spontaneous form: the author chooses
    std::vector<std::string> services;  // of the site, for the spontaneous form
    std::vector<std::string> criteria;
    std::string locale, country;
    std::string first_name, initial;    // for the signature's preview: "Claire", "D"
    std::string experience_on;          // ISO date
    std::string incentive;              // what is promised for writing (norm INC-2); empty: nothing
    std::string kind;                   // order | delivery | used_car | workshop
    bool asks_vehicle = false;          // product_rating and product_body are asked
};

// Everything as typed. Nothing is trusted.
struct Submission {
    std::string rating;
    std::map<std::string, std::string> criteria;
    std::string recommend, title, body, signature, contact_me, declaration, product_rating, product_body;
    std::string device;  // network address and browser; empty: not known. Kept only as a hash of the day (norm FRA-3)
    // the spontaneous form
    std::string first_name, last_name, email, phone, proof, experience_on, service;
};

struct Problem {
    std::string field;  // the input's name
    std::string code;   // catalogue key "problem.CODE"
};

struct Receipt {
    std::string review;            // public id
    std::string leaf, salt, commitment, content;  // salt base64
    Seconds decide_by = 0;
    std::string author_token;      // for /me/{token}
    std::vector<Receipt> vehicle;  // one more, for the words on the vehicle, where there are any (norm AUT-5)
    std::string product_name;      // of the vehicle's
    bool confirm = false;          // the address must be confirmed first (norm COL-1)
};

// Either a receipt, or what to mend, or why it cannot be done at all; with the form it belongs to.
struct Answer {
    FormContext context;
    std::optional<Receipt> receipt;
    std::vector<Problem> problems;
    std::optional<Error> error;    // gone "link_used" ...
};

struct AuthorView {
    reviews::Review review;
    std::optional<reviews::Draft> draft;
    std::vector<reviews::PastVersion> versions;
    std::vector<reviews::Step> history;
    std::optional<reviews::Reply> reply;
    std::optional<reviews::Review> vehicle;     // the words on the vehicle that came with it
    std::string site_name, product_name, locale;
    std::vector<std::string> criteria;
    std::optional<std::int64_t> log_index;
    std::optional<ledger::Ledger::Inclusion> inclusion;  // of the collected entry, under a signed checkpoint
    std::string salt, leaf;                      // of the receipt: base64, and the collected entry; empty after an erasure
    std::string findings;                        // JSON, to mark the words when a rephrasing is asked
    std::string explanation;                     // the moderator's, for a refusal or a rephrasing
    std::optional<PressureCase> pressure;        // a question that waits for the author's answer (norm AUT-4)
    std::vector<contact::Consent> consents;      // what the author agreed to, oldest first (norm GDP-1)
    bool can_correct = false, can_withdraw = false;
    links::State link = links::State::open;
};

class Collect {
public:
    Collect(storage::Db& db, const Clock& clock, const ledger::Ledger& log, Options options);

    // GET /r/{token}: changes nothing. not_found for an unknown token; the link's state otherwise.
    Result<FormContext> form(std::string_view token) const;
    Answer submit(std::string_view token, const Submission& submission);

    // /review/{site}
    Result<FormContext> spontaneous_form(std::string_view site, std::string_view locale) const;
    Answer submit_spontaneous(std::string_view site, std::string_view locale, const Submission& submission);

    // /confirm/{token}: an author whose experience nobody proved answers under the address given (norm COL-1). Before that nobody
    // reads the words, nobody is alerted, nothing is published; unconfirmed when the announced time is nearly over, all is erased.
    Result<bool> address_confirmed(std::string_view token) const;
    Result<void> confirm_address(std::string_view token);
    void handle(jobs::Runner& runner);  // registers kind "unconfirmed"

    // /me/{token}
    Result<AuthorView> author(std::string_view token) const;
    Answer correct(std::string_view token, const Submission& submission);
    Result<void> withdraw(std::string_view token);
    Result<std::string> export_json(std::string_view token) const;   // everything held about this person (GDPR 15, 20)
    Result<std::string> export_by_email(std::string_view email) const;  // for the administrator's command line
    Result<void> erase(std::string_view token);                      // GDPR 17: every number this person is known under
    Result<std::int64_t> erase_by_email(const Actor& actor, std::string_view email);  // for the administrator's command line; how many numbers
    Result<void> report_pressure(std::string_view token, std::string_view words);  // norm AUT-4
    Result<void> answer_pressure(std::string_view token, std::string_view answer, std::string_view words);  // no | pressed | offered
    Result<std::vector<PressureCase>> pressure_register(const Actor& actor, std::string_view before, int limit) const;
    std::vector<SitePressure> pressure_by_site() const;
    // `of`: one of the same person's other reviews (the words on the vehicle); empty: the link's own.
    Result<std::string> receipt_json(std::string_view token, std::string_view of = {}) const;
    // .tlog-proof of the entry that the receipt names, or of the newest public one, which the file then carries. Waits a moment
    // for an entry that has just been made; conflict where it has no place by then.
    enum class Leaf { collected, published };
    Result<std::string> proof(std::string_view token, std::string_view of = {}, Leaf which = Leaf::collected) const;

    // Proof that the visit was counted among those who could be asked (docs/formats.md, "The proof of a batch"; norm COL-7).
    Result<std::string> batch_json(std::string_view token) const;

    // Events: mails to the author. Called in the event's transaction.
    void on_collected(storage::Tx& tx, std::string_view review) const;   // the receipt
    void on_published(storage::Tx& tx, std::string_view review) const;
    void on_rephrase(storage::Tx& tx, std::string_view review) const;
    void on_reply(storage::Tx& tx, std::string_view reply) const;

private:
    std::string person_json(storage::Tx& tx, const std::vector<std::string>& customers) const;
    void erase_person(storage::Tx& tx, const Actor& actor, std::string_view customer) const;
    void suspect_pressure(storage::Tx& tx, const reviews::Review& before, std::string_view cause) const;
    void ask_to_confirm(storage::Tx& tx, const reviews::Review& review) const;
    void tell_headquarters(storage::Tx& tx, const reviews::Review& review, std::string_view answer, std::string_view words) const;
    std::string signed_receipt(const reviews::Collected& collected, Seconds decide_by) const;
    void tell_author(storage::Tx& tx, const reviews::Review& review, std::string_view mail_template, std::string_view key, std::string_view data) const;
    storage::Db& db_;
    const Clock& clock_;
    const ledger::Ledger& log_;
    Options options_;
};

}  // namespace verbatim::collect
