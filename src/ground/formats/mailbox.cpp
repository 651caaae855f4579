#include "ground/formats/mailbox.h"

#include <algorithm>

namespace verbatim {
namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool atom(char c) { return letter(c) || digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos; }

bool dot_atom(std::string_view local) {
    if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
    if (local.find("..") != std::string_view::npos) return false;
    return std::all_of(local.begin(), local.end(), [](char c) { return c == '.' || atom(c); });
}

bool label(std::string_view text) {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return letter(c) || digit(c) || c == '-'; });
}

}  // namespace

bool plausible_mailbox(std::string_view address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos || address.size() > 254 || !dot_atom(address.substr(0, at))) return false;
    std::string_view domain = address.substr(at + 1);
    int labels = 0;
    for (;; ++labels) {
        const std::size_t dot = domain.find('.');
        if (!label(domain.substr(0, dot))) return false;
        if (dot == std::string_view::npos) break;
        domain.remove_prefix(dot + 1);
    }
    return labels >= 1 && !std::all_of(domain.begin(), domain.end(), digit);
}

std::string mailbox_key(std::string_view address) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = address.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    std::string key(address.substr(first, address.find_last_not_of(white) - first + 1));
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return key;
}

}  // namespace verbatim
