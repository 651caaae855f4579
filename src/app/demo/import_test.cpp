// The demo's files go through the gates of any customer's, without one rejected row.
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

#include "app/demo/content.h"
#include "engine/storage/storage.h"
#include "ground/base/calendar.h"
#include "record/network/import.h"

namespace verbatim::demo {

TEST(DemoContent, TheNetworksImportTakesEveryRow) {
    const auto folder = std::filesystem::temp_directory_path() / ("verbatim-demo-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    {
        const auto db = storage::Db::open("sqlite:" + (folder / "demo.db").string(), {.create = true});
        db->migrate(network::migrations());
        const ManualClock clock(midnight({2026, 11, 20}));
        const intake::Options options{.progress = false, .rejected = (folder / "rejected.csv").string()};
        const auto sites = network::import_sites(*db, clock, "assets/demo/sites.csv", options);
        ASSERT_TRUE(sites.ok()) << sites.error().message;
        EXPECT_EQ(sites->taken, 60u);
        EXPECT_EQ(sites->rejected, 0u);
        const auto products = network::import_products(*db, clock, "assets/demo/products.csv", options);
        ASSERT_TRUE(products.ok()) << products.error().message;
        EXPECT_GE(products->taken, 30u);
        EXPECT_EQ(products->rejected, 0u);
        const auto people = network::import_people(*db, "assets/demo/people.csv", options);
        ASSERT_TRUE(people.ok()) << people.error().message;
        EXPECT_GE(people->taken, 250u);
        EXPECT_EQ(people->rejected, 0u);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace verbatim::demo
