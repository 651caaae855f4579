// Plain chance and planted changes through the same function: how often it is wrong, how late it is, and whom it names.
#include "life/analyse/change.h"

#include <gtest/gtest.h>

#include <random>

namespace verbatim::analyse {
namespace {

// A network of 12 sites in 3 countries with 4 models; about 12 reviews a site and model in four weeks. Days of one "complaint" theme each.
struct World {
    std::mt19937_64 dice{7};
    std::vector<Cell> cells;
    std::vector<std::string> themes;
    std::vector<double> usual;
    std::vector<std::vector<std::vector<Share>>> days;  // day, cell, theme

    explicit World(std::uint64_t seed) : dice(seed) {
        for (int s = 0; s < 12; ++s) {
            for (int m = 0; m < 4; ++m) cells.push_back({"S" + std::to_string(s), "M" + std::to_string(m), "C" + std::to_string(s % 3), 0, 0, {}});
        }
        for (int t = 0; t < 20; ++t) {
            themes.push_back("t" + std::to_string(t));
            usual.push_back(0.01 + 0.005 * t);
        }
    }
    template <class Planted>
    void live(int count, Planted&& planted) {
        std::poisson_distribution<int> arrivals(12.0 / 28);
        std::uniform_real_distribution<double> chance;
        for (int d = 0; d < count; ++d) {
            auto& day = days.emplace_back(cells.size(), std::vector<Share>(themes.size()));
            for (std::size_t c = 0; c < cells.size(); ++c) {
                for (int n = arrivals(dice); n > 0; --n) {
                    for (std::size_t t = 0; t < themes.size(); ++t) day[c][t] += {chance(dice) < usual[t] * planted(cells[c], t) ? 1 : 0, 1};
                }
            }
        }
    }
    std::vector<Change> look() const {
        auto counted = cells;
        const auto end = days.size(), now = end - 28, from = now > 365 ? now - 365 : 0;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            for (std::size_t d = from; d < end; ++d) (d >= now ? counted[c].now : counted[c].before) += days[d][c][0].n;
            for (std::size_t t = 0; t < themes.size(); ++t) {
                std::pair<std::int64_t, std::int64_t> two;
                for (std::size_t d = from; d < end; ++d) (d >= now ? two.second : two.first) += days[d][c][t].k;
                counted[c].complaints[themes[t]] = two;
            }
        }
        return changes(counted);
    }
};

TEST(Changes, ChanceAloneIsSilent) {
    // Twenty themes in thirty-one places, looked at once a week for two years: 620 chances a week to be wrong.
    int told = 0, looks = 0;
    World world(1);
    world.live(365, [](const Cell&, std::size_t) { return 1.0; });
    for (int week = 0; week < 104; ++week, ++looks) {
        world.live(7, [](const Cell&, std::size_t) { return 1.0; });
        told += static_cast<int>(world.look().size());
    }
    std::printf("false alarms: %d in %d weekly looks at %zu places and themes each\n", told, looks, std::size_t{20 * (12 + 12 + 4 + 3)});
    EXPECT_LE(told, 5);  // of 104 looks: what one in twenty would be
}

TEST(Changes, APlantedChangeIsFoundInItsPlaceAndNoOther) {
    struct Plant {
        const char* name;
        Where where;
        std::string site, product, country;
        std::function<bool(const Cell&)> in;
    };
    const Plant plants[] = {
        {"a model in a country", Where::model_in_country, "", "M2", "C1", [](const Cell& c) { return c.product == "M2" && c.country == "C1"; }},
        {"a model everywhere", Where::model, "", "M1", "", [](const Cell& c) { return c.product == "M1"; }},
        {"a site", Where::site, "S4", "", "", [](const Cell& c) { return c.site == "S4"; }},
        {"a country", Where::country, "", "", "C0", [](const Cell& c) { return c.country == "C0"; }},
    };
    struct Size {
        double share;
        int least;  // of ten worlds, within six weeks
    };
    // A cell of this world has some fifty reviews in four weeks: what one can see there is not small.
    for (const auto& [share, least] : {Size{0.25, 5}, Size{0.40, 9}}) {
        for (const auto& plant : plants) {
            int found = 0, elsewhere = 0, days_late = 0;
            constexpr int worlds = 10;
            for (int seed = 0; seed < worlds; ++seed) {
                World world(100 + static_cast<std::uint64_t>(seed));
                world.live(365, [](const Cell&, std::size_t) { return 1.0; });
                const auto planted = [&](const Cell& cell, std::size_t theme) { return theme == 10 && plant.in(cell) ? share / 0.06 : 1.0; };
                for (int week = 1; week <= 6; ++week) {
                    world.live(7, planted);
                    bool here = false;
                    for (const auto& one : world.look()) {
                        const bool right = one.theme == "t10" && one.where == plant.where && one.site == plant.site && one.product == plant.product && one.country == plant.country;
                        here = here || right;
                        if (!right) ++elsewhere;  // mostly a part of the place, while the whole is not sure yet
                    }
                    if (!here) continue;
                    ++found;
                    days_late += 7 * week;
                    break;
                }
            }
            std::printf("%s, complaints from 6 %% to %.0f %%: found in %d of %d, after %.0f days, %d others named\n", plant.name, 100 * share, found, worlds, found == 0 ? 0.0 : double(days_late) / found, elsewhere);
            EXPECT_GE(found, least) << plant.name;
            EXPECT_LE(elsewhere, 6) << plant.name;
        }
    }
}

TEST(Changes, AreDatedWhereTheSharesPart) {
    std::vector<Share> days(60, Share{0, 10});
    for (std::size_t d = 0; d < 60; d += 5) days[d].k = 1;
    for (std::size_t d = 44; d < 60; ++d) days[d].k = 4;
    EXPECT_EQ(since(days), 44u);
    EXPECT_EQ(since({}), 0u);
}

}  // namespace
}  // namespace verbatim::analyse
