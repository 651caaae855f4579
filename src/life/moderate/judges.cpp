#include "life/moderate/judges.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace verbatim::moderate {
namespace {

using network::Person;
using storage::Tx;

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const auto end = std::min(list.find_first_of(";, "), list.size());
        if (end > 0) parts.push_back(language_of(list.substr(0, end)));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

std::string join(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : ";") + part;
    return all;
}

bool reads(const std::vector<std::string>& languages, std::string_view lang) {
    return std::find(languages.begin(), languages.end(), lang) != languages.end() || std::find(languages.begin(), languages.end(), "*") != languages.end();
}

bool nobody_can_tell(std::string_view lang) { return lang.empty() || lang == "und"; }

}  // namespace

std::string language_of(std::string_view locale) {
    std::string lang(locale.substr(0, locale.find_first_of("-_")));
    for (char& c : lang) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lang;
}

std::vector<std::string> languages_of(const Person& person) {
    if (!person.attributes.empty()) {
        const auto attributes = nlohmann::json::parse(person.attributes, nullptr, false);
        if (attributes.is_object() && attributes.contains("languages") && attributes["languages"].is_string()) {
            if (auto listed = split(attributes["languages"].get<std::string>()); !listed.empty()) return listed;
        }
    }
    return person.locale.empty() ? std::vector<std::string>{} : std::vector<std::string>{language_of(person.locale)};
}

bool belongs_to(Tx& tx, const std::vector<Person>& roles, std::string_view subject) {
    const auto code = subject.substr(subject.find(':') + 1);
    const bool of_product = subject.substr(0, 8) == "product:";
    const auto site = of_product ? std::nullopt : network::find_site(tx, code);
    return std::any_of(roles.begin(), roles.end(), [&](const Person& person) {
        if (of_product && person.role == "product" && person.scope == "*") return true;
        if (person.scope == code) return true;
        return site && ((!site->group.empty() && person.scope == site->group) || (!site->email.empty() && person.email == site->email));
    });
}

Panel panel_for(Tx& tx, std::string_view subject, std::string_view lang, const std::vector<std::string>& but) {
    const auto wanted = language_of(lang);
    const auto some = [&](std::string_view role, bool readers_only) {
        std::vector<Person> found;
        for (auto& person : network::people_with_role(tx, role)) {
            if (std::find(but.begin(), but.end(), person.email) != but.end()) continue;
            if (std::any_of(found.begin(), found.end(), [&](const Person& one) { return one.email == person.email; })) continue;
            if (readers_only && !reads(languages_of(person), wanted)) continue;
            if (belongs_to(tx, network::people_by_email(tx, person.email), subject)) continue;  // MOD-7
            found.push_back(std::move(person));
        }
        return found;
    };
    if (nobody_can_tell(wanted)) {
        if (auto people = some("moderator", false); !people.empty()) return {Panel::Level::moderators, std::move(people)};
    } else {
        if (auto people = some("moderator", true); !people.empty()) return {Panel::Level::moderators, std::move(people)};
        if (auto people = some("hq", true); !people.empty()) return {Panel::Level::headquarters, std::move(people)};
    }
    auto people = some("hq", false);
    if (people.empty()) people = some("admin", false);
    return {Panel::Level::nobody_reads, std::move(people)};
}

Result<Fitness> fit_to_decide(Tx& tx, const Actor& actor, std::string_view subject, std::string_view lang, bool declared, std::string_view key_languages) {
    if (actor.kind != ActorKind::staff) return forbidden("human_only", "only a human decides");
    auto roles = network::people_by_email(tx, actor.id);
    Fitness fitness;
    auto languages = split(key_languages);
    bool judge = false;
    for (const auto& person : roles) {
        judge = judge || person.role == "moderator" || person.role == "hq" || person.role == "admin";
        for (auto& one : languages_of(person)) languages.push_back(std::move(one));
        fitness.roles += (fitness.roles.empty() ? "" : ";") + person.role + " " + person.scope;
    }
    if (roles.empty()) {  // a key may stand for somebody who is not in people.csv
        judge = actor.role == "moderator" || actor.role == "hq" || actor.role == "admin";
        roles.push_back({0, actor.id, {}, actor.role, actor.scope, {}, {}, true});
        fitness.roles = actor.role + " " + actor.scope;
    }
    if (!judge) return forbidden("not_a_moderator", "only moderators decide, and who holds this link is none any more");
    if (belongs_to(tx, roles, subject)) return forbidden("own_house", "nobody decides on words about their own house");  // MOD-7
    std::sort(languages.begin(), languages.end());
    languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
    fitness.languages = join(languages);
    if (nobody_can_tell(lang)) fitness.language_match = "unknown_language";
    else if (reads(languages, language_of(lang))) fitness.language_match = "reads";
    else if (declared) fitness.language_match = "declared";
    else return forbidden("language", "the decider does not read this language");  // MOD-6
    return fitness;
}

}  // namespace verbatim::moderate
