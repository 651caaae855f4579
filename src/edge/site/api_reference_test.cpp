#include "edge/site/api_reference.h"

#include <gtest/gtest.h>

namespace verbatim::site {
namespace {

const auto description = nlohmann::ordered_json::parse(R"json({
  "info": {"description": "About it."},
  "paths": {
    "/api/v1/visits/{visit}": {
      "parameters": [{"$ref": "#/components/parameters/visit"}],
      "get": {"operationId": "visit", "summary": "One visit", "responses": {"200": {"description": "as described", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Visit"}}, "text/csv": {}}}, "404": {"$ref": "#/components/responses/Problem"}}},
      "put": {"summary": "Change it", "x-permission": "visits.change", "security": [{"key": []}],
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["stars"], "properties": {"stars": {"type": ["integer", "null"], "minimum": 1, "maximum": 5}, "why": {"enum": ["a", null]}}}, "example": {"stars": 4}}}},
        "responses": {"204": {"description": "done"}, "401": {"$ref": "#/components/responses/Problem"}, "403": {"$ref": "#/components/responses/Problem"}}}
    },
    "/api/v1/account": {"get": {"summary": "Who one is", "security": [{"session": []}], "responses": {"200": {"description": "you", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Visit"}}}}}}}}
  },
  "components": {
    "parameters": {"visit": {"name": "visit", "in": "path", "required": true, "schema": {"type": "string", "maxLength": 64}}},
    "responses": {"Problem": {"description": "RFC 9457"}},
    "schemas": {"Visit": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}, "next": {"$ref": "#/components/schemas/Visit"}}, "examples": [{"at": "2026-11-27T09:00:00Z"}]}, "Kind": {"enum": ["x", "y"]}}
  }
})json");

TEST(ApiReference, groups_by_the_first_word_of_the_address) {
    const auto data = api_reference(description);
    ASSERT_EQ(data["GROUPS"].size(), 2u);
    EXPECT_EQ(data["GROUPS"][0]["WORD"], "account");
    EXPECT_EQ(data["GROUPS"][1]["OPERATIONS"].size(), 2u);
    EXPECT_EQ(data["ABOUT"], "About it.");
}

TEST(ApiReference, says_who_may_ask) {
    const auto data = api_reference(description);
    EXPECT_TRUE(data["GROUPS"][0]["OPERATIONS"][0].contains("SIGNED_IN"));
    const auto& visit = data["GROUPS"][1]["OPERATIONS"];
    EXPECT_TRUE(visit[0].contains("PUBLIC"));
    EXPECT_FALSE(visit[1].contains("PUBLIC"));
    EXPECT_EQ(visit[1]["PERMISSION"], "visits.change");
}

TEST(ApiReference, tells_types_limits_and_examples_in_words) {
    const auto data = api_reference(description);
    const auto& put = data["GROUPS"][1]["OPERATIONS"][1];
    EXPECT_EQ(put["ID"], "put-visits--visit-");
    EXPECT_EQ(put["PARAMETERS"][0]["NAME"], "visit");  // what all methods of an address share
    EXPECT_EQ(put["PARAMETERS"][0]["LIMITS"], "characters at most 64");
    const auto& fields = put["BODY"]["FIELDS"];
    EXPECT_EQ(fields[0]["TYPE"], "integer or null");
    EXPECT_EQ(fields[0]["LIMITS"], "at least 1, at most 5");
    EXPECT_TRUE(fields[0].contains("REQUIRED"));
    EXPECT_FALSE(fields[1].contains("REQUIRED"));
    EXPECT_EQ(fields[1]["TYPE"], "one of a, null");
    EXPECT_EQ(put["BODY"]["EXAMPLE"], "{\"stars\":4}");
    EXPECT_EQ(put["REFUSALS"], "401, 403");
    EXPECT_EQ(put["ANSWERS"].size(), 1u);
    const auto& get = data["GROUPS"][1]["OPERATIONS"][0];
    EXPECT_EQ(get["ANSWERS"][0]["LINK"], "Visit");
    EXPECT_EQ(get["ANSWERS"][0]["MEDIA"], "application/json, text/csv");
    EXPECT_EQ(get["ANSWERS"][0]["TEXT"], "");
    EXPECT_EQ(data["GROUPS"][0]["OPERATIONS"][0]["ANSWERS"][0]["TYPE"], "list of Visit");
}

TEST(ApiReference, lists_the_schemas) {
    const auto data = api_reference(description);
    ASSERT_EQ(data["SCHEMAS"].size(), 2u);
    EXPECT_EQ(data["SCHEMAS"][0]["TYPE"], "one of x, y");
    EXPECT_EQ(data["SCHEMAS"][1]["FIELDS"][0]["TYPE"], "date-time");
    EXPECT_EQ(data["SCHEMAS"][1]["FIELDS"][1]["LINK"], "Visit");
    EXPECT_EQ(data["SCHEMAS"][1]["EXAMPLE"], "{\"at\":\"2026-11-27T09:00:00Z\"}");
    EXPECT_FALSE(data["SCHEMAS"][0].contains("EXAMPLE"));
}

}  // namespace
}  // namespace verbatim::site
