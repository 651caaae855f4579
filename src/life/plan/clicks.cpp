#include "life/plan/clicks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "ground/base/calendar.h"
#include "life/plan/facts.h"
#include "life/plan/feed.h"
#include "record/contact/agreed.h"
#include "record/contact/clicks.h"
#include "record/experiences/lived.h"
#include "record/reviews/rated.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql find_campaign("SELECT number FROM plan_campaign WHERE id = $1");
constexpr Sql find_touch("SELECT 1 FROM plan_touch WHERE person = $1 AND due_day = $2 AND campaign = $3 AND vehicle = $4");
constexpr Sql insert_click(R"sql(
INSERT INTO plan_click (person, due_day, campaign, vehicle, at, link, signs) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (person, due_day, campaign, vehicle, at, link) DO NOTHING)sql");
constexpr Sql links_together("SELECT COUNT(DISTINCT link) FROM plan_click WHERE person = $1 AND due_day = $2 AND campaign = $3 AND vehicle = $4 AND at >= $5");
constexpr Sql mark_together("UPDATE plan_click SET signs = signs | 4 WHERE person = $1 AND due_day = $2 AND campaign = $3 AND vehicle = $4 AND at >= $5");
constexpr Sql keep_open(R"sql(
UPDATE plan_open SET at = $5, signs = $6 WHERE person = $1 AND due_day = $2 AND campaign = $3 AND vehicle = $4 AND (at = 0 OR signs > $6))sql");
constexpr Sql sent_letters(R"sql(
SELECT t.person, p.customer, c.id, t.how, t.at, COALESCE(MIN(k.signs), -1), COALESCE(MIN(o.at), -1), COALESCE(MIN(o.signs), 0)
FROM plan_touch t JOIN plan_person p ON p.number = t.person JOIN plan_campaign c ON c.number = t.campaign
LEFT JOIN plan_click k ON k.person = t.person AND k.due_day = t.due_day AND k.campaign = t.campaign AND k.vehicle = t.vehicle
LEFT JOIN plan_open o ON o.person = t.person AND o.due_day = t.due_day AND o.campaign = t.campaign AND o.vehicle = t.vehicle
WHERE t.person > $1 AND t.person <= $2 AND t.at >= $3 AND t.at < $4 AND t.outcome = 0
GROUP BY t.person, p.customer, c.id, t.how, t.at, t.due_day, t.vehicle ORDER BY t.person)sql");
constexpr Sql last_of_slice("SELECT MAX(number) FROM (SELECT number FROM plan_person WHERE number > $1 ORDER BY number LIMIT $2) s");

constexpr int slice = 500;

struct Key {
    std::int64_t person = 0, vehicle = 0, due_day = 0;
    std::string campaign;
};

// plan:<person>:<vehicle>:<campaign>:<due day> (run.h)
std::optional<Key> read_key(std::string_view text) {
    if (!text.starts_with("plan:")) return std::nullopt;
    std::array<std::string_view, 4> parts;
    text.remove_prefix(5);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto end = i + 1 < parts.size() ? text.find(':') : text.size();
        if (end == std::string_view::npos) return std::nullopt;
        parts[i] = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto number = [](std::string_view digits, std::int64_t& into) {
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), into);
        return read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    };
    Key key;
    key.campaign = parts[2];
    if (!number(parts[0], key.person) || !number(parts[1], key.vehicle) || !number(parts[3], key.due_day)) return std::nullopt;
    return key;
}

// Which of a letter's links: the star, or 0.
int link_number(std::string_view target) {
    const auto at = target.rfind("?n=");
    return at != std::string_view::npos && at + 4 == target.size() && target.back() >= '1' && target.back() <= '5' ? target.back() - '0' : 0;
}

struct Letter {
    std::int64_t person = 0;
    std::string customer, campaign;
    std::int64_t how = 0;
    Seconds at = 0;
    int signs = -1;  // the least of its clicks; -1: none
    Seconds opened_at = -1;  // 0: it has a picture nobody asked for; -1: it has none
    int open_signs = 0;
    bool visit = false, review = false, order = false;
};

void follow(Tx& tx, std::vector<Letter>& letters, Seconds within, By by, std::map<std::string, std::string>& of) {
    auto who = nlohmann::json::array();
    std::map<std::string, std::vector<Letter*>, std::less<>> by_customer;
    for (auto& letter : letters) {
        auto& all = by_customer[letter.customer];
        if (all.empty()) who.push_back(letter.customer);
        all.push_back(&letter);
    }
    const auto customers = who.dump();
    experiences::lived_by(tx, customers, [&](const experiences::Lived& lived) {
        const auto day = parse_date(lived.occurred_on);
        const auto found = by_customer.find(lived.customer);
        if (!day || found == by_customer.end()) return;
        const auto word = by == By::country ? lived.country : by == By::site ? lived.site : lived.product;
        if (!word.empty()) of[found->first] = word;
        // An experience has a day and no hour: the same day is before the letter.
        const auto at = midnight(*day);
        for (auto* letter : found->second) {
            if (at <= letter->at || at > letter->at + within) continue;
            letter->visit = letter->visit || lived.kind == "workshop";
            letter->order = letter->order || lived.kind == "order";
        }
    });
    reviews::rated_by(tx, customers, [&](const reviews::Rated& rated) {
        const auto found = by_customer.find(rated.customer);
        if (found == by_customer.end()) return;
        for (auto* letter : found->second) letter->review = letter->review || (rated.at > letter->at && rated.at <= letter->at + within);
    });
}

}  // namespace

