#include "record/network/import.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "ground/formats/mailbox.h"
#include "ground/formats/utf8.h"
#include "record/network/branches.h"
#include "record/network/country_rules.h"
#include "record/network/opening_hours.h"

namespace verbatim::network {
namespace {

using intake::Outcome;
using intake::Row;
using storage::Tx;

constexpr auto site_columns = std::to_array<std::string_view>({"code", "name", "dealer", "group", "country", "locale", "timezone", "street", "postcode", "city", "latitude",
                                                               "longitude", "phone", "email", "services", "opening"});
constexpr auto product_columns = std::to_array<std::string_view>({"code", "name", "kind", "parent", "url", "image", "mpn", "gtin"});
constexpr auto person_columns = std::to_array<std::string_view>({"email", "name", "role", "scope", "locale"});
constexpr auto product_kinds = std::to_array<std::string_view>({"model", "version", "accessory", "contract"});

constexpr std::size_t longest_text = 300;          // code points of a name, a street, ...
constexpr std::size_t longest_attributes = 16384;  // bytes

Error bad(std::string_view column, std::string_view value, std::string_view why) {
    return invalid("bad_" + std::string(column), std::string(column) + " \"" + truncate_code_points(value, 60) + "\": " + std::string(why), std::string(column));
}

// "dealer:Lac SARL", "group:NORD": which kinds there are says branches.h.
bool is_branch_text(std::string_view text) {
    const auto kind = text.substr(0, std::min(text.find(':'), text.size()));
    return text.size() > kind.size() + 1 && text.size() <= 200 && (kind == "dealer" || kind == "group" || kind == "country" || kind == "site" || kind == "product");
}

bool digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Texts of a row: short, without control characters.
Result<void> check_texts(const Row& row, std::span<const std::string_view> columns) {
    for (const std::string_view column : columns) {
        const std::string_view value = row.get(column);
        if (std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
            return bad(column, "...", "holds a control character");
        if (code_points(value) > (column == "url" || column == "image" ? 2000 : longest_text)) return bad(column, value, "is too long");
    }
    return {};
}

Result<std::string> attributes_of(const Row& row, std::span<const std::string_view> known) {
    std::string attributes = row.attributes(known);
    if (attributes.size() > longest_attributes) return invalid("too_long", "the other columns hold more than 16 KiB together");
    return attributes;
}

// Degrees within ±most; an empty text is nothing.
Result<std::optional<double>> degrees(const Row& row, std::string_view column, double most) {
    const std::string_view value = row.get(column);
    if (value.empty()) return std::optional<double>();
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || !(number >= -most && number <= most))
        return bad(column, value, "is a number from -" + std::to_string(static_cast<int>(most)) + " to " + std::to_string(static_cast<int>(most)) + ", with a point");
    return std::optional(number);
}

Result<std::string> services_from(std::string_view value) {
    std::set<std::string_view> given;
    for (std::string_view rest = value; !rest.empty();) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        std::string_view word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        if (word.empty()) continue;
        if (std::find(services().begin(), services().end(), word) == services().end()) return bad("services", value, "are new_car, used_car, workshop, joined by ';'");
        given.insert(word);
    }
    std::string text;
    for (const std::string_view service : services())
        if (given.count(service) != 0) text += (text.empty() ? "" : ";") + std::string(service);
    return text;
}

// GTIN-8, -12, -13, -14: the last digit is the checksum (GS1 General Specifications section 7.9).
bool is_gtin(std::string_view text) {
    if (!digits(text) || (text.size() != 8 && (text.size() < 12 || text.size() > 14))) return false;
    int sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) sum += (text[text.size() - 1 - i] - '0') * (i % 2 == 0 ? 1 : 3);
    return sum % 10 == 0;
}

bool is_web_address(std::string_view text) {
    const std::size_t scheme = text.substr(0, 8) == "https://" ? 8 : text.substr(0, 7) == "http://" ? 7 : 0;
    return scheme > 0 && text.size() > scheme && text[scheme] != '/' && text.find_first_of(" <>\"\\") == std::string_view::npos;
}

bool letters(std::string_view text, char from, char to) {
    return std::all_of(text.begin(), text.end(), [&](char c) { return c >= from && c <= to; });
}

template <class T, class F>
auto store_each(std::string_view told, F&& store_one) {
    return [told, store_one](Tx& tx, std::span<const T> rows) {
        std::vector<Result<Outcome>> outcomes;
        bool changed = false;
        for (const T& row : rows) {
            Result<Stored> stored = store_one(tx, row);
            changed = changed || (stored.ok() && *stored == Stored::taken);
            outcomes.push_back(stored.ok() ? Result<Outcome>(*stored == Stored::taken ? Outcome::taken : Outcome::already) : Result<Outcome>(stored.error()));
        }
        if (changed) tx.notify("network", told);
        return outcomes;
    };
}

}  // namespace

