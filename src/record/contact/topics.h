// Messages of the contact plan, each under a right of its own: marketing and survey beside invitation and service (norm EML-10). They
// pass the same gate as every other message; a topic is the word a suppression and a consent are kept under.
#pragma once

#include "record/contact/contact.h"

namespace verbatim::contact {

// marketing | survey | service | invitation; `message.purpose` counts no more. Whoever leaves by the link in it leaves every topic but
// service: somebody who wants to be left in peace is not asked which peace.
Queued queue_as(storage::Tx& tx, Seconds now, const Message& message, std::string_view topic);

void suppress_as(storage::Tx& tx, Seconds now, std::string_view email, std::string_view topic, std::string_view why);
void allow_as(storage::Tx& tx, std::string_view email, std::string_view topic);
bool suppressed_as(storage::Tx& tx, std::string_view email, std::string_view topic);
bool suppressed_as_either(storage::Tx& tx, std::string_view email, std::string_view topic, std::string_view other);

// The state of the message of this key: waiting | sent | refused | cancelled, "" where there is none (any more).
std::string state_of(storage::Tx& tx, std::string_view key);

}  // namespace verbatim::contact
