// A review and a reply as the desk reads them. For this module only.
#pragma once

#include <nlohmann/json.hpp>

#include "life/reply/inbox.h"

namespace verbatim::api {

nlohmann::json reply_json(const reviews::Reply& reply);
nlohmann::json inbox_json(const reply::InboxLine& line);

}  // namespace verbatim::api
