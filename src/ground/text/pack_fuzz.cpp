#include "ground/text/detectors.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::text;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto made = Detectors::from_packs({text});
    if (!made.ok()) {
        if (made.error().message.find("line ") == std::string::npos) std::abort();
        return 0;
    }
    Context context;
    context.lang = "fr";
    (*made)->find("Quel sot, ce c0nn*rd de M. Dupont !", context);
    return 0;
}
