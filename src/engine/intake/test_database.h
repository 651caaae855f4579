// For tests: an empty database for each, on both engines. A SQLite file of its own, or a schema of its own in the PostgreSQL
// that VERBATIM_TEST_POSTGRES names; without that variable the PostgreSQL half is skipped, saying so. `folder` takes files.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "engine/storage/storage.h"

namespace verbatim::intake {

class TestDatabase : public ::testing::TestWithParam<storage::Engine> {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() / ("verbatim-intake-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        storage::Options options;
        std::string url = "sqlite:" + (folder / "test.db").string();
        if (GetParam() == storage::Engine::postgresql) {
            const char* server = std::getenv("VERBATIM_TEST_POSTGRES");
            if (!server) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
            schema = "test_" + std::to_string(::getpid());
            change_schema(server, true);
            url = std::string(server) + (std::string(server).find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema;
        } else {
            options.create = true;
        }
        db = storage::Db::open(url, options);
    }
    void TearDown() override {
        db.reset();
        if (!schema.empty()) change_schema(std::getenv("VERBATIM_TEST_POSTGRES"), false);
        std::filesystem::remove_all(folder);
    }

    // The tables of all these modules.
    void migrate(std::initializer_list<std::span<const storage::Migration>> modules) {
        std::vector<storage::Migration> all;
        for (const auto& module : modules) all.insert(all.end(), module.begin(), module.end());
        db->migrate(all);
    }
    std::string write_file(const std::string& name, const std::string& bytes) const {
        const auto path = folder / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path.string();
    }
    static std::string read_file(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }

    // Test programs run side by side: each has its schema.
    void change_schema(const std::string& server, bool create) const {
        storage::Db::open(server)->write([&](storage::Tx& tx) {
            tx.value<std::string>({"SELECT $1", "SELECT set_config('test.schema', $1, true)"}, schema);
            tx.exec({"SELECT 1", "DO $$ BEGIN EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', current_setting('test.schema')); END $$"});
            if (create) tx.exec({"SELECT 1", "DO $$ BEGIN EXECUTE format('CREATE SCHEMA %I', current_setting('test.schema')); END $$"});
        });
    }

    std::filesystem::path folder;
    std::string schema;
    std::unique_ptr<storage::Db> db;
};

inline const auto both_engines = ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql);
inline std::string engine_name(const ::testing::TestParamInfo<storage::Engine>& info) {
    return info.param == storage::Engine::sqlite ? "sqlite" : "postgresql";
}

}  // namespace verbatim::intake
