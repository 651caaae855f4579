#include "edge/api/hygiene.h"

#include <gtest/gtest.h>

namespace verbatim::api {
namespace {

TEST(KeyLimits, SaysWhatIsLeftAndWhenToComeBack) {
    KeyLimits limits(3);
    EXPECT_EQ(limits.take("a").remaining, 2);
    limits.take("a");
    const auto last = limits.take("a");
    EXPECT_TRUE(last.go);
    EXPECT_EQ(last.remaining, 0);
    const auto refused = limits.take("a");
    EXPECT_FALSE(refused.go);
    EXPECT_GE(refused.reset, 1);
    EXPECT_LE(refused.reset, 20);
    EXPECT_TRUE(limits.take("b").go);
    const auto response = limits.too_many(refused);
    EXPECT_EQ(response.status, 429);
    std::string fields;
    for (const auto& field : response.fields) fields += field.name + ": " + field.value + "\n";
    EXPECT_NE(fields.find("Retry-After: "), std::string::npos);
    EXPECT_NE(fields.find("RateLimit-Policy: \"key\";q=3;w=60\n"), std::string::npos);
    EXPECT_NE(fields.find("RateLimit: \"key\";r=0;t="), std::string::npos);
    KeyLimits none(0);
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(none.take("a").go);
}

TEST(Tag, OnlyWhereThereIsNone) {
    auto one = http::Response::json("{}"), other = http::Response::json("{}"), own = http::Response::json("{}"), missing = http::Response::problem(404, "x", "y");
    tag(one);
    tag(other);
    ASSERT_EQ(one.fields.size(), 1u);
    EXPECT_EQ(one.fields[0].value, other.fields[0].value);
    own.with("ETag", "\"1\"");
    tag(own);
    EXPECT_EQ(own.fields.size(), 1u);
    tag(missing);
    EXPECT_TRUE(missing.fields.empty());
}

}  // namespace
}  // namespace verbatim::api
