#include "life/collect/questionnaire.h"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <shared_mutex>

#include "ground/formats/utf8.h"
#include "life/collect/collect.h"
#include "record/editions/editions.h"

namespace verbatim::collect {
namespace {

using nlohmann::json;
using storage::Tx;

constexpr std::size_t most_criteria = 10, most_languages = 40;

bool is_code(std::string_view text) {
    return text.size() >= 2 && text.size() <= 30 && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_language(std::string_view text) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return (text.size() == 2 || (text.size() == 5 && text[2] == '-' && text[3] >= 'A' && text[3] <= 'Z' && text[4] >= 'A' && text[4] <= 'Z')) && lower(text[0]) && lower(text[1]);
}

// Words somebody reads: one paragraph of plain text.
bool plain(const json& value, std::size_t most) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    return text.find_first_not_of(' ') != std::string::npos && valid_utf8(text) && code_points(text) <= most &&
           std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Result<void> check_texts(const json& texts, std::size_t most, const std::string& field) {
    if (!texts.is_object() || texts.size() > most_languages) return invalid("texts", "texts are {\"fr\":\"...\"}, one a language", field);
    for (const auto& [language, text] : texts.items()) {
        if (!is_language(language)) return invalid("language", "\"" + language.substr(0, 20) + "\" is no language: fr, fr-BE", field);
        if (!plain(text, most)) return invalid("text", "each text is one paragraph of at most " + std::to_string(most) + " characters", field + "." + language);
    }
    return {};
}

// Bounded before it is looked at; deeper than any of ours is cut off while parsing.
json parse(std::string_view body) {
    if (body.size() > 64 * 1024) return json(json::value_t::discarded);
    bool deep = false;
    auto parsed = json::parse(body, [&](int depth, json::parse_event_t, json&) {
        deep = deep || depth > 8;
        return !deep;
    }, false);
    return deep ? json(json::value_t::discarded) : parsed;
}

Labels labels_from(const json& texts) {
    Labels labels;
    for (const auto& [language, text] : texts.items()) labels.emplace(language, text.get<std::string>());
    return labels;
}

bool service_is_known(std::string_view service) {
    const auto all = questionnaire_names();
    return std::find(all.begin(), all.end(), service) != all.end();
}

}  // namespace

const std::vector<std::string>& known_criteria() {
    static const std::vector<std::string> all = {"advice", "deadline", "delivery", "explanation", "handover", "price", "quality", "test_drive", "vehicle_state", "welcome"};
    return all;
}

std::vector<std::string> questionnaire_names() { return {"new_car", "used_car", "workshop"}; }

std::string packaged_questionnaire(std::string_view service) {
    json body = {{"criteria", json::array()}, {"recommend", true}};
    for (const auto& code : criteria_of(service)) body["criteria"].push_back({{"code", code}});
    return body.dump();
}

Result<std::string> check_questionnaire(std::string_view, std::string_view given) {
    const auto body = parse(given);
    if (!body.is_object()) return invalid("json", "a questionnaire is a JSON object", "body");
    for (const auto& [name, value] : body.items())
        if (name != "criteria" && name != "recommend") return invalid("unknown_member", "a questionnaire has no " + name.substr(0, 40), name.substr(0, 40));
    const auto criteria = body.find("criteria");
    if (criteria == body.end() || !criteria->is_array() || criteria->empty() || criteria->size() > most_criteria) {
        return invalid("criteria", "a questionnaire has 1 to 10 criteria", "criteria");
    }
    json kept = {{"criteria", json::array()}, {"recommend", true}};
    if (const auto recommend = body.find("recommend"); recommend != body.end()) {
        if (!recommend->is_boolean()) return invalid("recommend", "recommend is true or false", "recommend");
        kept["recommend"] = *recommend;
    }
    std::vector<std::string> seen;
    for (const auto& one : *criteria) {
        const auto code = one.is_object() ? one.value("code", json()) : json();
        if (!code.is_string() || !is_code(code.get_ref<const std::string&>())) return invalid("code", "a criterion's code is 2 to 30 of a-z 0-9 _, beginning with a letter", "criteria");
        const auto& word = code.get_ref<const std::string&>();
        if (std::find(seen.begin(), seen.end(), word) != seen.end()) return invalid("code", word + " stands twice", "criteria." + word);
        seen.push_back(word);
        json criterion = {{"code", word}};
        const auto labels = one.find("labels");
        const bool labelled = labels != one.end() && !labels->is_null() && !(labels->is_object() && labels->empty());
        if (labelled) {
            if (auto good = check_texts(*labels, 60, "criteria." + word); !good) return good.error();
            if (!labels->contains("en")) return invalid("label_missing", word + " needs a label in English, for languages without one", "criteria." + word);
            criterion["labels"] = *labels;
        } else if (std::find(known_criteria().begin(), known_criteria().end(), word) == known_criteria().end()) {
            return invalid("label_missing", word + " is a criterion of your own: say what it is called", "criteria." + word);
        }
        kept["criteria"].push_back(std::move(criterion));
    }
    return kept.dump();
}

Questionnaire questionnaire_of(Tx& tx, std::string_view service) {
    Questionnaire asked;
    const auto edition = service_is_known(service) ? editions::current(tx, "questionnaire", service) : std::nullopt;
    if (edition) asked.edition = edition->number;
    if (!edition || edition->body.empty()) {
        for (auto& code : criteria_of(service)) asked.criteria.push_back({std::move(code), {}});
        return asked;
    }
    const auto body = json::parse(edition->body);
    asked.recommend = body.value("recommend", true);
    for (const auto& one : body["criteria"]) asked.criteria.push_back({one["code"].get<std::string>(), one.contains("labels") ? labels_from(one["labels"]) : Labels()});
    return asked;
}

std::string label_in(const Labels& labels, std::string_view locale) {
    for (const auto wanted : {locale, locale.substr(0, 2), std::string_view("en")})
        if (const auto found = labels.find(wanted); found != labels.end()) return found->second;
    return labels.empty() ? std::string() : labels.begin()->second;
}

std::vector<std::string> terms_names() { return {"declaration"}; }
std::string packaged_terms(std::string_view) { return R"({"texts":{}})"; }

Result<std::string> check_terms(std::string_view, std::string_view given) {
    const auto body = parse(given);
    if (!body.is_object() || body.size() != 1 || !body.contains("texts")) return invalid("json", "a text is {\"texts\":{\"fr\":\"...\"}}", "texts");
    if (auto good = check_texts(body["texts"], 600, "texts"); !good) return good.error();
    return json{{"texts", body["texts"]}}.dump();
}

Terms terms_now(Tx& tx) {
    Terms terms;
    terms.version = terms_version;
    const auto edition = editions::current(tx, "terms", "declaration");
    if (!edition) return terms;
    if (edition->number != 0) terms.version += "." + std::to_string(edition->number);
    if (!edition->body.empty()) {
        const auto body = json::parse(edition->body);
        terms.declaration = labels_from(body["texts"]);
    }
    return terms;
}

namespace {

constexpr storage::Sql select_questionnaires("SELECT body FROM edition WHERE kind = 'questionnaire' AND body <> '' ORDER BY number DESC LIMIT 300");

struct Shown {
    std::shared_mutex mutex;
    std::map<std::string, FormWords, std::less<>> forms;
    std::map<std::string, Labels> labels;
    Terms terms;
};
Shown& shown() {
    static Shown kept;
    return kept;
}

}  // namespace

void load_words(storage::Db& db) {
    std::map<std::string, FormWords, std::less<>> forms;
    std::map<std::string, Labels> labels;
    Terms terms;
    db.read([&](Tx& tx) {
        terms = terms_now(tx);
        for (const auto& service : questionnaire_names()) {
            const auto asked = questionnaire_of(tx, service);
            auto& form = forms[service];
            form.recommend = asked.recommend;
            form.terms = terms;
            for (const auto& criterion : asked.criteria)
                if (!criterion.labels.empty()) form.labels.emplace(criterion.code, criterion.labels);
        }
        tx.each(select_questionnaires, [&](const storage::Row& row) {
            const auto body = json::parse(row.text(0));
            for (const auto& one : body["criteria"])
                if (one.contains("labels")) labels.emplace(one["code"].get<std::string>(), labels_from(one["labels"]));  // the newest words win
        });
    });
    const std::unique_lock lock(shown().mutex);
    shown().forms = std::move(forms);
    shown().labels = std::move(labels);
    shown().terms = std::move(terms);
}

FormWords form_words(std::string_view service) {
    const std::shared_lock lock(shown().mutex);
    if (const auto found = shown().forms.find(service); found != shown().forms.end()) return found->second;
    FormWords words;
    words.terms = shown().terms;
    if (words.terms.version.empty()) words.terms.version = terms_version;
    return words;
}

std::string own_label(const std::string& code, std::string_view locale) {
    const std::shared_lock lock(shown().mutex);
    const auto found = shown().labels.find(code);
    if (found != shown().labels.end()) return label_in(found->second, locale);
    return std::find(known_criteria().begin(), known_criteria().end(), code) == known_criteria().end() ? code : std::string();
}

}  // namespace verbatim::collect
