#include "record/network/network.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "record/network/branches.h"

namespace verbatim::network {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define SITE_COLUMNS                                                                                                        \
    "code, name, dealer, grp, country, locale, timezone, street, postcode, city, latitude, longitude, phone, email, services, " \
    "opening, attributes, active, updated_at"
#define PRODUCT_COLUMNS "code, name, kind, parent, url, image, mpn, gtin, attributes, updated_at"
#define PERSON_COLUMNS "id, email, name, role, scope, locale, attributes, active"

// An equal row is left as it is, its time too: the number of changed rows tells new or changed (1) from already there (0).
constexpr Sql upsert_site("INSERT INTO site (" SITE_COLUMNS R"sql()
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, dealer = excluded.dealer, grp = excluded.grp, country = excluded.country,
  locale = excluded.locale, timezone = excluded.timezone, street = excluded.street, postcode = excluded.postcode, city = excluded.city,
  latitude = excluded.latitude, longitude = excluded.longitude, phone = excluded.phone, email = excluded.email, services = excluded.services,
  opening = excluded.opening, attributes = excluded.attributes, active = excluded.active, updated_at = excluded.updated_at
WHERE (site.name, site.dealer, site.grp, site.country, site.locale, site.timezone, site.street, site.postcode, site.city, site.latitude,
    site.longitude, site.phone, site.email, site.services, site.opening, site.attributes, site.active)
  IS DISTINCT FROM (excluded.name, excluded.dealer, excluded.grp, excluded.country, excluded.locale, excluded.timezone, excluded.street,
    excluded.postcode, excluded.city, excluded.latitude, excluded.longitude, excluded.phone, excluded.email, excluded.services,
    excluded.opening, excluded.attributes, excluded.active))sql");
constexpr Sql upsert_product("INSERT INTO product (" PRODUCT_COLUMNS R"sql() VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent, url = excluded.url,
  image = excluded.image, mpn = excluded.mpn, gtin = excluded.gtin, attributes = excluded.attributes, updated_at = excluded.updated_at
WHERE (product.name, product.kind, product.parent, product.url, product.image, product.mpn, product.gtin, product.attributes)
  IS DISTINCT FROM (excluded.name, excluded.kind, excluded.parent, excluded.url, excluded.image, excluded.mpn, excluded.gtin,
    excluded.attributes))sql");
constexpr Sql upsert_person(R"sql(INSERT INTO person (email, name, role, scope, locale, attributes, active) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (email, role, scope) DO UPDATE SET name = excluded.name, locale = excluded.locale, attributes = excluded.attributes,
  active = excluded.active
WHERE (person.name, person.locale, person.attributes, person.active)
  IS DISTINCT FROM (excluded.name, excluded.locale, excluded.attributes, excluded.active))sql");
constexpr Sql insert_bare_site(R"sql(INSERT INTO site (code, name, dealer, grp, country, locale, timezone, street, postcode, city, phone,
  email, services, opening, attributes, active, updated_at)
VALUES ($1, $2, '', '', '', '', '', '', '', '', '', '', '', '', '', 1, $3) ON CONFLICT (code) DO NOTHING)sql");
constexpr Sql insert_bare_product(R"sql(INSERT INTO product (code, name, kind, parent, url, image, mpn, gtin, attributes, updated_at)
VALUES ($1, $2, 'model', '', '', '', '', '', '', $3) ON CONFLICT (code) DO NOTHING)sql");

constexpr Sql select_site("SELECT " SITE_COLUMNS " FROM site WHERE code = $1");
constexpr Sql select_sites("SELECT " SITE_COLUMNS " FROM site WHERE code > $1 ORDER BY code LIMIT $2");
constexpr Sql select_sites_of_country("SELECT " SITE_COLUMNS " FROM site WHERE country = $1 AND code > $2 ORDER BY code LIMIT $3");
constexpr Sql select_sites_of_group("SELECT " SITE_COLUMNS " FROM site WHERE grp = $1 AND code > $2 ORDER BY code LIMIT $3");
constexpr Sql count_countries("SELECT country, COUNT(*) FROM site WHERE active = 1 AND country <> '' GROUP BY country ORDER BY country");
constexpr Sql select_product("SELECT " PRODUCT_COLUMNS " FROM product WHERE code = $1");
constexpr Sql select_products("SELECT " PRODUCT_COLUMNS " FROM product WHERE code > $1 ORDER BY code LIMIT $2");
constexpr Sql select_role("SELECT " PERSON_COLUMNS " FROM person WHERE role = $1 AND active = 1 ORDER BY email, scope");
constexpr Sql select_role_and_scope("SELECT " PERSON_COLUMNS " FROM person WHERE scope = $2 AND role = $1 AND active = 1 ORDER BY email");
constexpr Sql select_email("SELECT " PERSON_COLUMNS " FROM person WHERE email = $1 AND active = 1 ORDER BY role, scope");
constexpr Sql select_person("SELECT " PERSON_COLUMNS " FROM person WHERE id = $1");
constexpr Sql select_staff_names(R"sql(SELECT DISTINCT name FROM person
WHERE active = 1 AND name <> '' AND (scope = $1 OR ($2 <> '' AND scope = $2)) ORDER BY name)sql",
                                 R"sql(SELECT DISTINCT name FROM person
