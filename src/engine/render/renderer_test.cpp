// The whole: languages, every template with its sample in every language, assets.
#include <gtest/gtest.h>
#include <unicode/locid.h>

#include <algorithm>
#include <set>
#include <thread>

#include "engine/render/render.h"
#include "engine/render/samples.h"

namespace verbatim::render {
namespace {

const Renderer& renderer() {
    static const auto made = Renderer::make();
    return *made;
}

// U+00A0 and U+202F as spaces: which one a language takes is CLDR's choice of the year.
std::string plain_spaces(std::string text) {
    for (const std::string_view wide : {"\xC2\xA0", "\xE2\x80\xAF"})
        for (auto at = text.find(wide); at != std::string::npos; at = text.find(wide)) text.replace(at, wide.size(), " ");
    return text;
}

constexpr Seconds october_28 = 1793145600;  // 2026-10-28T00:00:00Z

TEST(Locale, numbers_and_dates_as_each_language_writes_them) {
    const auto& english = renderer().locale("en");
    const auto& french = renderer().locale("fr");
    const auto& german = renderer().locale("de");
    EXPECT_EQ(english.number(4.58, 1), "4.6");
    EXPECT_EQ(french.number(4.58, 1), "4,6");
    EXPECT_EQ(german.number(1284, 0), "1.284");
    EXPECT_EQ(plain_spaces(french.number(1284, 0)), "1 284");
    EXPECT_EQ(english.number(0.125, 2), "0.13");  // half up
    EXPECT_EQ(english.date(october_28), "28 Oct 2026");
    EXPECT_EQ(french.date(october_28), "28 oct. 2026");
    EXPECT_EQ(german.date(october_28), "28. Okt. 2026");
    EXPECT_EQ(plain_spaces(french.date_time(october_28 + 41520, "Europe/Paris")), "28 oct. 2026, 12:32");
    EXPECT_EQ(german.date_time(october_28 + 41520), "28. Okt. 2026, 11:32");
    EXPECT_EQ(renderer().locale("en-US").date(october_28), "Oct 28, 2026");
}

TEST(Locale, falls_back_from_country_to_language_to_English) {
    EXPECT_EQ(renderer().locale("fr-BE").tag(), "fr-BE");
    EXPECT_EQ(renderer().locale("fr_be").language(), "fr");
    EXPECT_EQ(renderer().locale("fr-BE").text("pages.next"), "Suivante");
    EXPECT_EQ(renderer().locale("fr-ZZ").tag(), "fr");  // no such country
    EXPECT_EQ(renderer().locale("xx").tag(), "en");
    EXPECT_EQ(renderer().locale("").tag(), "en");
    EXPECT_EQ(renderer().locale("../../etc").tag(), "en");
    EXPECT_TRUE(renderer().speaks("de-AT"));
    EXPECT_FALSE(renderer().speaks("xx"));
    EXPECT_FALSE(renderer().speaks("fr-ZZ"));
    EXPECT_EQ(renderer().locale("fr").text("no.such.key"), "no.such.key");
}

TEST(Locale, negotiates_as_RFC_9110_says) {
    const auto tag = [](std::string_view accept) { return renderer().negotiate(accept).tag(); };
    EXPECT_EQ(tag("fr"), "fr");
    EXPECT_EQ(tag("es;q=0.9, de;q=0.8, en;q=0.1"), "de");
    EXPECT_EQ(tag("fr-CH, fr;q=0.9, en;q=0.8"), "fr-CH");
    EXPECT_EQ(tag("en;q=0.3,de-DE"), "de-DE");
    EXPECT_EQ(tag("*"), "en");
    EXPECT_EQ(tag(""), "en");
    EXPECT_EQ(tag("fr;q=0, de;q=0.1"), "de");
    EXPECT_EQ(tag(",,;q=,fr;q=abc,\xff\xfe"), "en");
    EXPECT_EQ(tag(std::string(100000, ',')), "en");
}

TEST(Locale, plurals_follow_the_language) {
    const auto say = [](const char* tag, std::int64_t count) { return plain_spaces(renderer().locale(tag).text("score.stars", {{"count", count}})); };
    EXPECT_EQ(say("en", 0), "0 stars");
    EXPECT_EQ(say("en", 1), "1 star");
    EXPECT_EQ(say("fr", 0), "0 étoile");  // French counts zero as one
    EXPECT_EQ(say("fr", 2), "2 étoiles");
    EXPECT_EQ(say("de", 1), "1 Stern");
}

class EveryTemplate : public testing::TestWithParam<bool> {};

std::string sample_name(const std::string& name, bool html) { return html ? name : name.substr(0, name.rfind("_text")); }

TEST_P(EveryTemplate, renders_its_samples_in_every_language) {
    const auto names = renderer().templates(GetParam());
    EXPECT_GE(names.size(), 12u);
    for (const auto& language : renderer().languages()) {
        for (const auto& name : names) {
            for (const auto& [variant, data] : samples("assets/templates/samples", sample_name(name, GetParam()))) {
                const auto& locale = renderer().locale(language);
                const std::string out = GetParam() ? renderer().html(name, locale, data) : renderer().plain(name, locale, data);
                const std::string what = language + " " + name + " " + variant;
                EXPECT_EQ(out.find("{{"), std::string::npos) << what;
                EXPECT_EQ(out.find("[["), std::string::npos) << what;
                EXPECT_GT(out.size(), 60u) << what;
                if (!GetParam()) continue;
                EXPECT_NE(out.find("<html lang=\"" + language + "\""), std::string::npos) << what;
                if (name.starts_with("mail_") && name != "mail_view") continue;
                // The pages' CSP: no inline style, no inline script (JSON-LD is data).
                EXPECT_EQ(out.find(" style="), std::string::npos) << what;
                EXPECT_EQ(out.find("<style"), std::string::npos) << what;
                EXPECT_EQ(out.find(" onclick="), std::string::npos) << what;
                for (auto at = out.find("<script"); at != std::string::npos; at = out.find("<script", at + 1)) {
                    if (out.compare(at, 16, "<script src=\"/a/") == 0 && out.compare(out.find('>', at) + 1, 9, "</script>") == 0) continue;
                    EXPECT_EQ(out.substr(at, 36), "<script type=\"application/ld+json\">{") << what;
                }
            }
        }
    }
}

// The samples are the contract with the handlers: every name asked for is in the sample, and every expression and section is
// reached by some sample, so that a misspelt one cannot hide.
TEST_P(EveryTemplate, finds_every_name_in_its_samples) {
    std::set<std::string> all, reached, sections, shown;
    for (const auto& name : renderer().templates(GetParam())) {
        for (const auto& [variant, data] : samples("assets/templates/samples", sample_name(name, GetParam()))) {
            const Coverage found = renderer().coverage(name, GetParam(), renderer().locale("en"), data);
            for (const auto& missing : found.missing) {
                // What was typed so far: a field is absent until it was typed.
                const bool optional = missing.find("VALUES.") != std::string::npos || missing.find("ERROR.") != std::string::npos;
                EXPECT_TRUE(optional) << name << " " << variant << " lacks " << missing;
            }
            all.insert(found.expressions.begin(), found.expressions.end());
            sections.insert(found.sections.begin(), found.sections.end());
            reached.insert(found.evaluated.begin(), found.evaluated.end());
            shown.insert(found.shown.begin(), found.shown.end());
        }
    }
    for (const auto& one : all) EXPECT_TRUE(reached.contains(one)) << "no sample reaches {{" << one << "}}";
    for (const auto& one : sections) EXPECT_TRUE(shown.contains(one)) << "no sample shows {{" << one << "}}";
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryTemplate, testing::Values(true, false), [](const auto& one) { return one.param ? "html" : "text"; });

std::string page(const std::string& name, const std::string& language, const std::string& wanted = "") {
    for (const auto& [variant, data] : samples("assets/templates/samples", name))
        if (variant == wanted) return renderer().html(name, renderer().locale(language), data);
    throw std::runtime_error("no such sample");
}

// Norm NOT-1: beside each review stand both dates, the origin, the order and the way to the rules.
TEST(Pages, NOT_1_COL_4_PUB_7_show_dates_origin_and_order_in_every_language) {
    for (const auto& language : renderer().languages()) {
        const std::string out = page("site", language);
        const auto& locale = renderer().locale(language);
        EXPECT_NE(out.find("<time datetime=\"2026-10-28\">" + locale.date(october_28)), std::string::npos);
        EXPECT_NE(out.find("<time datetime=\"2026-11-20T08:12:00Z\">"), std::string::npos);
        for (const char* key : {"review.origin.invited", "review.origin.spontaneous", "list.order.newest", "review.updated", "frame.how"})
            EXPECT_NE(out.find(locale.text(key)), std::string::npos) << key;
        EXPECT_NE(plain_spaces(out).find(plain_spaces(locale.text("review.log_place", {{"place", std::string_view(locale.number(18432, 0))}}))), std::string::npos);
        EXPECT_NE(out.find("<blockquote class=\"voice\" lang=\"de\">"), std::string::npos);  // ACC-5
    }
}

// Norm INC-5: no star is chosen beforehand. Norm ACC-2: stars are native radios with their meaning as text.
TEST(Pages, INC_5_ACC_2_form_has_five_radios_and_none_is_chosen) {
    const std::string out = page("form", "en");
    for (int n = 1; n <= 5; ++n) {
        const auto at = out.find("name=\"rating\" value=\"" + std::to_string(n) + "\"");
        ASSERT_NE(at, std::string::npos) << n;
        EXPECT_EQ(out.substr(at, out.find('>', at) - at).find("checked"), std::string::npos) << n;
    }
    const std::string chosen = page("form", "en", "stars4");
    const auto four = chosen.find("name=\"rating\" value=\"4\"");
    EXPECT_NE(chosen.substr(four, chosen.find('>', four) - four).find(" checked"), std::string::npos);
}

TEST(Pages, form_keeps_everything_typed) {
    const std::string out = page("form", "en", "errors");
    EXPECT_NE(out.find("Accueil chaleureux.\nVoiture prête à l’heure, &lt;facture&gt; &amp; devis.</textarea>"), std::string::npos);
    EXPECT_NE(out.find("value=\"Presque tout était bien\""), std::string::npos);
    EXPECT_NE(out.find("<a href=\"#rating\">"), std::string::npos);
    EXPECT_NE(out.find("id=\"rating\""), std::string::npos);
    EXPECT_NE(out.find("value=\"7\" id=\"recommend-7\" checked"), std::string::npos);
}

// Norm SDT-1: structured data for products only.
TEST(Pages, SDT_1_json_ld_on_products_only) {
    EXPECT_NE(page("product", "fr").find("application/ld+json"), std::string::npos);
    EXPECT_EQ(page("product", "fr").find("</script> & friends"), std::string::npos);
    EXPECT_EQ(page("site", "fr").find("application/ld+json"), std::string::npos);
}

// Norm NOT-2, (a) to (h): consideration, times, retention, checks, contact, change, reasons, score.
TEST(Pages, NOT_2_rules_say_everything_in_every_language) {
    for (const auto& language : renderer().languages()) {
        const std::string out = page("rules", language);
        for (const char* id : {"paid", "time", "checks", "contact", "change", "reasons", "score", "log", "who"})
            EXPECT_NE(out.find("<h2 id=\"" + std::string(id) + "\">"), std::string::npos) << id;
    }
}

TEST(Renderer, is_shared_by_threads) {
    const auto own = Renderer::make();
    const auto data = samples("assets/templates/samples", "site").front().second;
    const std::string expected = renderer().html("site", renderer().locale("fr"), data);
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                if (own->html("site", own->locale("fr"), data) != expected) ++wrong;
                if (own->locale("de").date_time(october_28) != "28. Okt. 2026, 00:00") ++wrong;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(Renderer, an_unknown_template_is_a_defect) {
    EXPECT_THROW(renderer().html("nothing", renderer().locale("en"), {}), std::logic_error);
    EXPECT_THROW(renderer().plain("site", renderer().locale("en"), {}), std::logic_error);
}

TEST(Assets, have_a_type_and_an_address_with_their_content_in_it) {
    const Asset* style = asset("style.css");
    ASSERT_TRUE(style);
    EXPECT_EQ(style->content_type, "text/css; charset=utf-8");
    EXPECT_TRUE(style->url.starts_with("/a/style.") && style->url.ends_with(".css")) << style->url;
    EXPECT_EQ(style->url.size(), std::string("/a/style.0123456789.css").size());
    EXPECT_EQ(asset("style.css")->url, style->url);
    EXPECT_NE(style->bytes.find("--marker"), std::string_view::npos);
    EXPECT_EQ(style->bytes.find("url(fonts/"), std::string_view::npos);  // replaced by addresses with the hash
    EXPECT_EQ(asset("widget/v1.js")->url, "/w/v1.js");
    EXPECT_EQ(asset("nothing"), nullptr);
    EXPECT_GE(assets().size(), 3u);
    for (const auto& one : assets()) {
        // The desk's pack is none: edge/office serves what is in it.
        EXPECT_TRUE(one.url.empty() || one.content_type != "application/octet-stream") << one.url;
    }
    if (const Asset* font = asset("fonts/brygada-1918-latin.woff2")) {
        EXPECT_NE(style->bytes.find(font->url), std::string_view::npos);
    }
}

}  // namespace
}  // namespace verbatim::render
