#include "record/access/sessions.h"

#include <algorithm>

#include "ground/crypto/crypto.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"

namespace verbatim::access {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define ACCOUNT_COLUMNS "id, email, password, locale, password_at, created_at, seen_at, person, active"
constexpr Sql select_account("SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = $1");
constexpr Sql select_account_by_email("SELECT " ACCOUNT_COLUMNS " FROM account WHERE email = $1");
constexpr Sql insert_account(R"sql(INSERT INTO account (id, email, password, password_at, active, locale, person, created_at, seen_at)
VALUES ($1, $2, '', 0, 1, '', 0, $3, 0) ON CONFLICT (email) DO NOTHING)sql");
constexpr Sql update_password("UPDATE account SET password = $2, password_at = $3 WHERE id = $1");
constexpr Sql note_seen("UPDATE account SET seen_at = $2, person = $3 WHERE id = $1");
constexpr Sql insert_session(R"sql(INSERT INTO staff_session (hash, id, account, person, level, device, address, created_at, used_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9))sql");
constexpr Sql renew("UPDATE staff_session SET hash = $2, level = $3, used_at = $4, ends_at = $5 WHERE id = $1");
constexpr Sql delete_session("DELETE FROM staff_session WHERE id = $1");
constexpr Sql delete_sessions("DELETE FROM staff_session WHERE account = $1 AND id <> $2");
// A browser that signs in every day for a year must not leave hundreds behind.
constexpr Sql delete_oldest(R"sql(DELETE FROM staff_session WHERE account = $1 AND id NOT IN
(SELECT id FROM staff_session WHERE account = $1 ORDER BY used_at DESC, id LIMIT 19))sql");
constexpr Sql insert_device("INSERT INTO known_device (account, hash, used_at) VALUES ($1, $2, $3) ON CONFLICT (account, hash) DO UPDATE SET used_at = excluded.used_at");
constexpr Sql select_device("SELECT 1 FROM known_device WHERE account = $1 AND hash = $2");

constexpr std::string_view level_words[] = {"full", "factor", "enrol"};

std::optional<Account> read(Tx& tx, Sql sql, std::string_view key) {
    std::optional<Account> found;
    tx.each(sql, [&](const Row& row) {
        const auto text = [&](int column) { return std::string(row.text(column)); };
        found = Account{text(0), text(1), text(2), text(3), row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.get<bool>(8)};
    }, key);
    return found;
}

std::string make_token() { return to_base64url(crypto::random_bytes(32)); }

// In the order of network::roles(), which is by might but for the specialists at its end.
int rank(std::string_view role) {
    const auto all = network::roles();
    return static_cast<int>(std::find(all.begin(), all.end(), role) - all.begin());
}

std::string cut(std::string_view text, std::size_t most) {
    std::string out;
    for (const char c : text.substr(0, most))
        if (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f) out += c;
    return out;
}

}  // namespace

std::string_view to_word(Level level) { return level_words[static_cast<int>(level)]; }

std::optional<Account> find_account(Tx& tx, std::string_view id) { return read(tx, select_account, id); }
std::optional<Account> find_account_by_email(Tx& tx, std::string_view email) { return read(tx, select_account_by_email, mailbox_key(email)); }

Account keep_account(Tx& tx, Seconds now, std::string_view email) {
    const auto key = mailbox_key(email);
    tx.exec(insert_account, crypto::random_id(12), key, now);
    return *find_account_by_email(tx, key);
}

void keep_password(Tx& tx, Seconds now, std::string_view account, std::string_view hash) { tx.exec(update_password, account, hash, now); }

std::vector<network::Person> roles_of(Tx& tx, std::string_view email) {
    auto roles = network::people_by_email(tx, email);
    std::stable_sort(roles.begin(), roles.end(), [](const network::Person& a, const network::Person& b) { return rank(a.role) < rank(b.role); });
    return roles;
}

std::optional<Opened> open_session(Tx& tx, Seconds now, const Account& account, Level level, const Device& device, int hours) {
    const auto roles = roles_of(tx, account.email);
    if (!account.active || roles.empty()) return std::nullopt;
    const auto last = std::find_if(roles.begin(), roles.end(), [&](const network::Person& one) { return one.id == account.person; });
    const auto person = last == roles.end() ? roles.front().id : last->id;
    const Opened opened{make_token(), crypto::random_id(12), now + hours * 3600};
    tx.exec(delete_oldest, account.id);
    tx.exec(insert_session, Blob{crypto::sha256(opened.token)}, opened.id, account.id, person, to_word(level), device_name(device.agent), cut(device.address, 64), now, opened.ends_at);
    if (level == Level::full) tx.exec(note_seen, account.id, now, person);
    return opened;
}

std::optional<Opened> renew_session(Tx& tx, Seconds now, std::string_view id, Level level, int hours) {
    const Opened opened{make_token(), std::string(id), now + hours * 3600};
    if (tx.exec(renew, id, Blob{crypto::sha256(opened.token)}, to_word(level), now, opened.ends_at) == 0) return std::nullopt;
    return opened;
}

void end_session(Tx& tx, std::string_view id) { tx.exec(delete_session, id); }
int end_sessions(Tx& tx, std::string_view account, std::string_view but) { return static_cast<int>(tx.exec(delete_sessions, account, but)); }

std::string keep_device(Tx& tx, Seconds now, std::string_view account, const Device& device) {
    auto token = is_known_device(tx, account, device.known) ? device.known : make_token();
    tx.exec(insert_device, account, Blob{crypto::sha256(token)}, now);
    return token;
}

bool is_known_device(Tx& tx, std::string_view account, std::string_view token) {
    return token.size() == 43 && tx.row<std::int64_t>(select_device, account, Blob{crypto::sha256(token)}).has_value();
}

std::string device_name(std::string_view agent) {
    struct Word {
        std::string_view in, name;
    };
    // The first that fits: every browser names those it wants to be taken for.
    static constexpr Word browsers[] = {{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"Chrom", "Chrome"}, {"CriOS", "Chrome"},
                                        {"Safari", "Safari"}, {"curl", "curl"}, {"Python", "Python"}};
    static constexpr Word systems[] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}};
    const auto name_in = [&](std::span<const Word> words) {
        const auto found = std::find_if(words.begin(), words.end(), [&](const Word& word) { return agent.find(word.in) != std::string_view::npos; });
        return found == words.end() ? std::string() : std::string(found->name);
    };
    const auto browser = name_in(browsers), system = name_in(systems);
    if (browser.empty() && system.empty()) return cut(agent, 40);
    return browser.empty() || system.empty() ? browser + system : browser + ", " + system;
}

}  // namespace verbatim::access
