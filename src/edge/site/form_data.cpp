#include "edge/site/form_data.h"

#include "life/collect/questionnaire.h"

#include <algorithm>

namespace verbatim::site {

collect::Submission submission_of(const http::Form& form) {
    collect::Submission typed;
    const auto take = [&](std::string& into, std::string_view name) { into = form.get(name); };
    take(typed.rating, "rating");
    take(typed.recommend, "recommend");
    take(typed.title, "title");
    take(typed.body, "body");
    take(typed.signature, "signature");
    take(typed.contact_me, "contact_me");
    take(typed.declaration, "declaration");
    take(typed.product_rating, "product_rating");
    take(typed.product_body, "product_body");
    take(typed.first_name, "first_name");
    take(typed.last_name, "last_name");
    take(typed.email, "email");
    take(typed.phone, "phone");
    take(typed.proof, "proof");
    take(typed.experience_on, "experience_on");
    take(typed.service, "service");
    constexpr std::string_view prefix = "rating_";
    for (const auto& [name, value] : form.values) {
        if (name.size() > prefix.size() && name.compare(0, prefix.size(), prefix) == 0) typed.criteria.emplace(name.substr(prefix.size()), value);
    }
    return typed;
}

void put_typed(json& data, std::string_view locale, const std::vector<std::string>& criteria, const collect::Submission& typed, const std::vector<collect::Problem>& problems) {
    data["VALUES"] = {{"rating", typed.rating}, {"recommend", typed.recommend}, {"title", typed.title}, {"body", typed.body},
                      {"signature", typed.signature}, {"contact_me", typed.contact_me}, {"declaration", typed.declaration},
                      {"product_rating", typed.product_rating}, {"product_body", typed.product_body}, {"first_name", typed.first_name},
                      {"last_name", typed.last_name}, {"email", typed.email}, {"phone", typed.phone}, {"proof", typed.proof}, {"proof_kind", "invoice"},
                      {"experience_on", typed.experience_on}, {"service", typed.service}};
    data["ERROR"] = json::object();
    data["ERRORS"] = json::array();
    for (const auto& problem : problems) {
        data["ERROR"][problem.field] = problem.code;
        json one = {{"FIELD", problem.field}, {"CODE", problem.code}};
        if (problem.field.rfind("rating_", 0) == 0) {
            one["CRITERION"] = problem.field.substr(7);
            one["OWN_LABEL"] = collect::own_label(problem.field.substr(7), locale);
        }
        data["ERRORS"].push_back(std::move(one));
    }
    data["CRITERIA"] = json::array();
    for (const auto& code : criteria) {
        const auto value = typed.criteria.find(code);
        json one = {{"CODE", code}, {"LABEL", collect::own_label(code, locale)}, {"VALUE", value == typed.criteria.end() ? "" : value->second}};
        for (const auto& problem : problems) {
            if (problem.field == "rating_" + code) one["PROBLEM"] = problem.code;
        }
        data["CRITERIA"].push_back(std::move(one));
    }
}

}  // namespace verbatim::site
