// Displayed ratings, from a server nobody trusts.
#include <cstdint>

#include "app/verify/ratings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::verify;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto shown = parse_displayed(text)) (void)difference(*shown, {}, shown->to);
    (void)parse_displayed_list(text).ok();
    return 0;
}
