#include "edge/api/figures_json.h"

#include <cmath>

namespace verbatim::api {
namespace {

using figures::Measure;
using nlohmann::json;
using oversee::Cell;

// Four decimals say more than enough of a share or a mean, and keep the answers small.
double rounded(double value) { return std::round(value * 10'000) / 10'000; }

struct Share {
    std::string_view name;
    std::int64_t count, of;
};

std::int64_t rated(const Cell& cell) { return cell[Measure::n1] + cell[Measure::n2] + cell[Measure::n3] + cell[Measure::n4] + cell[Measure::n5]; }
std::int64_t published(const Cell& cell) { return rated(cell) + cell[Measure::unrated]; }

std::array<Share, 6> shares_of(const Cell& cell) {
    return {{{"response_rate", cell[Measure::answered], cell[Measure::invited]},
             {"reply_rate", cell[Measure::replied], published(cell)},
             {"reply_in_week_rate", cell[Measure::replied_in_week], published(cell)},
             {"in_time_rate", cell[Measure::called_in_time], cell[Measure::cases]},
             {"win_back_rate", cell[Measure::won_back], cell[Measure::resurveyed]},
             {"low_stars_rate", cell[Measure::n1] + cell[Measure::n2], rated(cell)}}};
}

json share_json(const Share& share) {
    if (share.of <= 0) return {{"count", share.count}, {"of", share.of}, {"value", nullptr}, {"interval", nullptr}};
    const auto interval = stats::share_interval(share.count, share.of);
    return {{"count", share.count}, {"of", share.of}, {"value", rounded(static_cast<double>(share.count) / static_cast<double>(share.of))},
            {"interval", {rounded(interval.low), rounded(interval.high)}}};
}

template <std::size_t N>
std::optional<stats::Quantile> median_of(const Cell& cell, Measure first, const std::array<Seconds, N>& edges) {
    return stats::class_quantile(std::span(cell.values).subspan(static_cast<std::size_t>(first), N + 1), edges, 0.5);
}

json delay_json(std::int64_t count, std::int64_t seconds, const std::optional<stats::Quantile>& median) {
    if (count <= 0) return {{"mean_seconds", nullptr}, {"median_seconds", nullptr}, {"median_at_least", false}};
    return {{"mean_seconds", seconds / count}, {"median_seconds", median ? json(static_cast<std::int64_t>(median->value)) : json(nullptr)}, {"median_at_least", median && median->at_least}};
}

std::optional<double> score_of(const Cell& cell) {
    const auto all = cell[Measure::promoters] + cell[Measure::passives] + cell[Measure::detractors];
    if (all <= 0) return std::nullopt;
    return 100.0 * static_cast<double>(cell[Measure::promoters] - cell[Measure::detractors]) / static_cast<double>(all);
}

std::string decimal(double value) { return json(rounded(value)).dump(); }

}  // namespace

json asked_json(const oversee::Asked& asked) {
    const auto period = [](const oversee::Period& one) { return json{{"from", figures::format_month(one.from)}, {"to", figures::format_month(one.to)}}; };
    return {{"branch", asked.branch}, {"about", asked.about == oversee::About::product ? "product" : "site"}, {"service", asked.service.empty() ? json(nullptr) : json(asked.service)},
            {"model", asked.product.empty() ? json(nullptr) : json(asked.product)}, {"period", period(asked.period)}, {"compare", asked.compare ? period(*asked.compare) : json(nullptr)}};
}

json figures_json(const Cell& cell) {
    json out = {{"count", rated(cell)}, {"published", published(cell)}, {"mean", nullptr}, {"interval", nullptr},
                {"distribution", cell.stars()},
                {"recommend", {{"promoters", cell[Measure::promoters]}, {"passives", cell[Measure::passives]}, {"detractors", cell[Measure::detractors]}, {"score", nullptr}}},
                {"refused", cell[Measure::refused]}, {"withdrawn", cell[Measure::withdrawn]}, {"removed", cell[Measure::removed]}, {"erased", cell[Measure::erased]},
                {"cases", cell[Measure::cases]}, {"called", cell[Measure::called]}, {"late", cell[Measure::late]},
                {"time_to_call", delay_json(cell[Measure::called], cell[Measure::call_seconds], median_of(cell, Measure::call_1h, figures::call_edges))},
                {"time_to_reply", delay_json(cell[Measure::replied], cell[Measure::reply_seconds], median_of(cell, Measure::reply_1d, figures::reply_edges))}};
    if (const auto stars = stats::stars_of(cell.stars())) {
        out["mean"] = rounded(stars->mean);
        out["interval"] = {rounded(stars->interval.low), rounded(stars->interval.high)};
    }
    if (const auto score = score_of(cell)) out["recommend"]["score"] = rounded(*score);
    for (const auto& share : shares_of(cell)) out[std::string(share.name)] = share_json(share);
    return out;
}

json difference_json(const stats::Difference& difference) {
    return {{"by", rounded(difference.by)}, {"interval", {rounded(difference.interval.low), rounded(difference.interval.high)}}, {"beyond_chance", difference.beyond_chance},
            {"p", difference.p}};
}

json change_json(const Cell& now, const Cell& before) {
    json out = {{"count", rated(now) - rated(before)}, {"mean", nullptr}};
    const auto one = stats::stars_of(now.stars()), other = stats::stars_of(before.stars());
    if (one && other) out["mean"] = difference_json(stats::difference_of_stars(*one, *other));
    const auto shares = shares_of(now), earlier = shares_of(before);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const bool both = shares[i].of > 0 && earlier[i].of > 0;
        out[std::string(shares[i].name)] = both ? difference_json(stats::difference_of_shares(shares[i].count, shares[i].of, earlier[i].count, earlier[i].of)) : json(nullptr);
    }
    return out;
}

json compared_json(const oversee::Compared& compared) {
    return {{"figures", figures_json(compared.now)}, {"before", compared.before ? figures_json(*compared.before) : json(nullptr)},
            {"change", compared.before ? change_json(compared.now, *compared.before) : json(nullptr)}};
}

std::vector<std::string> figures_columns() {
    std::vector<std::string> columns = {"count", "mean", "low", "high", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5", "published", "promoters", "passives", "detractors", "recommend_score"};
    for (const char* share : {"response", "reply", "reply_in_week", "in_time", "win_back", "low_stars"}) {
        for (const char* part : {"count", "of", "rate", "low", "high"}) columns.push_back(std::string(share) + "_" + part);
    }
    for (const char* rest : {"cases", "called", "late", "call_mean_seconds", "call_median_seconds", "reply_mean_seconds", "reply_median_seconds", "refused", "withdrawn", "removed", "erased"}) {
        columns.emplace_back(rest);
    }
    return columns;
}

std::vector<std::string> figures_fields(const Cell& cell) {
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    std::vector<std::string> fields = {number(rated(cell))};
    const auto stars = stats::stars_of(cell.stars());
    for (const auto& text : stars ? std::array<std::string, 3>{decimal(stars->mean), decimal(stars->interval.low), decimal(stars->interval.high)} : std::array<std::string, 3>{}) fields.push_back(text);
    for (const auto count : cell.stars()) fields.push_back(number(count));
    for (const auto value : {published(cell), cell[Measure::promoters], cell[Measure::passives], cell[Measure::detractors]}) fields.push_back(number(value));
    const auto score = score_of(cell);
    fields.push_back(score ? decimal(*score) : "");
    for (const auto& share : shares_of(cell)) {
        fields.push_back(number(share.count));
        fields.push_back(number(share.of));
        if (share.of <= 0) {
            fields.insert(fields.end(), 3, "");
            continue;
        }
        const auto interval = stats::share_interval(share.count, share.of);
        fields.push_back(decimal(static_cast<double>(share.count) / static_cast<double>(share.of)));
        fields.push_back(decimal(interval.low));
        fields.push_back(decimal(interval.high));
    }
    for (const auto value : {cell[Measure::cases], cell[Measure::called], cell[Measure::late]}) fields.push_back(number(value));
    const auto delay = [&](std::int64_t count, std::int64_t seconds, const std::optional<stats::Quantile>& median) {
        fields.push_back(count > 0 ? number(seconds / count) : "");
        fields.push_back(median ? number(static_cast<std::int64_t>(median->value)) : "");
    };
    delay(cell[Measure::called], cell[Measure::call_seconds], median_of(cell, Measure::call_1h, figures::call_edges));
    delay(cell[Measure::replied], cell[Measure::reply_seconds], median_of(cell, Measure::reply_1d, figures::reply_edges));
    for (const auto value : {cell[Measure::refused], cell[Measure::withdrawn], cell[Measure::removed], cell[Measure::erased]}) fields.push_back(number(value));
    return fields;
}

}  // namespace verbatim::api