bool is_locale(std::string_view text) {
    const std::size_t dash = text.find('-');
    const std::string_view language = text.substr(0, dash);
    if (language.size() < 2 || language.size() > 3 || !letters(language, 'a', 'z')) return false;
    return dash == std::string_view::npos || is_country(text.substr(dash + 1));
}

bool is_timezone(std::string_view text) {
    if (text == "UTC") return true;
    std::size_t slashes = 0;
    char before = '/';
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (before == '/' ? !(c >= 'A' && c <= 'Z') : !(letter || c == '/' || c == '_' || c == '-' || c == '+' || (c >= '0' && c <= '9'))) return false;
        slashes += c == '/';
        before = c;
    }
    return slashes >= 1 && slashes <= 2 && before != '/' && text.size() <= 64;
}

Result<Site> site_from(const Row& row) {
    if (auto texts = check_texts(row, site_columns); !texts.ok()) return texts.error();
    Site site;
    const auto text = [&](std::string_view column) { return std::string(row.get(column)); };
    site.code = text("code");
    site.name = text("name");
    site.dealer = text("dealer");
    site.group = text("group");
    site.country = text("country");
    site.locale = text("locale");
    site.timezone = text("timezone");
    site.street = text("street");
    site.postcode = text("postcode");
    site.city = text("city");
    site.phone = text("phone");
    site.email = mailbox_key(row.get("email"));
    site.opening = text("opening");
    if (!is_code(site.code)) return bad("code", site.code, "is made of A-Z a-z 0-9 . _ -, begins with a letter or a digit, and has at most 64 of them");
    if (site.name.empty()) return invalid("bad_name", "name is missing", "name");
    if (!site.group.empty() && !is_code(site.group)) return bad("group", site.group, "is a code, made of A-Z a-z 0-9 . _ -");
    if (!is_country(site.country)) return bad("country", site.country, "is no ISO 3166 code of two capital letters");
    if (site.locale.empty()) site.locale = default_locale(site.country);
    if (!is_locale(site.locale)) return bad("locale", site.locale, "is a language or a language and a country: fr, fr-BE");
    if (site.timezone.empty()) site.timezone = default_timezone(site.country);
    if (!is_timezone(site.timezone)) return bad("timezone", site.timezone, "is an IANA name: Europe/Paris");
    auto latitude = degrees(row, "latitude", 90), longitude = degrees(row, "longitude", 180);
    if (!latitude.ok()) return latitude.error();
    if (!longitude.ok()) return longitude.error();
    if (latitude->has_value() != longitude->has_value()) return invalid("bad_latitude", "latitude and longitude come together", "latitude");
    site.latitude = *latitude;
    site.longitude = *longitude;
    if (!site.email.empty() && !plausible_mailbox(site.email)) return bad("email", site.email, "is no e-mail address");
    auto offered = services_from(row.get("services"));
    if (!offered.ok()) return offered.error();
    site.services = std::move(*offered);
    if (!site.opening.empty() && !is_opening_hours(site.opening)) return bad("opening", site.opening, "is no opening_hours: Mo-Fr 08:00-18:30; Sa 09:00-17:00");
    auto attributes = attributes_of(row, site_columns);
    if (!attributes.ok()) return attributes.error();
    site.attributes = std::move(*attributes);
    return site;
}

Result<Product> product_from(const Row& row) {
    if (auto texts = check_texts(row, product_columns); !texts.ok()) return texts.error();
    Product product;
    const auto text = [&](std::string_view column) { return std::string(row.get(column)); };
    product.code = text("code");
    product.name = text("name");
    product.kind = text("kind");
    product.parent = text("parent");
    product.url = text("url");
    product.image = text("image");
    product.mpn = text("mpn");
    product.gtin = text("gtin");
    if (!is_code(product.code)) return bad("code", product.code, "is made of A-Z a-z 0-9 . _ -, begins with a letter or a digit, and has at most 64 of them");
    if (product.name.empty()) return invalid("bad_name", "name is missing", "name");
    if (std::find(product_kinds.begin(), product_kinds.end(), product.kind) == product_kinds.end()) return bad("kind", product.kind, "is one of model, version, accessory, contract");
    if (!product.parent.empty() && !is_code(product.parent)) return bad("parent", product.parent, "is a product's code");
    if (product.parent == product.code) return bad("parent", product.parent, "is the product itself");
    for (const std::string_view column : {"url", "image"})
        if (!row.get(column).empty() && !is_web_address(row.get(column))) return bad(column, row.get(column), "is no http or https address");
    if (!product.gtin.empty() && !is_gtin(product.gtin)) return bad("gtin", product.gtin, "has 8, 12, 13 or 14 digits and the right check digit");
    auto attributes = attributes_of(row, product_columns);
    if (!attributes.ok()) return attributes.error();
    product.attributes = std::move(*attributes);
    return product;
}

