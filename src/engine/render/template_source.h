// From a template as it is written (assets/templates/README.md) to what ctemplate compiles: partials put in, catalogue texts
// put in, and every {{expression}} and {{#section}} given a number, under which ctemplate asks for it when it expands.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::render {

// "SITE.NAME", ".": where a value stands in the data; looked up from the innermost section outwards.
struct Path {
    std::vector<std::string> segments;  // empty: the current item itself
};

enum class Function {
    value,     // the value itself
    lines,     // the value, line breaks kept
    date,      // 28 oct. 2026, from "2026-10-28" or seconds
    datetime,  // with the time, in the data's "TIMEZONE"
    iso,       // for <time datetime>
    number,    // 1 284
    decimal,   // 4,6
    percent,   // 68 %, from 0.68
    rate,      // 1,2 %, from 0.012
    bar,       // 68, from 0.68: a length of 100
    stars,     // 92, from 4.6: a length of 100
    duration,  // 3 h 32 min, from seconds of either sign
    country,   // France, from FR
    language,  // français, from fr
    dial,      // +33123456789, for tel:
    json,      // finished JSON, made safe inside <script>
    text,      // a catalogue text with arguments
};

struct NamedExpression;

struct Expression {
    std::string written;  // as in the template, for messages and tests
    Function function = Function::value;
    Path path;
    std::string key;            // text: the key, or its beginning when `path` gives the rest
    bool key_from_path = false;
    std::vector<NamedExpression> arguments;
};

struct NamedExpression {
    std::string name;
    Expression value;
};

struct Section {
    std::string written;
    Path path;
    bool negated = false;    // {{^name}}
    bool once = false;       // {{?name}}: a condition; a list is not gone through
    std::optional<std::string> equals;
};

struct TemplateSource {
    std::string text;  // for ctemplate: {{_3}}, {{#_7}}...{{/_7}}; expressions and sections share one numbering
    std::vector<std::optional<Expression>> expressions;
    std::vector<std::optional<Section>> sections;
};

// How the outside is seen while a template is prepared.
struct TemplateWorld {
    std::function<std::optional<std::string_view>(std::string_view name)> partial;      // by name without folder and ending
    std::function<std::optional<std::string>(std::string_view key)> fixed_text;         // a catalogue text without arguments
    std::function<std::optional<std::string>(std::string_view name)> asset_url;
};

// `html`: catalogue texts are escaped, indentation goes. Throws std::logic_error naming the template and line at fault.
TemplateSource prepare_template(std::string_view name, std::string_view text, bool html, const TemplateWorld& world);

}  // namespace verbatim::render
