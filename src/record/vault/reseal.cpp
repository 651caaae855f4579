#include "record/vault/reseal.h"

#include "record/vault/vault.h"

namespace verbatim::vault {

std::int64_t reseal(storage::Db& db, storage::Sql next, storage::Sql update, const std::function<std::string(const std::string& key, std::string_view sealed)>& again) {
    constexpr int batch = 500;
    std::int64_t sealed = 0;
    std::string after;
    for (bool more = true; more;) {
        more = db.write([&](storage::Tx& tx) {
            const auto rows = tx.rows<std::string, storage::Blob>(next, after, batch);
            for (const auto& [key, bytes] : rows) {
                if (fresh(bytes.bytes)) continue;
                tx.exec(update, key, storage::Blob{again(key, bytes.bytes)});
                ++sealed;
            }
            if (!rows.empty()) after = std::get<0>(rows.back());
            return rows.size() == static_cast<std::size_t>(batch);
        });
    }
    return sealed;
}

}  // namespace verbatim::vault
