#include "engine/render/template_source.h"

#include <map>
#include <stdexcept>

namespace verbatim::render {
namespace {

constexpr int deepest_partial = 8;

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    for (text = trim(text); !text.empty(); text = trim(text)) {
        const auto end = std::min(text.find_first_of(" \t\n"), text.size());
        found.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return found;
}

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

bool is_path(std::string_view text) {
    if (text == ".") return true;
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos && text.find("..") == std::string_view::npos;
}

const std::map<std::string_view, Function>& functions() {
    static const std::map<std::string_view, Function> all = {
        {"lines", Function::lines},     {"date", Function::date},       {"datetime", Function::datetime}, {"iso", Function::iso},
        {"number", Function::number},   {"decimal", Function::decimal}, {"percent", Function::percent},   {"bar", Function::bar},
        {"stars", Function::stars},     {"country", Function::country}, {"language", Function::language}, {"json", Function::json},
        {"duration", Function::duration},  {"rate", Function::rate},       {"dial", Function::dial},
    };
    return all;
}

class Preparer {
public:
    Preparer(std::string_view name, bool html, const TemplateWorld& world) : name_(name), html_(html), world_(world) {}

    TemplateSource take(std::string_view text) {
        run(text, {}, 0);
        if (!open_.empty()) fail("{{#" + open_.back().written + "}} is not closed");
        return std::move(out_);
    }

private:
    struct Open {
        std::string written;
        std::size_t number = 0;
        bool fixed = false;    // decided here, by an asset that is there or not
        bool skipped = false;
    };

    void run(std::string_view text, const std::map<std::string, std::string, std::less<>>& parameters, int depth) {
        if (depth > deepest_partial) fail("partials nest too deep");
        while (!text.empty()) {
            const auto end = text.find('\n');
            const std::string_view whole = text.substr(0, end == std::string_view::npos ? text.size() : end + 1);
            text.remove_prefix(whole.size());
            line(whole, parameters, depth);
        }
    }

    // A line that holds nothing but section tags, partials and comments leaves no line behind.
    void line(std::string_view whole, const std::map<std::string, std::string, std::less<>>& parameters, int depth) {
        ++line_;
        const std::string filled = fill(whole, parameters);
        std::string_view rest = filled;
        const bool silent = only_silent_tags(rest);
        if (silent || html_) rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
        if (html_ && rest == "\n") return;
        while (!rest.empty()) {
            const auto open = rest.find("{{");
            if (!silent) literal(rest.substr(0, open));
            if (open == std::string_view::npos) break;
            const auto close = rest.find("}}", open);
            if (close == std::string_view::npos) fail("a tag is not closed on its line");
            tag(trim(rest.substr(open + 2, close - open - 2)), depth);
            rest.remove_prefix(close + 2);
        }
    }

    static bool only_silent_tags(std::string_view rest) {
        bool any = false;
        for (rest = trim(rest); !rest.empty(); rest = trim(rest)) {
            if (!rest.starts_with("{{") || rest.size() < 5) return false;
            const char sigil = rest[2];
            if (sigil != '#' && sigil != '?' && sigil != '^' && sigil != '/' && sigil != '>' && sigil != '!') return false;
            const auto close = rest.find("}}");
            if (close == std::string_view::npos) return false;
            rest.remove_prefix(close + 2);
            any = true;
        }
        return any;
    }

    // [[name]] inside a partial is what the line that includes it gave: {{>field name=title}}.
    std::string fill(std::string_view text, const std::map<std::string, std::string, std::less<>>& parameters) const {
        std::string out;
        for (;;) {
            const auto open = text.find("[[");
            out += text.substr(0, open);
            if (open == std::string_view::npos) return out;
            const auto close = text.find("]]", open);
            if (close == std::string_view::npos) fail("[[ without ]]");
            const auto found = parameters.find(text.substr(open + 2, close - open - 2));
            if (found == parameters.end()) fail("no value for " + std::string(text.substr(open, close + 2 - open)));
            out += found->second;
            text.remove_prefix(close + 2);
        }
    }

    void tag(std::string_view text, int depth) {
        if (text.empty()) fail("empty tag");
        const std::string_view rest = trim(text.substr(1));
        switch (text.front()) {
            case '!': return;
            case '>': return include(rest, depth);
            case '#':
            case '?':
            case '^': return open_section(text.front(), rest);
            case '/': return close_section(rest);
            default: break;
        }
        if (skipping()) return;
        if (text.starts_with("asset:")) {
            const auto url = world_.asset_url(text.substr(6));
            if (!url) fail("no such asset: " + std::string(text));
            return literal(*url);
        }
        Expression expression = parse(text);
        if (expression.function == Function::text && expression.arguments.empty() && !expression.key_from_path) {
            const auto fixed = world_.fixed_text(expression.key);
            if (!fixed) fail("no catalogue text " + expression.key);
            return literal(html_ ? escape_html(*fixed) : *fixed);
        }
        const std::string number = std::to_string(out_.expressions.size());
        const char* modifier = !html_ ? "" : expression.function == Function::json ? ":x-json" : expression.function == Function::lines ? ":p" : "";
        out_.text += "{{_" + number + modifier + "}}";
        out_.expressions.emplace_back(std::move(expression));
        out_.sections.emplace_back();
    }

