// `verbatim evidence`: the certification pack as files, proofs of human duties, links for auditors.
#pragma once

#include <string>

#include "app/server/house.h"

namespace verbatim::server {

struct EvidenceWish {
    std::string out, from, to, at;                       // the pack
    std::string duty, on, by, note, file;                // a proof
    std::string email, role = "auditor";                 // a link
    std::string key;                                     // check: the log's key, known from elsewhere
};

int evidence_pack(const Place& place, const EvidenceWish& wish);    // evidence.json, evidence.pdf, evidence.note into wish.out
int evidence_duties(const Place& place);                            // what humans must do, and what was laid down last
int evidence_proof(const Place& place, const EvidenceWish& wish);
int evidence_link(const Place& place, const EvidenceWish& wish);
int evidence_check(const EvidenceWish& wish);                       // the files of wish.out against their signature

}  // namespace verbatim::server
