#include "record/access/access.h"

#include <algorithm>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "record/links/links.h"
#include "record/network/branches.h"

namespace verbatim::access {
namespace {

using storage::Tx;

// Words with blanks; an empty list holds everything.
bool lists(std::string_view words, std::string_view word) {
    if (words.empty()) return true;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

// A key made before keys had a table of their own: its link's ref is "ROLE SCOPE" or "ROLE SCOPE LANGUAGES".
std::optional<Holder> by_link(Tx& tx, Seconds now, std::string_view key) {
    const auto link = links::find(tx, now, links::Purpose::api_key, key);
    if (!link || link->state != links::State::open) return std::nullopt;
    const auto space = std::min(link->ref.find(' '), link->ref.size());
    const auto second = std::min(link->ref.find(' ', space + 1), link->ref.size());
    Holder holder;
    holder.actor = {ActorKind::staff, link->holder, link->ref.substr(0, space), space < link->ref.size() ? link->ref.substr(space + 1, second - space - 1) : ""};
    holder.branch = network::branch_of(holder.actor);
    if (second < link->ref.size()) holder.languages = link->ref.substr(second + 1);
    holder.via = "key";
    holder.ref = to_hex(crypto::sha256(key)).substr(0, 12);
    return holder;
}

}  // namespace

bool Holder::may(Permission permission) const { return access::may(actor.role, permission) && lists(scopes, to_word(permission)); }

Access::Access(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

std::optional<Holder> Access::by_key(std::string_view key) const {
    return db_.read([&](Tx& tx) { return by_link(tx, clock_.now(), key); });
}

}  // namespace verbatim::access
