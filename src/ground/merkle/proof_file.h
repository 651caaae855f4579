// C2SP tlog-proof (https://c2sp.org/tlog-proof, norm TLG-9): one text file that proves, offline, that an entry is in a log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/result.h"
#include "ground/merkle/note.h"
#include "ground/merkle/tree.h"

namespace verbatim::merkle {

struct ProofFile {
    std::optional<std::string> extra;  // opaque bytes that nothing vouches for
    std::uint64_t index = 0;
    Proof hashes;                      // from the leaf's sibling up
    std::string checkpoint;            // a signed note, verbatim
};

std::string encode(const ProofFile& file);
Result<ProofFile> parse_proof_file(std::string_view text);
// Signature, origin and inclusion of the entry; the checkpoint it was proved against.
Result<Checkpoint> verify(const ProofFile& file, std::string_view entry, const VerifierKey& key);

}  // namespace verbatim::merkle
