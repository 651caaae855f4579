#include "app/server/search_command.h"

#include <ostream>

#include "record/reviews/search.h"

namespace verbatim::server {

int rebuild_search(const Place& place, std::ostream& out) {
    const SystemClock clock;
    const House house(place, clock);
    out << reviews::rebuild_search(*house.db) << " reviews indexed\n";
    return 0;
}

}  // namespace verbatim::server
