#include "app/demo/gathered.h"

#include <array>

#include "app/demo/people.h"
#include "app/demo/words.h"
#include "ground/base/log.h"

namespace verbatim::demo {
namespace {

// Names as people choose them on forums.
std::string nickname(const Content& content, const Site& site, Dice& dice) {
    static constexpr std::array<std::string_view, 8> tails{"_33", "67", "_on_tour", ".auto", "75", "_drives", "2000", "_et_fils"};
    static constexpr std::array<std::string_view, 10> words{"petrolhead", "roadrunner", "lavoiture", "kombifahrer", "volant", "asfalto", "quattroruote_mie", "routard", "landstrasse", "nightdriver"};
    if (dice.chance(.45)) return std::string(words[dice.below(words.size())]) + std::to_string(dice.between(2, 98));
    const std::string section = site.country + (dice.chance(.4) ? ".first.f" : ".first.m");
    return dice.pick(content.names.lines(section)).text + std::string(tails[dice.below(tails.size())]);
}

void member(std::string& line, std::string_view name, std::string_view text) {
    line += line.size() == 1 ? "" : ",";
    log::append_json_string(line, name);
    line += ':';
    log::append_json_string(line, text);
}

std::string product_body(const Sections& sections, const Scene& scene, int rating, bool rattling, Dice& dice) {
    std::vector<std::string> themes{"comfort", "noise", "driving", "space", "screen", "finish", scene.electric ? "range" : "consumption"};
    std::string text = dice.chance(.7) ? say(sections, "gathered.open", scene, dice) : std::string();
    const auto add = [&](const std::string& section) {
        const std::string sentence = say(sections, section, scene, dice);
        if (!text.empty() && !sentence.empty()) text += ' ';
        text += sentence;
    };
    if (rattling) add("vehicle.cold_start.bad");
    const int most = dice.between(2, 4);
    for (int i = 0; i < most; ++i) {
        const std::size_t at = dice.below(themes.size());
        const bool good = rating >= 4 ? i < 3 : rating == 3 ? i % 2 == 0 : i == 2;
        add("vehicle." + themes[at] + (good ? ".good" : ".bad"));
        themes.erase(themes.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return text;
}

std::string site_body(const Sections& sections, const Scene& scene, int rating, Dice& dice) {
    const std::string tone = rating >= 4 ? "good" : rating == 3 ? "mixed" : "bad";
    std::string text = say(sections, "open.workshop." + tone, scene, dice);
    const std::string_view first = themes_of("workshop")[dice.below(2)], second = themes_of("workshop")[2 + dice.below(3)];
    text += ' ' + say(sections, std::string(first) + (rating >= 3 ? ".good" : ".bad"), scene, dice);
    text += ' ' + say(sections, std::string(second) + (rating >= 4 ? ".good" : ".bad"), scene, dice);
    if (dice.chance(.5)) text += ' ' + say(sections, "close." + tone, scene, dice);
    return text;
}

}  // namespace

std::vector<std::string> gathered_reviews(const Content& content, std::uint64_t seed, Date to) {
    std::vector<std::string> lines;
    for (int number = 1; number <= gathered_count; ++number) {
        Dice dice(seed, "gathered " + std::to_string(number));
        const Site& site = content.sites[dice.below(content.sites.size())];
        const Model& model = dice.pick(content.models);
        const std::string lang = language_of_customer(site, dice);
        const Sections& sections = content.sentences.find(lang)->second;
        Scene scene;
        scene.lang = lang;
        scene.country = site.country;
        scene.model = model.name;
        scene.dealer = site.name;
        scene.electric = model.electric;
        scene.feminine = dice.chance(.4);
        const Seconds written = midnight(to) - dice.between(3, 425) * one_day;
        const bool rattling = model.code == noisy_model && midnight(to) - written < 90 * one_day;
        const bool about_site = dice.chance(.25);
        const int rating = rattling && !about_site ? dice.between(2, 3) : static_cast<int>(dice.weighted({.07, .08, .15, .34, .36})) + 1;

        std::string line = "{";
        member(line, "id", "fa-" + std::to_string(48000 + number * 37));
        member(line, "source", gathered_source);
        member(line, "lang", lang);
        member(line, "subject", about_site ? "site:" + site.code : "product:" + model.code);
        line += ",\"rating\":" + (dice.chance(.1) ? std::string("null") : std::to_string(rating)) + ",\"rating_max\":5";
        if (dice.chance(.5)) member(line, "title", say(sections, std::string("title.") + (rating >= 4 ? "good" : rating == 3 ? "mixed" : "bad"), scene, dice));
        else line += ",\"title\":null";
        member(line, "body", mistype(about_site ? site_body(sections, scene, rating, dice) : product_body(sections, scene, rating, rattling, dice), lang, dice));
        member(line, "date", format_date(written));
        member(line, "author", nickname(content, site, dice));
        line += '}';
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace verbatim::demo
