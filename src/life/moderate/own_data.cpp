#include "life/moderate/own_data.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"
#include "ground/text/folded.h"

namespace verbatim::moderate {
namespace {

void add_trace(std::vector<OwnTrace>& found, std::string_view words, std::size_t from, std::size_t to, const char* reason, const char* rule) {
    found.push_back({code_points(words.substr(0, from)), code_points(words.substr(0, to)), std::string(words.substr(from, to - from)), reason, rule});
}

void look_for(std::vector<OwnTrace>& found, std::string_view words, const text::Folded& folded, std::string_view wanted, const char* reason, const char* rule) {
    const auto needle = text::folded(wanted);
    if (needle.size() < 2) return;  // one letter is no name
    for (std::size_t at = folded.chars.find(needle); at != std::string::npos; at = folded.chars.find(needle, at + 1)) {
        const auto end = at + needle.size();
        if (text::starts_word(folded, at) && text::ends_word(folded, end)) add_trace(found, words, folded.offset(at), folded.end_offset(end), reason, rule);
    }
}

// The last eight digits, whatever stands between them: "06 12 34 56 78" and "+33612345678" are one number.
void look_for_phone(std::vector<OwnTrace>& found, std::string_view words, std::string_view phone) {
    std::string needle;
    for (const char c : phone) {
        if (c >= '0' && c <= '9') needle += c;
    }
    if (needle.size() < 6) return;
    needle = needle.substr(needle.size() - std::min<std::size_t>(needle.size(), 8));
    std::string digits;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const char c = words[i];
        if (c >= '0' && c <= '9') {
            digits += c;
            places.push_back(i);
        } else if (std::string_view(" .-/()").find(c) == std::string_view::npos) {
            digits += '|';  // another run begins
            places.push_back(i);
        }
    }
    for (std::size_t at = digits.find(needle); at != std::string::npos; at = digits.find(needle, at + 1)) {
        add_trace(found, words, places[at], places[at + needle.size() - 1] + 1, "personal_data", "vault.phone");
    }
}

}  // namespace

std::vector<OwnTrace> own_data_in(std::string_view words, const contact::Customer& customer, bool name_is_public) {
    std::vector<OwnTrace> found;
    text::Folded folded;
    text::fold(words, folded);
    look_for(found, words, folded, customer.last_name, "name", "vault.last_name");
    if (!name_is_public) look_for(found, words, folded, customer.first_name, "name", "vault.first_name");
    look_for(found, words, folded, customer.email, "personal_data", "vault.email");
    if (customer.external.size() >= 4) look_for(found, words, folded, customer.external, "personal_data", "vault.number");
    look_for_phone(found, words, customer.phone);
    return found;
}

void add_own_data(storage::Tx& tx, const reviews::Review& review, std::string_view words, nlohmann::json& findings) {
    const auto customer = review.customer.empty() ? std::nullopt : contact::find_customer(tx, review.customer);
    if (!customer) return;
    for (const auto& trace : own_data_in(words, *customer, !review.signature.empty())) {
        findings.push_back({{"field", "body"}, {"reason", trace.reason}, {"start", trace.start}, {"end", trace.end}, {"text", trace.text}, {"confidence", 0.9}, {"rule", trace.rule}});
    }
}

}  // namespace verbatim::moderate
