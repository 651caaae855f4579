// Whatever somebody sends to the return address is read within its bounds.
#include "engine/mail/returned.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto found = verbatim::mail::read_returned({reinterpret_cast<const char*>(data), size});
    if (found.sent_to.size() > 10 || found.diagnostic.size() > 500 || found.message_id.size() > 250) __builtin_trap();
    if (found.diagnostic.find('\n') != std::string::npos || found.status.find('\r') != std::string::npos) __builtin_trap();
    return 0;
}
