// Whatever a domain publishes, one record a line: each reader ends, and says nothing that is not there.
#include <cstdlib>

#include "engine/mail/dns_policy.h"

using namespace verbatim::mail;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> records(1);
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == '\n') records.emplace_back();
        else records.back() += static_cast<char>(data[i]);
    }
    const auto spf = read_spf(records);
    const auto dmarc = read_dmarc(records);
    const auto key = read_dkim_record(records);
    const auto count = static_cast<int>(records.size());
    if (spf.records < 0 || spf.records > count || dmarc.records < 0 || dmarc.records > count) std::abort();
    if ((spf.records == 0 && !spf.all.empty()) || (dmarc.records == 0 && !dmarc.policy.empty())) std::abort();
    if (key.revoked != (key.there && key.key.empty())) std::abort();
    const auto findings = check_sending({"brand.example", "", {{"v1", "brand.example"}}}, [&](const std::string&) { return std::optional(records); });
    if (findings.size() < 5) std::abort();
    return 0;
}
