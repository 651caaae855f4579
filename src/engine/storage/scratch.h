// A database of one's own, gone when the object goes: for tests and benches, on either engine.
#pragma once

#include <memory>
#include <string>

#include "engine/storage/storage.h"

namespace verbatim::storage {

class ScratchDatabase {
public:
    // SQLite: in a new folder below the temporary folder. PostgreSQL: on the server of VERBATIM_TEST_POSTGRES, a URL whose user
    // may make databases.
    explicit ScratchDatabase(Engine engine);
    ~ScratchDatabase();
    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;

    const std::string& url() const { return url_; }
    const std::string& folder() const { return folder_; }  // SQLite: where the file lies
    std::unique_ptr<Db> open(Options options = {}) const;  // makes it the first time

    // Is the engine there to test on? SQLite always; PostgreSQL where VERBATIM_TEST_POSTGRES is set.
    static bool available(Engine engine);

private:
    Engine engine_;
    std::string folder_;
    std::string url_;
};

}  // namespace verbatim::storage
