#include "record/contact/letter_forms.h"

#include <mutex>
#include <nlohmann/json.hpp>

#include "engine/render/letters.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;

// Some 20 KB each. Whoever writes more kinds of letters at once begins anew, and pays for it in time alone.
constexpr std::size_t most_bytes = 8 << 20, most_seen = 10'000;

std::string key_of(std::string_view family, std::string_view about, const LetterData& data) {
    std::string key;
    key.reserve(data.rest.size() + 64);
    ((((key += family) += '\n') += about) += '\n') += data.rest;
    for (const auto& value : data.values) key += value.empty() ? '0' : '1';
    return key;
}

// A link that does not say how it is followed would be refused by the templates; a mark in its place is not.
bool web_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

std::string write_whole(mail::Message& message, std::string_view family, const json& data) {
    const auto& letters = render::letters();
    const auto& locale = letters.locale(data.at("LANG").get_ref<const std::string&>());
    message.text = letters.plain("letter_text", locale, data);
    message.html = letters.html(family, locale, data);
    return mail::compose(message);
}

}  // namespace

bool LetterForms::find(const std::string& key, std::shared_ptr<const Form>& form) const {
    const std::shared_lock lock(mutex_);
    const auto found = forms_.find(key);
    if (found == forms_.end()) return false;
    form = found->second;
    return true;
}

void LetterForms::prepare(const std::string& key, std::string_view family, const LetterData& data, json whole) {
    {
        const std::unique_lock lock(mutex_);
        if (seen_.size() >= most_seen) seen_.clear();
        if (seen_.insert(std::hash<std::string>()(key)).second) return;
    }
    LetterData marks;
    for (std::size_t n = 0; n < personal.size(); ++n)
        if (!data.values[n].empty()) marks.values[n] = mail::mark(n);
    put_values(marks, whole);
    const auto& letters = render::letters();
    const auto& locale = letters.locale(whole.at("LANG").get_ref<const std::string&>());
    auto text = mail::Prepared::make(letters.plain("letter_text", locale, whole), false);
    auto html = mail::Prepared::make(letters.html(family, locale, whole), true);
    std::shared_ptr<const Form> form;
    if (text && html) form = std::make_shared<const Form>(Form{std::move(*text), std::move(*html)});
    const std::size_t size = key.size() + (form ? form->text.bytes() + form->html.bytes() : 0);
    const std::unique_lock lock(mutex_);
    if (bytes_ + size > most_bytes) forms_.clear(), bytes_ = 0;
    if (forms_.emplace(key, std::move(form)).second) bytes_ += size;
}

std::string LetterForms::compose(mail::Message& message, std::string_view family, std::string_view about, const LetterData& data, const std::function<json()>& whole) {
    if (!web_address(data[Personal::link])) return write_whole(message, family, whole());
    const auto key = key_of(family, about, data);
    std::shared_ptr<const Form> form;
    const bool known = find(key, form);
    if (form) {
        if (auto composed = mail::compose_prepared(message, form->text, form->html, data.values)) {
            ++filled_in_;
            return std::move(*composed);
        }
    }
    auto all = whole();
    auto composed = write_whole(message, family, all);
    if (!known) prepare(key, family, data, std::move(all));
    return composed;
}

std::size_t LetterForms::count() const {
    const std::shared_lock lock(mutex_);
    return forms_.size();
}

std::size_t LetterForms::bytes() const {
    const std::shared_lock lock(mutex_);
    return bytes_;
}

}  // namespace verbatim::contact
