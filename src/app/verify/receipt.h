// An author's receipt (contract "Receipt"): what the platform promised under its signature, that these words are in the log and
// will be decided about in time (norms TLG-2, AUT-5).
#pragma once

#include <string>
#include <string_view>

#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "ground/merkle/note.h"

namespace verbatim::verify {

struct Receipt {
    std::string review, leaf;  // the leaf's canonical bytes
    Seconds collected_at = 0, decide_by = 0;
};

// Opens the signed note over the other members, the commitment with salt and content, and reads the leaf. At most 1 MiB. Error
// code "receipt_malformed", or the note's.
Result<Receipt> open_receipt(std::string_view json, const merkle::VerifierKey& key);

}  // namespace verbatim::verify
