#include "life/moderate/insiders.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/formats/mailbox.h"
#include "ground/text/folded.h"
#include "record/network/network.h"

namespace verbatim::moderate {
namespace {

// Where everybody may have an address, the domain says nothing.
constexpr std::string_view everybodys[] = {
    "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "hotmail.de", "hotmail.co.uk", "live.com", "live.fr", "msn.com",
    "yahoo.com", "yahoo.fr", "yahoo.de", "yahoo.co.uk", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.de",
    "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "numericable.fr",
    "libero.it", "virgilio.it", "tiscali.it", "alice.it", "telenet.be", "skynet.be", "proximus.be", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "bluewin.ch", "wp.pl",
    "o2.pl", "onet.pl", "interia.pl", "sapo.pt", "telefonica.net", "terra.es", "btinternet.com", "sky.com", "talktalk.net", "virginmedia.com", "fastmail.com", "zoho.com"};

std::string_view domain_of(std::string_view email) {
    const auto at = email.rfind('@');
    return at == std::string_view::npos ? std::string_view() : email.substr(at + 1);
}

std::string last_digits(std::string_view phone) {
    std::string digits;
    for (const char c : phone) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits.size() < 7 ? std::string() : digits.substr(digits.size() - std::min<std::size_t>(digits.size(), 8));
}

}  // namespace

std::vector<Insider> insiders(const Author& author, const Place& place) {
    std::vector<Insider> found;
    const auto email = mailbox_key(author.email);
    const auto domain = domain_of(email);
    const auto same_address = [&](const std::string& other) { return !other.empty() && mailbox_key(other) == email; };
    if (!email.empty() && (place.author_is_staff || same_address(place.email) || std::any_of(place.staff_emails.begin(), place.staff_emails.end(), same_address))) {
        found.push_back({"insider.email", "the address of somebody who works here"});
    } else if (!domain.empty() && std::find(std::begin(everybodys), std::end(everybodys), domain) == std::end(everybodys)) {
        const auto same_domain = [&](const std::string& other) { return domain_of(mailbox_key(other)) == domain; };
        if (same_domain(place.email) || std::any_of(place.staff_emails.begin(), place.staff_emails.end(), same_domain)) {
            found.push_back({"insider.domain", std::string(domain)});
        }
    }
    if (!author.first_name.empty() && !author.last_name.empty()) {
        const auto one = text::folded(author.first_name + " " + author.last_name), other = text::folded(author.last_name + " " + author.first_name);
        for (const auto& name : place.staff_names) {
            const auto staff = text::folded(name);
            if (staff != one && staff != other) continue;
            found.push_back({"insider.name", name});
            break;
        }
    }
    const auto phone = last_digits(author.phone);
    if (!phone.empty() && phone == last_digits(place.phone)) found.push_back({"insider.phone", "the site's own telephone number"});
    if (place.reviews_from_device >= device_threshold) found.push_back({"insider.device", std::to_string(place.reviews_from_device) + " authors from one device today"});
    return found;
}

void add_insiders(storage::Tx& tx, Seconds now, const reviews::Review& review, std::string& findings) {
    const std::string_view subject = review.content.subject;
    if (review.customer.empty() || subject.substr(0, 5) != "site:") return;
    const auto customer = contact::find_customer(tx, review.customer);
    const auto site = network::find_site(tx, subject.substr(5));
    if (!customer || !site) return;
    Place place;
    place.email = site->email;
    place.phone = site->phone;
    place.staff_names = network::staff_names(tx, site->code, site->group);
    for (const auto& person : network::people_on_site(tx, site->code)) place.staff_emails.push_back(person.email);
    place.author_is_staff = !customer->email.empty() && !network::people_by_email(tx, customer->email).empty();
    place.reviews_from_device = contact::authors_from_same_device(tx, now, review.customer, site->code);
    const auto found = insiders({customer->first_name, customer->last_name, customer->email, customer->phone}, place);
    if (found.empty()) return;
    auto list = findings.empty() ? nlohmann::json::array() : nlohmann::json::parse(findings);
    for (const auto& one : found) {
        list.push_back({{"field", "author"}, {"reason", "conflict_of_interest"}, {"start", 0}, {"end", 0}, {"text", one.what}, {"confidence", 0.5}, {"rule", one.rule}});
    }
    findings = list.dump();
}

}  // namespace verbatim::moderate
