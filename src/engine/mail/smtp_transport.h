// Mail over SMTP: a few kept connections on one thread. Internal to engine/mail.
#pragma once

#include "engine/mail/mail.h"
#include "engine/mail/smtp_settings.h"

namespace verbatim::mail {

// An Error when the TLS files cannot be read. Connects only when there is something to send.
Result<std::unique_ptr<Transport>> make_smtp(SmtpSettings settings);

}  // namespace verbatim::mail
