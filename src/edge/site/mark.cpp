#include "edge/site/mark.h"

#include "ground/base/calendar.h"

namespace verbatim::site {
namespace {

constexpr Seconds longest_kept = 15 * one_minute;  // a finished page in the window, and what a proxy may keep of it

}  // namespace

Result<Certificate> certificate_of(std::string name, std::string number, std::string issuer, std::string url, const std::string& valid_from, const std::string& valid_until) {
    if (name.empty()) return Certificate();
    const auto first = parse_date(valid_from), last = parse_date(valid_until);
    if (number.empty() || issuer.empty()) return invalid("certificate", "certificate.name needs certificate.number and certificate.issuer beside it");
    if (!first || valid_from.size() != 10 || !last || valid_until.size() != 10 || *last < *first)
        return invalid("certificate", "certificate.valid_from and certificate.valid_until must be dates like 2026-11-21, the first not after the second");
    if (url.rfind("https://", 0) != 0) return invalid("certificate", "certificate.url must be an https:// address where the certificate can be looked up");
    return Certificate{std::move(name), std::move(number), std::move(issuer), std::move(url), midnight(*first), midnight(*last) + one_day};
}

bool may_show(const Certificate& certificate, Seconds now) {
    return !certificate.name.empty() && now >= certificate.from && now + longest_kept < certificate.until;
}

}  // namespace verbatim::site
