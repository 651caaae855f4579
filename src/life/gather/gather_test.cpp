#include "life/gather/gather.h"

#include <chrono>

#include "engine/intake/test_database.h"
#include "engine/jobs/jobs.h"
#include "ground/formats/lines.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/ledger/ledger.h"
#include "record/network/network.h"

namespace verbatim::gather {
namespace {

using intake::both_engines;
using intake::engine_name;
using storage::Tx;

Result<Words> words(std::string line) {
    const std::size_t size = line.size();
    line.append(LineReader::padding, '\0');
    return words_from_json(std::string_view(line).substr(0, size));
}

std::string reason(const std::string& line) {
    const auto read = words(line);
    return read.ok() ? "" : read.error().message;
}

std::string data(const std::string& file) {
    const char* given = std::getenv("VERBATIM_DATA");
    return std::string(given ? given : "../shared/data") + "/" + file;
}

class Gather : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), ledger::migrations(), network::migrations(), experiences::migrations(), events::migrations(), reviews::migrations()});
        db->write([&](Tx& tx) {
            network::create_site(tx, clock.now(), "FR001", "Garage du Lac");
            network::create_product(tx, clock.now(), "VOLT", "Volt");
            network::create_site(tx, clock.now(), "BOTH", "a site");
            network::create_product(tx, clock.now(), "BOTH", "a product");
        });
    }
    Report take(const std::string& path, const Options& options = {}) {
        auto report = import_reviews(*db, clock, path, options);
        EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message);
        return report.ok() ? std::move(*report) : Report{};
    }
    std::int64_t count(storage::Sql sql) {
        return db->read([&](Tx& tx) { return tx.value<std::int64_t>(sql); });
    }

    ManualClock clock{1'800'000'000};
};

INSTANTIATE_TEST_SUITE_P(Both, Gather, both_engines, engine_name);

}  // namespace

TEST(Words, AreReadWithNumbersStringsAndNulls) {
    const auto read = words(R"({"id":17,"source":" forum ","lang":"fr-BE","subject":"site:FR001","rating":"8","rating_max":10,"title":null,"body":"  Bien \u00e9gal\n","date":"2021-10-06","author":"u_1","extra":{"deep":[1]}})");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->id, "17");
    EXPECT_EQ(read->source, "forum");
    EXPECT_EQ(read->lang, "fr");
    EXPECT_EQ(read->rating, 4);
    EXPECT_EQ(read->title, "");
    EXPECT_EQ(read->body, "  Bien égal\n") << "MOD-5: no byte of it is touched";
    EXPECT_EQ(read->author, "u_1");
    EXPECT_EQ(read->written_at, 1633478400);
    EXPECT_EQ(words(R"({"id":"a","source":"s","subject":"x","rating":null,"body":"b","lang":"english"})")->lang, "");
    EXPECT_FALSE(words(R"({"id":"a","source":"s","subject":"x","rating":null,"body":"b"})")->rating);
    EXPECT_EQ(words(R"({"id":"a","source":"s","subject":"x","rating":2})")->rating, 2);
}

TEST(Words, BrokenLinesSayWhy) {
    EXPECT_EQ(reason(R"({"source":"s","subject":"x","rating":2})"), "id is missing");
    EXPECT_EQ(reason(R"({"id":"a","source":null,"subject":"x","rating":2})"), "source is missing");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":" ","rating":2})"), "subject is missing");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","body":" \n"})"), "neither rating nor body");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","body":"b","rating":"negative"})"), "rating \"negative\" is no number");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","rating":6})"), "rating is a number from 0 to rating_max");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","rating":-1})"), "rating is a number from 0 to rating_max");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","rating":1,"rating_max":0})"), "rating_max is a number above 0, at most 1000");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","body":"b","date":"6 Oct"})"), "date \"6 Oct\" is no ISO 8601 date");
    EXPECT_EQ(reason(R"({"id":"a","source":"s","subject":"x","body":"b\u0000"})"), "a NUL character in the text");
    EXPECT_NE(reason(R"({"id":"a","source":"s","subject":"x","body":["b"]})"), "");
    EXPECT_NE(reason(R"({"id":"a","id":"b","source":"s","subject":"x","body":"b"})").find("given twice"), std::string::npos);
    EXPECT_NE(reason(R"({"id":"a","source":"s","subject":"x","body":"b"}{})").find("something follows"), std::string::npos);
    EXPECT_NE(reason(R"({"id":"a","source":"s","subject":"x","body":"\ud800"})"), "");
    for (const char* line : {"", "[]", "null", "{", "{\"id\":\"a\"", "\"id\"", "{\"id\":nul,\"source\":\"s\"}"}) EXPECT_NE(reason(line), "") << line;
    EXPECT_NE(reason("{\"id\":\"a\",\"source\":\"s\",\"subject\":\"" + std::string(301, 'x') + "\",\"body\":\"b\"}"), "");
}

TEST(Words, RatingsComeToStarsHalfUp) {
    const std::tuple<double, double, int> cases[] = {{1, 5, 1}, {5, 5, 5}, {4.5, 5, 5}, {4.4, 5, 4}, {8, 10, 4}, {1, 10, 1}, {3, 10, 2}, {0, 5, 1}, {100, 100, 5}, {3.5, 7, 3}, {2, 3, 3}, {1, 1, 5}};
    for (const auto& [rating, most, stars] : cases) EXPECT_EQ(*to_stars(rating, most), stars) << rating << " of " << most;
}

