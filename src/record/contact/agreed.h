// Who agreed to what needs a yes of its own, and who took it back. The newest word of a purpose holds; but no import undoes what a person
// said, nor what was closed for the mailbox the person is known under.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/contact/contact.h"

namespace verbatim::contact {

// May what happened with a person be told to the brand's data management platform? Only a yes suffices, and the default is no (norms GDP-1, EML-11).
inline constexpr std::string_view data_platform = "data_platform";

bool agreed(storage::Tx& tx, std::string_view customer, std::string_view purpose);
// Those of `customers`, a JSON list of ids, and since when.
std::map<std::string, Seconds, std::less<>> agreed_among(storage::Tx& tx, std::string_view customers, std::string_view purpose);
// Was there ever a yes, whatever came after it? Answers also for a person who is gone: the ledger stays.
bool ever_agreed(storage::Tx& tx, std::string_view customer, std::string_view purpose);

// Who said no, in the order it was said, from `since` on and behind the row `after`; at most `limit`. Of imports only to the data platform:
// what a dealer never asked about is no word of the person.
struct Left {
    std::int64_t row = 0;
    std::string customer, purpose;
    bool imported = false;
    Seconds at = 0;
};
std::vector<Left> left_since(storage::Tx& tx, Seconds since, std::int64_t after, int limit);

// Everybody who is known under this person's mailbox, the person first: an address that is closed is closed for all of them.
std::vector<std::string> at_one_mailbox(storage::Tx& tx, std::string_view customer);

}  // namespace verbatim::contact
