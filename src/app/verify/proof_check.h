// `verbatim log check FILE`: one .tlog-proof, and the author's receipt with it, checked with nothing else at hand (norms TLG-2,
// TLG-9, AUT-5). No network.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace verbatim::verify {

struct ProofWish {
    std::string file, receipt;           // paths; no receipt: empty
    std::string key;                     // the log's verifier key, known from elsewhere
    std::vector<std::string> witnesses;  // verifier keys of witnesses the caller trusts
    std::size_t quorum = 0;              // how many of them must have cosigned; 0: all of them
};
// Prints what was checked, line by line; the last line begins with "verified" or "fault:". Returns the exit code: 0, 1 on any
// fault or where no key is given (then nothing is proven), 2 where a key given cannot be read.
int check_proof_file(const ProofWish& wish, std::ostream& out);

// The same on what was read. `receipt` empty: none.
int check_proof(const std::string& proof, const std::string& receipt, const ProofWish& wish, std::ostream& out);

}  // namespace verbatim::verify
