// Accounts and sessions as rows, inside the caller's transaction: for sign-in by password, link, passkey and directory alike. A token is 256
// random bits; its SHA-256 alone is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "record/network/network.h"

namespace verbatim::access {

// How far a sign-in has come. Below `full` the holder may do nothing but finish it (Permission::sign_in).
enum class Level {
    full,
    factor,  // the password was right, a second factor is asked for
    enrol,   // the brand wants a second factor and the account has none yet
};
std::string_view to_word(Level level);

// Where somebody signs in from.
struct Device {
    std::string agent;    // the User-Agent
    std::string address;  // network address
    std::string known;    // the token of the device's cookie, from an earlier sign-in
};

struct Account {
    std::string id, email, password, locale;  // password: as kept; empty: none yet
    Seconds password_at = 0, created_at = 0, seen_at = 0;
    std::int64_t person = 0;                  // the role it acted as last
    bool active = true;
};
std::optional<Account> find_account(storage::Tx& tx, std::string_view id);
std::optional<Account> find_account_by_email(storage::Tx& tx, std::string_view email);
// The account of this address, made where there is none.
Account keep_account(storage::Tx& tx, Seconds now, std::string_view email);

// `hash`: of crypto::hash_password.
void keep_password(storage::Tx& tx, Seconds now, std::string_view account, std::string_view hash);

struct Role {
    std::int64_t person = 0;
    std::string role, scope, branch, place;  // place: the name of what the scope is
    bool current = false;
};
// Active roles of an address, the mightiest first.
std::vector<network::Person> roles_of(storage::Tx& tx, std::string_view email);

struct SessionLine {
    std::string id, device, address;
    Level level = Level::full;
    Seconds created_at = 0, used_at = 0, ends_at = 0;
    bool current = false;
};

struct Opened {
    std::string token, id;
    Seconds ends_at = 0;
};
// A new session acting as the role the account acted as last. Nothing where the account is barred or has no active role.
std::optional<Opened> open_session(storage::Tx& tx, Seconds now, const Account& account, Level level, const Device& device, int hours);
// A second factor was given, or a password changed: the session goes on under a new token, the one before opens nothing any more.
std::optional<Opened> renew_session(storage::Tx& tx, Seconds now, std::string_view id, Level level, int hours);
void end_session(storage::Tx& tx, std::string_view id);
// All of an account but one; "" for all. How many.
int end_sessions(storage::Tx& tx, std::string_view account, std::string_view but);

// The device is known to belong to the account from now on: others' wrong passwords do not slow it down. Returns the token for its cookie,
// a new one where `device.known` was none of this account's.
std::string keep_device(storage::Tx& tx, Seconds now, std::string_view account, const Device& device);
bool is_known_device(storage::Tx& tx, std::string_view account, std::string_view token);

// What a browser calls itself, in two words: "Firefox, Windows".
std::string device_name(std::string_view agent);

}  // namespace verbatim::access
