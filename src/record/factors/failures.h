// Wrong answers of an account, and how long it waits for them. For this module only.
#pragma once

#include "record/factors/factors.h"

namespace verbatim::factors {

// Says how to go on where the account has to wait.
std::optional<Error> must_wait(storage::Tx& tx, Seconds now, std::string_view account);
void count_failure(storage::Tx& tx, Seconds now, std::string_view account);
void forget_failures(storage::Tx& tx, std::string_view account);

}  // namespace verbatim::factors
