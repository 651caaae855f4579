// A model of aspects and a line with targets come from files of others.
#include "ground/understand/aspects.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::understand;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    AspectExample example;
    std::string why;
    if (read_aspects(bytes, example, why)) {
        Tokens tokens;
        tokenize(example.text, tokens);
        const Aspects none;
        for (const Target& target : example.targets) {
            if (target.end != 0 && target.end <= target.start) __builtin_trap();
            none.polarity(tokens, example.lang, example.domain, target);
        }
    }
    if (const auto model = Aspects::read(bytes); model.ok()) {
        if (!Aspects::read(model->write()).ok()) __builtin_trap();
        Tokens tokens;
        tokenize("a cold soup, twice", tokens);
        std::vector<Aspects::Found> found;
        for (const char* lang : {"en", "fr"}) model->categories(tokens, lang, "x", found);
    }
    return 0;
}
