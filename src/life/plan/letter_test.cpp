// Every letter of the packaged plan in every language: all words are there, no variable is left over, the parts a mail needs, its size.
// What a browser must tell (validity, contrast, width) is told by tests/browser/letters.spec.js.
// Norms: EML-1, EML-11, GDP-2, INC-5
#include "life/plan/letter.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "engine/render/letters.h"
#include "ground/base/calendar.h"
#include "life/plan/default_plan.h"
#include "life/plan/read.h"
#include "life/plan/words.h"

namespace verbatim::plan {
namespace {

const Plan& packaged() {
    static const Plan plan = read_plan(default_plan()).plan;
    return plan;
}

LetterFacts facts() {
    LetterFacts all;
    all.brand = "Aurelle", all.dealer = "Garage <du> Lac & Fils", all.first_name = "Zoé \"Z\" <b>", all.model = "Arietta & Co";
    all.day = 21000, all.years = 5, all.phone = "+33 4 50 11 22 33", all.site = "FR-LAC";
    return all;
}

void each_letter(const std::function<void(const Campaign&, const Template&, const std::string&)>& act) {
    for (const auto& campaign : packaged().campaigns) {
        std::vector<int> numbers;
        if (campaign.template_number >= 0) numbers.push_back(campaign.template_number);
        for (const auto& variant : campaign.variants) numbers.push_back(variant.template_number);
        for (const int number : numbers)
            for (const auto& language : packaged().languages) act(campaign, packaged().templates[static_cast<std::size_t>(number)], language);
    }
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Letters, every_template_of_the_packaged_plan_in_eight_languages) {
    int letters = 0;
    const auto* kept = std::getenv("LETTERS");  // a folder for tests/browser/letters.spec.js and for looking
    each_letter([&](const Campaign& campaign, const Template& words, const std::string& language) {
        SCOPED_TRACE(words.name + " " + language);
        const auto letter = write_letter(packaged(), campaign, words, language, facts());
        ASSERT_TRUE(letter) << letter.error().message;
        EXPECT_EQ(letter->language, language);
        EXPECT_NE(look_of(words, campaign.purpose).name, "other");
        const auto [html, text] = render_letter(*letter, "Aurelle", "Aurelle Europe SA", true);
        ++letters;
        for (const auto* part : {&html, &text}) {
            for (const char* left_over : {"{{", "}}", "[[", "{model}", "{dealer}", "{brand}", "{date}", "{year", "button.", "why.", "plural"}) EXPECT_FALSE(holds(*part, left_over)) << left_over;
            for (const char* key : {"lead.", "body.", "one."}) EXPECT_FALSE(holds(*part, key + words.name)) << key;
        }
        EXPECT_FALSE(holds(html, "<b>\"")) << "a name is text";
        EXPECT_FALSE(holds(html, "Garage <du>"));
        EXPECT_TRUE(holds(text, "Garage <du> Lac & Fils"));
        EXPECT_TRUE(holds(html, "<html lang=\"" + language + "\""));
        EXPECT_LT(html.size(), 102u * 1024) << "Gmail clips there";
        EXPECT_LT(letter->subject.size(), 160u);
        EXPECT_GT(text.size(), 300u);
        EXPECT_GT(text.size() * 40, html.size()) << "text to HTML";
        const bool service = campaign.purpose == Purpose::service;
        EXPECT_EQ(holds(html, "/u/sample"), !service) << "EML-1";
        EXPECT_EQ(holds(text, "/u/sample"), !service);
        EXPECT_TRUE(holds(text, "/c/sample"));
        EXPECT_FALSE(holds(html, "<img")) << "EML-11: nothing tells that it was opened";
        EXPECT_TRUE(holds(html, "prefers-color-scheme: dark"));
        EXPECT_TRUE(holds(html, "/privacy")) << "GDP-2";
        if (!kept) return;
        const auto folder = std::filesystem::path(kept);
        std::filesystem::create_directories(folder);
        auto shown = facts();
        shown.dealer = "Garage du Lac", shown.first_name = "Claire", shown.model = "Arietta";
        const auto nice = write_letter(packaged(), campaign, words, language, shown);
        std::ofstream(folder / (words.name + "." + language + ".html")) << render_letter(*nice, "Aurelle", "Aurelle Europe SA").html;
    });
    EXPECT_EQ(letters, 31 * 8);
}

TEST(Letters, all_languages_have_the_same_words_with_the_same_arguments) {
    const auto& letters = render::letters();
    EXPECT_EQ(letters.languages().size(), packaged().languages.size());
    std::ifstream file("i18n/plan/en.json");
    ASSERT_TRUE(file) << "run it where the tree is";
    const auto english = nlohmann::json::parse(file);
    for (const auto& language : packaged().languages) {
        std::ifstream theirs("i18n/plan/" + language + ".json");
        const auto words = nlohmann::json::parse(theirs);
        for (const auto& [key, _] : english.items()) EXPECT_TRUE(words.contains(key)) << language << " " << key;
        EXPECT_EQ(words.size(), english.size()) << language;
        for (const auto& [key, _] : english.items()) {
            const auto needed = render::needs(letters.locale(language), key), wanted = render::needs(letters.locale("en"), key);
            // A language may say it without the dealer's or the model's name; it may ask for nothing more.
            ASSERT_TRUE(needed && wanted) << key;
            for (const auto& name : *needed) EXPECT_NE(std::find(wanted->begin(), wanted->end(), name), wanted->end()) << language << " " << key << " " << name;
        }
    }
}

TEST(Letters, what_is_not_known_is_not_half_said) {
    const auto& plan = packaged();
    const auto& inspection = plan.campaigns[static_cast<std::size_t>(plan.find_campaign("inspection"))];
    const auto& words = plan.templates[static_cast<std::size_t>(inspection.template_number)];
    auto less = facts();
    less.day = unknown_day;
    EXPECT_EQ(write_letter(plan, inspection, words, "fr", less).error().field, "date");
    less = facts(), less.model.clear();
    EXPECT_EQ(write_letter(plan, inspection, words, "fr", less).error().field, "model");
    // A language of nobody's letters: the plan's fallback, whole.
    EXPECT_EQ(write_letter(plan, inspection, words, "cs-CZ", facts())->language, "en");
    EXPECT_NE(write_letter(plan, inspection, words, "fr-BE", facts())->data.find("\"fr-BE\""), std::string::npos);
}

TEST(Letters, the_day_and_the_year_are_the_vehicles) {
    Vehicle vehicle;
    vehicle.day_of(Anchor::registration) = *parse_moment("2020-03-01T00:00:00Z") / one_day;
    vehicle.day_of(Anchor::inspection_due) = *parse_moment("2024-03-01T00:00:00Z") / one_day;
    const auto& plan = packaged();
    const auto& inspection = plan.campaigns[static_cast<std::size_t>(plan.find_campaign("inspection"))].trigger;
    EXPECT_EQ(anchor_day(inspection, vehicle, vehicle.day_of(Anchor::inspection_due) - 45), vehicle.day_of(Anchor::inspection_due));
    const auto& birthday = plan.campaigns[static_cast<std::size_t>(plan.find_campaign("birthday"))].trigger;
    EXPECT_EQ(anchor_years(birthday, vehicle, *parse_moment("2023-03-01T00:00:00Z") / one_day), 3);
    const auto& service = plan.campaigns[static_cast<std::size_t>(plan.find_campaign("service_2_to_5"))].trigger;
    EXPECT_EQ(anchor_years(service, vehicle, *parse_moment("2024-01-31T00:00:00Z") / one_day), 4);
}

}  // namespace
}  // namespace verbatim::plan
