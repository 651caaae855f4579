// What many people rated, in one go, for whoever decides about them together (life/plan).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::reviews {

struct Rated {
    std::string_view customer, review, experience;  // valid within the call
    int rating = 0;
    Seconds at = 0;
};
// `customers`: a JSON list of ids. By time; reviews without stars are left out.
void rated_by(storage::Tx& tx, std::string_view customers, const std::function<void(const Rated&)>& each);

// Authors of reviews submitted after `since`, by time; at most `limit`.
struct Author {
    std::string customer;
    Seconds at = 0;
};
std::vector<Author> authors_since(storage::Tx& tx, Seconds since, int limit);

}  // namespace verbatim::reviews