bool is_robot(bool head, std::string_view user_agent) {
    if (head || user_agent.empty()) return true;
    std::string agent(user_agent.substr(0, 512));
    std::transform(agent.begin(), agent.end(), agent.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<std::string_view, 12> names{"bot", "crawl", "spider", "scan", "preview", "monitor", "curl/", "wget/", "python", "go-http", "java/", "headless"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return agent.find(name) != std::string::npos; });
}

void note_click(Tx& tx, Seconds now, std::string_view message, std::string_view target, bool robot) {
    const auto followed = contact::message_followed(tx, message);
    if (!followed || followed->refused) return;
    const auto key = read_key(followed->key);
    if (!key) return;
    const auto campaign = tx.row<std::int64_t>(find_campaign, key->campaign);
    if (!campaign || !tx.row<std::int64_t>(find_touch, key->person, key->due_day, *campaign, key->vehicle)) return;
    // Not marked as sent yet: a program at the door of the mailbox was quicker than the row.
    const bool soon = followed->sent_at == 0 || now - followed->sent_at < too_soon;
    const int signs = (robot ? sign_robot : 0) | (soon ? sign_soon : 0);
    tx.exec(insert_click, key->person, key->due_day, *campaign, key->vehicle, now, link_number(target), signs);
    if (tx.value<std::int64_t>(links_together, key->person, key->due_day, *campaign, key->vehicle, now - together) >= too_many_links) tx.exec(mark_together, key->person, key->due_day, *campaign, key->vehicle, now - together);
    else if (signs == 0) keep_click(tx, now, followed->customer, {key->person, key->due_day, *campaign, key->vehicle, link_number(target)});
}

bool is_prefetch(bool head, std::string_view user_agent) { return is_robot(head, user_agent) || user_agent == "Mozilla/5.0"; }

void note_open(Tx& tx, Seconds now, std::string_view message, bool robot) {
    const auto followed = contact::message_followed(tx, message);
    if (!followed || !contact::agreed(tx, followed->customer, contact::measuring)) return;
    const auto key = read_key(followed->key);
    if (!key) return;
    const auto campaign = tx.row<std::int64_t>(find_campaign, key->campaign);
    if (!campaign) return;
    const bool soon = followed->sent_at == 0 || now - followed->sent_at < too_soon;
    tx.exec(keep_open, key->person, key->due_day, *campaign, key->vehicle, now, (robot ? sign_robot : 0) | (soon ? sign_soon : 0));
}

std::vector<Effect> effects(Tx& tx, Seconds from, Seconds until, int days, By by) {
    std::map<std::tuple<std::string, std::string, std::string>, Effect> sums;
    std::map<std::string, std::string> word_of;
    for (std::int64_t after = 0;;) {
        const auto last = tx.row<std::optional<std::int64_t>>(last_of_slice, after, slice);
        if (!last || !*last) break;
        std::vector<Letter> letters;
        tx.each(sent_letters, [&](const Row& row) {
            letters.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.integer(3), row.integer(4), static_cast<int>(row.integer(5)), row.integer(6), static_cast<int>(row.integer(7))});
        }, after, **last, from, until);
        after = **last;
        if (letters.empty()) continue;
        word_of.clear();
        follow(tx, letters, days * one_day, by, word_of);
        for (const auto& letter : letters) {
            const auto variant = letter.how >> 3 ? std::to_string(letter.how >> 3) : std::string();
            const auto known = word_of.find(letter.customer);
            const auto word = known == word_of.end() ? std::string() : known->second;
            auto& sum = sums[{letter.campaign, variant, word}];
            sum.campaign = letter.campaign, sum.variant = variant, sum.of = word;
            ++sum.sent;
            sum.clicked += letter.signs == 0;
            sum.clicked_by_programs += letter.signs > 0;
            sum.measured += letter.opened_at >= 0;
            sum.opened += letter.opened_at > 0 && letter.open_signs == 0;
            sum.opened_by_programs += letter.opened_at > 0 && letter.open_signs != 0;
            sum.visits += letter.visit, sum.reviews += letter.review, sum.orders += letter.order;
        }
    }
    std::vector<Effect> all;
    for (auto& [_, one] : sums) all.push_back(std::move(one));
    return all;
}

}  // namespace verbatim::plan
