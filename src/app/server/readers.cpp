#include "app/server/readers.h"

#include <algorithm>

#include "ground/base/log.h"
#include "ground/understand/meaning.h"

namespace verbatim::server {
namespace {

using storage::Tx;
using Current = Readers::Current;

// Sentences of taught themes, with what the polarity model says of them.
void find_all_taught(const Current& with, std::string_view body, readings::Reading& into) {
    thread_local understand::Tokens tokens;
    thread_local understand::Scratch scratch;
    thread_local std::vector<understand::ThemeSpan> spans;
    understand::tokenize(body, tokens);
    spans.clear();
    for (const auto& theme : with.taught) understand::find_taught(theme, tokens, spans);
    for (auto& span : spans) {
        const auto first = std::find_if(tokens.all.begin(), tokens.all.end(), [&](const auto& token) { return token.begin >= span.start; });
        const auto last = std::find_if(first, tokens.all.end(), [&](const auto& token) { return token.end > span.end; });
        span.polarity = with.models->polarity().of(tokens, static_cast<std::size_t>(first - tokens.all.begin()), static_cast<std::size_t>(last - tokens.all.begin()), scratch);
        into.themes.push_back({std::move(span.theme), span.polarity, span.start, span.end});
    }
}

std::shared_ptr<const Current> made(Tx& tx, std::int64_t change) {
    auto out = std::make_shared<Current>();
    out->change = change;
    out->models = std::shared_ptr<const understand::Understanding>(std::shared_ptr<void>(), &understand::Understanding::shipped());
    if (const auto active = readings::active_models(tx)) {
        const auto files = readings::files_of_models(tx, *active);
        auto read = understand::Understanding::of_files({files.begin(), files.end()});
        if (read) out->models = std::make_shared<const understand::Understanding>(std::move(read).value());
        else log::error("the activated models cannot be read, those that ship are used", {{"version", *active}, {"why", read.error().message}});
    }
    auto version = out->models->version();
    std::string ids;
    for (const auto& one : readings::taught_themes(tx, true)) {
        auto theme = understand::TaughtTheme::read(one.model);
        if (!theme) {
            log::error("a taught theme cannot be read", {{"theme", one.id}, {"why", theme.error().message}});
            continue;
        }
        theme->name = one.id;
        ids += (ids.empty() ? "" : "+") + one.id.substr(one.id.find('.') + 1);
        out->names.emplace(one.id, one.name);
        out->taught.push_back(std::move(theme).value());
    }
    if (!ids.empty()) version += ", taught " + ids;
    version += ", meaning " + understand::meaning_version();
    out->reader.version = std::move(version);
    // The reader goes with what it reads by: a reread keeps it while others come.
    out->reader.read = [models = out->models, taught = std::make_shared<const Current>(Current{change, out->models, out->taught, {}, {}})](std::string_view body, std::string_view lang, std::optional<int> rating) {
        auto read = models->read(body, lang, rating);
        readings::Reading reading{read.lang, read.stars, read.polarity, read.contradiction, {}, understand::meanings_of(body)};
        for (auto& span : read.themes) reading.themes.push_back({std::move(span.theme), span.polarity, span.start, span.end});
        if (!taught->taught.empty()) find_all_taught(*taught, body, reading);
        return reading;
    };
    return out;
}

}  // namespace

std::shared_ptr<const Current> Readers::of(Tx& tx) const {
    const auto change = readings::reader_change(tx);
    {
        const std::lock_guard lock(mutex_);
        if (current_ && current_->change == change) return current_;
    }
    auto fresh = made(tx, change);
    const std::lock_guard lock(mutex_);
    current_ = fresh;
    return fresh;
}

std::shared_ptr<const Current> Readers::now() const {
    return db_.read([&](Tx& tx) { return of(tx); });
}

std::string Readers::name(std::string_view theme, std::string_view language) const {
    if (const auto* known = understand::Themes::shipped().theme(theme)) {
        for (const auto wanted : {language, std::string_view("en")}) {
            if (const auto name = known->names.find(std::string(wanted)); name != known->names.end()) return name->second;
        }
        return std::string(theme);
    }
    std::shared_ptr<const Current> with;
    {
        const std::lock_guard lock(mutex_);
        with = current_;
    }
    if (!with || !with->names.contains(theme)) with = now();
    const auto found = with->names.find(theme);
    return found == with->names.end() ? std::string(theme) : found->second;
}

}  // namespace verbatim::server
