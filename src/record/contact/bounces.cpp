#include "record/contact/bounces.h"

#include "engine/jobs/jobs.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/contact/identity.h"
#include "record/contact/topics.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr Seconds soft_window = 365 * 24 * 3600;

constexpr Sql select_message("SELECT COALESCE(customer, ''), purpose, COALESCE(about, ''), state FROM message WHERE id = $1");
constexpr Sql insert_return("INSERT INTO mail_return (message, kind, status, address, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
constexpr Sql count_soft("SELECT COUNT(*) FROM mail_return WHERE address = $1 AND kind = 'delayed' AND at > $2");
constexpr Sql mark_refused("UPDATE message SET state = 'refused', reply = $2 WHERE id = $1");

std::string tag(std::string_view message) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : vault::keyed_hash("return-path", message).substr(0, 6)) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

bool random_letters(std::string_view id) {
    return id.size() >= 16 && id.size() <= 40 && id.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

// Service mail is the person's due: it is tried again, should the address live after all.
void leave_alone(Tx& tx, Seconds now, std::string_view email, std::string_view why) {
    for (const char* topic : {"invitation", "marketing", "survey"}) suppress_as(tx, now, email, topic, why);
}

// The message a report is about: by the address it came to, else by the Message-ID it holds.
std::pair<std::string, bool> message_of(const mail::Returned& returned, std::string_view recipient) {
    bool forged = false;
    const auto look = [&](std::string_view address) -> std::string {
        const auto ours = read_return_path(address);
        if (!ours) return {};
        forged = forged || ours->forged;
        return ours->forged ? std::string() : ours->message;
    };
    if (auto found = look(recipient); !found.empty()) return {found, false};
    for (const auto& address : returned.sent_to)
        if (auto found = look(address); !found.empty()) return {found, false};
    if (forged) return {{}, true};
    const auto id = returned.message_id.substr(0, returned.message_id.find('@'));
    return {random_letters(id) ? id : std::string(), false};
}

}  // namespace

std::string return_path(std::string_view message, std::string_view domain) { return "b-" + std::string(message) + "-" + tag(message) + "@" + std::string(domain); }

std::optional<OurReturnPath> read_return_path(std::string_view address) {
    const auto local = normal_address(address.substr(0, address.find('@')));
    const auto dash = local.rfind('-');
    if (!local.starts_with("b-") || dash == std::string::npos || dash < 3) return std::nullopt;
    const std::string message = local.substr(2, dash - 2);
    if (!random_letters(message)) return std::nullopt;
    const auto expected = tag(message);
    // Every letter is looked at, whatever the first difference.
    bool ours = local.size() - dash - 1 == expected.size();
    for (std::size_t i = 0; i < expected.size() && dash + 1 + i < local.size(); ++i) ours = (local[dash + 1 + i] == expected[i]) & ours;
    return OurReturnPath{message, !ours};
}

TakenReturn take_returned(Tx& tx, Seconds now, const mail::Returned& returned, std::string_view recipient) {
    using Kind = mail::Returned::Kind;
    if (returned.kind == Kind::nothing) return {{}, "no_report"};
    const auto [id, forged] = message_of(returned, recipient);
    if (forged) return {{}, "forged"};
    if (id.empty()) return {{}, "unknown"};
    const auto message = tx.row<std::string, std::string, std::string, std::string>(select_message, id);
    if (!message) return {{}, "unknown"};
    const auto& [customer, purpose, about, state] = *message;
    std::string email;
    if (!customer.empty())
        if (const auto person = find_customer(tx, customer)) email = person->email;
    const auto hash = email.empty() ? Blob{} : Blob{vault::keyed_hash({}, normal_address(email))};
    const std::string_view kind = returned.kind == Kind::failed ? "failed" : returned.kind == Kind::delayed ? "delayed" : "complaint";
    if (tx.exec(insert_return, id, kind, returned.status, hash, now) == 0) return {id, "known"};
    if (returned.kind == Kind::failed && (state == "sent" || state == "waiting")) {
        tx.exec(mark_refused, id, "came back " + returned.status);
        if (purpose == "invitation" && !about.empty()) jobs::enqueue(tx, ManualClock(now), "life", "mail_refused " + about);
    }
    if (email.empty()) return {id, "no_address"};
    if (returned.kind == Kind::delayed) {
        if (tx.value<std::int64_t>(count_soft, hash, now - soft_window) < most_soft) return {id, "counted"};
        leave_alone(tx, now, email, "soft_bounce");
        return {id, "suppressed"};
    }
    leave_alone(tx, now, email, returned.kind == Kind::failed ? "bounce" : "complaint");
    if (returned.kind == Kind::failed) return {id, "suppressed"};
    // A complaint takes leave back, as the link in the mail does (GDPR 7(3)).
    for (const char* topic : {"invitation", "marketing", "survey"}) {
        const Consent said{customer, topic, "no", std::string(privacy_notice_version), "complaint", {}, now};
        note_consents(tx, {&said, 1});
    }
    return {id, "complaint"};
}

}  // namespace verbatim::contact
