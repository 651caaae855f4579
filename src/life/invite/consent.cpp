#include "life/invite/consent.h"

#include <algorithm>
#include <array>

#include "record/network/country_rules.h"

namespace verbatim::invite {
namespace {

constexpr std::array<std::string_view, 5> purposes = {"invitation", "survey", "marketing", "tracking", "data_platform"};
constexpr std::array<std::string_view, 5> bases = {"yes", "no", "legitimate_interest", "contract", "soft_optin"};

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// Calls fn(purpose, basis) for each part; false where a part is not purpose=basis.
template <class F>
bool each_part(std::string_view consent, F&& fn) {
    while (!consent.empty()) {
        const auto end = std::min(consent.find(';'), consent.size());
        const auto part = trim(consent.substr(0, end));
        consent.remove_prefix(std::min(end + 1, consent.size()));
        if (part.empty()) continue;
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return false;
        if (!fn(trim(part.substr(0, equals)), trim(part.substr(equals + 1)))) return false;
    }
    return true;
}

}  // namespace

Result<void> check_consent(std::string_view consent) {
    const bool good = each_part(consent, [](std::string_view purpose, std::string_view basis) {
        return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end() && std::find(bases.begin(), bases.end(), basis) != bases.end();
    });
    if (good) return {};
    return invalid("consent", "consent is purpose=basis joined by ';': purposes invitation|survey|marketing|tracking|data_platform, bases yes|no|legitimate_interest|contract|soft_optin", "consent");
}

std::string_view basis_for(std::string_view consent, std::string_view wanted) {
    std::string_view found;
    each_part(consent, [&](std::string_view purpose, std::string_view basis) {
        if (purpose == wanted) found = basis;
        return true;
    });
    return found;
}

bool may_invite(std::string_view consent, std::string_view country) {
    return network::invitation_basis_suffices(country, basis_for(consent, "invitation"));
}

}  // namespace verbatim::invite
