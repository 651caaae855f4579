#include "app/demo/words.h"

#include <algorithm>
#include <array>

namespace verbatim::demo {
namespace {

// How likely 1 to 5 stars are at an ordinary site, at one in decline, and for a visit about the rattle.
constexpr std::array ordinary_stars{.050, .030, .075, .235, .61};
constexpr std::array declining_stars{.30, .24, .20, .16, .10};
constexpr std::array waiting_stars{.34, .30, .20, .11, .05};
constexpr std::array rattling_stars{.10, .18, .40, .27, .05};

int draw_stars(const Mood& mood, Dice& dice) {
    if (mood.declining) return static_cast<int>(dice.weighted(declining_stars)) + 1;
    if (mood.waiting) return static_cast<int>(dice.weighted(waiting_stars)) + 1;
    if (mood.rattling) return static_cast<int>(dice.weighted(rattling_stars)) + 1;
    std::array<double, 5> weights = ordinary_stars;
    for (std::size_t i = 0; i < 3; ++i) weights[i] *= 1 - 0.75 * mood.quality;
    weights[4] *= 1 + 0.25 * mood.quality;
    return static_cast<int>(dice.weighted(weights)) + 1;
}

// A theme's stars beside the overall ones: near them, with exceptions.
int draw_theme(int rating, Dice& dice) {
    static constexpr std::array<std::array<double, 5>, 5> beside{{{.60, .26, .09, .04, .01}, {.22, .42, .24, .10, .02}, {.05, .20, .34, .28, .13}, {0, .03, .17, .45, .35}, {0, 0, .02, .14, .84}}};
    return static_cast<int>(dice.weighted(beside[static_cast<std::size_t>(rating - 1)])) + 1;
}

// The form's criteria (collect::criteria_of) are fewer than what people talk about: what each says of which themes.
std::map<std::string, int> tick_criteria(std::string_view kind, const std::map<std::string, int>& themes, Dice& dice) {
    struct Ticked {
        std::string_view criterion, kinds, themes;
    };
    static constexpr Ticked form[] = {{"welcome", "order delivery used_car workshop", "welcome"}, {"advice", "order", "advice"}, {"price", "order", "offer"}, {"delivery", "delivery", "on_time handover preparation"},
                                      {"advice", "used_car", "honesty"}, {"vehicle_state", "used_car", "condition"}, {"price", "used_car", "value"}, {"deadline", "workshop", "deadline"},
                                      {"quality", "workshop", "quality"}, {"explanation", "workshop", "explanation"}, {"price", "workshop", "price"}};
    std::map<std::string, int> criteria;
    for (const Ticked& entry : form) {
        if (entry.kinds.find(kind) == std::string_view::npos || dice.chance(.08)) continue;
        int sum = 0, count = 0;
        for (const auto& [theme, stars] : themes) {
            if (entry.themes.find(theme) == std::string_view::npos) continue;
            sum += stars;
            ++count;
        }
        criteria[std::string(entry.criterion)] = (sum * 2 + count) / (2 * count);
    }
    return criteria;
}

int draw_recommend(int rating, Dice& dice) {
    switch (rating) {
        case 1: return dice.between(0, 2);
        case 2: return dice.between(1, 5);
        case 3: return dice.between(4, 7);
        case 4: return dice.between(7, 9);
        default: return dice.chance(0.62) ? 10 : dice.chance(0.85) ? 9 : 8;
    }
}

std::string_view tone_of(int rating) { return rating >= 4 ? "good" : rating == 3 ? "mixed" : "bad"; }

class Writer {
public:
    Writer(const Sections& sections, const Scene& scene, Dice& dice) : sections_(sections), scene_(scene), dice_(dice) {}

    bool add(const std::string& section) {
        std::string sentence = say(sections_, section, scene_, dice_, &taken_);
        if (sentence.empty()) return false;
        sentences_.push_back(std::move(sentence));
        return true;
    }
    const std::string& last() const { return sentences_.back(); }
    std::size_t words() const {
        std::size_t sum = 0;
        for (const std::string& sentence : sentences_) sum += count_words(sentence);
        return sum;
    }

    // Whole sentences up to the limit; a long text may have a line break after its beginning.
    std::string text() {
        const std::size_t break_after = sentences_.size() >= 5 && dice_.chance(0.35) ? 2 : 0;
        std::string text;
        std::size_t words = 0;
        for (std::size_t i = 0; i < sentences_.size(); ++i) {
            const std::size_t more = count_words(sentences_[i]);
            if (words + more > most_words) break;
            words += more;
            if (!text.empty()) text += i == break_after ? '\n' : ' ';
            text += sentences_[i];
        }
        return text;
    }

private:
    const Sections& sections_;
    const Scene& scene_;
    Dice& dice_;
    std::vector<const Sections::Line*> taken_;
    std::vector<std::string> sentences_;
};

void shuffle(std::vector<std::string>& list, Dice& dice) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[dice.below(i)]);
}

