#include "engine/qr/qr.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace verbatim::qr {
namespace {

// The three finder patterns of section 6.3.3 stand where a camera looks for them.
TEST(Qr, FinderPatternsAndQuietZone) {
    const auto code = svg("HELLO");  // version 1: 21 modules and twice four of quiet
    EXPECT_NE(code.find("viewBox=\"0 0 29 29\""), std::string::npos);
    EXPECT_NE(code.find("M4 4h7v1h-7z"), std::string::npos);
    EXPECT_NE(code.find("M18 4h7v1h-7z"), std::string::npos);
    EXPECT_NE(code.find("M4 18h7v1h-7z"), std::string::npos);
    EXPECT_EQ(code.find("style"), std::string::npos);
}

TEST(Qr, Bounds) {
    EXPECT_THROW(svg(""), std::invalid_argument);
    EXPECT_THROW(svg(std::string(1001, 'x')), std::invalid_argument);
    EXPECT_FALSE(svg(std::string(1000, 'x')).empty());
}

}  // namespace
}  // namespace verbatim::qr
