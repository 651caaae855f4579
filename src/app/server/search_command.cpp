#include "app/server/search_command.h"

#include <unistd.h>

#include <iostream>

#include "record/reviews/search.h"

namespace verbatim::server {

int rebuild_search(const Place& place, std::ostream& out) {
    const SystemClock clock;
    const House house(place, clock);
    const bool watched = ::isatty(STDERR_FILENO) == 1;
    const auto indexed = reviews::rebuild_search(*house.db, [&](std::int64_t so_far) {
        if (watched) std::cerr << "\r" << so_far << " reviews" << std::flush;
    });
    if (watched) std::cerr << "\r";
    out << indexed << " reviews indexed\n";
    return 0;
}

}  // namespace verbatim::server
