// What reads customers' words in this house: the models that ship or those that were activated, and the themes it was taught. Read
// from the database when something changed there, so that all processes read alike.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/understand/teach.h"
#include "ground/understand/understanding.h"
#include "record/readings/kept.h"
#include "record/readings/readings.h"

namespace verbatim::server {

class Readers {
public:
    explicit Readers(storage::Db& db) : db_(db) {}

    struct Current {
        std::int64_t change = -1;
        std::shared_ptr<const understand::Understanding> models;
        std::vector<understand::TaughtTheme> taught;  // named by their ids
        std::map<std::string, std::string, std::less<>> names;
        readings::Reader reader;
    };
    std::shared_ptr<const Current> of(storage::Tx& tx) const;
    std::shared_ptr<const Current> now() const;

    // A theme's name in a language, else in English, else its id; a taught one's is its own in all.
    std::string name(std::string_view theme, std::string_view language) const;

private:
    storage::Db& db_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Current> current_;
};

}  // namespace verbatim::server
