// How compose() is put together, for texts that come coded already. Internal to engine/mail.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/mail/body_text.h"
#include "engine/mail/mail.h"

namespace verbatim::mail {

using PartWriter = std::function<void(std::string& out)>;

// Content-Type, Content-Transfer-Encoding and the blank line.
void append_part_head(std::string& out, std::string_view type, Coding coding);

// The message with a part for its text and one for its HTML, each written by its writer; `html` may be empty. `size`: of both, about.
std::string compose_with(const Message& message, std::size_t size, const PartWriter& text, const PartWriter& html);

}  // namespace verbatim::mail
