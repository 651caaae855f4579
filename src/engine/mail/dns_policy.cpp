#include "engine/mail/dns_policy.h"

#include <algorithm>
#include <cctype>

namespace verbatim::mail {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
    return text;
}

// "a=b; c=d" (RFC 6376 section 3.2): names in lower case, in their order.
std::vector<std::pair<std::string, std::string>> tags_of(std::string_view record) {
    std::vector<std::pair<std::string, std::string>> all;
    for (std::size_t at = 0; at < record.size();) {
        const auto end = std::min(record.find(';', at), record.size());
        const auto part = record.substr(at, end - at);
        if (const auto equals = part.find('='); equals != std::string_view::npos) all.emplace_back(lower(trimmed(part.substr(0, equals))), std::string(trimmed(part.substr(equals + 1))));
        at = end + 1;
    }
    return all;
}

bool is_version(const std::vector<std::pair<std::string, std::string>>& tags, std::string_view version) { return !tags.empty() && tags[0].first == "v" && lower(tags[0].second) == version; }

}  // namespace

SpfPolicy read_spf(std::span<const std::string> records) {
    SpfPolicy policy;
    for (const auto& record : records) {
        const auto words = lower(record);
        if (words != "v=spf1" && !words.starts_with("v=spf1 ")) continue;
        ++policy.records;
        for (std::size_t at = 6; at < words.size();) {
            const auto end = std::min(words.find(' ', at), words.size());
            const auto term = std::string_view(words).substr(at, end - at);
            if (term == "all") policy.all = "+all";
            else if (term.size() == 4 && term.substr(1) == "all" && std::string_view("-~?+").find(term[0]) != std::string_view::npos) policy.all = term;
            else if (term.starts_with("redirect=")) policy.redirected = true;
            at = end + 1;
        }
    }
    return policy;
}

DkimPolicy read_dkim_record(std::span<const std::string> records) {
    for (const auto& record : records) {
        DkimPolicy policy;
        const auto tags = tags_of(record);
        const bool versioned = std::any_of(tags.begin(), tags.end(), [](const auto& tag) { return tag.first == "v"; });
        if (versioned && !is_version(tags, "dkim1")) continue;
        bool keyed = false;
        for (const auto& [name, value] : tags) {
            if (name == "p") {
                keyed = true;
                for (const char c : value)
                    if (!std::isspace(static_cast<unsigned char>(c))) policy.key += c;
            }
            if (name == "t" && value.find('y') != std::string::npos) policy.testing = true;
        }
        if (!keyed) continue;
        policy.there = true, policy.revoked = policy.key.empty();
        return policy;
    }
    return {};
}

DmarcPolicy read_dmarc(std::span<const std::string> records) {
    DmarcPolicy policy;
    for (const auto& record : records) {
        const auto tags = tags_of(record);
        if (!is_version(tags, "dmarc1")) continue;
        ++policy.records;
        for (const auto& [name, value] : tags) {
            const auto word = lower(value);
            if (name == "p" && (word == "none" || word == "quarantine" || word == "reject")) policy.policy = word;
            else if (name == "adkim") policy.strict_dkim = word == "s";
            else if (name == "aspf") policy.strict_spf = word == "s";
            else if (name == "rua") policy.reports = !value.empty();
            else if (name == "pct" || name == "rf" || name == "ri") policy.removed.push_back(name);
        }
    }
    return policy;
}

bool aligned(std::string_view from, std::string_view other, bool strict) {
    const auto a = lower(from), b = lower(other);
    if (a == b) return !a.empty();
    const auto below = [](const std::string& part, const std::string& whole) { return whole.find('.') != std::string::npos && part.size() > whole.size() + 1 && part.ends_with("." + whole); };
    return !strict && (below(a, b) || below(b, a));
}

std::vector<PolicyFinding> check_sending(const SendingSetUp& set_up, const TxtOf& txt_of) {
    std::vector<PolicyFinding> all;
    const auto say = [&](bool good, std::string what) { all.push_back({good, std::move(what)}); };
    const auto ask = [&](const std::string& name) {
        auto records = txt_of(name);
        if (!records) say(false, name + ": the DNS did not answer");
        return records;
    };
    // The policy first: it says how strictly the rest must fit.
    DmarcPolicy dmarc;
    const auto dmarc_name = "_dmarc." + set_up.from_domain;
    if (const auto records = ask(dmarc_name)) {
        dmarc = read_dmarc(*records);
        if (dmarc.records != 1) say(false, dmarc_name + (dmarc.records == 0 ? ": no DMARC record" : ": several DMARC records, so none counts"));
        else if (dmarc.policy.empty()) say(false, dmarc_name + ": p= is not none, quarantine or reject");
        else say(true, dmarc_name + ": p=" + dmarc.policy + (dmarc.reports ? "" : ", and nobody gets its reports (rua)"));
        for (const auto& tag : dmarc.removed) say(true, dmarc_name + ": " + tag + "= means nothing since RFC 9989 and may go");
    }
    const auto& envelope = set_up.bounce_domain.empty() ? set_up.from_domain : set_up.bounce_domain;
    if (const auto records = ask(envelope)) {
        const auto spf = read_spf(*records);
        if (spf.records != 1) say(false, envelope + (spf.records == 0 ? ": no SPF record" : ": several SPF records, so none counts"));
        else if (spf.all == "+all") say(false, envelope + ": SPF ends with +all, so anybody may send");
        else if (spf.all.empty() && !spf.redirected) say(false, envelope + ": SPF ends with no all");
        else say(true, envelope + ": SPF " + (spf.all.empty() ? "redirect" : spf.all));
    }
    bool fits = aligned(set_up.from_domain, envelope, dmarc.strict_spf);
    say(fits, envelope + (fits ? " fits the From address" : " does not fit the From address: SPF does not help DMARC"));
    if (set_up.dkim.empty()) say(false, "no DKIM key signs (mail.dkim.*)");
    for (const auto& [selector, domain] : set_up.dkim) {
        const auto name = selector + "._domainkey." + domain;
        if (const auto records = ask(name)) {
            const auto key = read_dkim_record(*records);
            if (!key.there || key.revoked) say(false, name + (key.there ? ": the key is revoked (p= is empty)" : ": no DKIM key"));
            else say(true, name + ": a key" + (key.testing ? ", in test (t=y): receivers may pass it over" : ""));
        }
        fits = aligned(set_up.from_domain, domain, dmarc.strict_dkim);
        say(fits, domain + (fits ? " fits the From address" : " does not fit the From address: this signature does not help DMARC"));
    }
    return all;
}

}  // namespace verbatim::mail
