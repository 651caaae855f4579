#include "record/vault/vault.h"

namespace verbatim::vault {

// `proof` is a known text sealed under the key: a wrong file shows at the start, not at the first customer.
std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"vault", 1, "keys the vault was sealed under, salts of the day", R"sql(
CREATE TABLE vault_key (
  id TEXT PRIMARY KEY,
  made_at BIGINT NOT NULL,
  proof BLOB NOT NULL
);
CREATE TABLE vault_day (
  day BIGINT PRIMARY KEY,
  salt BLOB NOT NULL
);
)sql"}};
    return list;
}

}  // namespace verbatim::vault
