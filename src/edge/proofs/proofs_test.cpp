#include "edge/proofs/proofs.h"

#include <gtest/gtest.h>

#include "engine/storage/scratch.h"
#include "ground/merkle/note.h"

namespace verbatim::proofs {
namespace {

class ProofsTest : public ::testing::Test {
protected:
    ProofsTest() : scratch_(storage::Engine::sqlite), db_(scratch_.open()) {
        db_->migrate(ledger::migrations());
        ledger_ = std::make_unique<ledger::Ledger>(*db_, clock_, "reviews.example/log", std::string(32, 's'));
        routes(router_, *ledger_, [] { return std::string("quorum none\n"); });
    }
    http::Response get(std::string path) {
        http::Request request;
        request.target = request.path = std::move(path);
        return router_.dispatch(request);
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& field : response.fields)
            if (field.name == name) return field.value;
        return {};
    }

    storage::ScratchDatabase scratch_;
    ManualClock clock_{1'800'000'000};
    std::unique_ptr<storage::Db> db_;
    std::unique_ptr<ledger::Ledger> ledger_;
    http::Router router_;
};

TEST_F(ProofsTest, TLG4_CheckpointIsFreshAndTilesAreKeptForEver) {
    EXPECT_EQ(get("/log/checkpoint").status, 404);
    db_->write([](storage::Tx& tx) { ledger::append(tx, "{}"); });
    ledger_->sequence();

    const auto checkpoint = get("/log/checkpoint");
    EXPECT_EQ(checkpoint.status, 200);
    EXPECT_EQ(checkpoint.content_type, "text/plain; charset=utf-8");
    EXPECT_EQ(header(checkpoint, "Cache-Control"), "no-store");
    EXPECT_EQ(header(checkpoint, "Access-Control-Allow-Origin"), "*");

    std::string key = get("/log/key").body;
    ASSERT_TRUE(key.ends_with("\n"));
    key.pop_back();
    const auto opened = merkle::open_checkpoint(checkpoint.body, merkle::parse_verifier_key(key).value());
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->size, 1u);

    const auto tile = get("/log/tile/0/000.p/1");
    EXPECT_EQ(tile.status, 200);
    EXPECT_EQ(tile.body, merkle::bytes_of(merkle::leaf_hash("{}")));
    EXPECT_EQ(tile.content_type, "application/octet-stream");
    EXPECT_EQ(header(tile, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(header(tile, "Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(get("/log/tile/entries/000.p/1").body, std::string("\0\x02{}", 4));
}

TEST_F(ProofsTest, TLG4_WhatIsNotInTheTreeIsNotFoundAndNotKept) {
    ledger_->sequence();
    for (const char* path : {"/log/tile/0/000", "/log/tile/0/000.p/0", "/log/tile/entries/000.p/1", "/log/tile/0", "/log/tile/x", "/log/tile/../key"}) {
        const auto response = get(path);
        EXPECT_EQ(response.status, 404) << path;
        if (header(response, "Access-Control-Allow-Origin") == "*") {
            EXPECT_EQ(header(response, "Cache-Control"), "no-store") << path;
        }
    }
}

}  // namespace
}  // namespace verbatim::proofs
