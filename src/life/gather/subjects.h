// What a subject of a file means here; for this module only.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/storage/storage.h"
#include "ground/base/result.h"
#include "life/gather/gather.h"

namespace verbatim::gather {

struct Subject {
    std::string name;            // "site:CODE" or "product:CODE"
    bool create = false;         // it is not there yet and is to be made
    bool is_site() const { return name.compare(0, 5, "site:") == 0; }
    std::string_view code() const { return std::string_view(name).substr(name.find(':') + 1); }
};

// Looks up and remembers. Safe on several threads.
class Subjects {
public:
    Subjects(storage::Db& db, Create create) : db_(db), create_(create) {}
    Result<Subject> resolve(const std::string& written);

private:
    Result<Subject> look_up(const std::string& written);

    storage::Db& db_;
    Create create_;
    std::mutex mutex_;
    std::unordered_map<std::string, Result<Subject>> known_;
};

}  // namespace verbatim::gather
