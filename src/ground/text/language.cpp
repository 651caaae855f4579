#include "ground/text/detectors.h"

#include <cstdio>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace verbatim::text {

std::string detect_language(std::string_view utf8, std::string_view hint) {
    const std::string expected(hint.substr(0, hint.find_first_of("-_")));
    if (!valid_utf8(utf8)) {
        return expected;
    }
    const std::string_view read = utf8.substr(0, 4096);
    const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, expected.empty() ? CLD2::UNKNOWN_LANGUAGE : CLD2::GetLanguageFromName(expected.c_str())};
    CLD2::Language languages[3];
    int percents[3];
    double scores[3];
    int bytes = 0;
    bool reliable = false;
    const CLD2::Language found = CLD2::ExtDetectLanguageSummary(read.data(), static_cast<int>(read.size()), true, &hints, 0, languages, percents, scores, nullptr, &bytes, &reliable);
    if (found == CLD2::UNKNOWN_LANGUAGE || !reliable || (!expected.empty() && percents[0] < 70)) {
        return expected;
    }
    std::string code = CLD2::LanguageCode(found);
    // CLD2 still uses the withdrawn codes and tells written Norwegian, Chinese and Serbo-Croatian apart by its own names.
    if (code == "iw") code = "he";
    if (code == "nb" || code == "nn") code = "no";
    code = code.substr(0, code.find('-'));
    return code.size() == 2 ? code : expected;
}

}  // namespace verbatim::text
