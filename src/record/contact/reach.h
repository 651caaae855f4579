// What a decision about many people must know of each: where they live, what can reach them, what they agreed to. Set-based,
// and without opening the vault: no name and no address is read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::contact {

struct Reach {
    std::string_view customer, locale, country;  // valid within the call
    bool mail = false, phone = false, postal = false;  // an address is known, and paper did not come back from it
    bool told = false;  // who named them, where that was a dealer (norm GDP-2): by SMS and telephone there is no room to say it first
};
// `customers`: a JSON list of ids. Who is gone is left out.
void reach_of(storage::Tx& tx, std::string_view customers, const std::function<void(const Reach&)>& each);

struct Said {
    std::string_view customer, purpose, basis;
    Seconds at = 0;
};
// The purpose of a wish for or against a channel: "channel_call".
inline constexpr std::string_view channel_wish = "channel_";
// Their consents, oldest first: the last of a purpose holds.
void said_by(storage::Tx& tx, std::string_view customers, const std::function<void(const Said&)>& each);

// Who has this number at the importer.
std::optional<std::string> customer_by_number(storage::Tx& tx, std::string_view external);

}  // namespace verbatim::contact
