// The brand's own directory from the settings access.oidc.*, and what sign-in leaves behind.
#pragma once

#include <memory>
#include <string>

#include "engine/storage/storage.h"
#include "record/directory/directory.h"
#include "record/network/settings.h"

namespace verbatim::server {

// Null where no issuer is set. Throws std::runtime_error saying what to do where the settings do not fit together.
std::unique_ptr<directory::Directory> make_directory(const network::Settings& settings, const Clock& clock, const std::string& base_url);

// Passkey challenges nobody answered, ID tokens of sessions long over.
void purge_factors(storage::Db& db, const Clock& clock);

}  // namespace verbatim::server
