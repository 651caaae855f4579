// Who is told: the webhooks themselves.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "record/network/branches.h"
#include "record/vault/vault.h"
#include "record/webhooks/rows.h"
#include "record/webhooks/signature.h"

namespace verbatim::webhooks {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int most_webhooks = 200;

#define WEBHOOK_COLUMNS "w.id, w.branch, w.url, w.kinds, w.description, w.state, w.owner, w.why, w.created_at, w.changed_at, w.failing_since, w.old_secret_until, w.version"

constexpr Sql select_webhook("SELECT " WEBHOOK_COLUMNS " FROM webhook w WHERE w.id = $1");
constexpr Sql select_webhooks("SELECT " WEBHOOK_COLUMNS " FROM webhook w ORDER BY w.created_at, w.id LIMIT 200");
constexpr Sql count_webhooks("SELECT COUNT(*) FROM webhook");
constexpr Sql insert_webhook(R"sql(
INSERT INTO webhook (id, branch, url, kinds, wanted, description, secret, old_secret, old_secret_until, state, owner, why, created_at, changed_at, failing_since, failures,
  paused_until, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0, 'on', $8, '', $9, $9, 0, 0, 0, 1))sql");
// Switched on again by hand: with a clean slate.
constexpr Sql update_webhook(R"sql(
UPDATE webhook SET branch = $2, url = $3, kinds = $4, wanted = $5, description = $6, why = CASE WHEN $7 = 'on' THEN '' ELSE why END,
  failing_since = CASE WHEN $7 = 'on' AND state <> 'on' THEN 0 ELSE failing_since END, failures = CASE WHEN $7 = 'on' AND state <> 'on' THEN 0 ELSE failures END,
  paused_until = 0, state = $7, changed_at = $8, version = version + 1 WHERE id = $1)sql");
constexpr Sql rotate_secret("UPDATE webhook SET old_secret = secret, old_secret_until = $3, secret = $2, changed_at = $4, version = version + 1 WHERE id = $1");
constexpr Sql delete_webhook("DELETE FROM webhook WHERE id = $1");
constexpr Sql delete_attempts("DELETE FROM webhook_attempt WHERE webhook = $1");
constexpr Sql delete_deliveries("DELETE FROM webhook_delivery WHERE webhook = $1");

Webhook read_webhook(const Row& row) {
    Webhook one;
    one.id = row.text(0);
    one.branch = row.text(1);
    one.url = row.text(2);
    one.kinds = row.text(3);
    one.description = row.text(4);
    one.state = row.text(5);
    one.owner = row.text(6);
    one.why = row.text(7);
    one.created_at = row.integer(8);
    one.changed_at = row.integer(9);
    one.failing_since = row.integer(10);
    one.old_secret_until = row.integer(11);
    one.version = static_cast<int>(row.integer(12));
    return one;
}

bool plain_line(std::string_view text, std::size_t most) {
    return text.size() <= most && valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// scheme://host[:port][/path][?query], ASCII, no user and password, no fragment: what the client sends is what was checked.
bool is_url(std::string_view url, bool plain_http) {
    const std::size_t scheme = url.starts_with("https://") ? 8 : plain_http && url.starts_with("http://") ? 7 : 0;
    if (scheme == 0 || url.size() > 1000) return false;
    if (std::any_of(url.begin(), url.end(), [](char c) { return c <= 0x20 || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' || c == '#' || c == '@'; })) return false;
    const auto rest = url.substr(scheme);
    const auto host = rest.substr(0, rest.find_first_of("/?"));
    return !host.empty() && host.front() != ':';
}

}  // namespace

std::string sealed_place(std::string_view id) { return "webhook " + std::string(id); }
Error unknown_webhook() { return not_found("webhook_unknown", "there is no such webhook"); }

std::optional<Webhook> find_webhook(Tx& tx, std::string_view id) {
    std::optional<Webhook> found;
    tx.each(select_webhook, [&](const Row& row) { found = read_webhook(row); }, id);
    return found;
}

std::optional<Webhook> find_own(Tx& tx, const Actor& actor, std::string_view id) {
    auto found = find_webhook(tx, id);
    if (found && !network::narrowed(tx, network::branch_of(actor), found->branch)) found.reset();
    return found;
}

Webhooks::Webhooks(storage::Db& db, const Clock& clock, Options options) : db_(db), clock_(clock), options_(std::move(options)) {}
Webhooks::~Webhooks() { stop(); }

Result<void> Webhooks::check(Tx& tx, const Actor& actor, const Wish& wish) const {
    if (wish.url && !is_url(*wish.url, options_.plain_http)) {
        return invalid("url", options_.plain_http ? "the address begins with https:// or http:// and names a host" : "the address begins with https:// and names a host", "url");
    }
    if (wish.kinds) {
        if (wish.kinds->size() > 2000) return invalid("kind_unknown", "too many kinds", "kinds");
        if (const auto filter = events::Filter::parse(*wish.kinds); !filter) return filter.error();
    }
    if (wish.description && !plain_line(*wish.description, 200)) return invalid("description", "one line of at most 200 bytes", "description");
    if (wish.branch && !network::narrowed(tx, network::branch_of(actor), *wish.branch)) return invalid("branch_unknown", "there is no such branch", "branch");
    return {};
}

Result<Webhooks::Made> Webhooks::create(const Actor& actor, const Wish& wish) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Made> {
        if (!wish.url) return invalid("url", "say where to: url", "url");
        if (const auto good = check(tx, actor, wish); !good) return good.error();
        if (tx.value<std::int64_t>(count_webhooks) >= most_webhooks) return conflict("too_many_webhooks", "there are 200 webhooks already; remove one first");
        Made made{{}, make_secret()};
        const auto id = crypto::random_id(12);
        const auto branch = network::narrowed(tx, network::branch_of(actor), wish.branch.value_or("")).value_or("");
        const auto kinds = wish.kinds.value_or("");
        begin_listening(tx);
        tx.exec(insert_webhook, id, branch, *wish.url, kinds, events::Filter::parse(kinds)->list(), wish.description.value_or(""),
                Blob{vault::seal(made.secret, sealed_place(id))}, actor.id, now);
        events::raise(tx, now, "webhook.changed", "", id, {{"state", "on"}});
        made.webhook = *find_webhook(tx, id);
        return made;
    });
}

Result<Webhook> Webhooks::change(const Actor& actor, std::string_view id, const Wish& wish, int version) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Webhook> {
        const auto before = find_own(tx, actor, id);
        if (!before) return unknown_webhook();
        if (version != 0 && version != before->version) return conflict("changed_meanwhile", "somebody changed this webhook meanwhile; read it again");
        if (const auto good = check(tx, actor, wish); !good) return good.error();
        const auto kinds = wish.kinds.value_or(before->kinds);
        const std::string state = wish.on ? (*wish.on ? "on" : "off") : before->state;
        if (state == "on") begin_listening(tx);
        tx.exec(update_webhook, id, wish.branch ? *network::narrowed(tx, network::branch_of(actor), *wish.branch) : before->branch, wish.url.value_or(before->url), kinds,
                events::Filter::parse(kinds)->list(), wish.description.value_or(before->description), state, now);
        events::raise(tx, now, "webhook.changed", "", id, {{"state", state}});
        return *find_webhook(tx, id);
    });
}

