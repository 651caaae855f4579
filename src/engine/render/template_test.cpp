// What templates do with values: escaping by context, sections, partials, and the mistakes that must not pass.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/render/expander.h"

namespace verbatim::render {
namespace {

class Templates : public testing::Test {
protected:
    std::string expand(std::string_view text, const Json& data, bool html = true) {
        TemplateWorld world;
        world.partial = [](std::string_view name) -> std::optional<std::string_view> {
            if (name == "bold") return "<b>[[of]]:{{[[of]]}}</b>\n";
            if (name == "endless") return "{{>endless}}\n";
            return std::nullopt;
        };
        world.fixed_text = [](std::string_view key) -> std::optional<std::string> {
            if (key == "fixed") return "Tom & <Ann>";
            return std::nullopt;
        };
        world.asset_url = [](std::string_view name) -> std::optional<std::string> {
            if (name == "style.css") return "/a/style.1.css";
            return std::nullopt;
        };
        const CompiledTemplate compiled("test", prepare_template("test", text, html, world), html);
        return compiled.expand(locale_, data, &coverage_);
    }

    Catalogue catalogue_{"en", R"({"many":"{count, plural, one {# thing} other {# things}} for {who}","kind.a":"Kind A",
        "duration.days":"{big} d {small} h","duration.hours":"{big} h {small} min","duration.minutes":"{big} min","duration.moment":"now"})"};
    Chain chain_{{&catalogue_}};
    LocaleImpl locale_{"en", chain_};
    Coverage coverage_;
};

TEST_F(Templates, escape_by_where_the_value_stands) {
    const Json evil = {{"X", "\"><script>alert('1')</script>&"}};
    EXPECT_EQ(expand("<p>{{X}}</p>", evil), "<p>&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>");
    EXPECT_EQ(expand("<p title=\"{{X}}\">", evil), "<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;\">");
    EXPECT_EQ(expand("<textarea>{{lines:X}}</textarea>", {{"X", "</textarea>\n\nb"}}), "<textarea>&lt;/textarea&gt;\n\nb</textarea>");
}

TEST_F(Templates, addresses_with_a_dangerous_scheme_are_taken_out) {
    for (const char* bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x", "java\tscript:x"}) {
        const std::string out = expand("<a href=\"{{X}}\">", {{"X", bad}});
        EXPECT_EQ(out, "<a href=\"#\">") << bad;
    }
    EXPECT_EQ(expand("<a href=\"{{X}}\">", {{"X", "/fr/sites/A1?page=2&sort=newest"}}), "<a href=\"/fr/sites/A1?page=2&amp;sort=newest\">");
    EXPECT_EQ(expand("<a href=\"tel:{{dial:X}}\">", {{"X", "+33 1 (0) 2\"x"}}), "<a href=\"tel:+33102\">");
}

TEST_F(Templates, json_inside_a_script_cannot_end_it) {
    const Json data = {{"LD", "{\"a\":\"</script><!--&\xE2\x80\xA8\"}"}};
    const std::string out = expand("<script type=\"application/ld+json\">{{json:LD}}</script>", data);
    EXPECT_EQ(out, "<script type=\"application/ld+json\">{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\"}</script>");
    const auto from = out.find('{'), to = out.rfind('}');
    EXPECT_EQ(Json::parse(out.substr(from, to - from + 1))["a"], "</script><!--&\xE2\x80\xA8");  // the same value still
}

TEST_F(Templates, plain_text_is_not_escaped) {
    EXPECT_EQ(expand("{{X}} {{t:fixed}}\n", {{"X", "<&>\nb"}}, false), "<&>\nb Tom & <Ann>\n");
    EXPECT_EQ(expand("{{t:fixed}}", Json::object()), "Tom &amp; &lt;Ann&gt;");
}

TEST_F(Templates, sections_repeat_open_or_hide) {
    EXPECT_EQ(expand("{{#A}}{{.}},{{/A}}", {{"A", {1, 2, 3}}}, false), "1,2,3,");
    EXPECT_EQ(expand("{{#A}}{{B}}{{C}};{{/A}}", {{"A", {{{"B", "x"}}, {{"B", "y"}}}}, {"C", "!"}}, false), "x!;y!;");
    EXPECT_EQ(expand("{{?A}}[{{#A}}{{.}}{{/A}}]{{/A}}", {{"A", {1, 2}}}, false), "[12]");
    EXPECT_EQ(expand("{{#A}}yes{{/A}}{{^A}}no{{/A}}", {{"A", Json::array()}}, false), "no");
    EXPECT_EQ(expand("{{#A}}yes{{/A}}{{^A}}no{{/A}}", {{"A", 0}}, false), "no");
    EXPECT_EQ(expand("{{#A=4}}yes{{/A=4}}{{^A=4}}no{{/A=4}}", {{"A", 4}}, false), "yes");
    EXPECT_EQ(expand("{{#A=}}none{{/A=}}{{^A=}}{{A}}{{/A=}}", {{"A", 0}}, false), "0");
    EXPECT_EQ(expand("{{#O}}{{P}}{{O.P}}{{/O}}", {{"O", {{"P", "q"}}}}, false), "qq");
}

TEST_F(Templates, lines_of_tags_only_leave_no_line) {
    EXPECT_EQ(expand("a\n{{#A}}\n  b\n{{/A}}\n{{! note }}\nc\n", {{"A", true}}, false), "a\n  b\nc\n");
}

TEST_F(Templates, partials_take_parameters) { EXPECT_EQ(expand("  {{>bold of=X}}\n", {{"X", "<"}}), "<b>X:&lt;</b>\n"); }

TEST_F(Templates, values_are_shown_as_the_function_says) {
    const Json data = {{"N", 1284}, {"A", "4.58"}, {"S", .6789}, {"D", "2026-10-28"}, {"T", 1793145600}, {"L", 12720}, {"C", "FR"}, {"G", "de"}, {"K", "a"}};
    EXPECT_EQ(expand("{{N}} {{number:N}} {{decimal:A}} {{percent:S}} {{rate:S}} {{bar:S}} {{stars:A}}", data, false), "1284 1,284 4.6 68% 67.9% 67.9 91.6");
    EXPECT_EQ(expand("{{decimal:N}} {{decimal:A}}", {{"N", 4}, {"A", "4.00"}}, false), "4 4.0");
    EXPECT_EQ(expand("{{date:D}} {{date:T}} {{iso:T}} {{datetime:T}} {{duration:L}}", data, false),
              "28 Oct 2026 28 Oct 2026 2026-10-28T00:00:00Z 28 Oct 2026, 00:00 3 h 32 min");
    EXPECT_EQ(expand("{{country:C}} {{language:G}} {{t:kind.@K}}", data, false), "France German Kind A");
    EXPECT_EQ(expand("{{t:many count=N who=C}}", data, false), "1,284 things for FR");
    EXPECT_EQ(expand("{{stars:N}} {{bar:N}}", {{"N", -3}}, false), "0 0");
}

TEST_F(Templates, assets_are_decided_when_a_template_is_prepared) {
    EXPECT_EQ(expand("{{#asset:style.css}}{{asset:style.css}}{{/asset:style.css}}{{#asset:no.css}}{{asset:no.css}}{{/asset:no.css}}", Json::object()), "/a/style.1.css");
}

TEST_F(Templates, what_is_missing_is_noticed) {
    expand("{{KNOWN}}{{UNKNOWN}}{{#HIDDEN}}{{INSIDE}}{{/HIDDEN}}", {{"KNOWN", 1}}, false);
    EXPECT_EQ(coverage_.missing, std::vector<std::string>{"UNKNOWN"});
    EXPECT_EQ(coverage_.sections, std::vector<std::string>{"#HIDDEN"});
    EXPECT_TRUE(coverage_.shown.empty());
}

TEST_F(Templates, mistakes_in_a_template_are_refused) {
    for (const char* bad : {"{{#A}}", "{{/A}}", "{{#A}}{{/B}}", "{{}}", "{{A", "{{nothing:A}}", "{{t:unknown}}", "{{>unknown}}", "{{>bold}}",
                            "{{asset:no.css}}", "{{A B}}", "{{A..B}}", "{{>endless}}", "[[A]]"}) {
        EXPECT_THROW(expand(bad, Json::object()), std::logic_error) << bad;
    }
}

}  // namespace
}  // namespace verbatim::render
