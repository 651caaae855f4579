#include "ground/understand/examples.h"

#include "ground/understand/learning.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <stdexcept>

extern "C" {
extern const char verbatim_sayings[], verbatim_sayings_end[];
}

namespace verbatim::understand {
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void join(std::string& text, const std::string& more) {
    if (more.empty()) return;
    if (!text.empty()) text += "\n";
    text += more;
}

std::optional<bool> side_of(std::string label) {
    for (char& c : label)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (label == "positive" || label == "pos" || label == "good") return true;
    if (label == "negative" || label == "neg" || label == "bad") return false;
    return std::nullopt;
}

void rate(const json& object, Example& one) {
    const auto rating = object.find("rating");
    if (rating != object.end() && rating->is_number()) {
        const auto most = object.find("rating_max");
        const double scale = most != object.end() && most->is_number() ? most->get<double>() : 5;
        double stars = rating->get<double>();
        if (scale > 1 && scale != 5) stars = 1 + 4 * (stars - 1) / (scale - 1);
        if (!std::isfinite(stars)) return;
        one.stars = std::clamp(stars, 1.0, 5.0);
        if (std::fabs(*one.stars - 3) >= 0.75) one.good = *one.stars > 3;
        return;
    }
    if (rating != object.end() && rating->is_string()) one.good = side_of(rating->get<std::string>());
    for (const char* name : {"polarity", "sentiment"})
        if (!one.good) one.good = side_of(text_of(object, name));
}

}  // namespace

std::vector<Example> read_example(std::string_view line, bool apart, std::string& why) {
    const auto object = json::parse(line, nullptr, false);
    if (object.is_discarded() || !object.is_object()) return why = "not a JSON object", std::vector<Example>{};
    Example one;
    one.lang = text_of(object, "lang").substr(0, 2);
    join(one.text, text_of(object, "title"));
    join(one.text, text_of(object, "body"));
    if (one.text.empty()) one.text = text_of(object, "text");
    const std::string praised = text_of(object, "upside"), blamed = text_of(object, "downside");
    one.group = text_of(object, "subject");
    const std::string label = text_of(object, "label");
    if (label == "machine" || label == "human") one.machine = label == "machine";
    const auto deceptive = object.find("deceptive");
    if (deceptive != object.end() && deceptive->is_boolean()) one.deceptive = deceptive->get<bool>();
    rate(object, one);
    if (!praised.empty() || !blamed.empty()) {
        if (apart) {
            std::vector<Example> both;
            for (const bool good : {true, false}) {
                const std::string& text = good ? praised : blamed;
                if (text.empty()) continue;
                both.push_back(one);
                both.back().text = text;
                both.back().good = good;
                both.back().stars = good ? 5 : 1;
            }
            return both;
        }
        join(one.text, praised);
        join(one.text, blamed);
    }
    if (one.text.empty()) return why = "no title, body, text, upside or downside", std::vector<Example>{};
    return {one};
}

Result<Sayings> read_sayings(std::string_view text, std::string_view lang) {
    Sayings sayings{std::string(lang), {}, {}, {}, {}};
    std::vector<std::string>* list = nullptr;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end + 1));
        if (line.empty() || line.front() == '#') continue;
        if (line == "[good]") list = &sayings.good;
        else if (line == "[bad]") list = &sayings.bad;
        else if (line == "[either]") list = &sayings.either;
        else if (line == "[words]") list = &sayings.words;
        else if (list == nullptr) return Error{ErrorKind::invalid, "bad_sayings", "line " + std::to_string(number) + ": a saying stands before [good] or [bad]", ""};
        else if (list != &sayings.words) list->push_back(std::string(line));
        else
            for (std::size_t at = 0; at < line.size();) {
                const auto blank = std::min(line.find(' ', at), line.size());
                if (blank > at) list->push_back(std::string(line.substr(at, blank - at)));
                at = blank + 1;
            }
    }
    if (sayings.good.empty() || sayings.bad.empty()) return Error{ErrorKind::invalid, "bad_sayings", "both [good] and [bad] need sayings", ""};
    return sayings;
}

const std::vector<Sayings>& shipped_sayings() {
    static const auto once = [] {
        std::vector<Sayings> all;
        std::string_view rest(verbatim_sayings, static_cast<std::size_t>(verbatim_sayings_end - verbatim_sayings));
        while (rest.size() > 4) {
            const auto end = std::min(rest.find('\1', 1), rest.size());
            auto read = read_sayings(rest.substr(4, end - 4), rest.substr(1, 2));
            if (!read.ok()) throw std::logic_error("a shipped file of sayings: " + read.error().message);
            all.push_back(std::move(*read));
            rest.remove_prefix(end);
        }
        return all;
    }();
    return once;
}

std::vector<Example> compose(const Sayings& sayings, std::size_t texts, std::uint64_t seed) {
    std::vector<Example> all;
    const auto put = [&](std::string text, double stars) {
        Example one;
        one.lang = sayings.lang;
        one.text = std::move(text);
        one.composed = true;
        one.stars = stars;
        if (std::fabs(stars - 3) >= 0.75) one.good = stars > 3;
        all.push_back(std::move(one));
    };
    for (int twice = 0; twice < 2; ++twice) {
        for (const auto& saying : sayings.good) put(saying, 5);
        for (const auto& saying : sayings.bad) put(saying, 1);
    }
    Dice dice(seed);
    for (std::size_t i = 0; i < texts; ++i) {
        const std::size_t parts = 2 + dice.next() % 4;
        // Mostly of one mind, as customers are; every fourth text is mixed.
        const bool mixed = i % 4 == 3;
        const bool side = i % 2 == 0;
        std::size_t good = 0;
        std::string text;
        const auto tell = [&] {
            if (!sayings.either.empty() && dice.next() % 4 == 0) join(text, sayings.either[dice.next() % sayings.either.size()] + ".");
        };
        for (std::size_t n = 0; n < parts; ++n) {
            tell();
            const bool one = mixed ? dice.next() % 2 == 0 : side;
            good += one ? 1 : 0;
            const auto& list = one ? sayings.good : sayings.bad;
            join(text, list[dice.next() % list.size()] + ".");
        }
        put(std::move(text), 1 + 4 * static_cast<double>(good) / static_cast<double>(parts));
    }
    return all;
}

std::vector<Example> compose_words(const Sayings& sayings, std::size_t texts, std::uint64_t seed) {
    std::vector<Example> all;
    if (sayings.words.empty()) return all;
    Dice dice(seed);
    for (std::size_t i = 0; i < texts; ++i) {
        Example one;
        one.lang = sayings.lang;
        for (std::size_t n = 3 + dice.next() % 7; n > 0; --n) one.text += (one.text.empty() ? "" : " ") + sayings.words[dice.next() % sayings.words.size()];
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Example> compose_lines(const std::vector<std::string>& lines, std::string_view lang, std::size_t texts, std::uint64_t seed) {
    std::vector<Example> all;
    if (lines.empty()) return all;
    Dice dice(seed);
    for (std::size_t i = 0; i < texts; ++i) {
        Example one;
        one.lang = lang;
        for (std::size_t n = 1 + dice.next() % 2; n > 0; --n) join(one.text, lines[dice.next() % lines.size()]);
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace verbatim::understand
