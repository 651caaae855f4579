#include "life/recover/owed.h"

#include "life/recover/store.h"

namespace verbatim::recover {

bool call_owed(storage::Tx& tx, std::string_view review) {
    const auto record = case_of(tx, review);
    return record && record->closed_at == 0;
}

}  // namespace verbatim::recover
