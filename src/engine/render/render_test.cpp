#include "engine/render/render.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace verbatim::render {
namespace {
TEST(Render, works) {
    const auto renderer = Renderer::make();
    EXPECT_EQ(renderer->html("message", renderer->locale("fr"), {{"x", "<"}}), "Back to the reviews &lt;\n");
}
}  // namespace
}  // namespace verbatim::render
