#include "edge/api/event_streams.h"

#include <gtest/gtest.h>

namespace verbatim::api {
namespace {

struct Door {
    EventStreams streams{{.all = 3, .of_one = 2}};
    std::shared_ptr<http::Stream> last;

    EventStreams::Opened open(const std::string& who) {
        last = std::make_shared<http::Stream>(http::Stream::Options{});
        return streams.open(last, who, "*", {}, {}, [](events::Place) { return events::Page{}; });
    }
};

TEST(EventStreams, WhoLooksOnFromTooManyPlacesIsRefused) {
    Door door;
    EXPECT_EQ(door.open("ann"), EventStreams::Opened::opened);
    EXPECT_EQ(door.open("ann"), EventStreams::Opened::opened);
    EXPECT_EQ(door.open("ann"), EventStreams::Opened::too_many_of_one);
    EXPECT_EQ(door.open("ben"), EventStreams::Opened::opened);
    EXPECT_EQ(door.open("cleo"), EventStreams::Opened::too_many);
    EXPECT_EQ(door.streams.count(), 3u);
}

// Someone who goes from page to page, faster than the sweep.
TEST(EventStreams, AStreamThatEndedDoesNotCount) {
    Door door;
    for (int page = 0; page < 50; ++page) {
        ASSERT_EQ(door.open("ann"), EventStreams::Opened::opened) << page;
        door.last->end();
    }
    EXPECT_LE(door.streams.count(), 2u);
    EXPECT_EQ(door.open("ben"), EventStreams::Opened::opened);
    EXPECT_EQ(door.open("cleo"), EventStreams::Opened::opened);
}

}  // namespace
}  // namespace verbatim::api