Result<void> Webhooks::remove(const Actor& actor, std::string_view id) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        if (!find_own(tx, actor, id)) return unknown_webhook();
        tx.exec(delete_attempts, id);
        tx.exec(delete_deliveries, id);
        tx.exec(delete_webhook, id);
        events::raise(tx, now, "webhook.changed", "", id, {{"state", "removed"}});
        return {};
    });
}

Result<Webhooks::Made> Webhooks::rotate(const Actor& actor, std::string_view id) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Made> {
        if (!find_own(tx, actor, id)) return unknown_webhook();
        Made made{{}, make_secret()};
        tx.exec(rotate_secret, id, Blob{vault::seal(made.secret, sealed_place(id))}, now + one_day, now);
        events::raise(tx, now, "webhook.changed", "", id, {{"state", "secret"}});
        made.webhook = *find_webhook(tx, id);
        return made;
    });
}

std::vector<Webhook> Webhooks::list(const Actor& actor) const {
    return db_.read([&](Tx& tx) {
        std::vector<Webhook> all, own;
        tx.each(select_webhooks, [&](const Row& row) { all.push_back(read_webhook(row)); });
        const auto branch = network::branch_of(actor);
        for (auto& one : all)
            if (network::narrowed(tx, branch, one.branch)) own.push_back(std::move(one));
        return own;
    });
}

std::optional<Webhook> Webhooks::find(const Actor& actor, std::string_view id) const {
    return db_.read([&](Tx& tx) { return find_own(tx, actor, id); });
}

Result<void> Webhooks::test(const Actor& actor, std::string_view id) const {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto webhook = find_own(tx, actor, id);
        if (!webhook) return unknown_webhook();
        if (webhook->state != "on") return conflict("webhook_off", "switch the webhook on first");
        events::raise(tx, now, "webhook.test", "", id, {{"asked_by", "test button"}});
        return {};
    });
}

}  // namespace verbatim::webhooks
