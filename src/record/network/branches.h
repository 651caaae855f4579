// Branches of the organisation: brand -> country -> group -> dealer -> site -> adviser, and products. A branch is a text:
// "*", "country:FR", "group:G", "dealer:D", "site:CODE", "adviser:ID", "product:CODE". The table branch_subject says which subjects
// ("site:CODE", "product:CODE", "adviser:ID") lie on which branch; store() keeps it in the same transaction. Every list, figure, export
// and event is cut with it and with nothing else:
//
//     JOIN branch_subject b ON b.branch = $1 AND b.subject = X.subject
//
// A product lies on "*", on itself, and on its parent (a version on its model). An adviser lies on all his site's branches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "record/network/network.h"

namespace verbatim::network {

// From role and scope alone. An adviser's scope as an Actor is the id of his person ("17"): see actor_of. What cannot be understood is "",
// on which nothing lies.
std::string branch_of(const Actor& actor);
// The member of staff as an Actor of this role. `email` is his id; a site, group or country stays the scope's code.
Actor actor_of(const Person& person);

bool reaches(storage::Tx& tx, std::string_view branch, std::string_view subject);
// May a holder of `outer` drill down to `inner`? Nothing of `inner` lies beside `outer`, and something lies on it.
bool contains(storage::Tx& tx, std::string_view outer, std::string_view inner);
// The branch as somebody asked for it (?branch=), where the holder of `own` may; "" asks for his own. Nothing: as if it did not exist.
std::optional<std::string> narrowed(storage::Tx& tx, std::string_view own, std::string_view asked);

// For store(): puts the subject on its branches, and takes it from those it left.
void place(storage::Tx& tx, const Site& site);
void place(storage::Tx& tx, const Product& product);
void place(storage::Tx& tx, const Person& person);

}  // namespace verbatim::network
