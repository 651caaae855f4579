// API keys: a program's way in. A key stands for a role on a branch, may have fewer permissions than its role, and ends by itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "record/access/access.h"

namespace verbatim::access {

struct KeyWish {
    std::string name, email, role, scope;
    std::string permissions;  // words with blanks; empty: all of the role
    std::string languages;    // "fr,en"
    Seconds expires_at = 0;   // 0: never
};
struct Key {
    std::string id, name, email, role, scope, branch, permissions, languages, made_by;
    Seconds created_at = 0, expires_at = 0, used_at = 0, revoked_at = 0;
};

struct Made {
    std::string id, secret;  // the secret is shown once; only its SHA-256 is kept
};
// invalid: "role" | "scope" | "permissions" | "email" | "languages" | "expires_at" as the field. `made_by` is a label.
Result<Made> make_key(storage::Tx& tx, Seconds now, const KeyWish& wish, std::string_view made_by);
std::vector<Key> keys(storage::Tx& tx, std::string_view branch, std::string_view after, int limit);
std::optional<Key> find_key_by_id(storage::Tx& tx, std::string_view id);
bool revoke_key(storage::Tx& tx, Seconds now, std::string_view id);

// For doors: within the holder's branch, for roles he may manage.
class Keys {
public:
    explicit Keys(Access& access) : access_(access) {}
    std::vector<Key> list(const Holder& holder, std::string_view after, int limit) const;
    Result<Made> make(const Holder& holder, KeyWish wish);
    Result<void> revoke(const Holder& holder, std::string_view id);

private:
    Access& access_;
};

struct FoundKey {
    Holder holder;
    bool stale = false;  // its last use is to be noted again
};
// Keys of older versions (personal_link) too.
std::optional<FoundKey> find_key(storage::Tx& tx, Seconds now, std::string_view secret);
void note_key_used(storage::Tx& tx, Seconds now, std::string_view id);

}  // namespace verbatim::access
