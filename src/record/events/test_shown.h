// For tests: PostgreSQL shows nobody an event while an older transaction of the server writes (decision 27), and the tests beside
// this one write to databases of the same server.
#pragma once

#include <chrono>
#include <stdexcept>
#include <thread>

#include "record/events/events.h"

namespace verbatim::events {

inline void wait_until_shown(storage::Db& db) {
    for (int tries = 0; tries < 10'000; ++tries) {
        const bool shown = db.read([](storage::Tx& tx) {
            const auto place = newest(tx);
            return tx.value<std::int64_t>("SELECT COUNT(*) FROM event WHERE (tx, id) > ($1, $2)", place.tx, place.id) == 0;
        });
        if (shown) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    throw std::runtime_error("another test's transaction on the PostgreSQL server has been open for 20 s");
}

}  // namespace verbatim::events
