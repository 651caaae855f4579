#include "ground/formats/csv.h"

#include <gtest/gtest.h>

#include <map>

namespace verbatim {
namespace {

struct Seen {
    std::vector<std::vector<std::string>> good;
    std::map<std::size_t, std::string> bad;  // line -> why
    std::map<std::size_t, std::string> raw;
};

Seen read_all(std::string text) {
    const auto input = Input::of_text(std::move(text));
    CsvReader reader(*input);
    const auto header = reader.read_header();
    EXPECT_TRUE(header.ok()) << (header.ok() ? "" : header.error().message);
    Seen seen;
    for (CsvReader::Record record; reader.next(record);) {
        if (record.fault.empty()) seen.good.emplace_back(record.fields.begin(), record.fields.end());
        else {
            seen.bad[record.line] = std::string(record.fault);
            seen.raw[record.line] = std::string(record.raw);
        }
    }
    return seen;
}

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST(Csv, ReadsWhatRfc4180Allows) {
    const Seen seen = read_all("\xef\xbb\xbfname, city ,note\r\nAnn,Lyon,plain\n\"Bo, jr\",\"said \"\"hi\"\"\",\"two\r\nlines\"\r\n\n,,\nlast,one,end");
    EXPECT_EQ(seen.good, (Rows{{"Ann", "Lyon", "plain"}, {"Bo, jr", "said \"hi\"", "two\r\nlines"}, {"", "", ""}, {"last", "one", "end"}}));
    EXPECT_TRUE(seen.bad.empty());
}

TEST(Csv, LinesAreCountedThroughQuotedLineEnds) {
    const Seen seen = read_all("a,b\n\"x\ny\",1\nbroken\n\"z\n\n\",2\nworse,1,2\n");
    EXPECT_EQ(seen.good, (Rows{{"x\ny", "1"}, {"z\n\n", "2"}}));
    EXPECT_EQ(seen.bad, (std::map<std::size_t, std::string>{{4, "too few fields"}, {8, "too many fields"}}));
}

TEST(Csv, AnUnbalancedQuoteCostsItsOwnLineOnly) {
    // Never closed; closed by the next broken line; closed by a good line's quotes; followed by a record of the wrong size.
    const Seen never = read_all("a,b,c\n1,\"x,1\n2,y,2\n3,z,3\n");
    EXPECT_EQ(never.good, (Rows{{"2", "y", "2"}, {"3", "z", "3"}}));
    EXPECT_EQ(never.bad, (std::map<std::size_t, std::string>{{2, "unbalanced quote"}}));
    EXPECT_EQ(never.raw.at(2), "1,\"x,1");

    const Seen pair = read_all("a,b,c\n1,\"x,1\n2,y,2\n3,z,3\n4,w\",4\n5,v,5\n");
    EXPECT_EQ(pair.good, (Rows{{"2", "y", "2"}, {"3", "z", "3"}, {"5", "v", "5"}}));
    EXPECT_EQ(pair.bad.size(), 2u);
    EXPECT_TRUE(pair.bad.count(2) && pair.bad.count(5));

    const Seen good_quotes = read_all("a,b,c\n1,\"x,1\n2,y,2\n3,\"z\",3\n");
    EXPECT_EQ(good_quotes.good, (Rows{{"2", "y", "2"}, {"3", "z", "3"}}));
    EXPECT_EQ(good_quotes.bad.size(), 1u);

    const Seen two_lines = read_all("a,b,c\n1,\"x,1\n2,\"y\nz\",2\n3,w,3\n");
    EXPECT_EQ(two_lines.good, (Rows{{"2", "y\nz", "2"}, {"3", "w", "3"}}));
    EXPECT_EQ(two_lines.bad.size(), 1u);

    const Seen wrong_size = read_all("a,b,c\n1,\"x,1\n2,y\n3,\"z\",3\n");
    EXPECT_EQ(wrong_size.good, (Rows{{"3", "z", "3"}}));
    EXPECT_EQ(wrong_size.bad.size(), 2u);
}

TEST(Csv, ABrokenRecordOfSeveralLinesIsReportedOnce) {
    const Seen seen = read_all("a,b,c\n1,\"one\ntwo\"\n2,y,2\n3,\"one\ntwo\"x,3\n4,z,4\n");
    EXPECT_EQ(seen.good, (Rows{{"2", "y", "2"}, {"4", "z", "4"}}));
    EXPECT_EQ(seen.bad, (std::map<std::size_t, std::string>{{2, "too few fields"}, {5, "unbalanced quote: text after a closing quote"}}));
}

TEST(Csv, BytesThatAreNoTextAreRejectedAlone) {
    const Seen seen = read_all(std::string("a,b\n1,\xff\n2,o\xc3k\n3,x\0y\n4,fine\n5,\xc3\xa9\n", 32) + "6,a\rb\n7,q\"q\n8,ok\n");
    EXPECT_EQ(seen.good, (Rows{{"4", "fine"}, {"5", "\xc3\xa9"}, {"8", "ok"}}));
    EXPECT_EQ(seen.bad.at(2), "not UTF-8");
    EXPECT_EQ(seen.bad.at(3), "not UTF-8");
    EXPECT_EQ(seen.bad.at(4), "a NUL byte");
    EXPECT_EQ(seen.bad.at(7), "a carriage return without a line feed");
    EXPECT_EQ(seen.bad.at(8), "unbalanced quote: a quote inside an unquoted field");
}

TEST(Csv, ALongRecordIsSkippedAndALongGoodOneIsTaken) {
    const std::string most(CsvReader::longest_record - 2, 'x'), more(3 * CsvReader::longest_record, 'y');
    const Seen seen = read_all("a,b\n1," + most + "\n2," + more + "\n3,z\n4,\"" + more + "\"\n5,z\n6,\"" + std::string(5000, '\n') + "\"\n7," + most + "x\n8,z\n");
    ASSERT_EQ(seen.good.size(), 5u);
    EXPECT_EQ(seen.good[0][1], most);
    EXPECT_EQ(seen.good[1][0], "3");
    EXPECT_EQ(seen.good[2][0], "5");
    EXPECT_EQ(seen.good[3], (std::vector<std::string>{"6", std::string(5000, '\n')}));
    EXPECT_EQ(seen.good[4][0], "8");
    EXPECT_EQ(seen.bad.at(3), "the record is longer than 1 MiB");
    EXPECT_EQ(seen.bad.at(5), "the record is longer than 1 MiB");
    EXPECT_TRUE(seen.bad.count(5008));
}

TEST(Csv, AHeaderMustNameEachColumnOnce) {
    for (const char* text : {"", "\n\n", "a,,b\n", "a,b,a\n", "a,\"b\n"}) {
        const auto input = Input::of_text(text);
        CsvReader reader(*input);
        EXPECT_FALSE(reader.read_header().ok()) << text;
    }
}

TEST(Csv, WhatIsWrittenReadsBack) {
    const std::vector<std::string_view> fields{"plain", "", " edge", "com,ma", "quo\"te", "new\nline", "\xc3\xa9"};
    const Seen seen = read_all("1,2,3,4,5,6,7\r\n" + csv_row(fields));
    ASSERT_EQ(seen.good.size(), 1u);
    EXPECT_TRUE(std::equal(fields.begin(), fields.end(), seen.good[0].begin(), seen.good[0].end()));
}

}  // namespace verbatim
