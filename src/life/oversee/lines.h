// Lists below a branch: what is in them, their order, their pages. For this module only.
#pragma once

#include "life/oversee/oversee.h"

namespace verbatim::oversee {

struct Order {
    std::string by;         // key count mean low response_rate reply_rate in_time_rate win_back_rate change
    bool falling = false;
};
std::optional<Order> order_of(std::string_view sort);

// Keys and figures of a dimension; `brief`: only what lists are ordered by is filled where that is cheaper.
std::map<std::string, Cell> cells_of(storage::Tx& tx, figures::Reader& reader, const Asked& asked, std::string_view dimension, Period period, bool brief);
// Name, and the branch a closer look leads to.
void describe(storage::Tx& tx, const Asked& asked, std::string_view dimension, Line& line);
std::string name_of_branch(storage::Tx& tx, std::string_view branch);
// The dimensions that lie below, for moved(); true: service by service.
std::vector<std::pair<std::string, bool>> below(const Asked& asked);

Result<Lines> page_of(storage::Tx& tx, const Asked& asked, std::string_view dimension, const Order& order, const Page& page, bool ranked);

}  // namespace verbatim::oversee
