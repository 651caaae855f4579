#include "life/invite/experience_file.h"

#include <algorithm>
#include <array>

#include "ground/formats/mailbox.h"
#include "life/invite/consent.h"
#include "record/contact/consents.h"
#include "record/network/country_rules.h"
#include "record/network/network.h"

namespace verbatim::invite {
namespace {

constexpr std::array<std::string_view, 20> columns = {"id", "kind", "occurred_on", "site", "product", "adviser", "customer", "salutation", "first_name",
                                                      "last_name", "email", "phone", "locale", "country", "vin", "registered_on", "consent",
                                                      "street", "postcode", "city"};
constexpr std::array<std::string_view, 4> kinds = {"order", "delivery", "used_car", "workshop"};

bool good_locale(std::string_view locale) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return (locale.size() == 2 && letter(locale[0]) && letter(locale[1])) ||
           (locale.size() == 5 && (locale[2] == '-' || locale[2] == '_') && letter(locale[0]) && letter(locale[1]) && letter(locale[3]) && letter(locale[4]));
}

// The sites that the rows name, with the batch that each one's experiences join.
struct Place {
    network::Site site;
    experiences::BatchId batch = 0;
};
using Places = std::map<std::string, Place>;

// In the order of the codes, so that two imports never wait for each other.
Places open_places(storage::Tx& tx, std::span<const ExperienceRow> rows) {
    std::set<std::string> codes;
    for (const auto& row : rows) codes.insert(row.experience.site);
    Places places;
    for (const auto& code : codes) {
        if (const auto site = network::find_site(tx, code)) places[code] = {*site, experiences::open_batch(tx, code)};
    }
    return places;
}

// Each purpose the row names goes into the consent ledger, with the site that holds the paper (norm GDP-1). A row without any
// says so too: the invitation then stands on nothing, and the country decides (norm INC-6).
void note_bases(std::vector<contact::Consent>& consents, const experiences::Experience& experience, Seconds now) {
    for (const char* purpose : {"invitation", "survey", "marketing", "tracking", "data_platform"}) {
        const auto basis = basis_for(experience.consent, purpose);
        if (basis.empty() && std::string_view(purpose) != "invitation") continue;
        consents.push_back({experience.customer, purpose, basis.empty() ? "none" : std::string(basis), "dealer", "import", experience.site, now});
    }
}

// Stores one row; the Error of a row that may not be taken leaves nothing behind.
Result<intake::Outcome> store(storage::Tx& tx, const Invite& invite, const Places& places, Seconds now, const ExperienceRow& row, std::vector<contact::Consent>& consents) {
    const auto place = places.find(row.experience.site);
    if (place == places.end()) return invalid("site", "there is no site " + row.experience.site, "site");
    const auto& site = place->second.site;
    if (!row.experience.product.empty() && !network::find_product(tx, row.experience.product)) {
        return invalid("product", "there is no product " + row.experience.product, "product");
    }
    if (experiences::find(tx, row.experience.id)) return intake::Outcome::already;
    auto experience = row.experience;
    auto customer = row.customer;
    if (experience.country.empty()) experience.country = customer.country = site.country;
    if (experience.locale.empty()) experience.locale = customer.locale = site.locale;
    customer.source = "dealer";
    customer.source_site = experience.site;
    experience.customer = contact::keep_customer(tx, now, customer);
    contact::keep_postal(tx, now, experience.customer, row.address);
    note_bases(consents, experience, now);
    experience.imported_at = now;
    experiences::keep(tx, experience, place->second.batch);
    invite.consider(tx, experience);
    return intake::Outcome::taken;
}

}  // namespace

Result<ExperienceRow> parse_experience(const intake::Row& row, Seconds now) {
    ExperienceRow out;
    auto& e = out.experience;
    auto& c = out.customer;
    e.id = row.get("id");
    if (e.id.empty() || e.id.size() > 100) return invalid("id", "id is missing or longer than 100 bytes", "id");
    e.kind = row.get("kind");
    if (std::find(kinds.begin(), kinds.end(), e.kind) == kinds.end()) return invalid("kind", "kind must be order, delivery, used_car or workshop", "kind");
    const auto occurred = parse_date(row.get("occurred_on"));
    if (!occurred) return invalid("occurred_on", "occurred_on must be a date like 2026-11-21", "occurred_on");
    if (midnight(*occurred) > now + one_day) return invalid("occurred_on", "occurred_on lies in the future", "occurred_on");
    e.occurred_on = format_date(*occurred);
    e.site = row.get("site");
    if (!network::is_code(e.site)) return invalid("site", "site must be a site's code", "site");
    e.product = row.get("product");
    e.adviser = row.get("adviser");
    if (!e.adviser.empty() && !plausible_mailbox(e.adviser)) return invalid("adviser", "adviser must be a staff e-mail", "adviser");
    e.vin = row.get("vin");
    e.registered_on = row.get("registered_on");
    if (!e.registered_on.empty() && !parse_date(e.registered_on)) return invalid("registered_on", "registered_on must be a date like 2026-11-21", "registered_on");
    e.locale = row.get("locale");
    if (!e.locale.empty() && !good_locale(e.locale)) return invalid("locale", "locale must be like fr or fr-BE", "locale");
    std::replace(e.locale.begin(), e.locale.end(), '_', '-');
    e.country = row.get("country");
    if (!e.country.empty() && !network::is_country(e.country)) return invalid("country", "country must be two capital letters (ISO 3166)", "country");
    e.consent = row.get("consent");
    if (const auto consent = check_consent(e.consent); !consent) return consent.error();
    e.attributes = row.attributes(columns);
    c.external = row.get("customer");
    c.salutation = row.get("salutation");
    c.first_name = row.get("first_name");
    c.last_name = row.get("last_name");
    c.email = row.get("email");
    if (!c.email.empty() && !plausible_mailbox(c.email)) return invalid("email", "email is not an address", "email");
    if (c.email.empty() && c.external.empty()) return invalid("customer", "a row needs the customer's number or e-mail", "customer");
    c.phone = row.get("phone");
    if (c.phone.size() > 40) return invalid("phone", "phone is longer than 40 characters", "phone");
    out.address = {std::string(row.get("street")), std::string(row.get("postcode")), std::string(row.get("city"))};
    if (const auto address = contact::check_postal(out.address); !address) return address.error();
    c.locale = e.locale;
    c.country = e.country;
    return out;
}

intake::Kind<ExperienceRow> experience_kind(const Invite& invite, const Clock& clock) {
    intake::Kind<ExperienceRow> kind;
    kind.required = {"id", "kind", "occurred_on", "site"};
    kind.parse = [&clock](const intake::Row& row) { return parse_experience(row, clock.now()); };
    kind.key = [](const ExperienceRow& row) { return row.experience.id; };
    kind.store = [&invite, &clock](storage::Tx& tx, std::span<const ExperienceRow> rows) {
        std::vector<Result<intake::Outcome>> outcomes;
        outcomes.reserve(rows.size());
        const auto places = open_places(tx, rows);
        std::vector<contact::Consent> consents;
        bool any = false;
        for (const auto& row : rows) {
            outcomes.push_back(store(tx, invite, places, clock.now(), row, consents));
            any = any || (outcomes.back().ok() && *outcomes.back() == intake::Outcome::taken);
        }
        contact::note_consents(tx, consents);
        if (any) invite.commit_soon(tx);
        return outcomes;
    };
    return kind;
}

}  // namespace verbatim::invite
