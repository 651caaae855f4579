#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <shared_mutex>
#include <stdexcept>

#include "engine/render/embedded.h"
#include "engine/render/expander.h"
#include "engine/render/letters.h"

namespace verbatim::render {
namespace {

constexpr std::string_view partials = "part/";

// "fr_be" and "FR-be" are "fr-BE"; empty for anything but a language or a language and a country.
std::string canonical_tag(std::string_view tag) {
    const auto dash = tag.find_first_of("-_");
    const std::string_view language = tag.substr(0, dash), country = dash == std::string_view::npos ? "" : tag.substr(dash + 1);
    const auto letters = [](std::string_view text) { return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c) && c < 128; }); };
    if (language.size() < 2 || language.size() > 3 || !letters(language)) return {};
    if (dash != std::string_view::npos && (country.size() != 2 || !letters(country))) return {};
    std::string made;
    for (const unsigned char c : language) made += static_cast<char>(std::tolower(c));
    if (!country.empty()) made += '-';
    for (const unsigned char c : country) made += static_cast<char>(std::toupper(c));
    return made;
}

class RendererImpl final : public Renderer {
public:
    // The files of one family: where its templates lie, and its catalogues.
    RendererImpl(std::string_view folder, std::string_view words) {
        for (const auto& file : embedded_resources()) {
            const std::string_view name = file.name;
            if (name.starts_with(folder)) {
                files_.emplace(name.substr(folder.size()), file.content());
            } else if (name.starts_with(words) && name.ends_with(".json")) {
                const std::string_view tag = name.substr(words.size(), name.size() - words.size() - 5);
                if (tag.find('/') == std::string_view::npos) catalogue_texts_.emplace(tag, file.content());
            }
        }
        if (!catalogue_texts_.contains("en")) throw std::logic_error("no English catalogue in the binary");
        int32_t count = 0;
        const icu::Locale* known = icu::Locale::getAvailableLocales(count);
        for (int32_t i = 0; i < count; ++i)
            if (*known[i].getCountry() && catalogue_texts_.contains(std::string_view(known[i].getLanguage())))
                countries_.insert(std::string(known[i].getLanguage()) + "-" + known[i].getCountry());
    }

    const Locale& locale(std::string_view tag) const override { return find_locale(tag); }

    bool speaks(std::string_view tag) const override {
        const std::string canonical = canonical_tag(tag);
        return !canonical.empty() && (catalogue_texts_.contains(canonical) || countries_.contains(canonical));
    }

    std::vector<std::string> languages() const override {
        std::vector<std::string> all;
        for (const auto& [tag, _] : catalogue_texts_)
            if (tag.find('-') == std::string_view::npos) all.emplace_back(tag);
        return all;
    }

    const Locale& negotiate(std::string_view accept) const override {
        accept = accept.substr(0, 512);
        double best = 0;
        std::string chosen = "en";
        while (!accept.empty()) {
            const auto comma = std::min(accept.find(','), accept.size());
            std::string_view range = accept.substr(0, comma);
            accept.remove_prefix(std::min(comma + 1, accept.size()));
            double quality = 1;
            if (const auto semicolon = range.find(';'); semicolon != std::string_view::npos) {
                const auto q = range.find("q=", semicolon);
                if (q != std::string_view::npos) quality = weight(range.substr(q + 2));
                range = range.substr(0, semicolon);
            }
            const auto first = range.find_first_not_of(" \t");
            if (first == std::string_view::npos) continue;
            range = range.substr(first, range.find_last_not_of(" \t") - first + 1);
            const std::string_view language = range.substr(0, range.find('-'));
            if (quality > best && (speaks(range) || speaks(language))) {
                best = quality;
                chosen = speaks(range) ? range : language;
            }
        }
        return find_locale(chosen);
    }

    std::string html(std::string_view name, const Locale& locale, const Json& data) const override {
        const auto& own = static_cast<const LocaleImpl&>(locale);
        return compiled(name, true, own).expand(own, data, nullptr);
    }
    std::string plain(std::string_view name, const Locale& locale, const Json& data) const override {
        const auto& own = static_cast<const LocaleImpl&>(locale);
        return compiled(name, false, own).expand(own, data, nullptr);
    }

    std::vector<std::string> templates(bool html) const override {
        const std::string_view ending = html ? ".html.tpl" : ".txt.tpl";
        std::vector<std::string> names;
        for (const auto& [name, _] : files_)
            if (!name.starts_with(partials) && name.ends_with(ending)) names.emplace_back(name.substr(0, name.size() - ending.size()));
        return names;
    }
    Coverage coverage(std::string_view name, bool html, const Locale& locale, const Json& data) const override {
        const auto& own = static_cast<const LocaleImpl&>(locale);
        Coverage found;
        compiled(name, html, own).expand(own, data, &found);
        return found;
    }

private:
    // A weight of RFC 9110 section 12.4.2: 0 to 1 with at most three decimals.
    static double weight(std::string_view text) {
        double value = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        return result.ec == std::errc() && value >= 0 && value <= 1 ? value : 0;
    }

