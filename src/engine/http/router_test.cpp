#include <gtest/gtest.h>

#include "engine/http/http.h"

namespace verbatim::http {
namespace {

Request ask(Method method, std::string target) {
    Request request;
    request.method = method;
    request.target = std::move(target);
    return request;
}

Handler says(std::string what) {
    return [what](const Request& request) {
        std::string text = what;
        for (const auto& [name, value] : request.parts) text += " " + name + "=" + value;
        return Response::text(text);
    };
}

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        router.get("/", says("home"));
        router.get("/{locale}/", says("locale"));
        router.get("/{locale}/sites/{code}", says("site"));
        router.get("/api/sites/{code}", says("api"));
        router.get("/{locale}/sites/best", says("best"));
        router.get("/w/sites/{code}.json", says("widget"));
        router.get("/w/sites/{code}", says("widget page"));
        router.get("/log/tile/{rest...}", says("tile"));
        router.get("/log/tile/entries/{rest...}", says("entries"));
        router.post("/r/{token}", says("posted"));
        router.get("/r/{token}", says("form"));
        router.get("/boom", [](const Request&) -> Response { throw std::runtime_error("boom"); });
        router.get("/odd", [](const Request&) -> Response { throw 7; });
    }
    std::string body(Method method, std::string target) {
        auto request = ask(method, std::move(target));
        return router.dispatch(request).body;
    }
    Response response(Method method, std::string target) {
        auto request = ask(method, std::move(target));
        return router.dispatch(request);
    }
    Router router;
};

TEST_F(RouterTest, the_most_literal_route_wins) {
    EXPECT_EQ(body(Method::get, "/"), "home");
    EXPECT_EQ(body(Method::get, "/fr/"), "locale locale=fr");
    EXPECT_EQ(body(Method::get, "/fr/sites/A1?page=2"), "site code=A1 locale=fr");
    EXPECT_EQ(body(Method::get, "/fr/sites/best"), "best locale=fr");
    EXPECT_EQ(body(Method::get, "/api/sites/A1"), "api code=A1");
    EXPECT_EQ(body(Method::get, "/w/sites/A1.json"), "widget code=A1");
    EXPECT_EQ(body(Method::get, "/w/sites/A1"), "widget page code=A1");
    EXPECT_EQ(body(Method::get, "/log/tile/0/x001/067"), "tile rest=0/x001/067");
    EXPECT_EQ(body(Method::get, "/log/tile/entries/000"), "entries rest=000");
}

TEST_F(RouterTest, a_literal_dead_end_is_walked_back) {
    // "api" matches literally, and leads nowhere for "best"'s sibling: the {locale} branch answers.
    router.get("/{locale}/sites/{code}/more", says("more"));
    EXPECT_EQ(body(Method::get, "/api/sites/A1/more"), "more code=A1 locale=api");
}

TEST_F(RouterTest, parts_are_decoded_once_and_never_empty) {
    EXPECT_EQ(body(Method::get, "/fr/sites/a%2520b"), "site code=a%20b locale=fr");
    EXPECT_EQ(response(Method::get, "/fr/sites/").status, 404);
    EXPECT_EQ(response(Method::get, "/log/tile/").status, 404);
    EXPECT_EQ(response(Method::get, "/fr/sites/a%2Fb").status, 400);
    EXPECT_EQ(response(Method::get, "/fr/sites/%2e%2e").status, 400);
    EXPECT_EQ(response(Method::get, "/fr/sites/%ff").status, 400);
}

TEST_F(RouterTest, head_is_answered_through_get) { EXPECT_EQ(body(Method::head, "/fr/"), "locale locale=fr"); }

TEST_F(RouterTest, another_method_gets_405_with_allow) {
    const auto refused = response(Method::del, "/r/abc");
    EXPECT_EQ(refused.status, 405);
    ASSERT_EQ(refused.fields.size(), 1u);
    EXPECT_EQ(refused.fields[0].name, "Allow");
    EXPECT_EQ(refused.fields[0].value, "GET, HEAD, POST, OPTIONS");
    const auto options = response(Method::options, "/r/abc");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.fields[0].value, "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(response(Method::options, "*").status, 204);
    EXPECT_EQ(response(Method::options, "/none").status, 404);
}

TEST_F(RouterTest, exceptions_become_500_through_the_fallback) {
    EXPECT_EQ(response(Method::get, "/boom").status, 500);
    EXPECT_EQ(response(Method::get, "/odd").status, 500);
    router.fallback([](const Request&, int status) { return Response::html("<p>sorry", status); });
    EXPECT_EQ(body(Method::get, "/boom"), "<p>sorry");
    EXPECT_EQ(body(Method::get, "/none"), "<p>sorry");
    router.status_of([](const std::exception& fault) { return std::string_view(fault.what()) == "boom" ? 503 : 500; });
    const auto later = response(Method::get, "/boom");
    EXPECT_EQ(later.status, 503);
    EXPECT_TRUE(std::any_of(later.fields.begin(), later.fields.end(), [](const Field& field) { return field.name == "Retry-After"; }));
    router.fallback([](const Request&, int) -> Response { throw std::runtime_error("worse"); });
    EXPECT_EQ(response(Method::get, "/boom").status, 500);
}

TEST_F(RouterTest, wrong_patterns_are_refused_at_start) {
    EXPECT_THROW(router.get("no-slash", says("")), std::invalid_argument);
    EXPECT_THROW(router.get("/", says("")), std::invalid_argument);
    EXPECT_THROW(router.get("/{rest...}/more", says("")), std::invalid_argument);
    EXPECT_THROW(router.get("/{a}{b}", says("")), std::invalid_argument);
}

TEST(Responses, problem_is_json_with_a_stable_code) {
    const auto problem = Response::problem(422, "rating_missing", "say \"1\" to 5", "rating");
    EXPECT_EQ(problem.status, 422);
    EXPECT_EQ(problem.content_type, "application/problem+json");
    EXPECT_EQ(problem.body, R"({"title":"Unprocessable Content","status":422,"code":"rating_missing","detail":"say \"1\" to 5","field":"rating"})");
}

}  // namespace
}  // namespace verbatim::http