WHERE active = 1 AND name <> '' AND (scope = $1::text OR ($2::text <> '' AND scope = $2::text)) ORDER BY name)sql");

Site read_site(const Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), row.get<std::optional<double>>(10),
            row.get<std::optional<double>>(11), text(12), text(13), text(14), text(15), text(16), row.get<bool>(17), row.integer(18)};
}

Product read_product(const Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), row.integer(9)};
}

Person read_person(const Row& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {row.integer(0), text(1), text(2), text(3), text(4), text(5), text(6), row.get<bool>(7)};
}

template <class T, class... P>
std::vector<T> all(Tx& tx, Sql sql, T (*read)(const Row&), const P&... parameters) {
    std::vector<T> found;
    tx.each(sql, [&](const Row& row) { found.push_back(read(row)); }, parameters...);
    return found;
}

template <class T, class... P>
std::optional<T> one(Tx& tx, Sql sql, T (*read)(const Row&), const P&... parameters) {
    auto found = all(tx, sql, read, parameters...);
    return found.empty() ? std::nullopt : std::optional<T>(std::move(found.front()));
}

Stored stored(std::int64_t changed) { return changed > 0 ? Stored::taken : Stored::already; }

std::string_view language_of(std::string_view locale) { return locale.substr(0, locale.find_first_of("-_")); }

