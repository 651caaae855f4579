#include "record/contact/letter_data.h"

#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace verbatim::contact {
namespace {

namespace ondemand = simdjson::ondemand;

void read_members(ondemand::object members, LetterData& into) {
    for (auto member : members) {
        const std::string_view name = member.unescaped_key().value();
        auto value = member.value().value();
        std::string* own = name == "TARGET" ? &into.target : name == "unsubscribe_token" ? &into.unsubscribe_token : nullptr;
        for (std::size_t i = 0; i < personal.size() && own == nullptr; ++i)
            if (name == personal[i]) own = &into.values[i];
        if (own != nullptr) {
            *own = value.get_string().value();
        } else if (name == "STARS") {
            read_members(value.get_object().value(), into);
        } else {
            into.opens = into.opens || name == "OPENS";
            if (name == "OPENS") continue;
            into.notice = into.notice || name == "NOTICE";
            into.rest += name;
            into.rest += value.raw_json_token();
            into.rest += '\n';
            if (name == "LANG") into.language = value.get_string().value();
            else if (!value.is_scalar().value()) throw std::runtime_error("the data of a letter cannot be read: " + std::string(name) + " is a list or an object");
        }
    }
}

}  // namespace

void put_values(const LetterData& values, nlohmann::json& data) {
    for (std::size_t n = 0; n < personal.size(); ++n)
        if (!values.values[n].empty()) (n < static_cast<std::size_t>(Personal::star) ? data : data["STARS"])[personal[n]] = values.values[n];
}

LetterData read_letter_data(std::string_view json) {
    thread_local ondemand::parser parser;
    LetterData data;
    try {
        const simdjson::padded_string padded(json);
        auto document = parser.iterate(padded).value();
        read_members(document.get_object().value(), data);
    } catch (const simdjson::simdjson_error& error) {
        throw std::runtime_error(std::string("the data of a letter cannot be read: ") + error.what());
    }
    return data;
}

}  // namespace verbatim::contact
