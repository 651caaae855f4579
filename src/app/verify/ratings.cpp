#include "app/verify/ratings.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "ground/base/calendar.h"

namespace verbatim::verify {
namespace {

using nlohmann::json;

constexpr std::size_t one_limit = 1024 * 1024;
constexpr std::size_t list_limit = 64 * 1024 * 1024;
constexpr Seconds display_delay = one_hour;  // how long a display may lag behind the log

Error malformed(std::string what) { return invalid("rating_malformed", "displayed rating: " + what); }

const json* member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::optional<std::int64_t> count_of(const json* value) {
    if (value == nullptr || !value->is_number_integer()) return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > std::uint64_t{1} << 53) return std::nullopt;
    const auto count = value->get<std::int64_t>();
    return count < 0 ? std::nullopt : std::optional(count);
}

// 4.5, "4.50" or null. A third decimal is no rating.
bool read_average(const json* value, std::optional<std::int64_t>& hundredths) {
    if (value == nullptr) return false;
    if (value->is_null()) return true;
    double number = 0;
    if (value->is_number()) {
        number = value->get<double>();
    } else if (value->is_string()) {
        const auto& text = value->get_ref<const std::string&>();
        if (text.size() > 8 || text.empty() || text.find_first_not_of("0123456789.") != std::string::npos || text.front() == '.') return false;
        number = std::strtod(text.c_str(), nullptr);
    } else {
        return false;
    }
    const double scaled = number * 100;
    if (!(scaled >= 100 && scaled <= 500) || std::abs(scaled - std::round(scaled)) > 1e-6) return false;
    hundredths = std::llround(scaled);
    return true;
}

bool read_window(const json* window, Displayed& into) {
    if (window == nullptr || !window->is_object()) return false;
    const json* const from = member(*window, "from");
    const json* const to = member(*window, "to");
    if (from == nullptr || to == nullptr || !from->is_string() || !to->is_string()) return false;
    const auto begin = parse_moment(from->get_ref<const std::string&>());
    const auto end = parse_moment(to->get_ref<const std::string&>());
    if (!begin || !end) return false;
    into.from = *begin;
    into.to = *end;
    if (to->get_ref<const std::string&>().size() == 10) into.to += one_day - 1;  // a bare date means the whole day
    return true;
}

Result<Displayed> read_displayed(const json& value) {
    if (!value.is_object()) return malformed("not an object");
    Displayed shown;
    const json* const subject = member(value, "subject");
    if (subject == nullptr || !subject->is_string()) return malformed("no subject");
    shown.subject = subject->get<std::string>();
    const auto fail = [&](const char* what) { return malformed(shown.subject + ": " + what); };
    const auto count = count_of(member(value, "count"));
    if (!count) return fail("count is not a whole number");
    shown.own.count = *count;
    if (!read_average(member(value, "average"), shown.own.hundredths)) return fail("average is neither null nor 1.00 to 5.00 with two decimals");
    const json* const distribution = member(value, "distribution");
    if (distribution == nullptr || !distribution->is_array() || distribution->size() != shown.stars.size()) return fail("distribution is not five numbers");
    for (std::size_t i = 0; i < shown.stars.size(); ++i) {
        const auto stars = count_of(&(*distribution)[i]);
        if (!stars) return fail("distribution is not five numbers");
        shown.stars[i] = *stars;
    }
    if (!read_window(member(value, "window"), shown)) return fail("window has no from and to");
    if (const json* const rewarded = member(value, "with_incentive"); rewarded != nullptr && !rewarded->is_null()) {
        const auto part = rewarded->is_object() ? count_of(member(*rewarded, "count")) : std::nullopt;
        if (!part || !read_average(member(*rewarded, "average"), shown.rewarded.hundredths)) return fail("with_incentive is not average and count");
        shown.rewarded.count = *part;
    }
    if (const json* const gathered = member(value, "gathered"); gathered != nullptr && !gathered->is_null()) {
        if (!gathered->is_array()) return fail("gathered is not a list");
        for (const json& one : *gathered) {
            const json* const source = one.is_object() ? member(one, "source") : nullptr;
            const auto rated = source != nullptr ? count_of(member(one, "count")) : std::nullopt;
            DisplayedFigure figure;
            if (!rated || !source->is_string() || !read_average(member(one, "average"), figure.hundredths)) return fail("gathered is not a list of source, average and count");
            figure.count = *rated;
            if (!shown.gathered.emplace(source->get<std::string>(), figure).second) return fail("a source is named twice");
        }
    }
    return shown;
}

// Depth is bounded by hand: the parser itself would follow brackets as deep as the input goes.
json parse_bounded(std::string_view text) {
    return json::parse(text.begin(), text.end(), [](int depth, json::parse_event_t, json&) {
        if (depth > 8) throw std::length_error("nested too deeply");
        return true;
    }, false);
}

std::string number(std::int64_t value) { return std::to_string(value); }

}  // namespace

