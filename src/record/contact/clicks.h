// The links of a letter. A click comes to the platform first and goes on from there: "/c/<message>-<16 hex digits>?to=TARGET". The
// digits are an HMAC under the vault's key over message and target, so nobody can make one that leads elsewhere: no open redirect.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::contact {

// `target`: a path of this platform without its language ("/sites/A1"), or an address the plan names.
std::string click_path(std::string_view message, std::string_view target);

// The message a signed link stands in; nothing where it is not ours or was changed.
std::optional<std::string> read_click(std::string_view token, std::string_view target);

// The picture that tells that a letter was opened: "/o/<message>-<16 hex digits>". It stands only in letters to people who agreed to be
// measured (consent "tracking", norm EML-11).
inline constexpr std::string_view measuring = "tracking";
std::string open_path(std::string_view message);
std::optional<std::string> read_open(std::string_view token);

// What is still known of that message; nothing once it or its person is gone.
struct Followed {
    std::string key, customer;
    Seconds sent_at = 0;
    bool refused = false;  // its person does not want to be followed: consent "tracking" was answered no
};
std::optional<Followed> message_followed(storage::Tx& tx, std::string_view message);

// The plan's letters by mail that left and were queued after `since`, oldest first: id and key.
std::vector<std::pair<std::string, std::string>> letters_since(storage::Tx& tx, Seconds since, int limit);

}  // namespace verbatim::contact
