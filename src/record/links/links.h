// Personal links: a 128-bit random token that stands for one right of one person, stored only as its SHA-256. A link is a
// small state machine; every page behind a link asks here, and a GET never changes a state.
//
//   open --use--> used        open --supersede--> superseded (a newer link took over)
//   open --withdraw--> withdrawn                open, past its time --> expired
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::links {

std::span<const storage::Migration> migrations();

enum class Purpose { invitation, author, unsubscribe, moderation, recovery, api_key, audit, answer, complaint, address, password, survey };
enum class State { open, used, expired, superseded, withdrawn };
std::string_view to_word(State state);

struct Link {
    Purpose purpose = Purpose::invitation;
    std::string ref;     // what it is about: an invitation, a review, a case ...
    std::string holder;  // who was given it: a customer's id or a staff e-mail
    State state = State::open;
    Seconds created_at = 0, expires_at = 0, used_at = 0;
};

// Returns the token (22 characters, base64url); only its hash is kept. expires_at 0: never.
std::string issue(storage::Tx& tx, Seconds now, Purpose purpose, std::string_view ref, std::string_view holder, Seconds expires_at);
// Nothing where the token is unknown or was given for another purpose.
std::optional<Link> find(storage::Tx& tx, Seconds now, Purpose purpose, std::string_view token);
// Uses it up. false where it was not open: of two at once exactly one gets true.
bool use(storage::Tx& tx, Seconds now, Purpose purpose, std::string_view token);
// All open links of this purpose and ref become superseded or withdrawn.
void supersede(storage::Tx& tx, Purpose purpose, std::string_view ref);
void withdraw(storage::Tx& tx, Purpose purpose, std::string_view ref);
// Erasure: the links of this ref go for good.
void forget(storage::Tx& tx, Purpose purpose, std::string_view ref);

}  // namespace verbatim::links
