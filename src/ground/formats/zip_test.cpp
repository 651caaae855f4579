#include "ground/formats/zip.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ground/base/calendar.h"

namespace verbatim {
namespace {

namespace fs = std::filesystem;

std::string two_files() {
    ZipWriter zip(*parse_moment("2026-11-28T01:02:04Z"));
    zip.add("letters/1-00001.pdf", "%PDF-1.7 first");
    zip.add("letters/é.txt", std::string(70000, 'x'));
    return zip.finish();
}

TEST(Zip, SaysWhereItsDirectoryIsAndWhatLiesInIt) {
    const auto bytes = two_files();
    const auto u32 = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
        return value;
    };
    const auto end = bytes.size() - 22;
    EXPECT_EQ(u32(end), 0x06054b50u);
    EXPECT_EQ(u32(end + 8), 2u | 2u << 16);
    const auto directory = u32(end + 16);
    EXPECT_EQ(u32(directory), 0x02014b50u);
    EXPECT_EQ(directory + u32(end + 12), end);
    // 28 November 2026, 01:02:04, as MS-DOS counts.
    EXPECT_EQ(u32(directory + 12), (46u << 9 | 11u << 5 | 28u) << 16 | 1u << 11 | 2u << 5 | 2u);
    EXPECT_EQ(bytes, two_files());
}

// Python's reader checks names, lengths and sums of every file.
TEST(Zip, AnotherReaderFindsTheSameFiles) {
    const auto folder = fs::path(testing::TempDir()) / ("zip." + std::to_string(std::rand()));
    fs::create_directories(folder);
    const auto file = (folder / "two.zip").string();
    std::ofstream(file, std::ios::binary) << two_files();
    const auto asked = "python3 -c \"import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
                       "assert z.read('letters/1-00001.pdf') == b'%PDF-1.7 first'; assert z.namelist()[1] == 'letters/\\u00e9.txt' and len(z.read('letters/\\u00e9.txt')) == 70000; "
                       "assert z.infolist()[0].date_time == (2026, 11, 28, 1, 2, 4)\" '" + file + "'";
    EXPECT_EQ(std::system(asked.c_str()), 0);
    fs::remove_all(folder);
}

TEST(Zip, AnEmptyOneIsOneToo) { EXPECT_EQ(ZipWriter(0).finish(), std::string("PK\5\6", 4) + std::string(18, '\0')); }

}  // namespace
}  // namespace verbatim
