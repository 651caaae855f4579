#include "ground/formats/lines.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>

namespace verbatim {
namespace {

std::string packed(const std::string& text) {
    z_stream packer{};
    deflateInit2(&packer, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&packer, text.size()) + 64, '\0');
    packer.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    packer.avail_in = static_cast<uInt>(text.size());
    packer.next_out = reinterpret_cast<Bytef*>(out.data());
    packer.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&packer, Z_FINISH), Z_STREAM_END);
    out.resize(packer.total_out);
    deflateEnd(&packer);
    return out;
}

std::vector<std::string> lines_of(Input& input, std::size_t longest = LineReader::one_mebibyte) {
    std::vector<std::string> lines;
    LineReader reader(input, longest);
    for (LineReader::Line line; reader.next(line);) {
        EXPECT_EQ(line.number, lines.size() + 1);
        lines.push_back(std::string(line.text) + (line.too_long ? "..." : ""));
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST(Lines, EndWithLfOrCrLfOrTheFile) {
    EXPECT_EQ(lines_of(*Input::of_text("\xef\xbb\xbfone\ntwo\r\n\nfour")), (Lines{"one", "two", "", "four"}));
    EXPECT_EQ(lines_of(*Input::of_text("")), Lines{});
    EXPECT_EQ(lines_of(*Input::of_text("\n")), Lines{""});
}

TEST(Lines, KnowTheirNumberAndOffset) {
    const std::string text = "a\n" + std::string(300000, 'b') + "\nc\r\nd";
    const auto input = Input::of_text(text);
    LineReader reader(*input);
    for (LineReader::Line line; reader.next(line);) EXPECT_EQ(text.compare(line.offset, line.text.size(), line.text), 0) << line.number;
}

TEST(Lines, TooLongOnesAreSkippedInBoundedMemory) {
    const std::string text = "ok\n" + std::string(200000, 'x') + "\n12345678\r\n123456789\nend\n" + std::string(100, 'y');
    EXPECT_EQ(lines_of(*Input::of_text(text), 8), (Lines{"ok", "xxxxxxxx...", "12345678", "12345678...", "end", "yyyyyyyy..."}));
}

TEST(Input, UnpacksGzipOfSeveralMembers) {
    std::string text;
    for (int i = 0; i < 50000; ++i) text += "line " + std::to_string(i) + "\n";
    const auto input = Input::of_text(packed(text) + packed("") + packed("more\n"));
    const Lines lines = lines_of(*input);
    EXPECT_EQ(lines.size(), 50001u);
    EXPECT_EQ(lines.back(), "more");
    EXPECT_FALSE(input->fault());
    EXPECT_EQ(input->position(), input->size());
}

TEST(Input, ACutOrDamagedGzipIsAFaultAfterItsGoodPart) {
    std::string text;
    for (int i = 0; i < 50000; ++i) text += "line " + std::to_string(i * 7919) + "\n";
    std::string whole = packed(text);
    const auto cut = Input::of_text(whole.substr(0, whole.size() / 2));
    EXPECT_GT(lines_of(*cut).size(), 1000u);
    ASSERT_TRUE(cut->fault());
    EXPECT_EQ(cut->fault()->code, "gzip_cut");
    whole[whole.size() / 2] = static_cast<char>(~whole[whole.size() / 2]);
    whole[whole.size() / 2 + 1] = static_cast<char>(~whole[whole.size() / 2 + 1]);
    const auto damaged = Input::of_text(whole);
    lines_of(*damaged);
    EXPECT_TRUE(damaged->fault());
}

TEST(Input, SaysWhichFileCannotBeRead) {
    const auto missing = Input::open("/nonexistent/file.csv");
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().message.find("/nonexistent/file.csv"), std::string::npos);
    EXPECT_FALSE(Input::open(std::filesystem::temp_directory_path()).ok());
}

TEST(Input, PeeksWithoutTaking) {
    const auto input = Input::of_text(packed("one\ntwo\n"));
    EXPECT_EQ(input->peek(2), "on");
    EXPECT_EQ(input->peek(100), "one\ntwo\n");
    EXPECT_EQ(lines_of(*input), (Lines{"one", "two"}));
    EXPECT_EQ(input->peek(1), "");
}

TEST(Input, ReadsAFile) {
    const auto path = std::filesystem::temp_directory_path() / ("verbatim-lines-" + std::to_string(::getpid()));
    std::FILE* file = std::fopen(path.c_str(), "wb");
    const std::string bytes = packed("x\ny\n");
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
    auto input = Input::open(path);
    ASSERT_TRUE(input.ok());
    EXPECT_EQ(lines_of(**input), (Lines{"x", "y"}));
    std::filesystem::remove(path);
}

}  // namespace verbatim
