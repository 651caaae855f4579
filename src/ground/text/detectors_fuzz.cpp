#include "ground/text/detectors.h"
#include "ground/text/utf8.h"

#include <cstdint>
#include <cstdlib>

// The first byte chooses the language; findings must lie in the text, in order, on whole characters.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::text;
    if (size == 0) return 0;
    static const char* const languages[] = {"", "fr", "en", "de", "es", "it", "pt", "nl", "pl", "ro"};
    Context context;
    context.lang = languages[data[0] % 10];
    context.staff = {"Anna Becker"};
    context.allowed = {"Beispiel"};
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto findings = Detectors::shipped()->find(text, context);
    if (!valid_utf8(text)) {
        if (!findings.empty()) std::abort();
        return 0;
    }
    detect_language(text, context.lang);
    std::size_t start = 0;
    for (const Finding& finding : findings) {
        if (finding.byte_start < start || finding.byte_start >= finding.byte_end || finding.byte_end > text.size()) std::abort();
        if (finding.text != text.substr(finding.byte_start, finding.byte_end - finding.byte_start) || !valid_utf8(finding.text)) std::abort();
        if (finding.start != count_code_points(text.substr(0, finding.byte_start)) || finding.end - finding.start != count_code_points(finding.text)) std::abort();
        if (finding.reason.empty() || finding.rule.empty() || !(finding.confidence > 0 && finding.confidence <= 1)) std::abort();
        start = finding.byte_start;
    }
    return 0;
}