Result<Person> person_from(const Row& row) {
    if (auto texts = check_texts(row, person_columns); !texts.ok()) return texts.error();
    Person person;
    person.email = mailbox_key(row.get("email"));
    person.name = std::string(row.get("name"));
    person.role = std::string(row.get("role"));
    person.scope = std::string(row.get("scope"));
    person.locale = std::string(row.get("locale"));
    if (!plausible_mailbox(person.email)) return bad("email", person.email, "is no e-mail address");
    if (std::find(roles().begin(), roles().end(), person.role) == roles().end())
        return bad("role", person.role, "is one of admin, hq, product, country, group, site, adviser, agent, moderator, crm, auditor");
    if (person.scope != "*" && !is_code(person.scope) && !is_branch_text(person.scope)) return bad("scope", person.scope, "is a site, group, country or product code, or *");
    if (!person.locale.empty() && !is_locale(person.locale)) return bad("locale", person.locale, "is a language or a language and a country: fr, fr-BE");
    auto attributes = attributes_of(row, person_columns);
    if (!attributes.ok()) return attributes.error();
    person.attributes = std::move(*attributes);
    return person;
}

Result<void> check_scope(Tx& tx, const Person& person) {
    const std::string_view scope = person.scope, role = person.role;
    if (scope == "*") return {};
    if (is_branch_text(scope)) {
        if (role == "site" || role == "adviser" || role == "country" || role == "product") return bad("scope", scope, "is a branch written out; this role takes a code");
        return contains(tx, "*", scope) ? Result<void>() : bad("scope", scope, "is a branch on which nothing lies");
    }
    const auto is_site = [&] { return find_site(tx, scope).has_value(); };
    const auto is_group = [&] { return !sites_of_group(tx, scope, "", 1).empty(); };
    const auto is_product = [&] { return find_product(tx, scope).has_value(); };
    if (role == "site" || role == "adviser") return is_site() ? Result<void>() : bad("scope", scope, "is no known site; import the sites first");
    if (role == "group") return is_group() ? Result<void>() : bad("scope", scope, "is no known site's group; import the sites first");
    if (role == "country") return is_country(scope) ? Result<void>() : bad("scope", scope, "is no ISO 3166 code of two capital letters");
    if (is_country(scope) || is_site() || is_product() || is_group()) return {};
    return bad("scope", scope, "is no known site, group, country or product");
}

Result<void> check_person(Tx& tx, const Person& person) {
    if (!plausible_mailbox(person.email)) return bad("email", person.email, "is no e-mail address");
    if (person.name.empty() || person.name.size() > 200 || !valid_utf8(person.name)) return invalid("bad_name", "a name has 1 to 200 bytes", "name");
    if (std::find(roles().begin(), roles().end(), person.role) == roles().end())
        return bad("role", person.role, "is one of admin, hq, product, country, group, site, adviser, agent, moderator, crm, auditor");
    if (person.scope != "*" && !is_code(person.scope) && !is_branch_text(person.scope)) return bad("scope", person.scope, "is a site, group, country or product code, or *");
    if (!person.locale.empty() && !is_locale(person.locale)) return bad("locale", person.locale, "is a language or a language and a country: fr, fr-BE");
    return check_scope(tx, person);
}

Result<intake::Counts> import_sites(storage::Db& db, const Clock& clock, const std::string& path, const intake::Options& options) {
    intake::Kind<Site> kind;
    kind.required = {"code", "name", "country"};
    kind.parse = site_from;
    kind.key = [](const Site& site) { return "code " + site.code; };
    kind.store = store_each<Site>("sites", [&clock](Tx& tx, const Site& site) -> Result<Stored> { return store(tx, clock.now(), site); });
    return intake::run(db, path, kind, options);
}

Result<intake::Counts> import_products(storage::Db& db, const Clock& clock, const std::string& path, const intake::Options& options) {
    intake::Kind<Product> kind;
    kind.required = {"code", "name", "kind"};
    kind.parse = product_from;
    kind.key = [](const Product& product) { return "code " + product.code; };
    kind.store = store_each<Product>("products", [&clock](Tx& tx, const Product& product) -> Result<Stored> { return store(tx, clock.now(), product); });
    return intake::run(db, path, kind, options);
}

Result<intake::Counts> import_people(storage::Db& db, const std::string& path, const intake::Options& options) {
    intake::Kind<Person> kind;
    kind.required = {"email", "name", "role", "scope"};
    kind.parse = person_from;
    kind.key = [](const Person& person) { return person.email + " as " + person.role + " of " + person.scope; };
    kind.store = store_each<Person>("people", [](Tx& tx, const Person& person) -> Result<Stored> {
        if (auto checked = check_scope(tx, person); !checked.ok()) return checked.error();
        return store(tx, person);
    });
    return intake::run(db, path, kind, options);
}

}  // namespace verbatim::network
