// What each country's law lets us do, as data: which legal basis suffices for a message, and whether advisers may be rated.
// A lawyer's page: the sources stand beside the rows in country_rules.cpp. Not legal advice; a brand checks it for itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"

namespace verbatim::network {

// ISO 3166-1 alpha-2, upper case.
bool is_country(std::string_view code);

// Does this basis (yes | no | legitimate_interest | contract | soft_optin, or "") suffice in this country for this purpose
// (invitation | survey | marketing | tracking)? Norms INC-6, GDP-1, EML-11.
bool basis_suffices(std::string_view country, std::string_view purpose, std::string_view basis);
bool invitation_basis_suffices(std::string_view country, std::string_view basis);

// May customers rate a named member of staff (shown by first name only)?
bool adviser_may_be_rated(std::string_view country);

// For sites that do not say: the country's most spoken language ("fr") and its capital's time zone; "en" and "UTC" elsewhere.
std::string_view default_locale(std::string_view country);
std::string_view default_timezone(std::string_view country);

// A brand's own lawyers may read a country's law otherwise: what they decided stands before the packaged line, for this process,
// until it is taken back with nothing. Kept in editions (record/editions), set at the start and after each change.
struct CountryRule {
    bool consent_needed = false;  // else any legal basis suffices for an invitation
    bool rates_advisers = true;
};
std::vector<std::string> ruled_countries();
CountryRule packaged_country_rule(std::string_view country);
CountryRule country_rule(std::string_view country);
void set_country_rule(std::string_view country, std::optional<CountryRule> rule);
// {"invitation":"any_basis"|"consent_needed","rates_advisers":true}
std::string country_rule_text(const CountryRule& rule);
Result<CountryRule> country_rule_from(std::string_view text);

}  // namespace verbatim::network
