// C2SP tlog-policy (https://c2sp.org/tlog-policy, norm TLG-7): which logs, which witnesses, and how many of them must have
// cosigned a checkpoint before it is believed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/merkle/cosignature.h"

namespace verbatim::merkle {

struct Policy {
    struct Log {
        VerifierKey key;
        std::string url;  // may be empty
    };
    struct Witness {
        std::string name;  // inside the policy only
        WitnessKey key;
        std::string url;   // submission prefix; may be empty
    };
    struct Group {
        std::string name;
        std::size_t threshold = 1;
        std::vector<std::string> members;  // witnesses and groups before it
    };
    std::vector<Log> logs;
    std::vector<Witness> witnesses;
    std::vector<Group> groups;
    std::string quorum = "none";

    std::vector<WitnessKey> witness_keys() const;
};

// At most 64 KiB, 64 logs, witnesses and groups each. The error names the line.
Result<Policy> parse_policy(std::string_view text);
std::string encode(const Policy& policy);
// Is the quorum met by these of policy.witnesses (by their number)?
bool meets_quorum(const Policy& policy, const std::vector<std::size_t>& cosigned);

}  // namespace verbatim::merkle
