#include "life/plan/retarget.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "record/contact/contact.h"
#include "record/contact/reach.h"
#include "record/contact/topics.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

// The last word of each on marketing.
std::set<std::string, std::less<>> agreeing(Tx& tx, const std::vector<std::string>& customers) {
    std::set<std::string, std::less<>> all;
    contact::said_by(tx, nlohmann::json(customers).dump(), [&](const contact::Said& said) {
        if (said.purpose != "marketing") return;
        if (said.basis == "yes" || said.basis == "soft_optin") all.emplace(said.customer);
        else if (const auto found = all.find(said.customer); found != all.end()) all.erase(found);
    });
    return all;
}

bool belongs(const Followed& letter, const ListWish& wish) {
    if (letter.campaign != wish.campaign) return false;
    if (wish.did != Did::anything && letter.clicked() != (wish.did == Did::clicked)) return false;
    return std::none_of(wish.lacks.begin(), wish.lacks.end(), [&](Anchor what) { return letter.reached(what, wish.days * one_day); });
}

}  // namespace

std::optional<std::vector<Anchor>> read_lacks(std::string_view words) {
    std::vector<Anchor> all;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(',', at), words.size());
        const auto word = words.substr(at, end - at);
        if (word == "visit") all.push_back(Anchor::service);
        else if (word == "order") all.push_back(Anchor::order);
        else if (word == "delivery") all.push_back(Anchor::delivery);
        else if (word == "review") all.push_back(Anchor::review);
        else return std::nullopt;
        at = end + 1;
    }
    return all;
}

List list_people(Tx& tx, const ListWish& wish, Seconds now) {
    List list;
    const auto until = wish.lacks.empty() ? wish.until : std::min(wish.until, now - wish.days * one_day);
    if (until <= wish.from) return list;
    walk_followed(tx, wish.from, until, wish.after, false, [&](std::span<const Followed> letters) {
        std::vector<const Followed*> found;  // by person, the newest letter
        for (const auto& one : letters) {
            if (one.campaign != wish.campaign) continue;
            if (!found.empty() && found.back()->person == one.person) found.back() = &one;
            else found.push_back(&one);
        }
        std::erase_if(found, [&](const Followed* one) { return !belongs(*one, wish); });
        std::vector<std::string> customers;
        for (const auto* one : found) customers.push_back(one->customer);
        const auto willing = customers.empty() ? std::set<std::string, std::less<>>() : agreeing(tx, customers);
        for (const auto* one : found) {
            if (!willing.contains(one->customer)) continue;
            const auto person = contact::find_customer(tx, one->customer);
            if (!person || person->external.empty() || contact::suppressed_as(tx, person->email, "marketing")) continue;
            list.people.push_back({person->external, one->variant < 0 ? std::string() : std::to_string(one->variant + 1), one->at, one->clicked()});
            if (static_cast<int>(list.people.size()) >= wish.limit) {
                list.next = one->person;
                return false;
            }
        }
        return true;
    });
    return list;
}

}  // namespace verbatim::plan
