// What several commands ask for: the platform they are about.
#pragma once

#include <CLI/CLI.hpp>

#include "app/server/house.h"

namespace verbatim::server {

struct Common {
    Place place;
    std::vector<std::string> sets;

    void data_option(CLI::App* command) {
        command->add_option("--data", place.data, "folder of the platform")->required()->type_name("DIR");
        command->add_option("--database", place.database, "sqlite (in DIR, the default) or postgresql://...")->default_str("sqlite")->type_name("URL");
    }
    void set_option(CLI::App* command) {
        command->add_option("--set", sets, "overrides a setting for this run")->type_name("KEY=VALUE")->take_all();
    }
    // Reads --set; throws with what to do where one is wrong.
    Place ready() {
        if (place.database.empty()) place.database = "sqlite";
        for (const auto& assignment : sets) {
            network::Settings check;
            if (const auto good = check.override_with(assignment); !good) throw std::runtime_error("--set " + assignment + ": " + good.error().message);
            const auto equals = assignment.find('=');
            place.overrides[assignment.substr(0, equals)] = assignment.substr(equals + 1);
        }
        return place;
    }
};

// Does something in the platform's house, which is composed: what is written leads to its pages.
template <class F>
int with_house(Common& common, F act) {
    const SystemClock clock;
    House house(common.ready(), clock);
    house.compose(common.place.base_url.empty() ? house.settings.text("server.base_url") : common.place.base_url);  // links in what is written
    return act(house);
}

}  // namespace verbatim::server