TEST_P(Gather, TwiceIsOnceAndSubjectsAreResolved) {
    const auto path = write_file("reviews.jsonl",
                                 "{\"id\":\"1\",\"source\":\"forum\",\"lang\":\"fr\",\"subject\":\"site:FR001\",\"rating\":5,\"body\":\"Tr\xc3\xa8s bien\"}\n"
                                 "{\"id\":\"2\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"VOLT\",\"rating\":9,\"rating_max\":10,\"body\":null,\"author\":\"u_2\"}\n"
                                 "{\"id\":\"3\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"BOTH\",\"rating\":1}\n"
                                 "{\"id\":\"4\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"Unknown Car\",\"rating\":1}\n"
                                 "{\"id\":\"1\",\"source\":\"other\",\"lang\":\"en\",\"subject\":\"product:BOTH\",\"rating\":1}\n"
                                 "{\"id\":\"1\",\"source\":\"other\",\"lang\":\"en\",\"subject\":\"product:BOTH\",\"rating\":1}\n");
    EXPECT_EQ(intake::summary(take(path).counts), "6 read, 3 taken, 1 already there, 2 rejected");
    EXPECT_EQ(intake::summary(take(path).counts), "6 read, 0 taken, 4 already there, 2 rejected");
    const std::string report = read_file(path + ".rejected.csv");
    EXPECT_NE(report.find("3,\"subject \"\"BOTH\"\" is a site and a product"), std::string::npos) << report;
    EXPECT_NE(report.find("4,\"subject \"\"Unknown Car\"\" is no known site or product"), std::string::npos) << report;
    EXPECT_EQ(count("SELECT COUNT(*) FROM review WHERE origin = 'gathered'"), 3);
    EXPECT_EQ(count("SELECT COUNT(*) FROM review WHERE subject = 'product:VOLT' AND rating = 5"), 1);
}

TEST_P(Gather, UnknownSubjectsAreCreatedOnDemandAndFoundAgain) {
    const auto path = write_file("reviews.jsonl",
                                 "{\"id\":\"1\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"2007 Aurea mdx\",\"rating\":5}\n"
                                 "{\"id\":\"2\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"2007 Aurea mdx\",\"rating\":4}\n"
                                 "{\"id\":\"3\",\"source\":\"forum\",\"lang\":\"fr\",\"subject\":\"L'Oliveraie / auto\",\"rating\":4}\n"
                                 "{\"id\":\"4\",\"source\":\"forum\",\"lang\":\"fr\",\"subject\":\"site:NEW\",\"rating\":4}\n"
                                 "{\"id\":\"5\",\"source\":\"forum\",\"lang\":\"fr\",\"subject\":null,\"rating\":4}\n");
    Options options;
    options.create_subjects = Create::product;
    EXPECT_EQ(intake::summary(take(path, options).counts), "5 read, 3 taken, 0 already there, 2 rejected");
    db->read([](Tx& tx) {
        EXPECT_EQ(network::subject_name(tx, "product:2007-Aurea-mdx"), "2007 Aurea mdx");
        EXPECT_EQ(network::subject_name(tx, "product:" + network::code_from("L'Oliveraie / auto")), "L'Oliveraie / auto");
    });
    EXPECT_EQ(intake::summary(take(path).counts), "5 read, 0 taken, 3 already there, 2 rejected") << "names find what they created";
}

TEST_P(Gather, FoundWordsAreHeldAndCountedOnce) {
    const auto path = write_file("reviews.jsonl",
                                 "{\"id\":\"1\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"FR001\",\"body\":\"fine words\"}\n"
                                 "{\"id\":\"2\",\"source\":\"forum\",\"lang\":\"en\",\"subject\":\"FR001\",\"body\":\"bad words\"}\n");
    Options options;
    options.inspect = [](const reviews::Content& content) { return content.body == "bad words" ? "[{\"reason\":\"insult\"}]" : ""; };
    const Report report = take(path, options);
    EXPECT_EQ(report.counts.taken, 2u);
    ASSERT_EQ(report.held.size(), 1u);
    ASSERT_EQ(report.held.at("forum").size(), 1u);
    db->read([&](Tx& tx) {
        const auto held = reviews::find(tx, report.held.at("forum").front());
        ASSERT_TRUE(held);
        EXPECT_EQ(held->state, reviews::State::held);
        EXPECT_EQ(held->content.body, "bad words");
    });
    EXPECT_EQ(count("SELECT COUNT(*) FROM review WHERE state = 'published'"), 1);
    EXPECT_TRUE(take(path, options).held.empty());
}

TEST_P(Gather, RealReviewsOfCars) {
    const std::string path = data("reviews/cars_opinrank_en.jsonl.gz");
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
    if (GetParam() == storage::Engine::postgresql) GTEST_SKIP() << "once is enough: it takes long where each statement is a round trip";
    Options options;
    options.create_subjects = Create::product;
    options.intake.rejected = (folder / "rejected.csv").string();
    const auto start = std::chrono::steady_clock::now();
    const Report report = take(path, options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    RecordProperty("reviews_per_second", std::to_string(static_cast<int>(static_cast<double>(report.counts.read) / seconds)));
    EXPECT_EQ(report.counts.read, 28653u);
    EXPECT_EQ(report.counts.rejected, 0u) << read_file(options.intake.rejected).substr(0, 1000);
    EXPECT_EQ(count("SELECT COUNT(*) FROM review"), static_cast<std::int64_t>(report.counts.taken));
}

}  // namespace verbatim::gather
