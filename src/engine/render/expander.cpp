#include "engine/render/expander.h"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_modifiers.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/render/value_text.h"

namespace verbatim::render {
namespace {

struct Expansion {
    const TemplateSource& source;
    const LocaleImpl& locale;
    Coverage* coverage;
    mutable std::string scratch;  // the text handed to ctemplate, which emits it before it asks for the next
};

// ctemplate's names are our numbers: "_12".
std::size_t number_of(const ctemplate::TemplateString& name) {
    std::size_t number = 0;
    for (std::size_t i = 1; i < name.size(); ++i) number = number * 10 + static_cast<std::size_t>(name.data()[i] - '0');
    return number;
}

bool holds(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return false;
        case Json::value_t::boolean: return value.get<bool>();
        case Json::value_t::string: return !value.get_ref<const std::string&>().empty();
        case Json::value_t::array:
        case Json::value_t::object: return !value.empty();
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float: return value.get<double>() != 0;
        default: return false;
    }
}

// One level of the data: the whole, or the item a section is at.
class Scope final : public ctemplate::TemplateDictionaryInterface {
public:
    Scope(const Expansion& expansion, const Json& value, const Scope* parent) : expansion_(expansion), value_(value), parent_(parent) {}

    ctemplate::TemplateString GetValue(const ctemplate::TemplateString& name) const override {
        std::string& out = expansion_.scratch;
        out.clear();
        append(out, *expansion_.source.expressions[number_of(name)]);
        return {out.data(), out.size()};
    }
    bool IsHiddenSection(const ctemplate::TemplateString& name) const override { return !shown(section(name)); }
    bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override { return shown(section(name)); }

    Iterator* CreateSectionIterator(const ctemplate::TemplateString& name) const override;

    // Partials are put in when a template is prepared; ctemplate never sees one.
    bool IsHiddenTemplate(const ctemplate::TemplateString&) const override { return true; }
    const char* GetIncludeTemplateName(const ctemplate::TemplateString&, int) const override { return ""; }
    Iterator* CreateTemplateIterator(const ctemplate::TemplateString&) const override { return nullptr; }
    void DumpToString(std::string*, int) const override {}

private:
    class Items;

    const Section& section(const ctemplate::TemplateString& name) const { return *expansion_.source.sections[number_of(name)]; }

    bool shown(const Section& section) const {
        const Json* value = find(section.path);
        bool yes = false;
        if (section.equals) {
            std::string text;
            if (value) append_value(text, Function::value, *value, expansion_.locale, {});
            yes = text == *section.equals;
        } else {
            yes = value && holds(*value);
        }
        yes = yes != section.negated;
        if (expansion_.coverage) {
            expansion_.coverage->evaluated.push_back(section.written);
            if (yes) expansion_.coverage->shown.push_back(section.written);
        }
        return yes;
    }

    // The innermost level that has the first name decides.
    const Json* find(const Path& path) const {
        if (path.segments.empty()) return &value_;
        for (const Scope* scope = this; scope; scope = scope->parent_) {
            if (!scope->value_.is_object()) continue;
            auto found = scope->value_.find(path.segments.front());
            if (found == scope->value_.end()) continue;
            const Json* value = &*found;
            for (std::size_t i = 1; i < path.segments.size(); ++i) {
                if (!value->is_object()) return nullptr;
                found = value->find(path.segments[i]);
                if (found == value->end()) return nullptr;
                value = &*found;
            }
            return value;
        }
        return nullptr;
    }

    void append(std::string& out, const Expression& expression) const {
        if (expansion_.coverage) expansion_.coverage->evaluated.push_back(expression.written);
        if (expression.function == Function::text) return append_text(out, expression);
        if (const Json* value = find(expression.path)) return append_value(out, expression.function, *value, expansion_.locale, timezone(expression));
        if (expression.path.segments.size() == 1 && expression.path.segments[0] == "locale") {
            out += expansion_.locale.tag();
        } else if (expansion_.coverage) {
            expansion_.coverage->missing.push_back(expression.written);
        }
    }

