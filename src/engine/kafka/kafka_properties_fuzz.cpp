#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/kafka/producer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto all = verbatim::kafka::read_properties(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!all) return 0;
    for (const auto& one : *all)
        if (one.first.empty() || one.first == "acks" || one.first.find('\n') != std::string::npos) std::abort();
    return 0;
}
