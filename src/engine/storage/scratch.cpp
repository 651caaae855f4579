#include "engine/storage/scratch.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "engine/storage/postgres_connection.h"
#include "ground/base/log.h"

namespace verbatim::storage {
namespace {

const char* test_server() { return std::getenv("VERBATIM_TEST_POSTGRES"); }

// postgresql://HOST/NAME?OPTIONS with another name.
std::string with_name(std::string url, const std::string& name) {
    const auto host = url.find("//") + 2;
    auto slash = url.find('/', host);
    const auto options = std::min(url.find('?', host), url.size());
    if (slash > options) slash = options;
    return url.substr(0, slash) + "/" + name + url.substr(options);
}

}  // namespace

bool ScratchDatabase::available(Engine engine) { return engine == Engine::sqlite || test_server() != nullptr; }

ScratchDatabase::ScratchDatabase(Engine engine) : engine_(engine) {
    static std::atomic<int> number{0};
    if (engine == Engine::sqlite) {
        std::string pattern = (std::filesystem::temp_directory_path() / "verbatim-scratch-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw Failure("cannot make a folder in " + pattern);
        folder_ = pattern;
        url_ = "sqlite:" + folder_ + "/scratch.db";
    } else {
        if (test_server() == nullptr) throw Failure("VERBATIM_TEST_POSTGRES is not set");
        url_ = with_name(test_server(), "scratch_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    }
}

ScratchDatabase::~ScratchDatabase() {
    if (engine_ == Engine::sqlite) {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
        return;
    }
    try {
        const auto host = url_.find("//") + 2;
        const auto slash = url_.find('/', host) + 1;
        PostgresConnection connection(url_, std::chrono::seconds(5), "postgres");
        connection.execute("DROP DATABASE IF EXISTS " + url_.substr(slash, url_.find('?') - slash) + " WITH (FORCE)");
    } catch (const Failure& failure) {
        log::warning("a scratch database remains", {{"error", failure.what()}});
    }
}

std::unique_ptr<Db> ScratchDatabase::open(Options options) const {
    options.create = true;
    return Db::open(url_, options);
}

}  // namespace verbatim::storage
