// How a value of the data becomes text by a template's function.
#pragma once

#include <string>

#include "engine/render/locale_impl.h"
#include "engine/render/template_source.h"

namespace verbatim::render {

// Appends `value` as `function` shows it; a value of the wrong kind appends itself.
void append_value(std::string& out, Function function, const Json& value, const LocaleImpl& locale, std::string_view timezone);

}  // namespace verbatim::render
