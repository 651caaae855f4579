// `verbatim user ...`, `verbatim key ...`, `verbatim audit ...`: who comes in, from the command line.
#pragma once

#include <string>

#include "app/server/house.h"

namespace verbatim::server {

struct UserWish {
    std::string email, role, scope = "*", name, locale;
    bool enable = false;
};
int user_add(const Place& place, const UserWish& wish);      // prints a one-time link
int user_list(const Place& place);
int user_disable(const Place& place, const UserWish& wish);  // the whole account, or with a role that role alone
int user_link(const Place& place, const UserWish& wish);
int user_reset_factors(const Place& place, const UserWish& wish);

struct KeyOrder {
    std::string email, role, scope = "*", languages, name, permissions, expires;
};
int key_add(const Place& place, const KeyOrder& order);

int audit_verify(const Place& place, const std::string& kept_head);

}  // namespace verbatim::server
