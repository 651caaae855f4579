// What comes back to the return address. Each message leaves with a return address of its own (VERP) that only we can have made, so
// a report is believed when it comes to that address, or holds the Message-ID, twenty random letters that the message's readers alone
// know. Taking the same report twice changes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/mail/returned.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::contact {

// "b-<message>-<12 hex digits of an HMAC under the vault's key>@<domain>".
std::string return_path(std::string_view message, std::string_view domain);
// The message of such an address; nothing where it is of another form, "" never. forged: of that form, and not ours.
struct OurReturnPath {
    std::string message;
    bool forged = false;
};
std::optional<OurReturnPath> read_return_path(std::string_view address);

// How many messages to an address may come back within a year because it was full, away or silent, before it is left alone. A plan
// writes a few times a year: a shorter window would never count so far.
inline constexpr int most_soft = 3;

struct TakenReturn {
    std::string message;  // empty: no message of ours, nothing was done
    std::string done;     // suppressed | counted | complaint | known (taken before) | no_address (its person is gone) | unknown | forged | no_report
};
// failed: the address gets no invitation, survey or marketing any more ("bounce"), the message counts as refused, and who asked for it is told as for a
// refusal at the door. delayed: counted, and the third message within a year suppresses ("soft_bounce"). complaint: at once ("complaint"),
// noted in the consent ledger. Norms EML-7, EML-8, EML-10. `recipient`: the envelope's, where the mail server tells it beside the message.
TakenReturn take_returned(storage::Tx& tx, Seconds now, const mail::Returned& returned, std::string_view recipient = {});

}  // namespace verbatim::contact
