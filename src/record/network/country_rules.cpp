#include "record/network/country_rules.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <shared_mutex>

namespace verbatim::network {
namespace {

// Which bases let an invitation or a survey go. Directive 2002/58/EC article 13(1)-(2) asks for consent, or the soft opt-in of
// existing customers, for direct marketing by e-mail; whether asking for a review is marketing is for each country's courts.
enum class Invitation {
    any_basis,       // yes, soft_optin, contract, or the legitimate interest of GDPR article 6(1)(f)
    consent_needed,  // yes or soft_optin only
};

struct Country {
    std::string_view code, locale, timezone;
    Invitation invitation = Invitation::any_basis;
    bool rates_advisers = true;
};

// Sorted by code.
constexpr Country countries[] = {
    // Arbeitsverfassungsgesetz §§ 96, 96a: systems that assess staff need the works council's consent.
    {"AT", "de", "Europe/Vienna", Invitation::any_basis, false},
    {"AU", "en", "Australia/Sydney"},
    {"BE", "nl", "Europe/Brussels"},
    {"BG", "bg", "Europe/Sofia"},
    {"BR", "pt", "America/Sao_Paulo"},
    {"CA", "en", "America/Toronto"},
    {"CH", "de", "Europe/Zurich"},
    {"CY", "el", "Asia/Nicosia"},
    {"CZ", "cs", "Europe/Prague"},
    // UWG § 7(2)-(3); BGH, 10 July 2018, VI ZR 225/17: a request for a rating, though it comes with an invoice, is advertising:
    // consent, or the soft opt-in with the right to object named each time (norm INC-6).
    // Betriebsverfassungsgesetz § 87(1) no. 6: technical means that watch the conduct of staff need the works council.
    {"DE", "de", "Europe/Berlin", Invitation::consent_needed, false},
    {"DK", "da", "Europe/Copenhagen"},
    {"EE", "et", "Europe/Tallinn"},
    {"ES", "es", "Europe/Madrid"},
    {"FI", "fi", "Europe/Helsinki"},
    {"FR", "fr", "Europe/Paris"},
    {"GB", "en", "Europe/London"},
    {"GR", "el", "Europe/Athens"},
    {"HR", "hr", "Europe/Zagreb"},
    {"HU", "hu", "Europe/Budapest"},
    {"IE", "en", "Europe/Dublin"},
    // Legge 300/1970 (Statuto dei lavoratori) article 4: no remote watching of staff without agreement.
    {"IT", "it", "Europe/Rome", Invitation::any_basis, false},
    {"JP", "ja", "Asia/Tokyo"},
    {"LT", "lt", "Europe/Vilnius"},
    {"LU", "fr", "Europe/Luxembourg"},
    {"LV", "lv", "Europe/Riga"},
    {"MA", "fr", "Africa/Casablanca"},
    {"MT", "en", "Europe/Malta"},
    {"MX", "es", "America/Mexico_City"},
    {"NL", "nl", "Europe/Amsterdam"},
    {"NO", "nb", "Europe/Oslo"},
    {"NZ", "en", "Pacific/Auckland"},
    {"PL", "pl", "Europe/Warsaw"},
    // Código do Trabalho article 20: no remote means to control how staff perform.
    {"PT", "pt", "Europe/Lisbon", Invitation::any_basis, false},
    {"RO", "ro", "Europe/Bucharest"},
    {"RS", "sr", "Europe/Belgrade"},
    {"SE", "sv", "Europe/Stockholm"},
    {"SI", "sl", "Europe/Ljubljana"},
    {"SK", "sk", "Europe/Bratislava"},
    {"TN", "fr", "Africa/Tunis"},
    {"TR", "tr", "Europe/Istanbul"},
    {"UA", "uk", "Europe/Kyiv"},
    {"US", "en", "America/New_York"},
    {"ZA", "en", "Africa/Johannesburg"},
};

// ISO 3166-1 alpha-2, all that are assigned, two letters each.
constexpr std::string_view assigned =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZ"
    "ECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZ"
    "LALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERO"
    "RSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

const Country& rules(std::string_view code) {
    static constexpr Country elsewhere{"", "en", "UTC"};
    const auto* found = std::lower_bound(std::begin(countries), std::end(countries), code, [](const Country& country, std::string_view wanted) { return country.code < wanted; });
    return found != std::end(countries) && found->code == code ? *found : elsewhere;
}

}  // namespace

bool is_country(std::string_view code) {
    if (code.size() != 2) return false;
    for (std::size_t at = 0; at < assigned.size(); at += 2)
        if (assigned.substr(at, 2) == code) return true;
    return false;
}

bool basis_suffices(std::string_view country, std::string_view purpose, std::string_view basis) {
    if (basis == "yes") return true;
    if (purpose == "tracking") return false;                       // norm EML-11: prior consent, nothing less
    if (purpose == "marketing") return basis == "soft_optin";      // Directive 2002/58/EC article 13(1)-(2)
    if (purpose != "invitation" && purpose != "survey") return false;
    if (basis == "soft_optin") return true;
    if (basis != "legitimate_interest" && basis != "contract") return false;
    return !country_rule(country).consent_needed;
}

bool invitation_basis_suffices(std::string_view country, std::string_view basis) { return basis_suffices(country, "invitation", basis); }
bool adviser_may_be_rated(std::string_view country) { return country_rule(country).rates_advisers; }
std::string_view default_locale(std::string_view country) { return rules(country).locale; }
std::string_view default_timezone(std::string_view country) { return rules(country).timezone; }

namespace {

// Read for each invitation, changed once a year.
struct Own {
    std::shared_mutex mutex;
    std::map<std::string, CountryRule, std::less<>> rules;
};
Own& own() {
    static Own kept;
    return kept;
}

}  // namespace

std::vector<std::string> ruled_countries() {
    std::vector<std::string> all;
    for (const auto& country : countries) all.emplace_back(country.code);
    return all;
}

CountryRule packaged_country_rule(std::string_view country) { return {rules(country).invitation == Invitation::consent_needed, rules(country).rates_advisers}; }

CountryRule country_rule(std::string_view country) {
    {
        const std::shared_lock lock(own().mutex);
        if (const auto found = own().rules.find(country); found != own().rules.end()) return found->second;
    }
    return packaged_country_rule(country);
}

void set_country_rule(std::string_view country, std::optional<CountryRule> rule) {
    const std::unique_lock lock(own().mutex);
    if (rule) own().rules.insert_or_assign(std::string(country), *rule);
    else if (const auto found = own().rules.find(country); found != own().rules.end()) own().rules.erase(found);
}

std::string country_rule_text(const CountryRule& rule) {
    return nlohmann::json{{"invitation", rule.consent_needed ? "consent_needed" : "any_basis"}, {"rates_advisers", rule.rates_advisers}}.dump();
}

Result<CountryRule> country_rule_from(std::string_view text) {
    const auto body = text.size() > 1000 ? nlohmann::json() : nlohmann::json::parse(text, nullptr, false);
    if (!body.is_object() || body.size() != 2 || !body.contains("invitation") || !body.contains("rates_advisers")) {
        return invalid("json", "a country's rule is {\"invitation\":...,\"rates_advisers\":...}", "body");
    }
    if (body["invitation"] != "any_basis" && body["invitation"] != "consent_needed") return invalid("invitation", "invitation is any_basis or consent_needed", "invitation");
    if (!body["rates_advisers"].is_boolean()) return invalid("rates_advisers", "rates_advisers is true or false", "rates_advisers");
    return CountryRule{body["invitation"] == "consent_needed", body["rates_advisers"].get<bool>()};
}

}  // namespace verbatim::network
