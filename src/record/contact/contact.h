// The gate every message passes, and who people are. Everything else knows a customer by a random id only; names, addresses and
// numbers lie here, sealed under the vault's key, and are found by keyed hashes (norm GDP-6). A message is a row in the causing transaction, rendered and sent later by a job; its
// Message-ID is the row's, so that sending again is the same message.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/mail/mail.h"
#include "engine/render/render.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::contact {

std::span<const storage::Migration> migrations();

// Of the notice under GDPR 14 that the first message to a person carries whom a dealer named (norm GDP-2).
inline constexpr std::string_view privacy_notice_version = "2026-11";

struct Customer {
    std::string id;        // random, ours
    std::string external;  // the importer's number for this person, empty for a spontaneous author
    std::string salutation, first_name, last_name, email, phone, locale, country;
    std::string source = {};       // who named this person: "dealer" (an import) | "form" (the person); empty: dealer where there is a number
    std::string source_site = {};  // which dealer: the site's code
};
// Finds by (external) or by e-mail where there is no number, updates what changed, and returns the id.
std::string keep_customer(storage::Tx& tx, Seconds now, const Customer& customer);
// A new person in any case.
std::string add_customer(storage::Tx& tx, Seconds now, const Customer& customer);
std::optional<Customer> find_customer(storage::Tx& tx, std::string_view id);
// Several numbers may share one address.
std::vector<std::string> customers_by_email(storage::Tx& tx, std::string_view email);
// The numbers under which one person is known: the same address and the same name. Two people of one household share an address,
// and neither may take or erase the other's data.
std::vector<std::string> same_person(storage::Tx& tx, std::string_view id);
struct Sent {
    std::string mail_template, state;
    Seconds queued_at = 0;
};
std::vector<Sent> messages_to(storage::Tx& tx, std::string_view customer);
// Name and addresses go; what was sent is kept without them. Suppressions stay, as keyed hashes.
void erase_customer(storage::Tx& tx, std::string_view id);
// What still waits to be told about this, to anybody of the house too, is not told any more.
void forget_about(storage::Tx& tx, std::string_view about);

// The notice under GDPR 14 this person was sent (norm GDP-2).
struct Notice {
    std::string version;
    Seconds at = 0;
};
std::optional<Notice> notice_given(storage::Tx& tx, std::string_view customer);

// Does the person answer under this address? (norm COL-1) Asked by mail, proven by the link in it.
void ask_address(storage::Tx& tx, Seconds now, std::string_view customer);
bool confirm_address(storage::Tx& tx, Seconds now, std::string_view customer);  // false: confirmed before, or never asked
bool address_waits(storage::Tx& tx, std::string_view customer);                 // asked and not confirmed
std::optional<Seconds> address_confirmed(storage::Tx& tx, std::string_view customer);

// Which device an author wrote from: an HMAC of network address and browser under a salt of the day, kept two days and never
// shown (norm FRA-3). `device` empty: nothing is kept.
void note_device(storage::Tx& tx, Seconds now, std::string_view customer, std::string_view site, std::string_view device);
// How many authors wrote about this site today from the device this one used; 0 where it is not known.
std::int64_t authors_from_same_device(storage::Tx& tx, Seconds now, std::string_view customer, std::string_view site);

// Retention (norm GDP-5): at most `limit` rows of what is older than `before`; returns how many went.
std::int64_t purge_identities(storage::Tx& tx, Seconds before, int limit);
std::int64_t purge_messages(storage::Tx& tx, Seconds before, int limit);
std::int64_t purge_consents(storage::Tx& tx, Seconds before, int limit);
// What a purge did, for the auditor; `overdue` rows older than the limit must be 0 after it.
void note_purge(storage::Tx& tx, Seconds now, std::string_view category, int months, std::int64_t purged);

