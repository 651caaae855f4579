#include "ground/understand/aspect_examples.h"

#include <nlohmann/json.hpp>

namespace verbatim::understand {
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// What a line of a model's file can hold.
std::string name_of(const json& object, const char* member) {
    std::string name = text_of(object, member).substr(0, 200);
    for (char& c : name)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    return name;
}

std::string language_of(const json& object) {
    const std::string lang = text_of(object, "lang").substr(0, 2);
    for (const char c : lang)
        if (c < 'a' || c > 'z') return "";
    return lang;
}

// What the sets call it: "positive", "POS", "Neg", "NEU ". A conflict is said of nothing learned here.
std::string polarity_of(std::string_view written) {
    std::string three;
    for (const char c : written.substr(0, 3)) three += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return three == "pos" ? "positive" : three == "neg" ? "negative" : three == "neu" ? "neutral" : "";
}

std::size_t points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

std::size_t number_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
}

// Where the term stands: as it is written, else with blanks around its marks as tokenised texts have them.
void place(const std::string& text, Target& target) {
    if (target.end > target.start || target.term.empty()) return;
    const auto at = text.find(target.term);
    if (at == std::string::npos) return;
    target.start = points(std::string_view(text).substr(0, at));
    target.end = target.start + points(target.term);
}

}  // namespace

std::string category_name(std::string_view written) {
    std::string name;
    for (const char c : written) name += c == ' ' ? '#' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return name;
}

bool read_aspects(std::string_view line, AspectExample& example, std::string& why) {
    example = {};
    const auto object = json::parse(line, nullptr, false);
    if (object.is_discarded() || !object.is_object()) return why = "not a JSON object", false;
    example.lang = language_of(object);
    example.domain = name_of(object, "domain");
    example.text = text_of(object, "text");
    if (example.text.empty()) example.text = text_of(object, "body");
    if (example.text.empty()) return why = "no text", false;
    if (const std::string id = text_of(object, "id"); !example.lang.empty() && id.ends_with("-" + example.lang)) example.same = id.substr(0, id.size() - example.lang.size() - 1);
    bool all_categories = true, any_list = false, parted = false;
    for (const char* list : {"aspects", "categories"}) {
        const auto found = object.find(list);
        if (found == object.end() || !found->is_array()) continue;
        any_list = true;
        for (const json& one : *found) {
            if (!one.is_object() || example.targets.size() == most_targets) continue;
            Target target;
            target.term = text_of(one, "term");
            target.category = category_name(name_of(one, "category"));
            target.polarity = polarity_of(text_of(one, "polarity"));
            target.start = number_of(one, "start");
            target.end = number_of(one, "end");
            if (target.end < target.start || target.end > points(example.text)) target.start = target.end = 0;
            place(example.text, target);
            all_categories &= !target.category.empty();
            parted |= target.category.find('#') != std::string::npos;
            example.targets.push_back(std::move(target));
        }
    }
    // A row without any target tells what no category is, where its set names categories; nobody else can know that.
    example.has_categories = all_categories && any_list;
    // Sets of one domain that label by other lights are not mixed: "FOOD#QUALITY", "food", and terms alone.
    if (!example.targets.empty() && !example.domain.empty() && !parted) example.domain += all_categories ? " coarse" : " terms";
    return true;
}

}  // namespace verbatim::understand
