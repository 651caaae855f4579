// The transport for demos and tests: each message a file. Internal to engine/mail.
#pragma once

#include <filesystem>

#include "engine/mail/mail.h"

namespace verbatim::mail {

// DIR/<message id>.eml, written to DIR/.tmp, synced and renamed: complete before it appears, and there after a power cut
// once delivered. The same Message-ID again replaces the file. Makes DIR; an Error when it cannot.
Result<std::unique_ptr<Transport>> make_outbox(const std::filesystem::path& directory);

// The file's name: the Message-ID's letters, digits and ".@_+-"; what had to be changed or cut, or has no id, gets a digest.
std::string outbox_name(std::string_view data);

}  // namespace verbatim::mail
