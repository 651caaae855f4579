#include "life/analyse/follow.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "ground/formats/utf8.h"
#include "life/analyse/store.h"
#include "record/contact/contact.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::analyse {
namespace {

using nlohmann::json;
using storage::Sql;
using storage::Tx;

constexpr Sql select_followed("SELECT theme, branch FROM theme_follow WHERE person = $1 ORDER BY at, theme, branch");
constexpr Sql count_followed("SELECT COUNT(*) FROM theme_follow WHERE person = $1");
constexpr Sql insert_follow("INSERT INTO theme_follow (person, theme, branch, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql delete_follow("DELETE FROM theme_follow WHERE person = $1 AND theme = $2 AND branch = $3");
constexpr Sql select_people("SELECT DISTINCT person FROM theme_follow WHERE person > $1 ORDER BY person LIMIT $2");
constexpr Sql drop_person("DELETE FROM theme_follow WHERE person = $1");
// Reviews that mention it, each once, by what its words weigh together.
constexpr Sql count_theme(R"sql(
SELECT COUNT(*), COALESCE(SUM(CASE WHEN x.side > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN x.side < 0 THEN 1 ELSE 0 END), 0)
FROM (SELECT t.review, SUM(t.polarity) AS side FROM review_theme t JOIN review r ON r.id = t.review
      WHERE t.theme = $1 AND t.at > $3 AND t.at <= $4 AND r.state = 'published'
        AND ($2 = '*' OR EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $2 AND b.subject = r.subject)) GROUP BY t.review) x)sql");

struct Counted {
    std::int64_t reviews = 0, positive = 0, negative = 0;
};
Counted count(Tx& tx, const std::string& theme, const std::string& branch, Seconds from, Seconds to) {
    Counted out;
    tx.each(count_theme, [&](const storage::Row& row) { out = {row.integer(0), row.integer(1), row.integer(2)}; }, theme, branch, from, to);
    return out;
}

// Who the caller is among the people of the network; a key without an account follows nothing.
std::optional<std::int64_t> person_of(Tx& tx, const Actor& actor) {
    for (const auto& person : network::people_by_email(tx, actor.id)) {
        if (person.role == actor.role && network::branch_of(network::actor_of(person)) == network::branch_of(actor)) return person.id;
    }
    return std::nullopt;
}
Error nobody() { return invalid("no_account", "only a person of the network follows a theme"); }

bool tell(Tx& tx, Seconds now, const network::Person& person, const std::string& base_url, const ThemeName& name) {
    auto lines = json::array();
    for (const auto& [theme, branch] : tx.rows<std::string, std::string>(select_followed, person.id)) {
        if (!network::narrowed(tx, network::branch_of(network::actor_of(person)), branch)) continue;  // it is theirs no more
        const auto week = count(tx, theme, branch, now - 7 * one_day, now), before = count(tx, theme, branch, now - 35 * one_day, now - 7 * one_day);
        if (week.reviews == 0) continue;
        json line = {{"THEME", name(theme, person.locale.substr(0, 2))}, {"PLACE", about_name(tx, branch)}, {"REVIEWS", week.reviews}, {"POSITIVE", week.positive}, {"NEGATIVE", week.negative},
                     {"USUAL", static_cast<double>(before.reviews) / 4}, {"WORDS", json::array()}};
        for (const auto& one : readings::words(tx, branch, theme, "", "", 3)) line["WORDS"].push_back({{"TEXT", slice_code_points(one.body, one.start, one.end)}, {"LANG", one.lang.empty() ? "und" : one.lang}});
        lines.push_back(std::move(line));
    }
    if (lines.empty()) return false;
    contact::Message message;
    message.purpose = contact::Purpose::staff;
    message.key = "followed:" + std::to_string(person.id) + ":" + std::to_string(now / one_day);
    message.email = person.email;
    message.name = person.name;
    message.locale = person.locale;
    message.mail_template = "followed_themes";
    message.data = json({{"LINES", lines}, {"COUNT", lines.size()}, {"LINK", base_url + "/office/" + (person.role == "product" ? "product" : "headquarters")}}).dump();
    contact::queue(tx, now, message);
    return true;
}

}  // namespace

Result<std::vector<Followed>> Follow::list(const Actor& actor) const {
    const auto now = clock_.now();
    return db_.read([&](Tx& tx) -> Result<std::vector<Followed>> {
        std::vector<Followed> all;
        const auto person = person_of(tx, actor);
        if (!person) return all;
        for (const auto& [theme, branch] : tx.rows<std::string, std::string>(select_followed, *person)) {
            if (!network::narrowed(tx, network::branch_of(actor), branch)) continue;
            const auto month = count(tx, theme, branch, now - followed_days * one_day, now), before = count(tx, theme, branch, now - 2 * followed_days * one_day, now - followed_days * one_day);
            all.push_back({theme, branch, month.reviews, month.positive, month.negative, before.reviews, before.positive, before.negative});
        }
        return all;
    });
}

Result<void> Follow::begin(const Actor& actor, std::string_view theme, std::string_view wanted) const {
    if (theme.empty() || theme.size() > 80) return invalid("theme", "a theme's id", "theme");
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto person = person_of(tx, actor);
        if (!person) return nobody();
        const auto branch = network::narrowed(tx, network::branch_of(actor), wanted);
        if (!branch) return not_found("branch", "no such branch within yours");
        if (tx.value<std::int64_t>(count_followed, *person) >= most_followed) return Error{ErrorKind::conflict, "too_many", "as many themes are followed as may be; leave one first", ""};
        tx.exec(insert_follow, *person, theme, *branch, clock_.now());
        return {};
    });
}

Result<void> Follow::end(const Actor& actor, std::string_view theme, std::string_view wanted) const {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto person = person_of(tx, actor);
        if (!person) return nobody();
        const auto branch = wanted.empty() ? network::branch_of(actor) : std::string(wanted);
        if (tx.exec(delete_follow, *person, theme, branch) == 0) return not_found("followed", "this theme is not followed there");
        return {};
    });
}

int tell_followers(storage::Db& db, const Clock& clock, const std::string& base_url, const ThemeName& name) {
    constexpr int at_once = 50;
    int told = 0;
    std::int64_t after = 0;
    for (;;) {
        const auto people = db.read([&](Tx& tx) { return tx.rows<std::int64_t>(select_people, after, at_once); });
        if (people.empty()) return told;
        for (const auto id : people) {
            told += db.write([&](Tx& tx) {
                const auto person = network::find_person(tx, id);
                if (!person || !person->active) {
                    tx.exec(drop_person, id);  // who left follows nothing
                    return 0;
                }
                return tell(tx, clock.now(), *person, base_url, name) ? 1 : 0;
            });
        }
        after = people.back();
    }
}

}  // namespace verbatim::analyse
