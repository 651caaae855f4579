// The consent ledger (norm GDP-1; GDPR 7(1), 7(3)): per person and purpose what was agreed to or refused, on which basis, under
// which text, when, and where that was said. Rows are added, never changed: the newest of a purpose holds, the older ones are its
// proof. A row names its person by the random id only, so it may outlive an erasure without saying whose it was.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "record/contact/contact.h"

namespace verbatim::contact {

struct Consent {
    std::string customer;
    std::string purpose;       // invitation | survey | marketing | tracking | data_platform | publication | call
    std::string basis;         // yes | no | legitimate_interest | contract | soft_optin
    std::string text_version;  // of the words it was given under; "dealer" where a dealer asked in words of its own
    std::string source;        // import | form | unsubscribe_link | preference_page
    std::string detail;        // import: the site, which has the paper; form: the review
    Seconds at = 0;
};

void note_consents(storage::Tx& tx, std::span<const Consent> consents);
std::vector<Consent> consents_of(storage::Tx& tx, std::string_view customer);  // oldest first

// What the ledger proves, for the auditor: sends of invitations that no row of the ledger covers. Must be 0.
std::int64_t invitations_without_consent_row(storage::Tx& tx);
// People a dealer named who were written to and whose first letter carried no notice (norm GDP-2). Must be 0.
std::int64_t written_to_without_notice(storage::Tx& tx);

}  // namespace verbatim::contact
