// Values go in and come out the same on both engines, and what cannot be kept is refused by both.
#include <cmath>
#include <limits>

#include "engine/storage/conformance.h"
#include "engine/storage/engines.h"

namespace verbatim::storage {
namespace {

constexpr Migration tables[] = {
    {"types", 1, "one of each",
     "CREATE TABLE thing (id SERIAL_KEY, number BIGINT, real DOUBLE PRECISION, words TEXT, bytes BLOB, flag BOOLEAN);\n"
     "CREATE TABLE named (code TEXT NOT NULL PRIMARY KEY, size BIGINT NOT NULL CHECK (size > 0), thing BIGINT REFERENCES thing (id))"},
};

class Types : public OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (db) db->migrate(tables);
    }
};
VERBATIM_ON_BOTH_ENGINES(Types);

enum class Stars : int { one = 1, five = 5 };

TEST_P(Types, IntegersKeepTheirExtremes) {
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    db->write([&](Tx& tx) {
        for (const std::int64_t n : {least, std::int64_t{-1}, std::int64_t{0}, most}) tx.exec("INSERT INTO thing (number) VALUES ($1)", n);
    });
    const auto found = db->read([](Tx& tx) { return tx.rows<std::int64_t>("SELECT number FROM thing ORDER BY id"); });
    EXPECT_EQ(found, (std::vector<std::int64_t>{least, -1, 0, most}));
    EXPECT_THROW(db->read([](Tx& tx) { return tx.rows<int>("SELECT number FROM thing ORDER BY id"); }), Failure) << "does not fit an int";
}

TEST_P(Types, RealsKeepEveryBit) {
    const std::vector<double> reals = {0.1, -0.0, 1e300, 5e-324, std::nextafter(1.0, 2.0), 1.0 / 3};
    db->write([&](Tx& tx) {
        for (const double real : reals) tx.exec("INSERT INTO thing (real) VALUES ($1)", real);
    });
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<double>("SELECT real FROM thing ORDER BY id"); }), reals);
}

TEST_P(Types, TextKeepsEveryScript) {
    const std::vector<std::string> texts = {"", "plain", "déjà vu — Łódź, Ümlaut", "مرحبا", "日本語", "🚗\n\"quoted\" 'single' \\ %", std::string(100'000, 'x')};
    db->write([&](Tx& tx) {
        for (const auto& text : texts) tx.exec("INSERT INTO thing (words) VALUES ($1)", text);
    });
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<std::string>("SELECT words FROM thing ORDER BY id"); }), texts);
}

TEST_P(Types, BlobsKeepEveryByteAndNul) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    const std::vector<Blob> blobs = {{""}, {std::string("\0", 1)}, {"a\0b" + std::string(3, '\0')}, {all}, {std::string(70'000, '\xff')}};
    db->write([&](Tx& tx) {
        for (const auto& blob : blobs) tx.exec("INSERT INTO thing (bytes) VALUES ($1)", blob);
    });
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<Blob>("SELECT bytes FROM thing ORDER BY id"); }), blobs);
}

TEST_P(Types, NullsAreOptionals) {
    db->write([&](Tx& tx) {
        tx.exec("INSERT INTO thing (number, real, words, bytes) VALUES ($1, $2, $3, $4)", nullptr, std::optional<double>{}, std::nullopt, std::optional<Blob>{});
        tx.exec("INSERT INTO thing (number, real, words, bytes) VALUES ($1, $2, $3, $4)", std::optional<int>{7}, 2, std::optional<std::string>{"w"}, Blob{"b"});
    });
    const auto found = db->read([](Tx& tx) {
        return tx.rows<std::optional<std::int64_t>, std::optional<double>, std::optional<std::string>, std::optional<Blob>>(
            "SELECT number, real, words, bytes FROM thing ORDER BY id");
    });
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0], std::make_tuple(std::nullopt, std::nullopt, std::nullopt, std::nullopt));
    EXPECT_EQ(found[1], std::make_tuple(7, 2.0, "w", Blob{"b"}));
    EXPECT_THROW(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT number FROM thing ORDER BY id"); }), Failure) << "NULL is no integer";
    EXPECT_THROW(db->read([](Tx& tx) { return tx.value<std::string>("SELECT words FROM thing ORDER BY id"); }), Failure) << "NULL is no text";
}

