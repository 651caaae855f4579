// Who may be asked is committed to in the public log before anybody is: `batch` leaves, and later `outcome` leaves that say
// what became of each batch (promise 1; norms COL-7, TLG-1). Every experience of a site that came in belongs to one batch,
// also those that are suppressed at once, so that nobody can be left out in silence.
//
//   open --seal--> sealed (leaf `batch`) --release--> released (invitations may leave) --close--> closed (leaf `outcome`)
//
// The commitment is the root of an RFC 6962 tree whose leaves are SHA-256(00 || salt || content), sorted; the salt is 32 random
// bytes a member and goes with the person, the content is canonical JSON of experience, kind, occurred_on and site.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ground/merkle/tree.h"
#include "record/experiences/experiences.h"
#include "record/ledger/ledger.h"

namespace verbatim::experiences {

using BatchId = std::int64_t;

// The batch that experiences of this site join now. It is locked until the transaction ends: sealing waits for who is
// joining. Ask for several sites in the order of their codes, or two imports may wait for each other.
BatchId open_batch(storage::Tx& tx, std::string_view site);

// What a member contributes to the tree: its canonical content, and its leaf's 32 bytes.
std::string member_content(const Experience& experience);
std::string member_leaf(std::string_view salt, const Experience& experience);

// Experiences from before batches were kept join one; returns how many of at most `most` there were.
int adopt(storage::Tx& tx, int most);

// Commits to up to `most` open batches that have members: day, part, leaf. Returns how many.
int seal(storage::Tx& tx, Seconds now, int most);

// Sealed batches whose leaf a signed checkpoint covers and whose invitations do not go out yet.
std::vector<BatchId> releasable(storage::Tx& tx, int most);
bool waits_for_checkpoint(storage::Tx& tx);  // some sealed batch is not there yet
struct Waiting {
    std::string id, kind, occurred_on;
};
// Members that are neither invited nor suppressed, by id after `after`.
std::vector<Waiting> waiting_members(storage::Tx& tx, BatchId batch, std::string_view after, int most);
void mark_released(storage::Tx& tx, BatchId batch, Seconds now);
bool released(storage::Tx& tx, BatchId batch);

// Says in the log what became of a batch once all its members are final; false where they are not, or it was said.
bool close_if_final(storage::Tx& tx, BatchId batch, Seconds now);
// Released batches after this one that nobody is open in.
std::vector<BatchId> closable(storage::Tx& tx, BatchId after, int most);
// Locks the batch of this experience where its outcome is not logged yet.
bool lock_unclosed_batch_of(storage::Tx& tx, std::string_view experience);

// Proof for one person that his experience was committed to: SHA-256(00 || salt || content) is in the tree whose root the
// leaf names. Nothing before the batch is sealed, and nothing once the salt is gone.
struct Membership {
    std::string salt, content;
    std::int64_t index = 0, size = 0;
    merkle::Proof path;
    ledger::EntryId entry = 0;
};
std::optional<Membership> membership(storage::Tx& tx, std::string_view experience);

}  // namespace verbatim::experiences
