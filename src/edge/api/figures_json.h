// Figures as they are written out. For this module only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "life/oversee/oversee.h"

namespace verbatim::api {

nlohmann::json asked_json(const oversee::Asked& asked);
nlohmann::json figures_json(const oversee::Cell& cell);
nlohmann::json change_json(const oversee::Cell& now, const oversee::Cell& before);  // figure by figure: by how much, and is it more than chance
nlohmann::json compared_json(const oversee::Compared& compared);                   // figures, before, change
nlohmann::json difference_json(const stats::Difference& difference);

// The same as one row of CSV: the columns' names, and a cell's values; empty where there is nothing to tell.
std::vector<std::string> figures_columns();
std::vector<std::string> figures_fields(const oversee::Cell& cell);

}  // namespace verbatim::api
