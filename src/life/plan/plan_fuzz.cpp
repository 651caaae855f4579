// Any bytes: reading ends, every fault has a line of the file and one line of text, and a plan without faults is one that may run.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "life/plan/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::plan;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto reading = read_plan(text);
    const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& fault : reading.faults) {
        if (fault.line < 1 || fault.line > lines) std::abort();
        if (fault.message.empty() || fault.message.find('\n') != std::string::npos) std::abort();
    }
    if (!reading.good()) return 0;
    const auto count = static_cast<int>(reading.plan.campaigns.size());
    if (count == 0) std::abort();
    for (const auto& campaign : reading.plan.campaigns) {
        if (campaign.channels.empty() || campaign.id.empty()) std::abort();
        if (!campaign.trigger.anchor && (campaign.trigger.campaign < 0 || campaign.trigger.campaign >= count)) std::abort();
        if (campaign.template_number < 0 && campaign.variants.size() < 2) std::abort();
    }
    return 0;
}
