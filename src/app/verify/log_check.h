// Reads the whole public log through one function and checks all of it: signature, tiles, root, leaves (norms TLG-1, TLG-3
// to TLG-6, TLG-10). Bundles and tiles are streamed; what stays in memory is the tree's edge and one record a review.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/verify/replay.h"
#include "ground/base/result.h"
#include "ground/merkle/note.h"
#include "ground/merkle/tile.h"

namespace verbatim::verify {

// A resource's bytes; ErrorKind::not_found where there is none.
using Fetch = std::function<Result<std::string>(std::string_view path)>;

// The key the log names for itself ("key"), when the caller pinned none.
Result<merkle::VerifierKey> published_key(const Fetch& log);

// A tile or bundle as the tree of a checkpoint has it.
Result<std::string> fetch_tile(const Fetch& log, const merkle::TilePath& path);

// What was found good. The error is the first fault, with the entry's place where one entry is to blame.
struct CheckedLog {
    merkle::Checkpoint checkpoint;
    std::string note;  // as it was signed and cosigned
    Replay replay;
};
// `also` is shown each entry that the replay allowed, in order.
using Observer = std::function<void(std::uint64_t index, const Entry& entry)>;
Result<CheckedLog> check_log(const Fetch& log, const merkle::VerifierKey& key, const Observer& also = {});

}  // namespace verbatim::verify