    const LocaleImpl& find_locale(std::string_view wanted) const {
        std::string tag = canonical_tag(wanted);
        if (!speaks(tag)) tag = tag.substr(0, tag.find('-'));
        if (!speaks(tag)) tag = "en";
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = locales_.find(tag); found != locales_.end()) return *found->second;
        }
        const std::unique_lock lock(mutex_);
        auto& slot = locales_[tag];
        if (!slot) slot = std::make_unique<LocaleImpl>(tag, chain_for(tag));
        return *slot;
    }

    // Called with the lock held. Locales without a catalogue of their own share their language's chain, and its templates.
    const Chain& chain_for(const std::string& tag) const {
        std::vector<std::string> wanted;
        if (tag.find('-') != std::string::npos && catalogue_texts_.contains(tag)) wanted.push_back(tag);
        wanted.push_back(tag.substr(0, tag.find('-')));
        if (wanted.back() != "en") wanted.push_back("en");
        auto& chain = chains_[wanted.front()];
        if (!chain) {
            chain = std::make_unique<Chain>();
            for (const auto& part : wanted) {
                auto& catalogue = catalogues_[part];
                if (!catalogue) catalogue = std::make_unique<Catalogue>(part, catalogue_texts_.find(part)->second);
                chain->catalogues.push_back(catalogue.get());
            }
        }
        return *chain;
    }

    const CompiledTemplate& compiled(std::string_view name, bool html, const LocaleImpl& locale) const {
        const std::string file = std::string(name) + (html ? ".html.tpl" : ".txt.tpl");
        const auto found = files_.find(file);
        if (found == files_.end()) throw std::logic_error("no template " + file);
        const std::pair key(&locale.chain(), found->first.data());
        {
            const std::shared_lock lock(mutex_);
            if (const auto known = compiled_.find(key); known != compiled_.end()) return *known->second;
        }
        const std::unique_lock lock(mutex_);
        auto& slot = compiled_[key];
        if (!slot) slot = compile(file, found->second, html, locale);
        return *slot;
    }

    std::unique_ptr<CompiledTemplate> compile(const std::string& file, std::string_view text, bool html, const LocaleImpl& locale) const {
        TemplateWorld world;
        world.partial = [&](std::string_view name) -> std::optional<std::string_view> {
            const auto found = files_.find(std::string(partials) + std::string(name) + (html ? ".html.tpl" : ".txt.tpl"));
            if (found == files_.end()) return std::nullopt;
            return found->second;
        };
        world.fixed_text = [&](std::string_view key) -> std::optional<std::string> {
            const Message* message = locale.chain().find(key);
            if (!message || message->has_arguments()) return std::nullopt;
            std::string out;
            message->append(out, {}, locale);
            return out;
        };
        world.asset_url = [](std::string_view name) -> std::optional<std::string> {
            const Asset* found = asset(name);
            if (!found) return std::nullopt;
            return found->url;
        };
        return std::make_unique<CompiledTemplate>(file, prepare_template(file, text, html, world), html);
    }

    std::map<std::string_view, std::string_view, std::less<>> files_;            // "site.html.tpl" -> text
    std::map<std::string_view, std::string_view, std::less<>> catalogue_texts_;  // "fr" -> JSON
    std::set<std::string, std::less<>> countries_;                               // "fr-BE": what ICU knows of our languages

    mutable std::shared_mutex mutex_;
    mutable std::map<std::string, std::unique_ptr<Catalogue>, std::less<>> catalogues_;
    mutable std::map<std::string, std::unique_ptr<Chain>, std::less<>> chains_;
    mutable std::map<std::string, std::unique_ptr<LocaleImpl>, std::less<>> locales_;
    mutable std::map<std::pair<const Chain*, const char*>, std::unique_ptr<CompiledTemplate>> compiled_;
};

}  // namespace

std::unique_ptr<Renderer> Renderer::make() { return std::make_unique<RendererImpl>("templates/", "i18n/"); }

const Renderer& letters() {
    static const RendererImpl made("letters/", "i18n/plan/");
    return made;
}

std::optional<std::vector<std::string>> needs(const Locale& locale, std::string_view key) {
    const Message* message = static_cast<const LocaleImpl&>(locale).chain().find(key);
    if (!message) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& [name, _] : message->shape().arguments) names.push_back(name);
    return names;
}

}  // namespace verbatim::render
