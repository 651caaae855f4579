// Any line: words that keep their promises, or an error.
#include <cstdint>
#include <cstdlib>

#include "ground/formats/lines.h"
#include "ground/formats/utf8.h"
#include "life/gather/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    std::string padded(reinterpret_cast<const char*>(data), size);
    padded.append(LineReader::padding, '\0');
    const auto words = gather::words_from_json(std::string_view(padded).substr(0, size));
    if (!words.ok()) return 0;
    const bool complete = !words->id.empty() && !words->source.empty() && !words->subject.empty() && (words->rating || !words->body.empty());
    const bool in_range = !words->rating || (*words->rating >= 1 && *words->rating <= 5);
    for (const std::string* text : {&words->id, &words->source, &words->subject, &words->title, &words->body, &words->author})
        if (!valid_utf8(*text) || text->find('\0') != std::string::npos) std::abort();
    if (!complete || !in_range) std::abort();
    return 0;
}
