// Pages and mails from templates with context-aware escaping (ctemplate), in the reader's language (ICU MessageFormat).
// Values are never HTML: everything a handler passes is escaped for where it stands.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ground/base/calendar.h"

namespace verbatim::render {

using Json = nlohmann::json;
using Argument = std::pair<std::string_view, std::variant<std::string_view, std::int64_t, double>>;

// One language, or language and country ("fr", "fr-BE"). Missing keys fall back: fr-BE -> fr -> en.
// Thread-safe; formatters are cached per thread.
class Locale {
public:
    virtual ~Locale() = default;
    virtual const std::string& tag() const = 0;       // "fr-BE"
    virtual const std::string& language() const = 0;  // "fr"
    virtual std::string text(std::string_view key) const = 0;
    // ICU MessageFormat: "{count, plural, one {# review} other {# reviews}}"
    virtual std::string text(std::string_view key, std::span<const Argument> arguments) const = 0;
    std::string text(std::string_view key, std::initializer_list<Argument> arguments) const {
        return text(key, std::span(arguments.begin(), arguments.size()));
    }
    virtual std::string number(double value, int decimals) const = 0;  // 4,6
    virtual std::string date(Seconds moment) const = 0;                // 28 oct. 2026
    virtual std::string date_time(Seconds moment, std::string_view timezone = "UTC") const = 0;
};

// What a rendering met, for the tests that hold templates and sample data together.
struct Coverage {
    std::vector<std::string> missing;     // names asked for that the data does not have
    std::vector<std::string> evaluated;   // every expression and every section that was evaluated, as written
    std::vector<std::string> shown;       // sections that were shown, as written
    std::vector<std::string> expressions; // all that the template holds
    std::vector<std::string> sections;
};

// All catalogues of i18n/*.json and all templates, embedded in the binary; made once at start.
class Renderer {
public:
    static std::unique_ptr<Renderer> make();
    virtual ~Renderer() = default;
    // Best match for a tag, never fails (English last).
    virtual const Locale& locale(std::string_view tag) const = 0;
    // Is there a catalogue for this language ("fr", "fr-BE")?
    virtual bool speaks(std::string_view tag) const = 0;
    virtual std::vector<std::string> languages() const = 0;
    // From Accept-Language (RFC 9110 section 12.5.4).
    virtual const Locale& negotiate(std::string_view accept_language) const = 0;

    // A template of assets/templates by name without ending ("site": site.html.tpl). In `data`, strings and numbers fill {{NAME}}, true
    // shows {{#NAME}}..{{/NAME}}, an array of objects repeats it, an object opens it once. {{t:key}} is a catalogue text.
    virtual std::string html(std::string_view name, const Locale& locale, const Json& data) const = 0;
    // The same for plain text (mails; "mail_alert_text": mail_alert_text.txt.tpl): no HTML escaping.
    virtual std::string plain(std::string_view name, const Locale& locale, const Json& data) const = 0;
    // For tests and the preview: the names of all templates, NAME.html.tpl or NAME.txt.tpl; what a rendering met.
    virtual std::vector<std::string> templates(bool html) const = 0;
    virtual Coverage coverage(std::string_view name, bool html, const Locale& locale, const Json& data) const = 0;
};

// assets/templates/README.md describes what may stand between {{ and }}. An unknown template name or a template that does
// not parse is a defect of the program and throws std::logic_error.

// A file built into the binary: "style.css", "fonts/brygada.woff2". Empty where unknown.
struct Asset {
    std::string_view bytes;
    std::string_view content_type;
    std::string url;  // with the content's hash, for immutable caching: "/a/style.1f3a9c.css"
};
const Asset* asset(std::string_view name);
std::span<const Asset> assets();

}  // namespace verbatim::render
