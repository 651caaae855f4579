// The keys that identity data lies under (norm GDP-6). Who a customer is stands in sealed columns of a few tables; everything
// else knows random ids. The keys are a file of their own beside the database, `vault.key`, never in it: a stolen copy of the
// database names nobody.
//
// One process serves one platform, so the keys are the process's: open() reads them once, and what seals or opens asks here. A
// process that never called open() (unit tests) gets keys of its own that die with it; a database that was sealed under a file
// refuses them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::vault {

std::span<const storage::Migration> migrations();

// Reads `path`, or makes it where the database was never sealed and there is none. Throws std::runtime_error saying what to do
// where the file is missing or not the one this database was sealed under.
void open(storage::Db& db, Seconds now, const std::string& path);

// Bytes that only the keys open. `place` says where they lie ("customer ab12"): sealed bytes moved to another row do not open.
// The first four bytes name the key.
std::string seal(std::string_view plain, std::string_view place);
// Throws std::runtime_error where the bytes are damaged, were moved, or their key is gone.
std::string unseal(std::string_view sealed, std::string_view place);
// Were they sealed under the newest key?
bool fresh(std::string_view sealed);

// What equals what without saying what it is: 32 bytes, HMAC-SHA-256 under a key that never changes. `kind` keeps an e-mail
// apart from a number that reads the same; empty is how versions before the vault hashed suppressed addresses.
std::string keyed_hash(std::string_view kind, std::string_view value);

// A random salt of this day, the same for every process on this database, gone two days later: hashes made with it cannot be
// compared across days.
std::string salt_of_day(storage::Tx& tx, Seconds now);

// Where a database of an older version kept its own secret for hashes, the file takes it over; hashes made under it stay valid.
void adopt_pepper(const std::string& secret32);

// A new newest key, written to the file beside the older ones; those leave with drop_old().
void add_key(storage::Db& db, Seconds now);
// Older keys go from the file. The caller has sealed everything again.
void drop_old(storage::Db& db);
std::string path();

}  // namespace verbatim::vault
