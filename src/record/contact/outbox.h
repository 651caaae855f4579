// How a message comes by its row in the outbox, whichever way it goes: by mail, SMS, paper or telephone. Internal to record/contact.
#pragma once

#include "record/contact/contact.h"
#include "record/contact/identity.h"

namespace verbatim::contact {

// May whoever gets it leave it? What is owed (service) and what staff get stays.
bool may_leave(std::string_view topic);
// The token of the way out. One a message: it says who leaves, and from what, and dies with the customer.
std::string issue_way_out(storage::Tx& tx, Seconds now, std::string_view customer, std::string_view topic);
// GDPR 14(3)b: was the person named by a dealer, and not told so yet (norm GDP-2)?
bool owes_notice(storage::Tx& tx, const Customer& person);

// Keeps the row and moves the customer's last contact; its id, "" where a message of this key is there already. `way`: the mail's template,
// or sms | paper | call.
std::string keep_row(storage::Tx& tx, Seconds now, const Message& message, std::string_view topic, std::string_view locale, std::string_view way, const Letter& letter);

}  // namespace verbatim::contact
