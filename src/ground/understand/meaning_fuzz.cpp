// A file of concepts, and any text to be given a direction.
#include "ground/understand/meaning.h"
#include "ground/understand/meaning_concepts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::understand;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)Concepts::parse(bytes);
    for (const Passage& passage : passages_of(bytes))
        if (passage.end <= passage.start) __builtin_trap();
    return 0;
}
