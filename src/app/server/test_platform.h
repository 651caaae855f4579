// A whole platform in a folder of its own, on either database, with a clock that is moved. For tests of this module.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/server/house.h"
#include "engine/storage/scratch.h"

namespace verbatim::server {

class TestPlatform : public ::testing::TestWithParam<storage::Engine> {
protected:
    explicit TestPlatform(Seconds start) : clock(start) {}

    void SetUp() override {
        folder = std::filesystem::temp_directory_path() / ("verbatim-platform-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        Place place;
        place.data = (folder / "data").string();
        place.database = "sqlite";
        place.create = true;
        if (!storage::ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
        if (GetParam() == storage::Engine::postgresql) {
            scratch.emplace(GetParam());
            scratch->open();
            place.database = scratch->url();
        }
        house = std::make_unique<House>(place, clock);
    }
    void TearDown() override {
        house.reset();
        scratch.reset();
        std::filesystem::remove_all(folder);
    }

    std::filesystem::path folder;
    std::optional<storage::ScratchDatabase> scratch;
    ManualClock clock;
    std::unique_ptr<House> house;
};

}  // namespace verbatim::server
