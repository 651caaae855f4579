#include "app/server/access_commands.h"

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "ground/base/calendar.h"
#include "ground/formats/mailbox.h"
#include "record/access/second_factors.h"
#include "record/access/keys.h"
#include "record/factors/factors.h"
#include "record/links/links.h"
#include "record/network/import.h"

namespace verbatim::server {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql select_users(R"sql(SELECT p.email, p.name, p.role, p.scope, p.active, COALESCE(a.active, 1), COALESCE(a.password, '') <> '', COALESCE(a.seen_at, 0), p.id
FROM person p LEFT JOIN account a ON a.email = p.email WHERE p.email > $1 OR (p.email = $1 AND p.id > $2) ORDER BY p.email, p.id LIMIT 500)sql",
                           R"sql(SELECT p.email, p.name, p.role, p.scope, p.active, COALESCE(a.active, 1), (COALESCE(a.password, '') <> '')::int::bigint, COALESCE(a.seen_at, 0), p.id
FROM person p LEFT JOIN account a ON a.email = p.email WHERE p.email > $1 OR (p.email = $1 AND p.id > $2) ORDER BY p.email, p.id LIMIT 500)sql");
constexpr Sql set_account_active("UPDATE account SET active = $2 WHERE id = $1");

constexpr int first_link_days = 7;

access::TrailLine line(Seconds now, std::string act, std::string object) { return {0, now, "command line", "", "*", "command", "", std::move(act), std::move(object), "done", "", {}}; }

std::string link_for(Tx& tx, const House& house, Seconds now, const access::Account& account) {
    const auto token = links::issue(tx, now, links::Purpose::password, account.id, account.email, now + first_link_days * one_day);
    const auto& kept = house.place.base_url.empty() ? house.settings.text("server.base_url") : house.place.base_url;
    return (kept.empty() ? "http://127.0.0.1:8080" : kept) + "/office/password/" + token;
}

access::Account account_of(Tx& tx, const std::string& email) {
    auto account = access::find_account_by_email(tx, email);
    if (!account && !network::people_by_email(tx, email).empty()) account = access::keep_account(tx, SystemClock().now(), email);
    if (!account) throw std::runtime_error("nobody works here under " + email + "; `verbatim user list` shows who does");
    return *account;
}

}  // namespace

int user_add(const Place& place, const UserWish& wish) {
    if (!plausible_mailbox(wish.email)) throw std::runtime_error("--email must be an address");
    const SystemClock clock;
    House house(place, clock);
    const auto link = house.db->write([&](Tx& tx) {
        network::Person person;
        person.email = mailbox_key(wish.email);
        person.name = wish.name;
        person.role = wish.role;
        person.scope = wish.scope;
        person.locale = wish.locale;
        for (const auto& known : network::people_by_email(tx, wish.email)) {
            if (person.name.empty()) person.name = known.name;
            if (person.locale.empty()) person.locale = known.locale;
        }
        if (person.name.empty()) person.name = person.email.substr(0, person.email.find('@'));
        if (auto good = network::check_person(tx, person); !good) throw std::runtime_error(good.error().message);
        network::store(tx, person);
        const auto account = access::keep_account(tx, clock.now(), person.email);
        tx.exec(set_account_active, account.id, 1);
        auto made = link_for(tx, house, clock.now(), account);
        access::append(tx, line(clock.now(), "user add " + wish.role + " " + wish.scope, "account=" + account.id));
        return made;
    });
    std::cout << link << "\n";
    return 0;
}

int user_list(const Place& place) {
    const SystemClock clock;
    House house(place, clock);
    house.db->read([&](Tx& tx) {
        std::string email;
        std::int64_t id = 0;
        for (int found = 500; found == 500;) {
            found = 0;
            tx.each(select_users, [&](const storage::Row& row) {
                ++found;
                const bool barred = row.integer(4) == 0 || row.integer(5) == 0;
                std::cout << row.text(0) << "\t" << row.text(2) << "\t" << row.text(3) << "\t" << row.text(1) << "\t"
                          << (barred ? "disabled" : row.integer(6) != 0 ? "password" : "no password") << "\t" << (row.integer(7) == 0 ? "never" : format_moment(row.integer(7))) << "\n";
                email = row.text(0);
                id = row.integer(8);
            }, email, id);
        }
    });
    return 0;
}

int user_disable(const Place& place, const UserWish& wish) {
    const SystemClock clock;
    House house(place, clock);
    house.db->write([&](Tx& tx) {
        const auto account = account_of(tx, wish.email);
        if (wish.role.empty()) {
            tx.exec(set_account_active, account.id, wish.enable ? 1 : 0);
        } else {
            bool any = false;
            for (auto person : network::people_by_email(tx, wish.email)) {
                if (person.role != wish.role || (wish.scope != "*" && person.scope != wish.scope)) continue;
                person.active = false;
                network::store(tx, person);
                any = true;
            }
            if (!any) throw std::runtime_error(wish.email + " has no such role");
        }
        if (!wish.enable) access::end_sessions(tx, account.id, "");
        access::append(tx, line(clock.now(), (wish.enable ? "user enable " : "user disable ") + wish.role, "account=" + account.id));
    });
    std::cout << wish.email << (wish.enable ? " may sign in again\n" : " is out; every session has ended\n");
    return 0;
}

int user_link(const Place& place, const UserWish& wish) {
    const SystemClock clock;
    House house(place, clock);
    const auto link = house.db->write([&](Tx& tx) {
        const auto account = account_of(tx, wish.email);
        auto made = link_for(tx, house, clock.now(), account);
        access::append(tx, line(clock.now(), "user link", "account=" + account.id));
        return made;
    });
    std::cout << link << "\n";
    return 0;
}

int user_reset_factors(const Place& place, const UserWish& wish) {
    const SystemClock clock;
    House house(place, clock);
    const bool any = house.db->write([&](Tx& tx) {
        const auto account = account_of(tx, wish.email);
        const bool held = access::reset_factors(tx, clock.now(), account, house.settings.text("server.base_url"));
        access::append(tx, line(clock.now(), "user reset-factors", "account=" + account.id));
        return held;
    });
    std::cout << (any ? "second factors removed; every session has ended\n" : "there was no second factor; every session has ended\n");
    return 0;
}

int key_add(const Place& place, const KeyOrder& order) {
    access::KeyWish wish{order.name, order.email, order.role, order.scope, order.permissions, order.languages, 0};
    std::replace(wish.permissions.begin(), wish.permissions.end(), ',', ' ');
    if (!order.expires.empty()) {
        const auto day = parse_moment(order.expires);
        if (!day) throw std::runtime_error("--expires is a day or a moment: 2027-11-30");
        wish.expires_at = *day;
    }
    const SystemClock clock;
    House house(place, clock);
    const auto made = house.db->write([&](Tx& tx) {
        auto key = access::make_key(tx, clock.now(), wish, "command line");
        if (key) access::append(tx, line(clock.now(), "key add " + order.role + " " + order.scope, "key=" + key->id));
        return key;
    });
    if (!made) throw std::runtime_error(made.error().message);
    std::cout << made->secret << "\n";
    return 0;
}

int audit_verify(const Place& place, const std::string& kept_head) {
    const SystemClock clock;
    House house(place, clock);
    const auto check = house.db->read([&](Tx& tx) { return access::check_trail(tx, kept_head); });
    if (!check.fault.empty()) {
        std::cout << "fault: " << check.fault << "\n";
        return 1;
    }
    std::cout << check.lines << " lines\nhead " << check.head << "\nverified: every line is as it was written\n";
    return 0;
}

}  // namespace verbatim::server
