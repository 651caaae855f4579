// Policy files: what is accepted can be written and read again, and says the same.
#include <cstdint>
#include <cstdlib>

#include "ground/merkle/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::merkle;
    const auto policy = parse_policy(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!policy) return 0;
    const auto text = encode(*policy);
    const auto again = parse_policy(text);
    if (!again || encode(*again) != text) std::abort();
    std::vector<std::size_t> cosigned;
    for (std::size_t i = 0; i <= policy->witnesses.size(); ++i) {
        if (meets_quorum(*policy, cosigned) != meets_quorum(*again, cosigned)) std::abort();
        cosigned.push_back(i);
        if (i == policy->witnesses.size()) break;
    }
    return 0;
}
