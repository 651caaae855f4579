// A finding that the platform itself writes and sends (trends, drift), for this module only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ground/base/clock.h"
#include "life/analyse/trends.h"
#include "record/network/network.h"

namespace verbatim::analyse {

struct Told {
    std::string about;       // the finding's branch: "site:LAKE", "*"
    std::string title, text;
    std::string place;       // "about" as the mail says it
    std::vector<std::pair<std::string, std::string>> reviews;  // id and subject of those behind it
};

// Keeps it as sent and mails those of `people` who may read findings, each address once. Its id.
std::string tell_finding(storage::Tx& tx, Seconds now, const Told& told, const std::vector<network::Person>& people, const TrendOptions& options);

}  // namespace verbatim::analyse
