#include "app/demo/answers.h"

#include <algorithm>
#include <array>


namespace verbatim::demo {
namespace {

// The language the site's people note calls in: the first of theirs that the demo speaks.
std::string language_of_staff(const Site& site) {
    const std::string lang = site.locale.substr(0, 2);
    return std::find(std::begin(languages), std::end(languages), lang) != std::end(languages) ? lang : "en";
}

std::vector<Call> calls(const Content& content, const Story& story, const Site& site, Scene scene, const Mood& mood, Dice& dice) {
    const std::string lang = language_of_staff(site);
    scene.lang = lang;
    const Sections& sections = content.sentences.find(lang)->second;
    const std::string talk = story.answer->words.rating >= 4 ? ".question" : story.visit.kind == "workshop" ? ".workshop" : ".sale";
    const auto call = [&](Seconds after, const std::string& outcome) { return Call{after, outcome, say(sections, "call." + outcome + (outcome == "reached" ? talk : ""), scene, dice)}; };
    if (dice.chance(mood.declining ? .40 : .03)) return {};  // nobody called: the breach stays visible
    const bool late = dice.chance(mood.declining ? .5 : .05);
    Seconds at = late ? dice.between(26, 60) * one_hour : dice.between(25, 19 * 60) * one_minute;
    std::vector<Call> made;
    if (dice.chance(.2)) {
        made.push_back(call(at, "not_reached"));
        at += dice.between(2, 20) * one_hour;
    } else if (dice.chance(.12)) {
        made.push_back(call(at, "call_back"));
        at += dice.between(2, 24) * one_hour;
    }
    made.push_back(call(at, "reached"));
    return made;
}

std::string reply(const Content& content, const Story& story, const Scene& scene, Dice& dice) {
    const Words& words = story.answer->words;
    const Sections& sections = content.sentences.find(scene.lang)->second;
    std::vector<std::string> sections_said;
    if (words.rating >= 4) {
        sections_said = {"reply.open.good", "reply.good." + story.visit.kind, "reply.close.good"};
    } else {
        std::string worst;
        for (const auto& [theme, stars] : words.themes) {
            if (worst.empty() || stars < words.themes.at(worst)) worst = theme;
        }
        sections_said = {"reply.open.bad"};
        sections_said.push_back("reply.bad." + worst);
        sections_said.push_back("reply.next");
        sections_said.push_back("reply.close.bad");
    }
    std::string text;
    for (const std::string& section : sections_said) {
        const std::string sentence = say(sections, section, scene, dice);
        if (!text.empty() && !sentence.empty()) text += ' ';
        text += sentence;
    }
    return text;
}

}  // namespace

Scene scene_of(const Content& content, const Story& story, const Site& site) {
    Scene scene;
    scene.lang = story.lang;
    scene.country = site.country;
    scene.dealer = site.name;
    scene.email = story.visit.email;
    scene.phone = story.visit.phone;
    scene.feminine = story.visit.salutation == "ms";
    scene.electric = story.visit.electric;
    for (const Adviser& person : content.advisers) {
        if (person.email == story.visit.adviser) scene.adviser = person.first_name;
    }
    for (const Model& model : content.models) {
        if (model.code == story.visit.model) scene.model = model.name;
    }
    return scene;
}

Seconds answer_delay(Dice& dice) {
    static constexpr std::array<int, 6> most_hours{3, 24, 72, 168, 336, 520};
    const std::size_t bucket = dice.weighted({.27, .28, .22, .13, .07, .03});
    const int least = bucket == 0 ? 0 : most_hours[bucket - 1] * 60;
    return dice.between(least + 9, most_hours[bucket] * 60) * one_minute;
}

void react(const Content& content, Story& story, const Site& site, const Scene& scene, const Mood& mood, Dice& dice) {
    const Words& words = story.answer->words;
    if (asks_for_a_call(words)) story.calls = calls(content, story, site, scene, mood, dice);
    const double eager = words.rating <= 2 ? .68 : words.rating == 3 ? .5 : words.body.empty() ? .2 : .45;
    if (dice.chance(mood.declining ? .12 : eager)) story.reply = Reply{dice.between(7, 140) * one_hour, reply(content, story, scene, dice)};
    const bool resolved = !story.calls.empty() && story.calls.back().outcome == "reached";
    if (resolved && words.rating <= 3 && words.marked.empty() && dice.chance(.22)) {
        story.correction = Correction{story.calls.back().after + dice.between(3, 12) * one_day, write_correction(content, words, story.visit, scene, dice)};
    } else if (dice.chance(.005)) {
        story.withdrawn_after = dice.between(1, 20) * one_day;
    }
}

}  // namespace verbatim::demo
