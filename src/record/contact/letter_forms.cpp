#include "record/contact/letter_forms.h"

#include <array>
#include <mutex>
#include <nlohmann/json.hpp>

#include "engine/render/letters.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;

// What differs from one person to the next and is only shown: never a condition but "is there any", never a name of something.
constexpr std::array personal{"FIRST_NAME", "SUBJECT", "DEALER", "MODEL", "LINK", "UNSUBSCRIBE_URL", "NOTICE_SOURCE"};
constexpr std::array stars{"S1", "S2", "S3", "S4", "S5"};

// Some 20 KB each. Whoever writes more kinds of letters at once begins anew, and pays for it in time alone.
constexpr std::size_t most_bytes = 8 << 20, most_seen = 10'000;

// The values out of the data, marks in their places.
std::vector<std::string> take_values(json& data) {
    std::vector<std::string> values;
    const auto take = [&](json& from, const char* name) {
        values.emplace_back();
        const auto found = from.find(name);
        if (found == from.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) return;
        values.back().swap(found->get_ref<std::string&>());
        *found = mail::mark(values.size() - 1);
    };
    for (const char* name : personal) take(data, name);
    if (const auto found = data.find("STARS"); found != data.end())
        for (const char* name : stars) take(*found, name);
    return values;
}

// take_values() undone.
void put_back(json& data, std::vector<std::string>& values) {
    std::size_t n = 0;
    const auto put = [&](json& into, const char* name) {
        if (auto& value = values[n++]; !value.empty()) into[name].get_ref<std::string&>().swap(value);
    };
    for (const char* name : personal) put(data, name);
    if (const auto found = data.find("STARS"); found != data.end())
        for (const char* name : stars) put(*found, name);
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

std::shared_ptr<const LetterForms::Form> LetterForms::find(const std::string& key) const {
    const std::shared_lock lock(mutex_);
    const auto found = forms_.find(key);
    return found == forms_.end() ? nullptr : found->second;
}

void LetterForms::prepare(const std::string& key, std::string_view family, const json& marked) {
    {
        const std::unique_lock lock(mutex_);
        if (forms_.contains(key)) return;  // not to be made ahead
        if (seen_.size() >= most_seen) seen_.clear();
        if (seen_.insert(std::hash<std::string>()(key)).second) return;
    }
    const auto& letters = render::letters();
    const auto& locale = letters.locale(marked.at("LANG").get_ref<const std::string&>());
    auto text = mail::Prepared::make(letters.plain("letter_text", locale, marked), false);
    auto html = mail::Prepared::make(letters.html(family, locale, marked), true);
    std::shared_ptr<const Form> form;
    if (text && html) form = std::make_shared<const Form>(Form{std::move(*text), std::move(*html)});
    const std::size_t size = key.size() + (form ? form->text.bytes() + form->html.bytes() : 0);
    const std::unique_lock lock(mutex_);
    if (bytes_ + size > most_bytes) forms_.clear(), bytes_ = 0;
    if (forms_.emplace(key, std::move(form)).second) bytes_ += size;
}

std::string LetterForms::compose(mail::Message& message, std::string_view family, json data) {
    data.erase("TARGET");  // it is in the links
    if (!web_address(data.at("LINK").get_ref<const std::string&>())) return write_whole(message, family, data);
    auto values = take_values(data);
    const auto key = std::string(family) + data.dump();
    if (const auto form = find(key)) {
        if (auto composed = mail::compose_prepared(message, form->text, form->html, values)) {
            ++filled_in_;
            return std::move(*composed);
        }
    } else {
        prepare(key, family, data);
    }
    put_back(data, values);
    return write_whole(message, family, data);
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
