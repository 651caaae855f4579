// Displayed figures, from a server nobody trusts.
#include <cstdint>

#include "app/verify/figures.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::verify;
    const auto shown = parse_figures(std::string(reinterpret_cast<const char*>(data), size));
    if (!shown) return 0;
    // What was read declares what an honest server would print back.
    const auto again = parse_figures(Figures().write(shown->log, shown->declared));
    if (!again || !(again->declared == shown->declared)) __builtin_trap();
    (void)difference(shown->text, again->text);
    return 0;
}
