// Did somebody of the house write this? (norms FRA-3, INC-4) Matches of the author with the people of the network are shown to a
// human, for five stars like for one; nothing is refused by a machine, and most matches are innocent: a mechanic buys a car too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/contact/contact.h"
#include "record/reviews/reviews.h"

namespace verbatim::moderate {

struct Author {
    std::string first_name, last_name, email, phone;
};
struct Place {
    std::string email, phone;                 // the site's own
    std::vector<std::string> staff_names;     // of the site and its group
    std::vector<std::string> staff_emails;    // of the site
    bool author_is_staff = false;             // the address stands in the list of people, wherever they work
    std::int64_t reviews_from_device = 0;     // of different authors on this site today, this one included
};
struct Insider {
    std::string rule;  // insider.email | insider.domain | insider.name | insider.phone | insider.device
    std::string what;  // what matched, for the human
};

inline constexpr std::int64_t device_threshold = 3;

// Pure: what is known in, what is suspicious out.
std::vector<Insider> insiders(const Author& author, const Place& place);

// Adds them to the findings (JSON array, or empty) of a review that was just collected.
void add_insiders(storage::Tx& tx, Seconds now, const reviews::Review& review, std::string& findings);

}  // namespace verbatim::moderate