    void include(std::string_view rest, int depth) {
        if (skipping()) return;
        const auto parts = words(rest);
        if (parts.empty()) fail("{{>}} without a name");
        std::map<std::string, std::string, std::less<>> parameters;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const auto equal = parts[i].find('=');
            if (equal == std::string_view::npos) fail("a parameter is written name=value: " + std::string(parts[i]));
            parameters.emplace(parts[i].substr(0, equal), parts[i].substr(equal + 1));
        }
        const auto partial = world_.partial(parts[0]);
        if (!partial) fail("no partial " + std::string(parts[0]));
        run(*partial, parameters, depth + 1);
    }

    void open_section(char sigil, std::string_view written) {
        Open open{std::string(written), 0, false, false};
        if (written.starts_with("asset:")) {
            open.fixed = true;
            open.skipped = skipping() || world_.asset_url(written.substr(6)).has_value() == (sigil == '^');
        } else if (skipping()) {
            open.fixed = open.skipped = true;
        } else {
            Section section{sigil + std::string(written), {}, sigil == '^', sigil == '?', {}};
            const auto equal = written.find('=');
            section.path = path(written.substr(0, equal));
            if (equal != std::string_view::npos) section.equals = std::string(written.substr(equal + 1));
            open.number = out_.sections.size();
            out_.text += "{{#_" + std::to_string(open.number) + "}}";
            out_.sections.emplace_back(std::move(section));
            out_.expressions.emplace_back();
        }
        open_.push_back(std::move(open));
    }

    void close_section(std::string_view written) {
        if (open_.empty()) fail("{{/" + std::string(written) + "}} closes nothing");
        const Open open = std::move(open_.back());
        open_.pop_back();
        if (!written.empty() && written != open.written) fail("{{/" + std::string(written) + "}} closes " + open.written);
        if (!open.fixed) out_.text += "{{/_" + std::to_string(open.number) + "}}";
    }

    Expression parse(std::string_view text) const {
        Expression expression;
        expression.written = std::string(text);
        if (text.starts_with("t:")) {
            expression.function = Function::text;
            const auto parts = words(text.substr(2));
            if (parts.empty()) fail("{{t:}} without a key");
            const auto at = parts[0].find('@');
            expression.key = std::string(parts[0].substr(0, at));
            if (at != std::string_view::npos) {
                expression.key_from_path = true;
                expression.path = path(parts[0].substr(at + 1));
            }
            for (std::size_t i = 1; i < parts.size(); ++i) {
                const auto equal = parts[i].find('=');
                if (equal == std::string_view::npos) fail("an argument is written name=value: " + std::string(parts[i]));
                expression.arguments.push_back({std::string(parts[i].substr(0, equal)), parse(parts[i].substr(equal + 1))});
            }
            return expression;
        }
        const auto colon = text.find(':');
        if (colon != std::string_view::npos) {
            const auto function = functions().find(text.substr(0, colon));
            if (function == functions().end()) fail("no function " + std::string(text.substr(0, colon)));
            expression.function = function->second;
            text.remove_prefix(colon + 1);
        }
        expression.path = path(text);
        return expression;
    }

    Path path(std::string_view text) const {
        if (!is_path(text)) fail("not a name: " + std::string(text));
        Path made;
        if (text == ".") return made;
        for (std::size_t from = 0; from <= text.size();) {
            const auto dot = std::min(text.find('.', from), text.size());
            made.segments.emplace_back(text.substr(from, dot - from));
            from = dot + 1;
        }
        return made;
    }

    void literal(std::string_view text) {
        if (skipping()) return;
        if (text.find("{{") != std::string_view::npos) fail("a text holds {{");
        out_.text += text;
    }
    bool skipping() const { return !open_.empty() && open_.back().skipped; }
    [[noreturn]] void fail(const std::string& why) const {
        throw std::logic_error("template " + std::string(name_) + ", about line " + std::to_string(line_) + ": " + why);
    }

    std::string_view name_;
    bool html_;
    const TemplateWorld& world_;
    TemplateSource out_;
    std::vector<Open> open_;
    int line_ = 0;
};

}  // namespace

TemplateSource prepare_template(std::string_view name, std::string_view text, bool html, const TemplateWorld& world) {
    return Preparer(name, html, world).take(text);
}

}  // namespace verbatim::render
