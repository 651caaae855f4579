// `verbatim mail-check`: what the DNS publishes about the sender's domain, held against how this platform sends (norm EML-5).
#pragma once

#include <iosfwd>

#include "app/server/house.h"
#include "engine/mail/dns_policy.h"

namespace verbatim::server {

// A line a finding; 1 where one is bad.
int mail_check(const House& house, const mail::TxtOf& txt_of, std::ostream& out);

}  // namespace verbatim::server
