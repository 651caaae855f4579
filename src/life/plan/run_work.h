// Inside the run: what one look decides by, and some people of it.
#pragma once

#include "life/plan/run.h"

namespace verbatim::plan {

struct Run::Work {
    const Rules& rules;
    const Numbers& numbers;
    const Version& version;
    Seconds from = 0, now = 0;
};

// Read and decided in one snapshot.
struct Run::Slice {
    struct Head {
        std::int64_t number = 0, turn = 0;
        std::string customer;
        Seconds next = 0;  // as it stands
    };
    std::vector<Head> heads;
    // By head.
    std::vector<Member> members;
    std::vector<std::vector<Touch>> decided;
    std::vector<Seconds> next;
};

}  // namespace verbatim::plan
