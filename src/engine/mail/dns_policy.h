// What a domain publishes about its mail, read from its TXT records: SPF (RFC 7208), DKIM keys (RFC 6376 section 3.6.1) and DMARC (RFC 9989),
// and whether a sender's set-up fits them (norm EML-5). Pure: the records are given.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::mail {

struct SpfPolicy {
    int records = 0;         // v=spf1; more than one is a permanent error (RFC 7208 section 4.5)
    std::string all;         // "-all" "~all" "?all" "+all"; "" where none ends it
    bool redirected = false;
};
SpfPolicy read_spf(std::span<const std::string> records);

struct DkimPolicy {
    bool there = false, revoked = false, testing = false;  // revoked: an empty p=; testing: t=y
    std::string key;                                       // base64
};
DkimPolicy read_dkim_record(std::span<const std::string> records);

struct DmarcPolicy {
    int records = 0;
    std::string policy;      // none | quarantine | reject; "" where it is none of these
    bool strict_dkim = false, strict_spf = false, reports = false;
    std::vector<std::string> removed;  // tags RFC 9989 took out: pct, rf, ri
};
DmarcPolicy read_dmarc(std::span<const std::string> records);

// The same domain; relaxed: or one below the other. Where two domains share an organisation above both, only a tree walk (RFC 9989 section
// 4.10) could tell, and this says no.
bool aligned(std::string_view from, std::string_view other, bool strict);

struct SendingSetUp {
    std::string from_domain, bounce_domain;                       // bounce_domain empty: bounces go to the From address
    std::vector<std::pair<std::string, std::string>> dkim;        // selector and domain of each key that signs
};
// Nothing: the DNS did not answer. An empty list: there is no such record.
using TxtOf = std::function<std::optional<std::vector<std::string>>(const std::string& name)>;
struct PolicyFinding {
    bool good = false;
    std::string what;  // one line, for whoever keeps the domain
};
std::vector<PolicyFinding> check_sending(const SendingSetUp& set_up, const TxtOf& txt_of);

// By the resolver of this machine (/etc/resolv.conf). Records of several strings are joined (RFC 7208 section 3.3).
std::optional<std::vector<std::string>> look_up_txt(const std::string& name);

}  // namespace verbatim::mail
