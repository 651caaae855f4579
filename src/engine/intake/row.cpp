#include "engine/intake/row.h"

#include <simdjson.h>

#include <algorithm>
#include <deque>

#include "ground/base/log.h"
#include "ground/formats/lines.h"

namespace verbatim::intake {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t most_members = 256;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

// A value that is one text: string, number, boolean. Nothing for null. Throws simdjson_error on anything else.
std::optional<std::string_view> plain(ondemand::value value) {
    switch (value.type().value()) {
        case ondemand::json_type::string: return value.get_string().value();
        case ondemand::json_type::number: {
            const std::string_view token = trimmed(value.raw_json_token());
            value.get_double().value();  // throws where it is malformed
            return token;
        }
        case ondemand::json_type::boolean: return value.get_bool().value() ? "true" : "false";
        case ondemand::json_type::null:
            if (!value.is_null()) throw simdjson::simdjson_error(simdjson::N_ATOM_ERROR);
            return std::nullopt;
        default: throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    }
}

}  // namespace

std::string_view Row::exactly(std::string_view name) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; });
    return found == fields_.end() ? std::string_view() : found->value;
}

std::string_view Row::get(std::string_view name) const { return trimmed(exactly(name)); }

std::string Row::attributes(std::span<const std::string_view> known) const {
    std::vector<const Field*> others;
    for (const Field& field : fields_) {
        if (!trimmed(field.value).empty() && std::find(known.begin(), known.end(), field.name) == known.end()) others.push_back(&field);
    }
    if (others.empty()) return {};
    std::sort(others.begin(), others.end(), [](const Field* a, const Field* b) { return a->name < b->name; });
    std::string json = "{";
    for (const Field* field : others) {
        if (json.size() > 1) json += ',';
        log::append_json_string(json, field->name);
        json += ':';
        log::append_json_string(json, trimmed(field->value));
    }
    return json + '}';
}

struct JsonRows::Impl {
    ondemand::parser parser;
    std::vector<Field> fields;
    std::deque<std::string> joined;

    std::string_view join(ondemand::value value) {
        std::string text;
        const auto add = [&](std::string_view part) {
            if (!text.empty()) text += ';';
            text += part;
        };
        if (value.type().value() == ondemand::json_type::array) {
            ondemand::array list = value.get_array().value();
            for (auto element : list)
                if (const auto part = plain(element.value())) add(*part);
        } else {
            ondemand::object object = value.get_object().value();
            for (auto member : object) {
                const std::string name(member.unescaped_key().value());
                if (const auto part = plain(member.value().value())) add(name + '=' + std::string(*part));
            }
        }
        return joined.emplace_back(std::move(text));
    }
};

JsonRows::JsonRows() : impl_(std::make_unique<Impl>()) {}
JsonRows::~JsonRows() = default;

Result<std::span<const Field>> JsonRows::parse(std::string_view line) {
    impl_->fields.clear();
    impl_->joined.clear();
    const auto bad = [](std::string why) { return invalid("bad_json", "not a JSON object: " + std::move(why)); };
    try {
        auto document = impl_->parser.iterate(simdjson::padded_string_view(line.data(), line.size(), line.size() + LineReader::padding)).value();
        ondemand::object object = document.get_object().value();
        for (auto member : object) {
            const std::string_view name = member.unescaped_key().value();
            for (const Field& field : impl_->fields)
                if (field.name == name) return bad("\"" + std::string(name) + "\" is given twice");
            if (impl_->fields.size() == most_members) return bad("more than 256 members");
            ondemand::value value = member.value().value();
            const auto type = value.type().value();
            if (type == ondemand::json_type::array || type == ondemand::json_type::object) impl_->fields.push_back({name, impl_->join(value)});
            else if (const auto text = plain(value)) impl_->fields.push_back({name, *text});
        }
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return bad("something follows it on the line");
    } catch (const simdjson::simdjson_error& error) {
        if (error.error() == simdjson::INCORRECT_TYPE) return bad("a value is nested too deeply, or the line holds something else");
        return bad(error.what());
    }
    for (const Field& field : impl_->fields)
        if (field.value.find('\0') != std::string_view::npos || field.name.find('\0') != std::string_view::npos) return bad("a NUL character");
    return std::span<const Field>(impl_->fields);
}

}  // namespace verbatim::intake
