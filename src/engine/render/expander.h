// A prepared template with ctemplate's compiled form, and its expansion straight from JSON: ctemplate asks for each value by
// number, so nothing is copied into dictionaries first.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/render/locale_impl.h"
#include "engine/render/template_source.h"

namespace ctemplate {
class Template;
}

namespace verbatim::render {

class CompiledTemplate {
public:
    // Throws std::logic_error when ctemplate refuses it (a variable where no escaping is safe). One call at a time.
    CompiledTemplate(std::string name, TemplateSource source, bool html);
    ~CompiledTemplate();

    // Thread-safe. `coverage` may be null.
    std::string expand(const LocaleImpl& locale, const Json& data, Coverage* coverage) const;
    const TemplateSource& source() const { return source_; }

private:
    std::string name_;
    TemplateSource source_;
    std::unique_ptr<ctemplate::Template> compiled_;
    mutable std::atomic<std::size_t> size_guess_{1024};
};

}  // namespace verbatim::render
