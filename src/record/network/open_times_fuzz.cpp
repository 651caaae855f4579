// Any text as hours: read or not, the answer is in order and ends.
#include <cstdint>
#include <cstdlib>

#include "record/network/open_times.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    const std::string_view hours(reinterpret_cast<const char*>(data), size);
    const Seconds now = 1'795'766'400;
    const auto opening = network::opening_at(hours, "Europe/Paris", now);
    if (!opening.known && opening.open) std::abort();
    if (opening.open && opening.closes_at != 0 && opening.closes_at <= now) std::abort();
    if (!opening.open && opening.opens_at != 0 && opening.opens_at <= now) std::abort();
    const auto left = network::open_between(hours, "Europe/Paris", now, now + one_day);
    if (left.has_value() != opening.known || (left && (*left < 0 || *left > one_day))) std::abort();
    return 0;
}
