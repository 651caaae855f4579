#include <gtest/gtest.h>

#include "engine/http/http.h"

namespace verbatim::http {
namespace {

TEST(Server, answers_from_window_and_counter) {
    Router router;
    router.get("/hello/{name}", [](const Request& request) { return Response::text("hello " + std::string(request.part("name"))); });
    router.post("/form", [](const Request& request) {
        auto form = Form::parse(request);
        return form ? Response::text(std::string(form->get("a"))) : Response::problem(400, form.error().code, form.error().message);
    });
    const auto page = finish_page("application/json", "{\"a\":1}", {{"Cache-Control", "no-cache"}});
    Options options;
    options.listen = "127.0.0.1:0";
    Server server(options, router, [&](std::string_view target) { return target == "/page" ? page : nullptr; });
    server.start();
    Client client("http://" + server.address());
    auto fetched = client.get("/page");
    ASSERT_TRUE(fetched.ok()) << fetched.error().message;
    EXPECT_EQ(fetched->body, "{\"a\":1}");
    fetched = client.get("/hello/J%C3%BCrgen");
    ASSERT_TRUE(fetched.ok());
    EXPECT_EQ(fetched->body, "hello Jürgen");
    fetched = client.post("/form", "application/x-www-form-urlencoded", "a=b+c");
    ASSERT_TRUE(fetched.ok());
    EXPECT_EQ(fetched->body, "b c");
    EXPECT_EQ(client.get("/none")->status, 404);
    EXPECT_EQ(client.get("/form")->status, 405);
    server.stop();
    EXPECT_EQ(server.metrics().window_hits, 1u);
    EXPECT_EQ(server.metrics().connections_open, 0u);
}

}  // namespace
}  // namespace verbatim::http
