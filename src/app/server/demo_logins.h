// The demo's logins: one member of staff a role, one password for all of them, made once for each data folder and kept in it.
#pragma once

#include "app/server/house.h"

namespace verbatim::server {

// Makes what is missing and prints them.
void print_demo_logins(House& house);

}  // namespace verbatim::server
