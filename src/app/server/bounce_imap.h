// What came back to a mailbox that is read by IMAP: `verbatim bounce --imap`, and the server every few minutes.
#pragma once

#include <atomic>
#include <iosfwd>
#include <optional>
#include <string>

#include "engine/mail/imap.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "record/network/settings.h"

namespace verbatim::server {

// As mail.bounce_imap* say; nothing where none is named. Throws std::runtime_error where they cannot be used.
std::optional<mail::ImapSettings> mailbox_of(const network::Settings& settings);

// Everything unseen: taken first, marked as seen when that is durable, so a kill between the two reads a message again, which changes nothing.
// What was read, in words; "" where there was nothing. An Error where the server does not answer: what it holds waits.
Result<std::string> take_mailbox(storage::Db& db, const Clock& clock, const mail::ImapSettings& settings, const std::atomic<bool>& stop);

// Exit 75 (EX_TEMPFAIL) where the server does not answer.
int bounce_imap(storage::Db& db, const Clock& clock, const network::Settings& settings, std::ostream& out, std::ostream& err);

}  // namespace verbatim::server
