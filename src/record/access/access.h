// Who comes in: members of staff with a session, programs with an API key. What they may do stands in permissions.h, on what in
// record/network/branches.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "record/access/permissions.h"

namespace verbatim::access {

// Somebody who came in.
struct Holder {
    Actor actor;
    std::string branch;      // network::branch_of(actor)
    std::string languages;   // "fr,en", given with a key; empty: as people.csv says
    std::string via;         // "session" or "key"
    std::string ref;         // which session or key: an id that opens nothing
    std::string scopes;      // a key's permissions, words with blanks; empty: all of its role

    bool may(Permission permission) const;
};

class Access {
public:
    Access(storage::Db& db, const Clock& clock);
    // Nothing for an unknown, ended or expired key.
    std::optional<Holder> by_key(std::string_view key) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::access