// Section names of what earned the stars: `main` speaks for them, `beside` against.
struct Arguments {
    std::vector<std::string> main, beside;
};

Arguments arguments_for(int rating, std::string_view kind, const std::map<std::string, int>& themes, const Mood& mood, Dice& dice) {
    std::vector<std::string> good, bad;
    for (const auto& [theme, stars] : themes) {
        if (stars >= 4) good.push_back(theme + ".good");
        if (stars <= (rating >= 4 ? 3 : 2)) bad.push_back(theme + ".bad");
    }
    const auto by_stars = [](const auto& a, const auto& b) { return a.second < b.second; };
    if (good.empty() && rating >= 3) good.push_back(std::max_element(themes.begin(), themes.end(), by_stars)->first + ".good");
    if (bad.empty() && rating <= 3) bad.push_back(std::min_element(themes.begin(), themes.end(), by_stars)->first + ".bad");
    shuffle(good, dice);
    shuffle(bad, dice);
    if (mood.rattling) bad.insert(bad.begin(), "workshop.cold_start.bad");
    if (mood.waiting && rating <= 3) bad.insert(bad.begin(), "parts.bad");
    if (mood.declining && dice.chance(.5)) bad.insert(bad.begin(), "decline.bad");
    if (mood.declining && kind == "workshop" && dice.chance(.5)) bad.insert(bad.begin(), "decline.workshop.bad");
    if (rating >= 4) return {good, bad};
    if (rating <= 2) return {bad, good};
    Arguments mixed;
    for (std::size_t i = 0; i < std::max(good.size(), bad.size()); ++i) {
        if (i < bad.size()) mixed.main.push_back(bad[i]);
        if (i < good.size()) mixed.main.push_back(good[i]);
    }
    return mixed;
}

std::string flagged_section(int rating, Words& words, const Scene& scene, Dice& dice) {
    if (rating >= 4) {
        words.marked = "name";
        return "flagged.name.good";
    }
    switch (dice.weighted({.35, .30, .2, scene.phone.empty() ? 0.0 : .15})) {
        case 0: words.marked = "name"; return "flagged.name.bad";
        case 1: words.marked = "insult"; return "flagged.insult";
        case 2: words.marked = "personal_data"; return "flagged.email";
        default: words.marked = "personal_data"; return "flagged.phone";
    }
}

std::string write_body(const Sections& sections, const Visit& visit, const Scene& scene, const Mood& mood, Words& words, Dice& dice) {
    const int rating = words.rating;
    const std::string tone(tone_of(rating));
    if (dice.chance(rating == 5 ? .30 : rating == 4 ? .22 : rating == 3 ? .12 : .06)) return {};
    Writer writer(sections, scene, dice);
    const Arguments arguments = arguments_for(rating, visit.kind, words.themes, mood, dice);
    const auto argue = [&](std::size_t most) {
        for (std::size_t i = 0; i < std::min(most, arguments.main.size()); ++i) writer.add(arguments.main[i]);
    };
    const auto turn = [&] {
        if (arguments.beside.empty()) return;
        if (writer.add(rating >= 4 ? "turn.down" : "turn.up")) writer.add(arguments.beside.front());
    };
    const std::size_t size = mood.declining || mood.rattling || mood.waiting ? 2 + dice.below(2) : rating >= 4 ? dice.weighted({.22, .27, .35, .16}) : dice.weighted({.08, .20, .42, .30});
    const bool flagged = dice.chance(rating >= 4 ? .022 : .085);
    if (size == 0 && !flagged) {
        writer.add("short." + tone);
        if (dice.chance(.15)) writer.add("close." + tone);
        return writer.text();
    }
    const bool about_sale = visit.kind != "workshop";
    if (size >= 2 && dice.chance(size == 3 ? .95 : .7)) writer.add("open." + visit.kind + "." + tone);
    if (size == 3) writer.add(about_sale ? "detail.sale" : "detail.workshop");
    const std::size_t arguments_made = size <= 1 ? 1 : size == 2 ? 1 + dice.below(2) : 2 + dice.below(3);
    argue(rating == 3 ? std::max<std::size_t>(2, arguments_made) : arguments_made);
    if (flagged && writer.add(flagged_section(rating, words, scene, dice))) words.marked_words = writer.last();
    if (rating != 3 && size >= 2 && dice.chance(size == 3 ? .5 : .25)) turn();
    if (writer.words() < least_words || dice.chance(size == 3 ? .8 : size == 2 ? .5 : .3)) writer.add("close." + tone);
    return writer.text();
}

