// The brand's network: sites (points of sale), products, people with roles. Codes are the brand's own and stand in addresses
// and in the public log, so they never change.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::network {

std::span<const storage::Migration> migrations();

struct Site {
    std::string code, name, dealer, group, country, locale, timezone;
    std::string street, postcode, city;
    std::optional<double> latitude, longitude;  // degrees, WGS 84
    std::string phone, email;
    std::string services;    // of new_car;used_car;workshop
    std::string opening;     // OpenStreetMap opening_hours
    std::string attributes;  // JSON object of the file's other columns; empty where there are none
    bool active = true;
    Seconds updated_at = 0;

    bool offers(std::string_view service) const;
};

struct Product {
    std::string code, name, kind, parent, url, image, mpn, gtin;  // kind: model | version | accessory | contract
    std::string attributes;
    Seconds updated_at = 0;
};

struct Person {
    std::int64_t id = 0;  // stands for an adviser in the public log ("adviser:17"): no name, no address
    std::string email, name, role, scope, locale;
    std::string attributes;
    bool active = true;

    std::string first_name() const;  // what the public may see of an adviser
};

// admin hq product country group site adviser agent moderator crm auditor
std::span<const std::string_view> roles();
// new_car used_car workshop
std::span<const std::string_view> services();
// Codes of sites, products and groups: 1 to 64 of A-Z a-z 0-9 . _ -, beginning with a letter or a digit.
bool is_code(std::string_view text);
// A code made of any text, always the same for the same text: letters and digits are kept, what lies between becomes '-'.
// Two texts that would fall together get different codes.
std::string code_from(std::string_view text);

enum class Stored { taken, already };  // taken: new or changed
Stored store(storage::Tx& tx, Seconds now, const Site& site);
Stored store(storage::Tx& tx, Seconds now, const Product& product);
Stored store(storage::Tx& tx, const Person& person);
// One that is missing, with its name and nothing else; one that is there is left alone. For words gathered elsewhere.
Stored create_site(storage::Tx& tx, Seconds now, std::string_view code, std::string_view name);
Stored create_product(storage::Tx& tx, Seconds now, std::string_view code, std::string_view name);

std::optional<Site> find_site(storage::Tx& tx, std::string_view code);
std::optional<Product> find_product(storage::Tx& tx, std::string_view code);
// Paged by key: at most `limit`, after that code; an empty country is all.
std::vector<Site> sites(storage::Tx& tx, std::string_view country, std::string_view after, int limit);
std::vector<Site> sites_of_group(storage::Tx& tx, std::string_view group, std::string_view after, int limit);
std::vector<Product> products(storage::Tx& tx, std::string_view after, int limit);
// The name of "site:CODE", "product:CODE" or "adviser:ID" (its first name); nothing for an unknown subject.
std::optional<std::string> subject_name(storage::Tx& tx, std::string_view subject);

struct CountryCount {
    std::string country;
    std::int64_t sites = 0;
};
std::vector<CountryCount> countries(storage::Tx& tx);

// Active people only.
std::vector<Person> people_with_role(storage::Tx& tx, std::string_view role);
// Role `site` with this site as scope: who gets its alerts, beside the site's own address (contract "People who get mail").
std::vector<Person> people_on_site(storage::Tx& tx, std::string_view site);
// The site's own address and everyone with role `site` on it, each address once (contract "People who get mail").
struct Recipient {
    std::string email, name, locale;
};
std::vector<Recipient> recipients_at(storage::Tx& tx, const Site& site);
// The site's group's people (role `group`), its country's (role `country`); for escalation.
std::vector<Person> people_of_group(storage::Tx& tx, std::string_view group);
std::vector<Person> people_of_country(storage::Tx& tx, std::string_view country);
// Moderators of this language ("fr", "fr-BE"); all of them where there is none (norm MOD-6).
std::vector<Person> moderators_for_language(storage::Tx& tx, std::string_view language);
// Who this is, with every role; the e-mail in any case.
std::vector<Person> people_by_email(storage::Tx& tx, std::string_view email);
std::optional<Person> find_person(storage::Tx& tx, std::int64_t id);
// Names of everyone who works on this site or for its group, for the detectors.
std::vector<std::string> staff_names(storage::Tx& tx, std::string_view site, std::string_view group);

// A change is told on channel "network" after its commit, payload "site CODE", "product CODE", "person" or, after a batch of
// many, "sites", "products", "people": shop windows rebuild.

}  // namespace verbatim::network
