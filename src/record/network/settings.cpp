#include "record/network/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "ground/formats/utf8.h"

namespace verbatim::network {
namespace {

using storage::Sql;

constexpr Sql select_setting("SELECT value FROM setting WHERE key = $1");
constexpr Sql select_settings("SELECT key, value FROM setting ORDER BY key");
constexpr Sql upsert_setting("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
constexpr Sql delete_setting("DELETE FROM setting WHERE key = $1");

constexpr auto number = SettingKind::number;
constexpr auto text = SettingKind::text;
constexpr auto choice = SettingKind::choice;
constexpr std::int64_t mebibyte = 1 << 20;

// Sorted by key.
constexpr auto known = std::to_array<KnownSetting>({
    {"access.link_hours", number, "24", 1, 720, "hours a link for a new or lost password works"},
    {"access.oidc.ca", text, "", 0, 0, "PEM certificates that the directory's https addresses are checked against; empty: the system's"},
    {"access.oidc.client_id", text, "", 0, 0, "what the directory calls this platform"},
    {"access.oidc.create", choice, "off", 0, 0, "whether who has a role but no account yet gets one by coming from the directory", "off|on"},
    {"access.oidc.issuer", text, "", 0, 0, "https:// address of the brand's own directory (OpenID Connect); empty: none"},
    {"access.oidc.name", text, "", 0, 0, "what the button to the directory says; empty: brand.name"},
    {"access.oidc.scope", text, "openid email profile", 0, 0, "what the directory is asked for"},
    {"access.oidc.second_factor", text, "", 0, 0, "values of the directory's acr or amr, with blanks, that count as a second factor, e.g. mfa otp hwk"},
    {"access.oidc.secret_file", text, "", 0, 0, "file with the client's secret; empty: a public client, PKCE alone"},
    {"access.password_length", number, "12", 8, 64, "fewest characters of a password; its owner's name and the brand do not count"},
    {"access.second_factor", choice, "required", 0, 0, "whether members of staff need a second factor beside the password", "required|optional"},
    {"access.session_hours", number, "12", 1, 720, "hours after which one signs in again"},
    {"access.session_idle_minutes", number, "120", 5, 10080, "minutes without use after which one signs in again"},
    {"brand.name", text, "Verbatim", 0, 0, "the brand as readers know it"},
    {"brand.operator", text, "", 0, 0, "who runs the site: company, address (norm NOT-5)"},
    {"certificate.issuer", text, "", 0, 0, "who issued the certificate"},
    {"certificate.name", text, "", 0, 0, "what the platform is certified for; empty: no mark is shown (norm NOT-4)"},
    {"certificate.number", text, "", 0, 0, "the certificate's number"},
    {"certificate.url", text, "", 0, 0, "https:// address where it can be looked up"},
    {"certificate.valid_from", text, "", 0, 0, "its first day, 2026-11-21"},
    {"certificate.valid_until", text, "", 0, 0, "its last day; afterwards no mark is shown"},
    {"findings.quiet_days", number, "30", 0, 3650, "no second letter \"you told us, we changed it\" to a person within so many days; 0: no cap"},
    {"http.io_threads", number, "1", 1, 64, "threads that answer from the shop window"},
    {"http.trusted_proxies", text, "", 0, 0, "addresses or CIDR, comma-separated, whose X-Forwarded-For and -Proto are believed"},
    {"http.workers", number, "64", 2, 1024, "most threads at the counter; started as needed"},
    {"invite.delay.delivery", number, "7", 0, 89, "days from a delivery to the invitation"},
    {"invite.delay.order", number, "14", 0, 89, "days from an order to the invitation"},
    {"invite.delay.used_car", number, "7", 0, 89, "days from a used-car sale to the invitation"},
    {"invite.delay.workshop", number, "2", 0, 89, "days from a workshop visit to the invitation"},
    {"invite.expires_days", number, "60", 1, 365, "days a personal link works"},
    {"invite.max_age_days", number, "90", 1, 365, "days after which an experience is not invited any more"},
    {"invite.quiet_days", number, "0", 0, 365, "no second invitation of a person by a site within so many days; 0: no cap"},
    {"limits.body_bytes", number, "1048576", 1024, 64 * mebibyte, "largest body of a form; beyond it 413"},
    {"limits.connections", number, "10000", 1, 1000000, "most connections at once"},
    {"limits.event_streams", number, "5000", 1, 100000, "most open streams of events at once; beyond it 503"},
    {"limits.header_bytes", number, "16384", 1024, mebibyte, "largest header of a request; beyond it 431"},
    {"limits.header_seconds", number, "10", 1, 600, "time for a request's header to arrive"},
    {"limits.idle_seconds", number, "60", 1, 3600, "time a connection may stay silent"},
    {"limits.key_per_minute", number, "3000", 0, 1000000, "requests a minute of one API key or session; beyond it 429; 0: no limit"},
    {"limits.posts_per_minute", number, "120", 0, 1000000, "posts of one address; beyond it 429; 0: no limit"},
    {"limits.upload_bytes", number, "10485760", 1024, 1024 * mebibyte, "largest upload"},
    {"log.witnesses", text, "", 0, 0, "file with the witnesses to ask and the quorum, a C2SP tlog-policy (norm TLG-7); empty: none"},
    {"log.witnesses_ca", text, "", 0, 0, "PEM certificates that witnesses' https addresses are checked against; empty: the system's"},
    {"mail.bounce_domain", text, "", 0, 0, "domain undelivered mail comes back to, an address a message, for `verbatim bounce` (norm EML-7); empty: to mail.from"},
    {"mail.bounce_imap", text, "", 0, 0, "mailbox that is read for what came back, imaps://user@host/INBOX (norm EML-7); empty: none"},
    {"mail.bounce_imap_ca", text, "", 0, 0, "PEM certificates the mailbox's server is checked against; empty: the system's"},
    {"mail.bounce_imap_minutes", number, "5", 1, 1440, "minutes between two looks into it"},
    {"mail.bounce_imap_password_file", text, "", 0, 0, "file with the mailbox's password"},
    {"mail.dkim.domain", text, "", 0, 0, "domain that signs (norm EML-2); empty: no DKIM"},
    {"mail.dkim.key", text, "", 0, 0, "file with the private key, PEM"},
    {"mail.dkim.selector", text, "", 0, 0, "DKIM selector"},
    {"mail.domain_connections", number, "0", 0, 100, "messages under way to one recipient domain at once; 0: no limit"},
    {"mail.domain_per_minute", number, "0", 0, 1000000, "most messages a minute to one recipient domain; 0: no limit"},
    {"mail.domains", text, "", 0, 0, "domains with a limit of their own a minute, with blanks: example.com=60 example.org=0"},
    {"mail.from", text, "reviews@localhost.localdomain", 0, 0, "address mails come from"},
    {"mail.name", text, "", 0, 0, "name mails come from; empty: brand.name"},
    {"mail.retry_first_seconds", number, "10", 1, 3600, "pause before a mail that was put off (4xx, no answer) is tried again; it doubles each time"},
    {"mail.retry_most_minutes", number, "360", 1, 1440, "the longest such pause"},
    {"mail.warm_up", text, "", 0, 0, "most messages to one domain on its first day, its second ..., with blanks: 50 100 200 400; then no limit; empty: none"},
    {"moderate.abuse.days", number, "90", 1, 365, "days a repeat abuser is suspended (norm MOD-15)"},
    {"moderate.abuse.suspend", number, "4", 2, 100, "ticks within 12 months, after a warning, that suspend"},
    {"moderate.abuse.warn", number, "2", 1, 99, "ticks of a moderator within 12 months that bring a warning"},
    {"moderate.complaint_months", number, "6", 6, 60, "months a decision may be contested (norm MOD-12)"},
    {"moderate.dispute_body", text, "", 0, 0, "out-of-court dispute body named in statements of reasons (DSA art. 21)"},
    {"moderate.overdue", choice, "publish", 0, 0, "what happens when nobody decided in the announced time (norm MOD-4)", "publish|escalate"},
    {"moderate.rephrase_days", number, "3", 1, 30, "days an author has to reword"},
    {"moderate.second_opinion", choice, "none", 0, 0, "what needs a second moderator", "none|refusals"},
    {"plan.kafka_brokers", text, "", 0, 0, "Kafka's brokers the plan's feed goes to, HOST:PORT with commas; empty: none"},
    {"plan.kafka_config_file", text, "", 0, 0, "file with more properties of librdkafka, name=value a line: TLS, user, password; empty: none"},
    {"plan.kafka_topic", text, "verbatim.journey", 0, 0, "topic of the plan's feed"},
    {"plan.seeds", text, "", 0, 0, "addresses of the house, with commas: each campaign's first letter goes to them too, and test letters; restart to change"},
    {"privacy.authority", text, "", 0, 0, "supervisory authority a person may complain to: name, address (norm GDP-2)"},
    {"privacy.contact", text, "", 0, 0, "who answers about personal data: name, e-mail; empty: mail.from"},
    {"publish.max_delay_days", number, "7", 1, 60, "announced longest time to publication (norm MOD-4)"},
    {"recover.survey_days", number, "10", 0, 365, "days from closing a case to the second survey that asks the customer whether it helped; 0: nobody is asked"},
    {"reply.digest_minutes", number, "1440", 0, 10080, "how long a site's new reviews gather before one mail with links to answer them; 0: at once (norm SUP-1)"},
    {"retention.call_months", number, "24", 1, 120, "months notes of calls are kept (norm GDP-5)"},
    {"retention.consent_months", number, "60", 1, 240, "months a consent is provable after its person is gone"},
    {"retention.delivery_months", number, "3", 1, 24, "months deliveries to webhooks can be looked at"},
    {"retention.event_months", number, "24", 1, 120, "months what happened can be read again by integrators and webhooks"},
    {"retention.identity_months", number, "36", 1, 240, "months after the last contact until name and addresses go"},
    {"retention.message_months", number, "12", 1, 120, "months it is known which mails were sent"},
    {"retention.notice_months", number, "12", 12, 120, "months notices, complaints and reports of pressure are kept after their decision"},
    {"retention.refused_months", number, "12", 12, 120, "months refused, removed and withdrawn words are kept, then erased (norm MOD-16)"},
    {"retention.review_months", number, "120", 12, 240, "months a published review stays online, then it is erased (norm PUB-8)"},
    {"retention.unanswered_months", number, "24", 4, 120, "months until an experience loses its customer, vehicle and proofs"},
    {"server.base_url", text, "", 0, 0, "what links begin with; kept by `serve` for the other commands"},
    {"server.sms", text, "", 0, 0, "yes where `serve` was given a gateway for SMS; kept by it for the other commands"},
    {"sms.body", text, R"({"to":"{to}","text":"{text}","id":"{id}"})", 0, 0, "JSON the SMS gateway takes, with {to}, {text} and {id} in its strings"},
    {"sms.ca", text, "", 0, 0, "PEM certificates the gateway's https address is checked against; empty: the system's"},
    {"sms.timeout_seconds", number, "15", 1, 60, "how long the SMS gateway may take to answer"},
    {"sms.token_file", text, "", 0, 0, "file with the token for the SMS gateway, sent as Authorization: Bearer; empty: none"},
    {"sms.url", text, "", 0, 0, "address of the HTTP gateway that carries SMS; empty: the plan sends none"},
    {"trends.improvements", choice, "off", 0, 0, "is what got better told as well as what got worse", "off|on"},
    {"webhook.ca", text, "", 0, 0, "PEM certificates that webhooks' https addresses are checked against; empty: the system's"},
    {"webhook.plain_http", choice, "refuse", 0, 0, "may webhooks go to http:// addresses", "refuse|allow"},
    {"webhook.private_addresses", choice, "refuse", 0, 0, "may webhooks go to addresses of this machine and of private networks", "refuse|allow"},
    {"webhook.timeout_seconds", number, "15", 1, 60, "how long a webhook's receiver may take to answer"},
    {"webhook.workers", number, "4", 1, 64, "deliveries to webhooks at once"},
    {"window.megabytes", number, "128", 1, 65536, "memory for finished pages"},
});

const KnownSetting* find_known(std::string_view key) {
    const auto found = std::lower_bound(known.begin(), known.end(), key, [](const KnownSetting& one, std::string_view wanted) { return one.key < wanted; });
    return found != known.end() && found->key == key ? found : nullptr;
}

std::optional<std::int64_t> as_number(std::string_view value) {
    std::int64_t number_value = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number_value);
    if (value.empty() || error != std::errc() || end != value.data() + value.size()) return std::nullopt;
    return number_value;
}

}  // namespace

std::span<const KnownSetting> known_settings() { return known; }

Result<void> check_setting(std::string_view key, std::string_view value) {
    const KnownSetting* setting = find_known(key);
    if (!setting) {
        const std::string_view family = key.substr(0, key.find('.'));
        std::string message = "no setting is called \"" + std::string(key) + "\"; there are:";
        const bool any = std::any_of(known.begin(), known.end(), [&](const KnownSetting& one) { return one.key.substr(0, one.key.find('.')) == family; });
        for (const KnownSetting& one : known)
            if (!any || one.key.substr(0, one.key.find('.')) == family) message += " " + std::string(one.key);
        return invalid("unknown_setting", message, std::string(key));
    }
    if (setting->kind == SettingKind::number) {
        const auto given = as_number(value);
        if (!given || *given < setting->least || *given > setting->most)
            return invalid("bad_setting", std::string(key) + " is a number from " + std::to_string(setting->least) + " to " + std::to_string(setting->most), std::string(key));
    } else if (setting->kind == SettingKind::choice) {
        const std::string all = "|" + std::string(setting->choices) + "|";
        if (value.find('|') != std::string_view::npos || value.empty() || all.find("|" + std::string(value) + "|") == std::string::npos)
            return invalid("bad_setting", std::string(key) + " is one of " + std::string(setting->choices), std::string(key));
    } else if (value.size() > 1000 || !valid_utf8(value) || std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) {
        return invalid("bad_setting", std::string(key) + " is one line of text of at most 1000 bytes", std::string(key));
    }
    return {};
}

std::optional<std::string> setting(storage::Tx& tx, std::string_view key) { return tx.row<std::string>(select_setting, key); }

Result<void> set_setting(storage::Tx& tx, std::string_view key, std::string_view value) {
    if (value.empty()) {
        tx.exec(delete_setting, key);
        return {};
    }
    if (auto checked = check_setting(key, value); !checked.ok()) return checked;
    tx.exec(upsert_setting, key, value);
    return {};
}

Settings Settings::load(storage::Tx& tx, std::map<std::string, std::string> overrides) {
    Settings settings;
    tx.each(select_settings, [&](const storage::Row& row) { settings.values_.insert_or_assign(std::string(row.text(0)), std::string(row.text(1))); });
    for (auto& [key, value] : overrides) settings.values_.insert_or_assign(key, std::move(value));
    return settings;
}

Result<void> Settings::override_with(std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos) return invalid("bad_setting", "write KEY=VALUE, not \"" + std::string(assignment) + "\"");
    if (auto checked = check_setting(assignment.substr(0, equals), assignment.substr(equals + 1)); !checked.ok()) return checked;
    values_.insert_or_assign(std::string(assignment.substr(0, equals)), std::string(assignment.substr(equals + 1)));
    return {};
}

std::string Settings::text(std::string_view key) const {
    const KnownSetting* setting = find_known(key);
    if (!setting) throw std::logic_error("no setting is called " + std::string(key));
    const auto found = values_.find(key);
    return found == values_.end() ? std::string(setting->fallback) : found->second;
}

std::int64_t Settings::number(std::string_view key) const {
    const KnownSetting* setting = find_known(key);
    if (!setting || setting->kind != SettingKind::number) throw std::logic_error(std::string(key) + " is no number");
    const auto found = values_.find(key);
    const auto value = found == values_.end() ? std::nullopt : as_number(found->second);
    // What an older version or a hand wrote and would not be taken today: the default.
    return value && *value >= setting->least && *value <= setting->most ? *value : *as_number(setting->fallback);
}

std::int64_t Settings::invite_delay_days(std::string_view experience_kind) const { return number("invite.delay." + std::string(experience_kind)); }

}  // namespace verbatim::network
