// The fixture of this module's tests: every test of a Conformance suite runs on both engines, each time in a database of its
// own. Included by tests only.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "engine/storage/scratch.h"
#include "engine/storage/storage.h"

namespace verbatim::storage {

class OnBothEngines : public testing::TestWithParam<Engine> {
protected:
    void SetUp() override {
        if (!ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES is not set: run under tests/postgres/with_postgres.sh";
        scratch.emplace(GetParam());
        db = scratch->open();
    }
    void TearDown() override {
        db.reset();
        scratch.reset();
    }

    std::optional<ScratchDatabase> scratch;
    std::unique_ptr<Db> db;
};

inline std::string engine_name(const testing::TestParamInfo<Engine>& info) { return info.param == Engine::sqlite ? "sqlite" : "postgresql"; }

}  // namespace verbatim::storage

#define VERBATIM_ON_BOTH_ENGINES(Suite) \
    INSTANTIATE_TEST_SUITE_P(Both, Suite, testing::Values(::verbatim::storage::Engine::sqlite, ::verbatim::storage::Engine::postgresql), ::verbatim::storage::engine_name)
