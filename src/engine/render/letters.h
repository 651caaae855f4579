// The letters of the contact plan: layouts of assets/letters, made by MJML, and words of i18n/plan, in languages of their own. The
// pages speak fewer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/render/render.h"

namespace verbatim::render {

// Made at first use, for the program's life. Thread-safe.
const Renderer& letters();

// The arguments a text asks for; nothing where there is no such text.
std::optional<std::vector<std::string>> needs(const Locale& locale, std::string_view key);

}  // namespace verbatim::render
