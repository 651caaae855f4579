#include "engine/http/shop_window.h"

#include <gtest/gtest.h>

namespace verbatim::http {
namespace {

Request asking(const std::string& target) {
    Request request;
    request.target = request.path = target;
    return request;
}

ShopWindow::Built page(std::string body) { return {Response::html(std::move(body)), {}, true}; }

TEST(ShopWindow, KeepsAPageUntilItsTagIsDropped) {
    ShopWindow window(1 << 20);
    EXPECT_EQ(window.find("/a"), nullptr);
    window.show(asking("/a"), {"site:1"}, 600, [] { return page("one"); });
    ASSERT_NE(window.find("/a"), nullptr);
    EXPECT_EQ(window.find("/a")->identity.body, "one");
    window.drop("site:2");
    EXPECT_NE(window.find("/a"), nullptr);
    window.drop("site:1");
    EXPECT_EQ(window.find("/a"), nullptr);
    EXPECT_EQ(window.bytes(), 0u);
}

TEST(ShopWindow, APageBuiltWhileItsSubjectChangedIsGivenButNotKept) {
    ShopWindow window(1 << 20);
    const auto answer = window.show(asking("/a"), {"site:1"}, 600, [&] {
        window.drop("site:1");
        return page("stale");
    });
    EXPECT_EQ(answer.body, "stale");
    EXPECT_EQ(window.find("/a"), nullptr);
}

TEST(ShopWindow, WhatIsNotSettledOrNotFoundOrTooOldIsNotKept) {
    ShopWindow window(1 << 20);
    window.show(asking("/a"), {}, 600, [] { return ShopWindow::Built{Response::html("x"), {}, false}; });
    window.show(asking("/b"), {}, 600, [] { return ShopWindow::Built{Response::html("x", 404), {}, true}; });
    window.show(asking("/c"), {}, 0, [] { return page("x"); });
    EXPECT_EQ(window.find("/a"), nullptr);
    EXPECT_EQ(window.find("/b"), nullptr);
    EXPECT_EQ(window.find("/c"), nullptr);
}

TEST(ShopWindow, StaysWithinItsMemory) {
    ShopWindow window(200 * 1024);
    for (int i = 0; i < 500; ++i) {
        window.show(asking("/" + std::to_string(i)), {"t" + std::to_string(i)}, 600, [] { return page(std::string(10000, 'x')); });
        ASSERT_LE(window.bytes(), 200u * 1024);
    }
    EXPECT_GT(window.bytes(), 10000u);
    EXPECT_EQ(window.find("/0"), nullptr);
    EXPECT_NE(window.find("/499"), nullptr);
}

}  // namespace
}  // namespace verbatim::http
