#include "engine/storage/engines.h"

namespace verbatim::storage {

std::unique_ptr<Db> open_postgresql(const std::string&, const Options&) {
    throw Failure("PostgreSQL is not built in yet; use sqlite:PATH");
}

}  // namespace verbatim::storage
