#include "life/collect/submission.h"

#include <algorithm>
#include <charconv>

#include "ground/formats/mailbox.h"
#include "ground/formats/utf8.h"
#include "ground/text/detectors.h"

namespace verbatim::collect {
namespace {

std::optional<int> small_number(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
    return value;
}

// Browsers send line ends as CRLF (WHATWG HTML, form submission); the words keep theirs as LF. Nothing else is touched.
std::string words(std::string_view typed) {
    std::string text;
    text.reserve(typed.size());
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed[i] == '\r') {
            if (i + 1 >= typed.size() || typed[i + 1] != '\n') text += '\n';
        } else {
            text += typed[i];
        }
    }
    if (text.find_first_not_of(" \t\n") == std::string::npos) text.clear();
    return text;
}

bool printable(std::string_view text) {
    return valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    });
}

std::string one_line(std::string_view typed, std::size_t limit, const char* field, const char* missing, std::vector<Problem>& problems) {
    auto text = words(typed);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
    while (!text.empty() && text.front() == ' ') text.erase(text.begin());
    if (text.empty()) {
        if (missing != nullptr) problems.push_back({field, missing});
    } else if (!printable(text) || text.find('\n') != std::string::npos || code_points(text) > limit) {
        problems.push_back({field, "unreadable"});
    }
    return text;
}

void check_text(std::string& into, std::string_view typed, std::size_t limit, const char* field, std::vector<Problem>& problems) {
    into = words(typed);
    if (!printable(into)) problems.push_back({field, "unreadable"});
    else if (code_points(into) > limit) problems.push_back({field, "too_long"});
}

bool ticked(std::string_view value) { return !value.empty() && value != "0" && value != "no" && value != "false" && value != "off"; }

}  // namespace

std::optional<Checked> check_words(const FormContext& context, const Submission& typed, bool declaration, std::vector<Problem>& problems) {
    const auto before = problems.size();
    Checked checked;
    if (typed.rating.empty()) problems.push_back({"rating", "rating_missing"});
    else if (!(checked.content.rating = small_number(typed.rating, 1, 5))) problems.push_back({"rating", "rating_range"});
    for (const auto& [name, value] : typed.criteria) {
        if (value.empty() || value == "none") continue;
        if (std::find(context.criteria.begin(), context.criteria.end(), name) == context.criteria.end()) continue;  // not asked here
        if (const auto stars = small_number(value, 1, 5)) checked.content.criteria[name] = *stars;
        else problems.push_back({"rating_" + name, "rating_range"});
    }
    if (!typed.recommend.empty() && typed.recommend != "none" && !(checked.content.recommend = small_number(typed.recommend, 0, 10))) {
        problems.push_back({"recommend", "recommend_range"});
    }
    check_text(checked.content.title, typed.title, title_limit, "title", problems);
    check_text(checked.content.body, typed.body, body_limit, "body", problems);
    if (!typed.signature.empty() && typed.signature != "name" && typed.signature != "anonymous") problems.push_back({"signature", "signature_choice"});
    checked.anonymous = typed.signature != "name";  // who says nothing stays unnamed
    checked.contact_me = ticked(typed.contact_me);
    if (declaration && !ticked(typed.declaration)) problems.push_back({"declaration", "declaration_missing"});  // COL-3
    if (context.asks_vehicle && (!typed.product_rating.empty() || !words(typed.product_body).empty()) && typed.product_rating != "none") {
        reviews::Content vehicle;
        vehicle.service = "product";
        if (typed.product_rating.empty()) problems.push_back({"product_rating", "rating_missing"});
        else if (!(vehicle.rating = small_number(typed.product_rating, 1, 5))) problems.push_back({"product_rating", "rating_range"});
        check_text(vehicle.body, typed.product_body, body_limit, "product_body", problems);
        vehicle.lang = text::detect_language(vehicle.body, context.locale);
        checked.vehicle = std::move(vehicle);
    }
    if (problems.size() != before) return std::nullopt;
    checked.content.service = context.service;
    checked.content.lang = text::detect_language(checked.content.title.empty() ? checked.content.body : checked.content.title + "\n" + checked.content.body, context.locale);
    return checked;
}

std::optional<Person> check_person(const FormContext& context, const Submission& typed, Seconds now, std::vector<Problem>& problems) {
    const auto before = problems.size();
    Person person;
    person.first_name = one_line(typed.first_name, 80, "first_name", "first_name_missing", problems);
    person.last_name = one_line(typed.last_name, 80, "last_name", "last_name_missing", problems);
    person.email = one_line(typed.email, 254, "email", "email_missing", problems);
    if (!person.email.empty() && !plausible_mailbox(person.email)) problems.push_back({"email", "email_wrong"});
    person.phone = one_line(typed.phone, 40, "phone", nullptr, problems);
    person.proof = one_line(typed.proof, 60, "proof", "proof_missing", problems);
    const auto date = parse_date(typed.experience_on);
    if (!date || typed.experience_on.size() != 10) problems.push_back({"experience_on", "date_missing"});
    else if (midnight(*date) > now || midnight(*date) < months_before(now, 24)) problems.push_back({"experience_on", "date_range"});
    else person.experience_on = typed.experience_on;
    if (std::find(context.services.begin(), context.services.end(), typed.service) == context.services.end()) problems.push_back({"service", "service_missing"});
    else person.service = typed.service;
    if (problems.size() != before) return std::nullopt;
    return person;
}

std::string signature_of(std::string_view first_name, std::string_view last_name) {
    if (first_name.empty()) return {};
    std::string signature(first_name);
    if (!last_name.empty()) signature += " " + truncate_code_points(last_name, 1) + ".";
    return signature;
}

}  // namespace verbatim::collect
