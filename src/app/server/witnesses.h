// The witnesses this platform's log asks (settings log.witnesses, log.witnesses_ca).
#pragma once

#include <memory>
#include <string>

#include "ground/base/clock.h"
#include "record/ledger/witnesses.h"
#include "record/network/settings.h"

namespace verbatim::server {

// Null where no policy file is set. Throws, saying the line, where the file cannot be used.
std::unique_ptr<ledger::Witnesses> make_witnesses(storage::Db& db, const Clock& clock, ledger::Ledger& ledger, const network::Settings& settings);

// /log/policy: the policy as anyone may use it to check this log's proofs, and as comments where each witness stands.
std::string policy_text(const ledger::Ledger& ledger, const ledger::Witnesses* witnesses, const std::string& log_url);

}  // namespace verbatim::server
