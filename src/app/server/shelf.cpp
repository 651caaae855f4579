#include "app/server/shelf.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "life/collect/questionnaire.h"
#include "life/invite/experience_file.h"
#include "life/moderate/brand_rules.h"
#include "record/network/country_rules.h"
#include "record/network/import.h"
#include "record/network/settings.h"

namespace verbatim::server {
namespace {

using nlohmann::json;
using storage::Tx;

std::vector<std::string> setting_names() {
    std::vector<std::string> names;
    for (const auto& one : network::known_settings())
        if (!set_at_start_only(one.key)) names.emplace_back(one.key);
    return names;
}

std::string packaged_setting(std::string_view key) {
    for (const auto& one : network::known_settings())
        if (one.key == key) return json{{"value", one.fallback}}.dump();
    return "{}";
}

Result<std::string> check_setting(std::string_view key, std::string_view given) {
    const auto body = given.size() > 8000 ? json() : json::parse(given, nullptr, false);
    if (!body.is_object() || body.size() != 1 || !body.contains("value") || !body["value"].is_string()) return invalid("json", "a setting is {\"value\":\"...\"}", "value");
    const auto& value = body["value"].get_ref<const std::string&>();
    if (auto good = network::check_setting(key, value); !good) return Error{good.error().kind, good.error().code, good.error().message, "value"};
    return json{{"value", value}}.dump();
}

void apply_setting(Tx& tx, std::string_view key, std::string_view body) {
    network::set_setting(tx, key, body.empty() ? std::string() : json::parse(body)["value"].get<std::string>()).ok();
}

void apply_country_rule(Tx& tx, std::string_view country, std::string_view body) {
    std::optional<network::CountryRule> rule;
    if (!body.empty()) rule = *network::country_rule_from(body);
    tx.after_commit([country = std::string(country), rule] { network::set_country_rule(country, rule); });
}

}  // namespace

bool set_at_start_only(std::string_view key) {
    for (const std::string_view family : {"http.", "limits.", "log.", "mail.bounce_imap", "mail.dkim.", "mail.domain", "mail.retry_", "mail.warm_up", "plan.kafka_", "server.", "sms.", "webhook.", "window."})
        if (key.starts_with(family)) return true;
    return false;
}

std::shared_ptr<editions::Shelf> make_shelf(storage::Db& db, const Clock& clock) {
    auto shelf = std::make_shared<editions::Shelf>(db, clock);
    shelf->add({"setting", "setting.changed", &setting_names, &packaged_setting, &check_setting, &apply_setting});
    shelf->add({"questionnaire", "questionnaire.changed", &collect::questionnaire_names, &collect::packaged_questionnaire, &collect::check_questionnaire});
    shelf->add({"terms", "terms.changed", &collect::terms_names, &collect::packaged_terms, &collect::check_terms});
    shelf->add({"rule", "rule.changed", &moderate::rule_names, &moderate::packaged_rule, &moderate::check_rule});
    shelf->add({"country_rule", "country_rule.changed", &network::ruled_countries, [](std::string_view country) { return network::country_rule_text(network::packaged_country_rule(country)); },
                [](std::string_view, std::string_view body) -> Result<std::string> {
                    const auto rule = network::country_rule_from(body);
                    if (!rule) return rule.error();
                    return network::country_rule_text(*rule);
                },
                &apply_country_rule});
    return shelf;
}

void load_country_rules(storage::Db& db) {
    db.read([](Tx& tx) {
        for (const auto& country : network::ruled_countries()) {
            const auto body = editions::body(tx, "country_rule", country);
            network::set_country_rule(country, body ? std::optional(*network::country_rule_from(*body)) : std::nullopt);
        }
    });
}

std::shared_ptr<imports::Imports> make_imports(storage::Db& db, const Clock& clock, const invite::Invite& invite, const std::string& folder) {
    auto all = std::make_shared<imports::Imports>(db, clock, folder);
    const auto checked = [](auto parsed) -> Result<void> {
        if (!parsed) return parsed.error();
        return {};
    };
    all->add({"sites", {"code", "name", "country"}, [checked](const intake::Row& row) { return checked(network::site_from(row)); },
              [&db, &clock](const std::string& path, const intake::Options& options) { return network::import_sites(db, clock, path, options); }});
    all->add({"products", {"code", "name", "kind"}, [checked](const intake::Row& row) { return checked(network::product_from(row)); },
              [&db, &clock](const std::string& path, const intake::Options& options) { return network::import_products(db, clock, path, options); }});
    all->add({"experiences", invite::experience_kind(invite, clock).required, [checked, &clock](const intake::Row& row) { return checked(invite::parse_experience(row, clock.now())); },
              [&db, &clock, &invite](const std::string& path, const intake::Options& options) { return intake::run(db, path, invite::experience_kind(invite, clock), options); }});
    all->add({"people", {"email", "name", "role", "scope"}, [checked](const intake::Row& row) { return checked(network::person_from(row)); },
              [&db](const std::string& path, const intake::Options& options) { return network::import_people(db, path, options); },
              [](Tx& tx, const intake::Row& row) -> Result<void> {
                  const auto person = network::person_from(row);
                  if (!person) return person.error();
                  return network::check_scope(tx, *person);
              }});
    return all;
}

void remove_left_files(const std::string& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::error_code ignored;
        if (entry.path().filename().string().starts_with("import-")) std::filesystem::remove(entry.path(), ignored);
    }
}

}  // namespace verbatim::server
