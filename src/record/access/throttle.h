// How wrong passwords slow down whoever gives them, and nobody else. Failures are counted by the pair of account and known device, or of
// account and network address; so who guesses from elsewhere makes nobody wait who signs in where he always does. A third count, of all
// unknown devices of an account together, slows a guess from a thousand addresses; known devices and the link by mail stay open to the owner.
// For this module only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::access {

struct Attempt {
    int wait_seconds = 0;            // not 0: not now
    std::vector<std::string> keys;   // counts this attempt stands in
};
// Counts the attempt before the password is looked at: a hundred at once are a hundred. `account` is the address that was typed, whether or
// not there is such an account. `known_device`: the hash of a device known to be his, or "".
Attempt begin_attempt(storage::Tx& tx, Seconds now, std::string_view account, std::string_view known_device, std::string_view address);
// It was right: it does not count.
void attempt_succeeded(storage::Tx& tx, const Attempt& attempt);

// The same for what may be asked for `most` times an hour (links by mail). false: not now.
bool take_one_of(storage::Tx& tx, Seconds now, std::string_view what, std::string_view of, int most);

std::int64_t purge_failures(storage::Tx& tx, Seconds before);

}  // namespace verbatim::access