// What lies in clear from an older version is sealed, in batches, and the tables it lay in go. After migrate() and vault::open();
// returns how many rows were sealed.
std::int64_t settle(storage::Db& db);
// After vault::add_key(): seals everything under the newest key, in batches. Returns how many rows.
std::int64_t seal_again(storage::Db& db);

// What a message is for; each has its own right to be sent (norm EML-10).
enum class Purpose {
    invitation,  // needs a basis and no opt-out
    service,     // receipt, decision, confirmation: the author's due, no opt-out
    staff,       // alerts and queues of the house
};

struct Message {
    Purpose purpose = Purpose::service;
    std::string key;        // unique for ever: the same key never makes a second message ("receipt:ab12")
    std::string customer;   // id, or
    std::string email, name;  // a staff member's address
    std::string locale;     // empty: the customer's
    std::string about;      // what it belongs to (a review, an invitation), for erasure and history
    std::string mail_template;   // of assets/templates, mail/NAME; the post adds brand, operator, first_name and links of the house
    std::string data;       // JSON for the template; sealed while it waits, cleared once sent, for it holds the personal link
    std::string site_name;  // goes into the sender's name where a site asks
};

enum class Queued { queued, already_there, opted_out, no_address };
Queued queue(storage::Tx& tx, Seconds now, const Message& message);

// Suppression by purpose, kept as HMAC of the normalised address so that it survives re-import and erasure (norms EML-4, EML-10).
void suppress(storage::Tx& tx, Seconds now, std::string_view email, Purpose purpose, std::string_view why);
void allow(storage::Tx& tx, std::string_view email, Purpose purpose);
bool suppressed(storage::Tx& tx, std::string_view email, Purpose purpose);

// /u/{token}, for doors: a person's wishes, read and changed in a transaction of their own.
struct Preferences {
    std::string email_masked;  // c…@example.org
    std::string locale;
    bool invitations = true;
};
std::optional<Preferences> preferences(storage::Tx& tx, Seconds now, std::string_view token);
// RFC 8058 one-click and the page's form: effective at once. false: unknown token. `source` is what the consent ledger keeps:
// unsubscribe_link | preference_page.
bool set_preferences(storage::Tx& tx, Seconds now, std::string_view token, bool invitations, std::string_view source = "unsubscribe_link");

class Desk {
public:
    Desk(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}
    std::optional<Preferences> preferences(std::string_view token) const;
    bool set_preferences(std::string_view token, bool invitations, std::string_view source = "unsubscribe_link");

private:
    storage::Db& db_;
    const Clock& clock_;
};

// What waits, opened, in the order it was queued: for tests and whoever must look into the outbox.
struct WaitingLetter {
    std::string mail_template, customer, email, name, data;
};
std::vector<WaitingLetter> waiting_letters(storage::Tx& tx);

struct Sender {
    std::string from_email, from_name;
    std::string base_url;    // for the links in List-Unsubscribe
    std::string brand, operator_name, operator_address;
    std::vector<mail::DkimKey> dkim;
    std::string bounce_domain = {};  // where mail comes back to, an address a message (bounces.h); empty: to from_email
};

// Sends what is queued: claims rows through the job queue, renders, composes, signs, delivers. 4xx and silence are tried
// again with backoff, 5xx suppresses nothing but marks the row refused with the server's words.
class Post {
public:
    Post(storage::Db& db, const Clock& clock, const render::Renderer& renderer, std::unique_ptr<mail::Transport> transport, Sender sender);
    ~Post();
    void handle(jobs::Runner& runner);  // registers kind "mail"
    // Files that travel with letters of this template, made from the letter's data when it leaves: no file waits in the database.
    using Files = std::function<std::vector<mail::Attachment>(const nlohmann::json& data)>;
    void attach(std::string mail_template, Files files);
    void stop();                        // the program ends: no delivery takes longer than three more seconds

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct PostCounts {
    std::int64_t waiting = 0, sent = 0, refused = 0;
};
PostCounts post_counts(storage::Tx& tx);

}  // namespace verbatim::contact
