#include "engine/intake/intake.h"

#include <sys/resource.h>
#include <zlib.h>

#include <cstdio>
#include <map>

#include "engine/intake/test_database.h"
#include "ground/base/sanitized.h"
#include "ground/formats/csv.h"

namespace verbatim::intake {
namespace {

struct Thing {
    std::string code;
    int size = 0;
};

constexpr storage::Migration things[] = {{"things", 1, "things", "CREATE TABLE thing (code TEXT PRIMARY KEY, size BIGINT NOT NULL CHECK (size < 1000), more TEXT)"}};

// Good for nothing else than this: a code and a number, which the table wants below 1000.
Kind<Thing> kind_of_things() {
    Kind<Thing> kind;
    kind.required = {"code", "size"};
    kind.parse = [](const Row& row) -> Result<Thing> {
        Thing thing{std::string(row.get("code")), 0};
        for (const char c : row.get("size")) {
            if (c < '0' || c > '9') return invalid("bad_size", "size is a number", "size");
            thing.size = thing.size * 10 + (c - '0');
        }
        return thing;
    };
    kind.key = [](const Thing& thing) { return thing.code; };
    kind.store = [](storage::Tx& tx, std::span<const Thing> rows) {
        std::vector<Result<Outcome>> outcomes;
        for (const Thing& thing : rows) {
            const auto changed = tx.exec(R"sql(INSERT INTO thing (code, size) VALUES ($1, $2)
                ON CONFLICT (code) DO UPDATE SET size = excluded.size WHERE thing.size <> excluded.size)sql", thing.code, thing.size);
            outcomes.push_back(changed > 0 ? Outcome::taken : Outcome::already);
        }
        return outcomes;
    };
    return kind;
}

struct RejectedRow {
    std::string reason, row;
};
std::map<std::size_t, RejectedRow> rejected_in(const std::string& path) {
    std::map<std::size_t, RejectedRow> rows;
    auto input = Input::open(path);
    if (!input.ok()) return rows;
    CsvReader reader(**input);
    EXPECT_TRUE(reader.read_header().ok());
    EXPECT_EQ(reader.columns(), (std::vector<std::string>{"line", "reason", "row"}));
    for (CsvReader::Record record; reader.next(record);) {
        EXPECT_TRUE(record.fault.empty()) << record.fault;
        if (record.fields.size() == 3) rows[std::stoul(std::string(record.fields[0]))] = {std::string(record.fields[1]), std::string(record.fields[2])};
    }
    return rows;
}

std::string gzipped(const std::string& path, const std::string& text) {
    gzFile file = gzopen(path.c_str(), "wb1");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path;
}

class Intake : public TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (db) db->migrate(things);
    }
    Counts take(const std::string& path, const Options& options = {}) {
        auto counts = run(*db, path, kind_of_things(), options);
        EXPECT_TRUE(counts.ok()) << (counts.ok() ? "" : counts.error().message);
        return counts.ok() ? *counts : Counts{};
    }
    std::int64_t stored() {
        return db->read([](storage::Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM thing"); });
    }
};

INSTANTIATE_TEST_SUITE_P(Both, Intake, both_engines, engine_name);

TEST_P(Intake, TwiceIsOnceAndAChangeIsTaken) {
    const auto path = write_file("things.csv", "size,code,colour\n1,a,red\n2,b,\n");
    EXPECT_EQ(summary(take(path)), "2 read, 2 taken, 0 already there, 0 rejected");
    EXPECT_EQ(summary(take(path)), "2 read, 0 taken, 2 already there, 0 rejected");
    write_file("things.csv", "size,code,colour\n1,a,red\n3,b,\n");
    EXPECT_EQ(summary(take(path)), "2 read, 1 taken, 1 already there, 0 rejected");
    EXPECT_FALSE(std::filesystem::exists(path + ".rejected.csv"));
}

TEST_P(Intake, RejectsByLineAndReasonAndTakesTheRest) {
    const auto path = write_file("things.csv", "code,size\na,1\nb,x\n,3\nc\nd,4,5\n\"e,5\nf,6\na,1\na,2\ng,2000\nh,\xff\ni,9\n");
    const Counts counts = take(path);
    EXPECT_EQ(summary(counts), "12 read, 3 taken, 1 already there, 8 rejected");
    EXPECT_EQ(exit_code(counts), 0);
    const auto rejected = rejected_in(path + ".rejected.csv");
    std::vector<std::size_t> lines;
    for (const auto& [line, row] : rejected) lines.push_back(line);
    EXPECT_EQ(lines, (std::vector<std::size_t>{3, 4, 5, 6, 7, 10, 11, 12}));
    EXPECT_EQ(rejected.at(3).reason, "size is a number");
    EXPECT_EQ(rejected.at(3).row, "b,x");
    EXPECT_EQ(rejected.at(4).reason, "code is missing");
    EXPECT_EQ(rejected.at(7).row, "\"e,5");
    EXPECT_EQ(rejected.at(10).reason, "a stands on line 2 already, with other values");
    EXPECT_EQ(rejected.at(11).reason.substr(0, 12), "the database");
    EXPECT_EQ(rejected.at(12).row, "h,\xef\xbf\xbd");
    // A clean file afterwards leaves no report of the old one.
    write_file("things.csv", "code,size\na,1\n");
    take(path);
    EXPECT_FALSE(std::filesystem::exists(path + ".rejected.csv"));
}

TEST_P(Intake, AFileWithoutOneGoodRowSaysSoByItsExitCode) {
    EXPECT_EQ(exit_code(take(write_file("bad.csv", "code,size\na,x\nb,y\n"))), 1);
    EXPECT_EQ(exit_code(take(write_file("empty.csv", "code,size\n"))), 0);
}

TEST_P(Intake, TheErrorOfAWrongFileSaysWhatToDo) {
    const auto error_of = [&](const std::string& path) {
        const auto counts = run(*db, path, kind_of_things());
        return counts.ok() ? "" : counts.error().message;
    };
    EXPECT_NE(error_of(write_file("columns.csv", "code,colour\na,red\n")).find("has no column \"size\"; its columns are: code, colour"), std::string::npos);
    EXPECT_NE(error_of(write_file("semicolon.csv", "code;size\na;1\n")).find("separated by commas"), std::string::npos);
    EXPECT_NE(error_of((folder / "missing.csv").string()).find("missing.csv"), std::string::npos);
    EXPECT_NE(error_of(write_file("empty.csv", "")).find("empty.csv: the file is empty"), std::string::npos);
}

TEST_P(Intake, JsonLinesByEndingOrFirstByte) {
    const std::string lines = "{\"code\":\"a\",\"size\":1}\n\n {\"size\":\"2\",\"code\":\"\\u0062\",\"more\":[1,\"x\"]} \n{\"code\":\"c\"}\n[1]\n{\"code\":\"d\",\"size\":4}{}\n"
                              "{\"code\":\"d\",\"code\":\"e\",\"size\":1}\n{\"code\":\"f\",\"size\":1,\"deep\":{\"a\":[1]}}\n{\"code\":null,\"size\":1}\n{\"code\":\"\xff\",\"size\":1}\n"
                              "{\"code\":\"g\\u0000\",\"size\":1}\nnot json\n{\"code\":\"h\",\"size\":01}\n{\"code\":\"i\",\"size\":9";
    for (const char* name : {"things.jsonl", "things.txt"}) {
        const auto path = write_file(name, lines);
        const Counts counts = take(path);
        EXPECT_EQ(counts.taken + counts.already, 2u);
        EXPECT_EQ(counts.rejected, 11u);
        const auto rejected = rejected_in(path + ".rejected.csv");
        EXPECT_EQ(rejected.at(4).reason, "size is missing");
        EXPECT_NE(rejected.at(7).reason.find("given twice"), std::string::npos);
        EXPECT_EQ(rejected.at(10).reason, "not UTF-8");
        EXPECT_TRUE(rejected.count(14));
    }
}

TEST_P(Intake, ALineBeyondOneMebibyteIsRejectedAlone) {
    const auto path = write_file("long.jsonl", "{\"code\":\"a\",\"size\":1}\n{\"code\":\"b\",\"more\":\"" + std::string(1 << 20, 'x') + "\",\"size\":2}\n{\"code\":\"c\",\"size\":3,\"more\":\"" +
                                                   std::string((1 << 20) - 40, 'y') + "\"}\n{\"code\":\"d\",\"size\":4}\n");
    EXPECT_EQ(summary(take(path)), "4 read, 3 taken, 0 already there, 1 rejected");
    EXPECT_EQ(rejected_in(path + ".rejected.csv").at(2).reason, "the line is longer than 1 MiB");
}

TEST_P(Intake, PackedAndCut) {
    std::string text = "code,size\n";
    for (int i = 0; i < 5000; ++i) text += std::to_string(i) + "," + std::to_string(i * 7919 % 1000) + "\n";
    const auto path = gzipped((folder / "things.csv.gz").string(), text);
    EXPECT_EQ(summary(take(path)), "5000 read, 5000 taken, 0 already there, 0 rejected");
    const std::string whole = read_file(path);
    const auto cut = run(*db, write_file("cut.csv.gz", whole.substr(0, whole.size() / 2)), kind_of_things());
    ASSERT_FALSE(cut.ok());
    EXPECT_NE(cut.error().message.find("ends before its time"), std::string::npos);
    EXPECT_NE(cut.error().message.find("already there"), std::string::npos);
}

TEST_P(Intake, StandardInput) {
    const auto path = write_file("things.csv", "code,size\na,1\nb,x\n");
    const int keep = ::dup(STDIN_FILENO), keep_error = ::dup(STDERR_FILENO);
    ASSERT_TRUE(std::freopen(path.c_str(), "rb", stdin));
    ::testing::internal::CaptureStderr();
    const auto counts = run(*db, "-", kind_of_things());
    const std::string errors = ::testing::internal::GetCapturedStderr();
    ::dup2(keep, STDIN_FILENO);
    ::close(keep);
    ::close(keep_error);
    ASSERT_TRUE(counts.ok());
    EXPECT_EQ(summary(*counts), "2 read, 1 taken, 0 already there, 1 rejected");
    EXPECT_NE(errors.find("3,size is a number,\"b,x\""), std::string::npos) << errors;
}

// Every kind of broken row among 100,000, each rejected by its own line, nothing else lost, memory bounded.
TEST_P(Intake, AHundredThousandRowsWithEveryKindOfBrokenRow) {
    const std::vector<std::pair<std::string, std::string>> broken = {
        {"few", "too few fields"},
        {"a,1,2,3,4", "too many fields"},
        {"\"open,1,", "unbalanced quote"},
        {"stray,\"1\"x,", "unbalanced quote"},
        {"qu\"ote,1,", "unbalanced quote"},
        {"bytes\xc3\x28,1,", "not UTF-8"},
        {std::string("nul\0,1,", 7), "a NUL byte"},
        {"cr,\r1,", "a carriage return"},
        {"word,one,", "size is a number"},
        {"none,,", "size is missing"},
        {",7,", "code is missing"},
        {"large,5000,", "the database refuses"},
        {"5,8,other values", "5 stands on line"},
    };
    std::string text = "code,size,more\n";
    std::map<std::size_t, std::string> expected;
    // A row is a round trip to the server there: fewer of them.
    const std::size_t rows = GetParam() == storage::Engine::sqlite ? 100000 : 20000;
    std::size_t line = 2, good = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        if (i % 97 == 96) {
            const auto& [row, reason] = broken[i / 97 % broken.size()];
            text += row + "\n";
            expected[line++] = reason;
        } else if (i % 500 == 250) {
            text += std::to_string(i) + ",1,\"two\nlines, and a \"\"quote\"\"\"\r\n";
            line += 2;
            ++good;
        } else {
            text += std::to_string(i) + "," + std::to_string(i % 1000) + ",some words to fill the row\n";
            ++line;
            ++good;
        }
        if (i == 15000) {
            text += "long,1," + std::string(3 << 20, 'x') + "\n";
            expected[line++] = "the record is longer than 1 MiB";
        }
    }
    const auto path = gzipped((folder / "large.csv.gz").string(), text);
    text = std::string();
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const Counts counts = take(path);
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    EXPECT_EQ(counts.read, rows + 1);
    EXPECT_EQ(counts.taken, good);
    EXPECT_EQ(counts.rejected, expected.size());
    EXPECT_EQ(stored(), static_cast<std::int64_t>(good));
    const auto rejected = rejected_in(path + ".rejected.csv");
    for (const auto& [number, row] : rejected) EXPECT_TRUE(expected.count(number)) << number << ": " << row.reason << ": " << row.row.substr(0, 100);
    for (const auto& [number, reason] : expected) {
        ASSERT_TRUE(rejected.count(number)) << number;
        EXPECT_EQ(rejected.at(number).reason.substr(0, reason.size()), reason) << number;
    }
#ifndef VERBATIM_SANITIZED
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 * 1024) << "KiB more at the peak";
#endif
}

TEST(Row, GetTrimsAndExactlyDoesNot) {
    const Field fields[] = {{"a", "  x \t"}, {"b", "\"q\""}, {"c", " "}};
    const Row row(fields);
    EXPECT_EQ(row.get("a"), "x");
    EXPECT_EQ(row.exactly("a"), "  x \t");
    EXPECT_EQ(row.get("z"), "");
    const std::string_view known[] = {"a"};
    EXPECT_EQ(row.attributes(known), "{\"b\":\"\\\"q\\\"\"}");
}

}  // namespace
}  // namespace verbatim::intake