TEST_P(Types, BooleansAndEnums) {
    db->write([&](Tx& tx) {
        tx.exec("INSERT INTO thing (flag, number) VALUES ($1, $2)", true, Stars::five);
        tx.exec("INSERT INTO thing (flag, number) VALUES ($1, $2)", false, Stars::one);
    });
    const auto found = db->read([](Tx& tx) { return tx.rows<bool, Stars>("SELECT flag, number FROM thing ORDER BY id"); });
    EXPECT_EQ(found, (std::vector<std::tuple<bool, Stars>>{{true, Stars::five}, {false, Stars::one}}));
}

TEST_P(Types, ParametersInAnyOrderAndTwice) {
    const auto found = db->write([](Tx& tx) {
        return *tx.row<std::string, std::string, std::string>("SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)", "first", "second");
    });
    EXPECT_EQ(found, std::make_tuple("second", "first", "second"));
}

TEST_P(Types, WrongParameterCountIsAClearFailure) {
    constexpr Sql insert = "INSERT INTO thing (number, words) VALUES ($1, $2)";
    for (int round = 0; round < 2; ++round) {
        EXPECT_THROW(db->write([&](Tx& tx) { tx.exec(insert, 1); }), Failure);
        EXPECT_THROW(db->write([&](Tx& tx) { tx.exec(insert, 1, "x", 3); }), Failure);
        EXPECT_THROW(db->write([&](Tx& tx) { tx.exec_many(insert, std::vector<std::tuple<int>>{{1}}); }), Failure);
    }
    try {
        db->write([&](Tx& tx) { tx.exec(insert, 1); });
    } catch (const Failure& failure) {
        EXPECT_NE(std::string(failure.what()).find("INSERT INTO thing"), std::string::npos) << failure.what();
        EXPECT_NE(std::string(failure.what()).find("parameters"), std::string::npos) << failure.what();
    }
    db->write([&](Tx& tx) { tx.exec(insert, 1, "x"); });
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM thing"); }), 1);
}

TEST_P(Types, TextThatIsNoTextIsRefused) {
    const std::string bad[] = {std::string("a\0b", 3), "\xff", "caf\xe9", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "12345678\x80", "trunc\xe2\x82"};
    for (const auto& text : bad) EXPECT_THROW(db->write([&](Tx& tx) { tx.exec("INSERT INTO thing (words) VALUES ($1)", text); }), Failure);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM thing"); }), 0);
}

TEST_P(Types, AColumnIsReadAsWhatItIs) {
    db->write([](Tx& tx) { tx.exec("INSERT INTO thing (words, number, real) VALUES ('many', 3, 2.5)"); });
    EXPECT_THROW(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT words FROM thing"); }), Failure);
    EXPECT_THROW(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT real FROM thing"); }), Failure);
    EXPECT_THROW(db->read([](Tx& tx) { return tx.value<double>("SELECT words FROM thing"); }), Failure);
    EXPECT_THROW((db->read([](Tx& tx) { return tx.rows<std::int64_t, std::int64_t>("SELECT number FROM thing"); })), Failure) << "one column too many";
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<double>("SELECT number FROM thing"); }), 3.0);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT sum(number) FROM thing"); }), 3);
}

TEST_P(Types, ConstraintsHaveTheirOwnFailure) {
    db->write([](Tx& tx) { tx.exec("INSERT INTO named (code, size) VALUES ('a', 1)"); });
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("INSERT INTO named (code, size) VALUES ('a', 2)"); }), ConstraintFailure) << "unique";
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("INSERT INTO named (code, size) VALUES ('b', 0)"); }), ConstraintFailure) << "check";
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("INSERT INTO named (code, size) VALUES ('b', NULL)"); }), ConstraintFailure) << "not null";
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("INSERT INTO named (code, size, thing) VALUES ('b', 1, 99)"); }), ConstraintFailure) << "foreign key";
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("INSERT INTO nowhere VALUES (1)"); }), Failure);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<std::string>("SELECT code FROM named"); }), (std::vector<std::string>{"a"}));
}

TEST_P(Types, ChangedRowsAreCounted) {
    db->write([](Tx& tx) {
        EXPECT_EQ(tx.exec("INSERT INTO thing (number) VALUES (1), (2), (3)"), 3);
        EXPECT_EQ(tx.exec("UPDATE thing SET number = number + 1 WHERE number >= $1", 2), 2);
        EXPECT_EQ(tx.exec("SELECT number FROM thing"), 0);
        EXPECT_EQ(tx.exec("DELETE FROM thing WHERE number = 99"), 0);
        EXPECT_EQ(tx.rows<std::int64_t>("DELETE FROM thing RETURNING number").size(), 3u);
    });
}

