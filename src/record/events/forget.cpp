#include "record/events/forget.h"

namespace verbatim::events {
namespace {

// By the index event_journey, whose condition stands here word by word.
constexpr storage::Sql delete_journey("DELETE FROM event WHERE ref = $1 AND substr(kind, 1, 8) = 'journey.' AND kind <> 'journey.forgotten'");

}  // namespace

std::int64_t forget_journey(storage::Tx& tx, std::string_view person) { return tx.exec(delete_journey, person); }

}  // namespace verbatim::events