    void append_text(std::string& out, const Expression& expression) const {
        std::string key = expression.key;
        if (expression.key_from_path) {
            if (const Json* value = find(expression.path))
                append_value(key, Function::value, *value, expansion_.locale, {});
            else if (expansion_.coverage)
                expansion_.coverage->missing.push_back(expression.written);
        }
        std::array<std::string, 8> texts;
        std::array<Argument, 8> arguments;
        const std::size_t count = std::min(expression.arguments.size(), arguments.size());
        for (std::size_t i = 0; i < count; ++i) {
            const auto& [name, argument] = expression.arguments[i];
            const Json* value = argument.function == Function::value ? find(argument.path) : nullptr;
            if (value && value->is_number_integer()) {
                arguments[i] = {name, value->get<std::int64_t>()};
            } else if (value && value->is_number_float()) {
                arguments[i] = {name, value->get<double>()};
            } else {
                append(texts[i], argument);
                arguments[i] = {name, std::string_view(texts[i])};
            }
        }
        if (expansion_.coverage && !expansion_.locale.chain().find(key)) expansion_.coverage->missing.push_back("t:" + key);
        expansion_.locale.append_text(out, key, std::span(arguments.data(), count));
    }

    std::string_view timezone(const Expression& expression) const {
        if (expression.function != Function::datetime) return {};
        static const Path path{{"TIMEZONE"}};
        const Json* value = find(path);
        return value && value->is_string() ? std::string_view(value->get_ref<const std::string&>()) : std::string_view("UTC");
    }

    const Expansion& expansion_;
    const Json& value_;
    const Scope* parent_;
};

class Scope::Items final : public Iterator {
public:
    Items(const Scope& outer, const Json& value, bool list) : outer_(outer), value_(value), count_(list ? value.size() : 1), list_(list) {}
    bool HasNext() const override { return next_ < count_; }
    const ctemplate::TemplateDictionaryInterface& Next() override {
        current_.emplace(outer_.expansion_, list_ ? value_[next_] : value_, &outer_);
        ++next_;
        return *current_;
    }

private:
    const Scope& outer_;
    const Json& value_;
    std::size_t next_ = 0, count_;
    bool list_;
    std::optional<Scope> current_;
};

Scope::Iterator* Scope::CreateSectionIterator(const ctemplate::TemplateString& name) const {
    const Section& wanted = section(name);
    const Json* value = wanted.negated || wanted.once || wanted.equals ? nullptr : find(wanted.path);
    if (value && value->is_array()) return new Items(*this, *value, true);
    if (value && value->is_object()) return new Items(*this, *value, false);
    return new Items(*this, value_, false);  // a condition: the same item, seen again
}

// Marks what Function::json has already made safe.
class Unchanged final : public ctemplate::TemplateModifier {
    void Modify(const char* in, std::size_t size, const ctemplate::PerExpandData*, ctemplate::ExpandEmitter* out, const std::string&) const override {
        out->Emit(in, size);
    }
};

void register_modifiers() {
    static const Unchanged unchanged;
    static const bool done = ctemplate::AddXssSafeModifier("x-json", &unchanged);
    if (!done) throw std::logic_error("the template modifier x-json is taken");
}

}  // namespace

CompiledTemplate::CompiledTemplate(std::string name, TemplateSource source, bool html) : name_(std::move(name)), source_(std::move(source)) {
    register_modifiers();
    const std::string text = (html ? "{{%AUTOESCAPE context=\"HTML\"}}" : "") + source_.text;
    compiled_.reset(ctemplate::Template::StringToTemplate(text, ctemplate::DO_NOT_STRIP));
    if (!compiled_) throw std::logic_error("template " + name_ + ": ctemplate refuses it (see its message on stderr)");
    source_.text.clear();
    source_.text.shrink_to_fit();
}

CompiledTemplate::~CompiledTemplate() = default;

std::string CompiledTemplate::expand(const LocaleImpl& locale, const Json& data, Coverage* coverage) const {
    const Expansion expansion{source_, locale, coverage, {}};
    const Scope root(expansion, data, nullptr);
    std::string out;
    out.reserve(size_guess_.load(std::memory_order_relaxed));
    if (!compiled_->ExpandWithData(&out, &root, nullptr)) throw std::logic_error("template " + name_ + " does not expand");
    if (out.size() > size_guess_.load(std::memory_order_relaxed)) size_guess_.store(out.size() + out.size() / 8, std::memory_order_relaxed);
    if (coverage) {
        for (const auto& expression : source_.expressions)
            if (expression) coverage->expressions.push_back(expression->written);
        for (const auto& section : source_.sections)
            if (section) coverage->sections.push_back(section->written);
    }
    return out;
}

}  // namespace verbatim::render