constexpr std::array<std::string_view, 11> role_words = {"admin", "hq", "product", "country", "group", "site", "adviser", "agent", "moderator", "crm", "auditor"};
constexpr std::array<std::string_view, 3> service_words = {"new_car", "used_car", "workshop"};

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::span<const std::string_view> roles() { return role_words; }
std::span<const std::string_view> services() { return service_words; }

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 64 && letter_or_digit(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

std::string code_from(std::string_view text) {
    if (is_code(text)) return std::string(text);
    std::string code;
    bool between = false, only_blanks = text.size() <= 64;
    for (const char c : text) {
        if (letter_or_digit(c) || (!code.empty() && (c == '.' || c == '_' || c == '-'))) {
            if (between && !code.empty()) code += '-';
            between = false;
            code += c;
        } else {
            between = true;
            only_blanks = only_blanks && c == ' ';
        }
    }
    if (only_blanks && is_code(code)) return code;
    // More than blanks was lost: FNV-1a of the whole text keeps two texts apart that would fall together.
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    std::string bytes;
    for (int shift = 0; shift < 40; shift += 8) bytes += static_cast<char>(hash >> shift & 0xff);
    code.resize(std::min<std::size_t>(code.size(), 48));
    return (code.empty() ? "subject" : code) + "-" + to_hex(bytes);
}

bool Site::offers(std::string_view service) const {
    std::string_view rest = services;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        if (rest.substr(0, end) == service) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

std::string Person::first_name() const { return name.substr(0, name.find(' ')); }

Stored store(Tx& tx, Seconds now, const Site& site) {
    const auto done = stored(tx.exec(upsert_site, site.code, site.name, site.dealer, site.group, site.country, site.locale, site.timezone, site.street,
                          site.postcode, site.city, site.latitude, site.longitude, site.phone, site.email, site.services, site.opening,
                          site.attributes, site.active, now));
    place(tx, site);
    return done;
}

Stored store(Tx& tx, Seconds now, const Product& product) {
    const auto done = stored(tx.exec(upsert_product, product.code, product.name, product.kind, product.parent, product.url, product.image, product.mpn,
                          product.gtin, product.attributes, now));
    place(tx, product);
    return done;
}

Stored store(Tx& tx, const Person& person) {
    const auto done = stored(tx.exec(upsert_person, mailbox_key(person.email), person.name, person.role, person.scope, person.locale, person.attributes, person.active));
    if (done == Stored::taken) place(tx, person);
    return done;
}

Stored create_site(Tx& tx, Seconds now, std::string_view code, std::string_view name) {
    const auto done = stored(tx.exec(insert_bare_site, code, name, now));
    Site bare;
    bare.code = code;
    if (done == Stored::taken) place(tx, bare);
    return done;
}

Stored create_product(Tx& tx, Seconds now, std::string_view code, std::string_view name) {
    const auto done = stored(tx.exec(insert_bare_product, code, name, now));
    Product bare;
    bare.code = code;
    if (done == Stored::taken) place(tx, bare);
    return done;
}

std::optional<Site> find_site(Tx& tx, std::string_view code) { return one(tx, select_site, read_site, code); }
std::optional<Product> find_product(Tx& tx, std::string_view code) { return one(tx, select_product, read_product, code); }

std::vector<Site> sites(Tx& tx, std::string_view country, std::string_view after, int limit) {
    return country.empty() ? all(tx, select_sites, read_site, after, limit) : all(tx, select_sites_of_country, read_site, country, after, limit);
}
std::vector<Site> sites_of_group(Tx& tx, std::string_view group, std::string_view after, int limit) {
    return all(tx, select_sites_of_group, read_site, group, after, limit);
}
std::vector<Product> products(Tx& tx, std::string_view after, int limit) { return all(tx, select_products, read_product, after, limit); }

std::optional<std::string> subject_name(Tx& tx, std::string_view subject) {
    const std::size_t colon = subject.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view kind = subject.substr(0, colon), code = subject.substr(colon + 1);
    if (kind == "site") {
        if (auto site = find_site(tx, code)) return std::move(site->name);
    } else if (kind == "product") {
        if (auto product = find_product(tx, code)) return std::move(product->name);
    } else if (kind == "adviser") {
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), id);
        if (error != std::errc() || end != code.data() + code.size()) return std::nullopt;
        if (const auto person = find_person(tx, id); person && person->role == "adviser") return person->first_name();
    }
    return std::nullopt;
}

std::vector<CountryCount> countries(Tx& tx) {
    std::vector<CountryCount> found;
    tx.each(count_countries, [&](const Row& row) { found.push_back({std::string(row.text(0)), row.integer(1)}); });
    return found;
}

std::vector<Person> people_with_role(Tx& tx, std::string_view role) { return all(tx, select_role, read_person, role); }
std::vector<Person> people_on_site(Tx& tx, std::string_view site) { return all(tx, select_role_and_scope, read_person, "site", site); }
std::vector<Person> people_of_group(Tx& tx, std::string_view group) {
    if (group.empty()) return {};
    return all(tx, select_role_and_scope, read_person, "group", group);
}
std::vector<Person> people_of_country(Tx& tx, std::string_view country) { return all(tx, select_role_and_scope, read_person, "country", country); }

std::vector<Person> moderators_for_language(Tx& tx, std::string_view language) {
    std::vector<Person> everyone = people_with_role(tx, "moderator"), fitting;
    std::copy_if(everyone.begin(), everyone.end(), std::back_inserter(fitting),
                 [&](const Person& person) { return !person.locale.empty() && language_of(person.locale) == language_of(language); });
    return fitting.empty() ? everyone : fitting;
}

std::vector<Person> people_by_email(Tx& tx, std::string_view email) { return all(tx, select_email, read_person, mailbox_key(email)); }
std::optional<Person> find_person(Tx& tx, std::int64_t id) { return one(tx, select_person, read_person, id); }

std::vector<std::string> staff_names(Tx& tx, std::string_view site, std::string_view group) {
    return tx.rows<std::string>(select_staff_names, site, group);
}

std::vector<Recipient> recipients_at(Tx& tx, const Site& site) {
    std::vector<Recipient> all;
    if (!site.email.empty()) all.push_back({site.email, site.name, site.locale});
    for (const auto& person : people_on_site(tx, site.code)) {
        const bool known = std::any_of(all.begin(), all.end(), [&](const Recipient& one) { return one.email == person.email; });
        if (!known) all.push_back({person.email, person.name, person.locale.empty() ? site.locale : person.locale});
    }
    return all;
}

}  // namespace verbatim::network
