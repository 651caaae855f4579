// What both screens share. For this module only.
#pragma once

#include <nlohmann/json.hpp>

#include "edge/office/office.h"
#include "ground/base/result.h"

namespace verbatim::office {

using nlohmann::json;

struct Desk {
    House house;
    Options options;

    const render::Locale& locale(const http::Request& request) const { return house.renderer.negotiate(request.field("Accept-Language")); }
    json frame(const render::Locale& locale) const;
    http::Response page(std::string_view name, const render::Locale& locale, const json& data, int status) const;
    http::Response message(const render::Locale& locale, int status, std::string_view kind) const;
    http::Response failure(const render::Locale& locale, const Error& error) const;
};

// ERROR by field and ERRORS for the summary.
void put_problem(json& data, const std::string& field, const std::string& code);

void answer_routes(http::Router& router, const Desk& desk);
void case_routes(http::Router& router, const Desk& desk);
void moderation_routes(http::Router& router, const Desk& desk);

}  // namespace verbatim::office
