// The body of C2SP tlog-witness's add-checkpoint (https://c2sp.org/tlog-witness, norm TLG-7): what the log asks a witness.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ground/merkle/note.h"

namespace verbatim::merkle {

inline constexpr std::size_t add_checkpoint_limit = 64 * 1024;  // bytes of one request: 63 hashes and a checkpoint with its signatures

struct AddCheckpoint {
    std::uint64_t old_size = 0;
    Proof proof;             // from the old size to the checkpoint's, at most 63 hashes
    std::string checkpoint;  // a signed note, verbatim
};
std::string encode(const AddCheckpoint& request);
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

}  // namespace verbatim::merkle
