#include "engine/http/negotiate.h"

#include "engine/http/characters.h"

namespace verbatim::http {

namespace {

// qvalue = "0" ["." up to 3 digits] / "1" ["." up to 3 zeros], in thousandths; malformed is 0.
int parse_weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    if (text.size() > 1 && text[1] != '.') return 0;
    int weight = (text[0] - '0') * 1000;
    int unit = 100;
    for (char c : text.substr(text.size() > 1 ? 2 : 1)) {
        if (c < '0' || c > '9') return 0;
        weight += (c - '0') * unit;
        unit /= 10;
    }
    return weight > 1000 ? 0 : weight;
}

}  // namespace

Codings accepted_codings(std::string_view accept_encoding) {
    Codings codings;
    int identity = -1, gzip = -1, brotli = -1, any = -1;
    for (auto rest = accept_encoding; !rest.empty();) {
        auto element = next_element(rest, ',');
        const auto coding = next_element(element, ';');
        int weight = 1000;
        while (!element.empty()) {
            const auto parameter = next_element(element, ';');
            if (starts_without_case(parameter, "q=")) weight = parse_weight(trim(parameter.substr(2)));
        }
        if (equal_without_case(coding, "gzip") || equal_without_case(coding, "x-gzip")) gzip = weight;
        else if (equal_without_case(coding, "br")) brotli = weight;
        else if (equal_without_case(coding, "identity")) identity = weight;
        else if (coding == "*") any = weight;
    }
    codings.gzip = gzip >= 0 ? gzip : any >= 0 ? any : 0;
    codings.brotli = brotli >= 0 ? brotli : any >= 0 ? any : 0;
    // Without a word on it, identity is acceptable, but less wanted than what was named.
    codings.identity = identity >= 0 ? identity : any == 0 ? 0 : 1;
    return codings;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    auto rest = trim(if_none_match);
    if (rest == "*") return true;
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    if (etag.empty()) return false;
    while (!rest.empty()) {
        if (rest.starts_with("W/")) rest.remove_prefix(2);
        // entity tags may hold commas, so the quotes lead
        if (rest.empty() || rest.front() != '"') return false;
        const auto end = rest.find('"', 1);
        if (end == std::string_view::npos) return false;
        if (rest.substr(0, end + 1) == etag) return true;
        rest = trim(rest.substr(end + 1));
        if (rest.empty()) return false;
        if (rest.front() != ',') return false;
        while (!rest.empty() && (rest.front() == ',' || rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
    }
    return false;
}

}  // namespace verbatim::http
