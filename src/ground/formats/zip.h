// A ZIP archive as PKWARE's APPNOTE 6.3 writes it, stored and not compressed: for files that are packed already, as PDFs are. The same calls
// give the same bytes. Below 4 GB and 65,535 files; more throws std::length_error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ground/base/clock.h"

namespace verbatim {

class ZipWriter {
public:
    // `at`: the files' own time, in UTC; a ZIP knows even seconds from 1980 on.
    explicit ZipWriter(Seconds at);
    // `name`: UTF-8, "/" between folders, none at the beginning.
    void add(std::string_view name, std::string_view bytes);
    std::string finish();  // the archive; it takes nothing more

private:
    std::uint32_t time_ = 0;  // MS-DOS date and time
    std::uint32_t files_ = 0;
    std::string body_, directory_;
};

}  // namespace verbatim
