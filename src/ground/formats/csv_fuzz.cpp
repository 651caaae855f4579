// Any bytes: every record has a line behind the one before it, and the good ones written again are read as they were.
#include <cstdint>
#include <cstdlib>

#include "ground/formats/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    const auto input = Input::of_text(std::string(reinterpret_cast<const char*>(data), size));
    CsvReader reader(*input);
    if (!reader.read_header().ok()) return 0;
    std::size_t line = 0;
    std::vector<std::vector<std::string>> good;
    std::string written = csv_row(std::vector<std::string_view>(reader.columns().begin(), reader.columns().end()));
    for (CsvReader::Record record; reader.next(record);) {
        if (record.line <= line) std::abort();
        line = record.line;
        if (!record.fault.empty()) continue;
        if (record.fields.size() != reader.columns().size()) std::abort();
        if (record.fields.size() == 1 && record.fields[0].empty()) continue;  // would be a blank line
        // Text that looks like whole records between two quotes is taken for a mistake, on purpose.
        if (record.raw.find('\n') != std::string_view::npos) continue;
        good.emplace_back(record.fields.begin(), record.fields.end());
        written += csv_row(record.fields);
    }
    const auto again = Input::of_text(written);
    CsvReader second(*again);
    if (!second.read_header().ok()) std::abort();
    std::size_t at = 0;
    for (CsvReader::Record record; second.next(record); ++at) {
        if (!record.fault.empty() || at >= good.size()) std::abort();
        for (std::size_t i = 0; i < record.fields.size(); ++i)
            if (record.fields[i] != good[at][i]) std::abort();
    }
    if (at != good.size()) std::abort();
    return 0;
}
