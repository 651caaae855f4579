// The tables that cmake/embed.cmake makes from files.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace verbatim::render {

struct EmbeddedFile {
    const char* name;   // "templates/site.html.tpl", "style.css"
    const char* bytes;  // a zero byte follows the last one
    std::uint64_t size;
    const char* hash;  // first 10 hexadecimal digits of the content's SHA-256

    std::string_view content() const { return {bytes, size}; }
};

std::span<const EmbeddedFile> embedded_resources();  // templates/**, letters/*, i18n/*.json, i18n/plan/*.json
std::span<const EmbeddedFile> embedded_assets();     // what /a/ and /w/ serve

}  // namespace verbatim::render