void write_product_words(const Sections& sections, const Scene& scene, const Mood& mood, Words& words, Dice& dice) {
    static constexpr std::array usual{.02, .05, .12, .33, .48};
    static constexpr std::array rattle{.10, .33, .42, .13, .02};
    const int rating = static_cast<int>(dice.weighted(mood.rattling ? rattle : usual)) + 1;
    words.product_rating = rating;
    if (dice.chance(mood.rattling ? .05 : .35)) return;
    std::vector<std::string> themes{"comfort", "noise", "driving", "space", "screen", "finish", scene.electric ? "range" : "consumption"};
    if (mood.rattling) themes.erase(themes.begin() + 1);  // not "so quiet" beside a rattle
    shuffle(themes, dice);
    const auto section = [&](std::size_t i, std::string_view tone) { return "vehicle." + themes[i] + "." + std::string(tone); };
    Writer writer(sections, scene, dice);
    if (dice.chance(.55)) writer.add("open.vehicle." + std::string(tone_of(rating)));
    if (mood.rattling) writer.add("vehicle.cold_start.bad");
    const std::size_t most = 1 + dice.below(3);
    for (std::size_t i = 0; i < most; ++i) {
        if (rating == 3 || mood.rattling) writer.add(section(i, i % 2 == 0 ? "good" : "bad"));
        else writer.add(section(i, rating >= 4 ? "good" : "bad"));
    }
    if (rating == 3 && most == 1) writer.add(section(1, "bad"));
    if (rating == 4 && dice.chance(.5) && writer.add("turn.down")) writer.add(section(4, "bad"));
    words.product_body = mistype(writer.text(), scene.lang, dice);
}

}  // namespace

std::size_t count_words(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n';
        if (!space && !inside) ++words;
        inside = !space;
    }
    return words;
}

Words write_words(const Content& content, const Visit& visit, const Scene& scene, const Mood& whole, Dice& dice) {
    // A delivery is not to blame for the rattle: there it weighs on the words about the car alone.
    Mood mood = whole;
    if (visit.kind != "workshop") mood.rattling = false;
    const Sections& sections = content.sentences.find(scene.lang)->second;
    Words words;
    words.rating = draw_stars(mood, dice);
    std::map<std::string, int> criteria;
    auto& themes = words.themes;
    const auto names = themes_of(visit.kind);
    for (const std::string_view name : names) themes[std::string(name)] = draw_theme(words.rating, dice);
    // Three stars have a good side and a bad one.
    if (words.rating == 3) {
        const std::size_t bad = dice.below(names.size());
        themes[std::string(names[bad])] = dice.between(1, 2);
        themes[std::string(names[(bad + 1 + dice.below(names.size() - 1)) % names.size()])] = dice.between(4, 5);
    }
    if (mood.rattling) themes["quality"] = dice.between(1, 2);
    if (((mood.declining && visit.kind == "workshop") || mood.waiting) && words.rating <= 3) themes["deadline"] = dice.between(1, 2);
    if (!dice.chance(.2)) words.criteria = tick_criteria(visit.kind, themes, dice);  // most people fill in most criteria
    if (!dice.chance(.14)) words.recommend = draw_recommend(words.rating, dice);
    words.body = mistype(write_body(sections, visit, scene, mood, words, dice), scene.lang, dice);
    if (!words.body.empty() && dice.chance(.36)) words.title = say(sections, "title." + std::string(tone_of(words.rating)), scene, dice);
    if (visit.kind == "delivery" ? dice.chance(.72) : visit.kind == "workshop" && (whole.rattling || dice.chance(.15))) write_product_words(sections, scene, whole, words, dice);
    words.contact_me = dice.chance(words.rating <= 2 ? .5 : words.rating == 3 ? .14 : .01);
    words.anonymous = dice.chance(.17);
    return words;
}

Words write_correction(const Content& content, const Words& before, const Visit& visit, const Scene& scene, Dice& dice) {
    Words words = before;
    words.rating = std::min(5, before.rating + dice.between(1, 3));
    for (auto& [criterion, stars] : words.criteria) stars = std::max(stars, words.rating);
    if (words.recommend) words.recommend = draw_recommend(words.rating, dice);
    words.contact_me = false;
    const bool at_workshop = visit.kind == "workshop" && dice.chance(.5);
    const std::string update = say(content.sentences.find(scene.lang)->second, at_workshop ? "update.workshop" : "update.good", scene, dice);
    words.body = before.body.empty() ? update : before.body + "\n" + update;
    return words;
}

}  // namespace verbatim::demo
