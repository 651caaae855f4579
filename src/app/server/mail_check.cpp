#include "app/server/mail_check.h"

#include <algorithm>
#include <ostream>

namespace verbatim::server {

int mail_check(const House& house, const mail::TxtOf& txt_of, std::ostream& out) {
    const auto sender = house.sender();
    const auto at = sender.from_email.find('@');
    if (at == std::string::npos) {
        out << "mail.from is no address: set it first\n";
        return 1;
    }
    mail::SendingSetUp set_up{sender.from_email.substr(at + 1), sender.bounce_domain, {}};
    for (const auto& key : sender.dkim) set_up.dkim.emplace_back(key.selector, key.domain);
    const auto findings = mail::check_sending(set_up, txt_of);
    for (const auto& one : findings) out << (one.good ? "good  " : "BAD   ") << one.what << "\n";
    return std::all_of(findings.begin(), findings.end(), [](const auto& one) { return one.good; }) ? 0 : 1;
}

}  // namespace verbatim::server
