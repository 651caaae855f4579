// Leaves of the log: whatever is accepted is canonical for the general writer too.
#include <cstdint>
#include <cstdlib>

#include "app/verify/entry.h"
#include "app/verify/replay.h"
#include "ground/formats/canonical_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    verbatim::verify::Replay replay;
    if (const auto entry = verbatim::verify::parse_entry(text)) {
        if (!verbatim::is_canonical_json(text)) std::abort();
        (void)replay.add(*entry).ok();
    }
    return 0;
}
