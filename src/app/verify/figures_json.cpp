// The figures as JSON, and displayed ones read back.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/verify/figures.h"
#include "ground/base/calendar.h"

namespace verbatim::verify {
namespace {

using json = nlohmann::ordered_json;

constexpr std::size_t text_limit = 64 * 1024 * 1024;
constexpr Seconds reply_within = 7 * one_day;  // norm SUP-1

Error malformed(std::string what) { return invalid("figures_malformed", "displayed figures: " + what); }

// Four decimals, half up, in whole numbers: the same text on every machine.
json share(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return nullptr;
    const auto scaled = (part * 20000 + whole) / (2 * whole);
    auto text = std::to_string(scaled);
    if (text.size() < 5) text.insert(0, 5 - text.size(), '0');
    return text.substr(0, text.size() - 4) + "." + text.substr(text.size() - 4);
}

// Nearest rank: the smallest value that `percent` of all do not exceed.
json percentile(std::vector<std::uint32_t>& values, unsigned percent) {
    if (values.empty()) return nullptr;
    const std::size_t rank = (values.size() * percent + 99) / 100;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

template <class Value>
json counts(const std::map<std::string, Value>& map) {
    json out = json::object();
    for (const auto& [key, count] : map) out[key] = count;
    return out;
}

}  // namespace

struct Figures::Group {
    std::int64_t waiting = 0, visible = 0, refused = 0, left = 0, withdrawn = 0, erased = 0, removed = 0;
    std::int64_t spontaneous = 0, incentive = 0, late = 0, replied = 0, replied_in_time = 0;
    std::vector<std::uint32_t> delays;

    std::int64_t published() const { return visible + withdrawn + erased + removed; }
    std::int64_t received() const { return published() + refused + left + waiting; }

