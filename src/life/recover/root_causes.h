// Why it went wrong: a list the brand may change. The packaged one has its words in eight languages (assets/root_causes.json).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/result.h"

namespace verbatim::recover {

struct RootCause {
    std::string key;                             // waiting, price_changed ...
    std::map<std::string, std::string> labels;   // language -> words
    bool packaged = false, active = true;
};
// Every cause in the order of the list, the packaged ones first where the brand did not order its own.
std::vector<RootCause> root_causes(storage::Tx& tx);
bool is_root_cause(storage::Tx& tx, std::string_view key);  // an active one

class RootCauses {
public:
    explicit RootCauses(storage::Db& db) : db_(db) {}
    std::vector<RootCause> list() const;
    // The whole list, in this order. A packaged cause that is left out is switched off, never lost: cases name it.
    Result<void> replace(const Actor& actor, const std::vector<RootCause>& causes);

private:
    storage::Db& db_;
};

}  // namespace verbatim::recover
