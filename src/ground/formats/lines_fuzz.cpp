// Any bytes, packed or not: lines lie where they say, in order, and none is longer than the limit.
#include <cstdint>
#include <cstdlib>

#include "ground/formats/lines.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const bool packed = bytes.substr(0, 2) == "\x1f\x8b";
    const auto input = Input::of_text(bytes);
    constexpr std::size_t longest = 100;
    LineReader reader(*input, longest);
    std::size_t number = 0;
    std::uint64_t offset = 0;
    for (LineReader::Line line; reader.next(line) && number < 100000;) {
        if (line.number != ++number || line.text.size() > longest || (number > 1 && line.offset <= offset)) std::abort();
        offset = line.offset;
        if (!packed && bytes.compare(offset, line.text.size(), line.text) != 0) std::abort();
        volatile char behind = line.text.data()[line.text.size() + LineReader::padding - 1];  // promised to be readable
        static_cast<void>(behind);
    }
    return 0;
}
