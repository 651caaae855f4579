// Any line: fields or an error, names once each, values UTF-8.
#include <cstdint>
#include <cstdlib>
#include <set>

#include "engine/intake/row.h"
#include "ground/formats/lines.h"
#include "ground/formats/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    static intake::JsonRows rows;
    std::string padded(reinterpret_cast<const char*>(data), size);
    padded.append(LineReader::padding, '\0');
    const auto fields = rows.parse(std::string_view(padded).substr(0, size));
    if (!fields.ok()) return 0;
    std::set<std::string_view> names;
    for (const intake::Field& field : *fields)
        if (!names.insert(field.name).second || !valid_utf8(field.name) || !valid_utf8(field.value)) std::abort();
    return 0;
}