    // `whole` where words still waiting are known to belong to this row; a star is not, before its words are decided about.
    void write(json& row, bool whole) {
        row["received"] = received();
        row["published"] = published();
        row["refused"] = refused;
        row["left"] = left;
        if (whole) row["pending"] = waiting;
        row["visible"] = visible;
        row["withdrawn"] = withdrawn;
        row["erased"] = erased;
        row["removed"] = removed;
        row["spontaneous"] = spontaneous;
        row["incentive"] = incentive;
        row["refusal_rate"] = share(refused, published() + refused);
        row["delay_p50"] = percentile(delays, 50);
        row["delay_p95"] = percentile(delays, 95);
        row["delay_max"] = percentile(delays, 100);
        row["late"] = late;
        row["replied"] = replied;
        row["replied_within_7_days"] = replied_in_time;
    }
};

void Figures::count(const Review& review, Group& group, Seconds late_after) const {
    switch (review.stage) {
        case Stage::waiting: ++group.waiting; break;
        case Stage::visible: ++group.visible; break;
        case Stage::refused: ++group.refused; break;
        case Stage::left: ++group.left; break;
        case Stage::withdrawn: ++group.withdrawn; break;
        case Stage::erased: ++group.erased; break;
        case Stage::removed: ++group.removed; break;
    }
    if (review.spontaneous) ++group.spontaneous;
    if (review.incentive) ++group.incentive;
    if (review.decided) group.delays.push_back(review.delay);
    // Norm MOD-4: decided after the announced time, or still waiting beyond it at the newest entry.
    if (review.decided ? review.delay > late_after : review.stage == Stage::waiting && as_of_ - review.collected_at > late_after) ++group.late;
    if (review.replied_after != no_reply) {
        ++group.replied;
        if (review.replied_after <= reply_within) ++group.replied_in_time;
    }
}

std::string Figures::write(std::string_view log, const Declared& declared) const {
    const Seconds late_after = declared.max_delay_days * one_day;
    std::map<std::string, const Declared::Site*> sites;
    for (const auto& site : declared.sites) sites.emplace(site.code, &site);

    Group total, unknown_star;
    std::array<Group, 5> stars;
    std::map<std::string, Group> by_site, by_product, by_country, by_month;
    struct Gathered {
        std::int64_t shown = 0, ended = 0;
    };
    std::map<std::string, Gathered> gathered;
    for (const auto& [id, review] : reviews_) {
        if (review.source != 0) {
            auto& source = gathered[sources_.names[review.source - 1]];
            ++(review.stage == Stage::visible ? source.shown : source.ended);
            continue;
        }
        count(review, total, late_after);
        count(review, review.rating >= 1 && review.rating <= 5 ? stars[review.rating - 1u] : unknown_star, late_after);
        count(review, by_month[format_date(review.collected_at).substr(0, 7)], late_after);
        const auto& subject = subjects_.names[review.subject];
        const auto colon = subject.find(':');
        const auto code = subject.substr(colon + 1);
        if (subject.starts_with("site:")) {
            count(review, by_site[code], late_after);
            const auto site = sites.find(code);
            count(review, by_country[site == sites.end() ? std::string("-") : site->second->country], late_after);
        } else {
            count(review, by_product[subject], late_after);
        }
    }
    Asked all_asked;
    for (const auto& [site, asked] : asked_) {
        all_asked.add(asked);
        by_site[site];  // a place that asked and has no review yet has a row too
    }

    json out;
    out["format"] = "verbatim-figures/1";
    out["log"] = {{"name", log}, {"size", size_}};
    out["as_of"] = format_moment(as_of_);
    total.write(out["total"], true);
    out["by_star"] = json::array();
    for (std::size_t i = stars.size(); i-- > 0;) {
        json row = {{"stars", i + 1}};
        stars[i].write(row, false);
        out["by_star"].push_back(std::move(row));
    }
    out["stars_unknown"] = unknown_star.received();
    out["by_reason"] = json::array();
    for (const auto& [reason, one] : by_reason_)
        out["by_reason"].push_back({{"reason", reason}, {"refused", one.refused}, {"removed", one.removed}, {"appealed", one.appealed}, {"overturned", one.overturned}});
    out["by_month"] = json::array();
    for (auto& [month, group] : by_month) {
        json row = {{"month", month}};
        group.write(row, true);
        out["by_month"].push_back(std::move(row));
    }
    out["by_country"] = json::array();
    for (auto& [country, group] : by_country) {
        json row = {{"country", country}};
        group.write(row, true);
        out["by_country"].push_back(std::move(row));
    }
    out["by_site"] = json::array();
    for (auto& [code, group] : by_site) {
        const auto site = sites.find(code);
        json row = {{"site", code}, {"name", site == sites.end() ? code : site->second->name}, {"country", site == sites.end() ? "-" : site->second->country}};
        group.write(row, true);
        const auto found = asked_.find(code);
        const Asked asked = found == asked_.end() ? Asked() : found->second;
        row["eligible"] = asked.eligible;
        row["answered"] = asked.answered;
        row["expired"] = asked.expired;
        row["suppressed"] = counts(asked.suppressed);
        row["open"] = asked.open();
        out["by_site"].push_back(std::move(row));
    }
    out["by_subject"] = json::array();
    for (auto& [subject, group] : by_product) {
        json row = {{"subject", subject}};
        group.write(row, true);
        out["by_subject"].push_back(std::move(row));
    }
    out["asked"] = {{"batches", all_asked.batches}, {"eligible", all_asked.eligible}, {"answered", all_asked.answered}, {"expired", all_asked.expired},
                    {"suppressed", counts(all_asked.suppressed)}, {"open", all_asked.open()}};
    out["notices"] = {{"received", notices_}, {"by_reason", counts(noticed_for_)}};
    out["appeals"] = {{"received", appeals_}};
    out["outcomes"] = counts(outcomes_);
    out["gathered"] = json::array();
    for (const auto& [source, figure] : gathered) out["gathered"].push_back({{"source", source}, {"shown", figure.shown}, {"ended", figure.ended}});

    // Each left side was counted entry by entry, each right side over the reviews as they stand.
    const auto rule = [](std::string_view name, std::int64_t left, std::int64_t right) {
        return json{{"rule", name}, {"left", left}, {"right", right}, {"holds", left == right}};
    };
    std::int64_t in_stars = unknown_star.received(), in_subjects = 0;
    for (const auto& group : stars) in_stars += group.received();
    for (const auto& [key, group] : by_site) in_subjects += group.received();
    for (const auto& [key, group] : by_product) in_subjects += group.received();
    out["sums"] = {rule("received = published + refused + left + pending", received_, total.published() + total.refused + total.left + total.waiting),
                   rule("published - withdrawn - erased - removed = visible", total.published() - total.withdrawn - total.erased - total.removed, total.visible),
                   rule("received = sum over stars, and those whose stars are not known", received_, in_stars),
                   rule("received = sum over dealers and vehicles", received_, in_subjects)};
    out["declared"] = {{"max_delay_days", declared.max_delay_days}, {"pressure", json::array()}, {"sites", json::array()}};
    for (const auto& [site, count] : declared.pressure) out["declared"]["pressure"].push_back({{"site", site}, {"reports", count}});
    for (const auto& site : declared.sites) out["declared"]["sites"].push_back({{"code", site.code}, {"name", site.name}, {"country", site.country}});
    return out.dump(1) + "\n";
}

namespace {

// Depth is bounded by hand: the parser itself would follow brackets as deep as the input goes.
json parse_bounded(std::string_view text) {
    return json::parse(text.begin(), text.end(), [](int depth, json::parse_event_t, json&) {
        if (depth > 8) throw std::length_error("nested too deeply");
        return true;
    }, false);
}

std::optional<std::int64_t> whole_number(const json& value) {
    if (!value.is_number_integer()) return std::nullopt;
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{1} << 53) return std::nullopt;
    const auto number = value.get<std::int64_t>();
    return number < 0 ? std::nullopt : std::optional(number);
}

const json& member(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

Result<DisplayedFigures> read_figures(const json& value) {
    if (text_of(member(value, "format")) != "verbatim-figures/1") return malformed("format is not verbatim-figures/1");
    DisplayedFigures shown;
    const json& log = member(value, "log");
    const auto size = whole_number(member(log, "size"));
    shown.log = text_of(member(log, "name"));
    if (!size || shown.log.empty()) return malformed("log has no name and size");
    shown.size = static_cast<std::uint64_t>(*size);
    const json& declared = member(value, "declared");
    const auto days = whole_number(member(declared, "max_delay_days"));
    if (!days || *days > 3660) return malformed("declared has no max_delay_days");
    shown.declared.max_delay_days = *days;
    if (!member(declared, "sites").is_array() || !member(declared, "pressure").is_array()) return malformed("declared has no lists of sites and pressure");
    for (const json& one : member(declared, "sites")) {
        Declared::Site site{text_of(member(one, "code")), text_of(member(one, "name")), text_of(member(one, "country"))};
        if (site.code.empty()) return malformed("a site has no code");
        shown.declared.sites.push_back(std::move(site));
    }
    for (const json& one : member(declared, "pressure")) {
        const auto count = whole_number(member(one, "reports"));
        if (!count || text_of(member(one, "site")).empty()) return malformed("pressure is not a list of site and reports");
        shown.declared.pressure.emplace_back(text_of(member(one, "site")), *count);
    }
    return shown;
}

std::string walk(const std::string& path, const json& shown, const json& log) {
    if (shown == log && shown.type() == log.type()) return {};
    const auto below = [&](const std::string& name) { return path.empty() ? name : path + "/" + name; };
    if (shown.is_object() && log.is_object()) {
        for (const auto& [name, value] : log.items()) {
            if (!shown.contains(name)) return below(name) + ": is not displayed";
            if (auto found = walk(below(name), shown[name], value); !found.empty()) return found;
        }
        for (const auto& [name, value] : shown.items())
            if (!log.contains(name)) return below(name) + ": the log makes no such figure";
    }
    if (shown.is_array() && log.is_array() && shown.size() == log.size()) {
        for (std::size_t i = 0; i < log.size(); ++i)
            if (auto found = walk(below(std::to_string(i)), shown[i], log[i]); !found.empty()) return found;
    }
    const auto brief = [](const json& value) { return value.is_structured() ? std::to_string(value.size()) + " members" : value.dump(-1, ' ', true, json::error_handler_t::replace).substr(0, 80); };
    return (path.empty() ? "the whole" : path) + ": " + brief(shown) + " is displayed, the log makes " + brief(log);
}

}  // namespace

Result<DisplayedFigures> parse_figures(std::string text) {
    if (text.size() > text_limit) return malformed("longer than 64 MiB");
    try {
        const json value = parse_bounded(text);
        if (value.is_discarded()) return malformed("not JSON");
        auto shown = read_figures(value);
        if (shown) shown->text = std::move(text);
        return shown;
    } catch (const std::length_error& error) {
        return malformed(error.what());
    }
}

std::string difference(std::string_view displayed, std::string_view recomputed) {
    if (displayed == recomputed) return {};
    try {
        const json shown = parse_bounded(displayed), log = parse_bounded(recomputed);
        if (auto found = walk({}, shown, log); !found.empty()) return found;
    } catch (const std::length_error&) {
    }
    return "the figures are written otherwise than the log makes them";  // the same numbers in another form: not the published form
}

}  // namespace verbatim::verify
