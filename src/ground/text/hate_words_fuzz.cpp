#include "ground/text/hate.h"

#include <cstdint>
#include <cstdlib>

// A word list from outside: it is read or refused with its line, and its frames survive a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::text;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto rules = HateRules::from_words(text);
    if (!rules.ok()) {
        if (rules.error().message.find("line ") == std::string::npos) std::abort();
        return 0;
    }
    const std::string sample = "They h4te a b c d \"women\", not all. Womenarebad? " + text.substr(0, 200);
    if (!valid_utf8(sample)) return 0;
    Folded folded;
    fold(sample, folded);
    std::vector<Mark> marks;
    for (const std::string& language : (*rules)->languages()) (*rules)->find(sample, folded, language, marks);
    for (const Mark& mark : marks) {
        if (mark.start >= mark.end || mark.end > folded.size()) std::abort();
    }
    return 0;
}
