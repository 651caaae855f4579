// Reads back a message this module composed: for the demo's outbox, its invented readers, and tests. Not a reader of
// strangers' mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/mail/mail.h"

namespace verbatim::mail {

struct Parts {
    std::string subject, from, to, language;  // decoded UTF-8
    Seconds date = 0;                         // 0 where it cannot be read
    std::string text, html;                   // decoded, line ends as \n; empty where absent
    std::vector<Attachment> attachments;
};
Parts parse_parts(std::string_view message);

}  // namespace verbatim::mail
