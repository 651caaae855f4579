// Receipts and the kept state of a watch, as strangers may hand them in.
#include <cstdint>

#include "app/verify/monitor.h"
#include "app/verify/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    static const auto key = *merkle::verifier_key("log.example", std::string(32, 'k'));
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)verify::open_receipt(text, key).ok();
    verify::Monitor monitor({}, key, {});
    (void)monitor.resume(text).ok();
    (void)verify::Monitor::key_of(text);
    return 0;
}