TEST_P(Types, ManyRowsInOneGo) {
    std::vector<std::tuple<std::int64_t, std::string, Blob>> rows;
    for (int i = 0; i < 2000; ++i) rows.emplace_back(i, "row " + std::to_string(i), Blob{std::string(1, static_cast<char>(i))});
    const auto changed = db->write([&](Tx& tx) { return tx.exec_many("INSERT INTO thing (number, words, bytes) VALUES ($1, $2, $3)", rows); });
    EXPECT_EQ(changed, 2000);
    EXPECT_EQ((db->read([](Tx& tx) { return tx.rows<std::int64_t, std::string, Blob>("SELECT number, words, bytes FROM thing ORDER BY id"); })), rows);
    EXPECT_EQ(db->write([&](Tx& tx) { return tx.exec_many("DELETE FROM thing WHERE number = $1", std::vector<std::tuple<int>>{{1}, {2}, {-5}}); }), 2);
    EXPECT_EQ(db->write([&](Tx& tx) { return tx.exec_many("DELETE FROM thing WHERE number = $1", std::vector<std::tuple<int>>{}); }), 0);
}

TEST_P(Types, ManyRowsFailTogether) {
    const std::vector<std::tuple<std::string, int>> rows = {{"a", 1}, {"b", 2}, {"a", 3}, {"c", 4}};
    EXPECT_THROW(db->write([&](Tx& tx) { tx.exec_many("INSERT INTO named (code, size) VALUES ($1, $2)", rows); }), ConstraintFailure);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM named"); }), 0);
    db->write([](Tx& tx) { tx.exec("INSERT INTO named (code, size) VALUES ('a', 1)"); });
}

TEST_P(Types, EachStreamsAndItsFunctionMayWrite) {
    std::vector<std::tuple<std::int64_t>> rows;
    for (int i = 0; i < 1700; ++i) rows.emplace_back(i);
    db->write([&](Tx& tx) {
        tx.exec_many("INSERT INTO thing (number) VALUES ($1)", rows);
        std::int64_t seen = 0;
        tx.each("SELECT number FROM thing WHERE number >= $1 ORDER BY id", [&](const Row& row) {
            EXPECT_EQ(row.get<std::int64_t>(0), 100 + seen++);
            if (seen % 100 == 0) tx.exec("INSERT INTO named (code, size) VALUES ($1, $2)", std::to_string(seen), seen);
            // The same literal while it is stepped.
            if (seen == 5) {
                EXPECT_EQ(tx.rows<std::int64_t>("SELECT number FROM thing WHERE number = $1", 3).size(), 1u);
            }
        }, 100);
        EXPECT_EQ(seen, 1600);
    });
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM named"); }), 16);
    EXPECT_THROW(db->read([](Tx& tx) { tx.each("SELECT number FROM thing", [](const Row&) { throw std::runtime_error("enough"); }); }), std::runtime_error);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM thing"); }), 1700);
}

TEST_P(Types, RowAndValueWhereThereIsNone) {
    db->read([](Tx& tx) {
        EXPECT_FALSE(tx.row<std::int64_t>("SELECT number FROM thing").has_value());
        EXPECT_FALSE((tx.row<std::int64_t, std::string>("SELECT number, words FROM thing").has_value()));
        EXPECT_TRUE(tx.rows<std::int64_t>("SELECT number FROM thing").empty());
    });
    EXPECT_THROW(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT number FROM thing"); }), Failure);
}

TEST(CheckText, TakesUtf8AtEveryLength) {
    for (std::size_t length = 0; length < 40; ++length) {
        EXPECT_NO_THROW(check_text(std::string(length, 'a') + "é€🚗"));
        EXPECT_THROW(check_text(std::string(length, 'a') + std::string("\0", 1) + "bcdefghijk"), Failure);
        EXPECT_THROW(check_text(std::string(length, 'a') + "\x80" + "bcdefghijk"), Failure);
        EXPECT_THROW(check_text(std::string(length, 'a') + "\xf0\x9f\x9a"), Failure);
    }
}

}  // namespace
}  // namespace verbatim::storage
