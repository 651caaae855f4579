#include "ground/formats/canonical_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace verbatim {

using nlohmann::json;

TEST(CanonicalJson, Rfc8785SortsByUtf16CodeUnits) {
    // The example of RFC 8785 section 3.2.3: the emoji, a surrogate pair, stands before U+FB33.
    const json value = {{"\xe2\x82\xac", 1}, {"\r", 2}, {"\xef\xac\xb3", 3}, {"1", 4}, {"\xf0\x9f\x98\x80", 5}, {"\xc2\x80", 6}, {"\xc3\xb6", 7}};
    EXPECT_EQ(canonical_json(value), "{\"\\r\":2,\"1\":4,\"\xc2\x80\":6,\"\xc3\xb6\":7,\"\xe2\x82\xac\":1,\"\xf0\x9f\x98\x80\":5,\"\xef\xac\xb3\":3}");
    EXPECT_EQ(canonical_json(json{{"a", 1}, {"", 2}, {"ab", 3}}), "{\"\":2,\"a\":1,\"ab\":3}");
}

TEST(CanonicalJson, Rfc8785EscapesOnlyWhatItMust) {
    EXPECT_EQ(canonical_json(json(std::string("\"\\/\b\f\n\r\t\x01\x1f\x7f\0é", 14))), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\u0000é\"");
}

TEST(CanonicalJson, TLG10OneEncodingOnly) {
    for (const char* canonical : {"{}", "[]", "null", "true", "\"é\"", "-1", "0", "9007199254740991", "{\"a\":[1,{\"b\":null}],\"c\":\"\"}"})
        EXPECT_TRUE(is_canonical_json(canonical)) << canonical;
    for (const char* other : {"", " {}", "{} ", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":1}", "{\"a\": 1}", "\"\\u0041\"", "\"\\/\"", "-0", "01", "1.0", "1e2",
                              "9007199254740992", "-9007199254740992", "18446744073709551615", "\"\xff\"", "{\"a\":1}{", "\"\t\""})
        EXPECT_FALSE(is_canonical_json(other)) << other;
}

TEST(CanonicalJson, RefusesWhatHasNoSuchForm) {
    EXPECT_THROW(canonical_json(json(1.5)), std::invalid_argument);
    EXPECT_THROW(canonical_json(json{{"a", "\xc3"}}), std::invalid_argument);
    EXPECT_FALSE(is_canonical_json(std::string(100000, '[')));
    EXPECT_FALSE(is_canonical_json(std::string(100, '[') + std::string(100, ']')));
    EXPECT_TRUE(is_canonical_json(std::string(60, '[') + std::string(60, ']')));
}

}  // namespace verbatim