std::int64_t Figure::count() const { return std::accumulate(stars.begin(), stars.end(), std::int64_t{0}); }

std::optional<std::int64_t> Figure::hundredths() const {
    const std::int64_t all = count();
    if (all == 0) return std::nullopt;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < stars.size(); ++i) sum += static_cast<std::int64_t>(i + 1) * stars[i];
    return (sum * 200 + all) / (2 * all);
}

Result<Displayed> parse_displayed(std::string_view text) {
    if (text.size() > one_limit) return malformed("longer than 1 MiB");
    try {
        const json value = parse_bounded(text);
        if (value.is_discarded()) return malformed("not JSON");
        return read_displayed(value);
    } catch (const std::length_error& error) {
        return malformed(error.what());
    }
}

Result<std::vector<Displayed>> parse_displayed_list(std::string_view text) {
    if (text.size() > list_limit) return malformed("longer than 64 MiB");
    try {
        const json value = parse_bounded(text);
        const json* list = value.is_object() ? member(value, "ratings") : &value;
        if (list == nullptr || !list->is_array()) return malformed("not a list");
        std::vector<Displayed> all;
        for (const json& one : *list) {
            auto shown = read_displayed(one);
            if (!shown) return shown.error();
            all.push_back(std::move(*shown));
        }
        return all;
    } catch (const std::length_error& error) {
        return malformed(error.what());
    }
}

std::vector<Rating> recompute(const Replay& replay, const std::vector<const Displayed*>& displays, Seconds now) {
    std::vector<Rating> ratings(replay.subjects().size());
    replay.each_public([&](std::size_t subject, int rating, Seconds published_at, std::string_view source, bool incentive) {
        if (rating == 0) return;
        if (!source.empty()) {
            ratings[subject].gathered[std::string(source)].add(rating);
            return;
        }
        const Displayed* const shown = subject < displays.size() ? displays[subject] : nullptr;
        const Seconds to = shown != nullptr ? shown->to : now;
        if (published_at <= months_before(to, window_months) || published_at > to) return;
        ratings[subject].own.add(rating);
        if (incentive) ratings[subject].rewarded.add(rating);
    });
    return ratings;
}

std::optional<std::string> difference(const Displayed& shown, const Rating& log, Seconds changed_at) {
    if (const Seconds from = months_before(shown.to, window_months); date_of(shown.from) != date_of(from))
        return "the window starts on " + format_date(shown.from) + " and not 24 months before its end, on " + format_date(from);
    if (shown.to + display_delay < changed_at) return "the display ends at " + format_moment(shown.to) + ", before the newest entry of " + format_moment(changed_at);
    if (shown.own.count != log.own.count()) return number(shown.own.count) + " reviews are displayed, the log has " + number(log.own.count());
    if (shown.own.hundredths != log.own.hundredths()) return describe(shown.own.hundredths, shown.own.count) + " is displayed, the log makes " + describe(log.own.hundredths(), log.own.count());
    if (shown.stars != log.own.stars) return "the distribution over the stars differs";
    if (shown.rewarded.count != log.rewarded.count() || shown.rewarded.hundredths != log.rewarded.hundredths())
        return describe(shown.rewarded.hundredths, shown.rewarded.count) + " is displayed as written for a reward, the log makes " + describe(log.rewarded.hundredths(), log.rewarded.count());
    for (const auto& [source, figure] : log.gathered)
        if (!shown.gathered.contains(source)) return number(figure.count()) + " reviews gathered from " + source + " are not displayed";
    for (const auto& [source, figure] : shown.gathered) {
        const auto found = log.gathered.find(source);
        const Figure counted = found == log.gathered.end() ? Figure() : found->second;
        if (figure.count != counted.count() || figure.hundredths != counted.hundredths())
            return describe(figure.hundredths, figure.count) + " is displayed as gathered from " + source + ", the log makes " + describe(counted.hundredths(), counted.count());
    }
    return std::nullopt;
}

std::optional<std::string> rating_path(std::string_view subject) {
    std::string path = "api/v1/";
    if (subject.starts_with("site:")) path += "sites/";
    else if (subject.starts_with("product:")) path += "products/";
    else return std::nullopt;
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : subject.substr(subject.find(':') + 1)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) path += c;
        else path += std::string("%") + hex[static_cast<unsigned char>(c) >> 4] + hex[static_cast<unsigned char>(c) & 15];
    }
    return path + "/rating";
}

std::string describe(std::optional<std::int64_t> hundredths, std::int64_t count) {
    std::string out = "-";
    if (hundredths) {
        const std::string digits = number(*hundredths);
        out = digits.substr(0, digits.size() - 2) + "." + digits.substr(digits.size() - 2);
    }
    return out + " (" + number(count) + ")";
}

}  // namespace verbatim::verify
