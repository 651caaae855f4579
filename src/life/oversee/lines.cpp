#include "life/oversee/lines.h"

#include <algorithm>
#include <limits>

#include "record/network/branches.h"
#include "record/network/country_rules.h"

namespace verbatim::oversee {
namespace {

using figures::Level;
using figures::Measure;
using figures::Reader;
using storage::Sql;
using storage::Tx;

constexpr Sql select_adviser("SELECT id FROM person WHERE email = $1 AND scope = $2 AND role = 'adviser'");
constexpr Sql select_parent("SELECT code, parent FROM product WHERE kind = 'version' AND parent <> ''");

std::optional<double> share(std::int64_t k, std::int64_t n) { return n > 0 ? std::optional(static_cast<double>(k) / static_cast<double>(n)) : std::nullopt; }

std::optional<double> value_of(std::string_view by, const Compared& figures) {
    const auto& now = figures.now;
    if (by == "response_rate") return share(now[Measure::answered], now[Measure::invited]);
    if (by == "in_time_rate") return share(now[Measure::called_in_time], now[Measure::cases]);
    if (by == "win_back_rate") return share(now[Measure::won_back], now[Measure::resurveyed]);
    const auto stars = stats::stars_of(now.stars());
    if (by == "count") return static_cast<double>(stars ? stars->count : 0);
    if (by == "reply_rate") return share(now[Measure::replied], (stars ? stars->count : 0) + now[Measure::unrated]);
    if (!stars) return std::nullopt;
    if (by == "mean") return stars->mean;
    if (by == "low") return stars->interval.low;
    if (by == "change" && figures.before) {
        if (const auto before = stats::stars_of(figures.before->stars())) return stars->mean - before->mean;
    }
    return std::nullopt;
}

Reader reader_of(Tx& tx, const Asked& asked) {
    return {tx, asked.branch, asked.about, figures::Filter{asked.service, asked.product}};
}

}  // namespace

std::optional<Order> order_of(std::string_view sort) {
    Order order;
    if (sort.starts_with('-')) {
        order.falling = true;
        sort.remove_prefix(1);
    }
    order.by = sort;
    for (const char* word : {"key", "count", "mean", "low", "response_rate", "reply_rate", "in_time_rate", "win_back_rate", "change"}) {
        if (order.by == word) return order;
    }
    return std::nullopt;
}

std::map<std::string, Cell> cells_of(Tx& tx, Reader& reader, const Asked& asked, std::string_view dimension, Period period, bool brief) {
    if (dimension == "service") return reader.by_service(period);
    if (dimension == "age") return reader.by_age(period);
    if (dimension == "country" && asked.about == About::product) return reader.by_country_of_customer(period);
    if (dimension == "version") return reader.by_product(period, brief);
    if (dimension == "model") {
        std::map<std::string, std::string> models;
        for (auto& [version, model] : tx.rows<std::string, std::string>(select_parent)) models[version] = model;
        std::map<std::string, Cell> cells;
        for (const auto& [product, cell] : reader.by_product(period, brief)) {
            const auto found = models.find(product);
            cells[found == models.end() ? product : found->second] += cell;
        }
        return cells;
    }
    if (dimension == "adviser") {
        std::map<std::string, Cell> cells;
        for (const auto& [who, cell] : reader.by_adviser(period)) {
            const auto site = network::find_site(tx, who.first);
            if (site && !network::adviser_may_be_rated(site->country)) continue;
            if (const auto id = tx.row<std::int64_t>(select_adviser, who.second, who.first)) cells[std::to_string(*id)] += cell;
        }
        return cells;
    }
    return reader.by_level(*figures::level_of(dimension), period, brief);
}

void describe(Tx& tx, const Asked& asked, std::string_view dimension, Line& line) {
    line.dimension = dimension;
    line.name = line.key;
    if (dimension == "site") {
        if (const auto site = network::find_site(tx, line.key)) line.name = site->name;
    } else if (dimension == "model" || dimension == "version") {
        if (const auto product = network::find_product(tx, line.key)) line.name = product->name;
    } else if (dimension == "adviser") {
        if (const auto name = network::subject_name(tx, "adviser:" + line.key)) line.name = *name;
    }
    const bool place = dimension == "country" || dimension == "group" || dimension == "dealer" || dimension == "site" || dimension == "adviser";
    if (place && asked.about == About::site) line.branch = std::string(dimension) + ":" + line.key;
    if ((dimension == "model" || dimension == "version") && asked.about == About::product) line.branch = "product:" + line.key;
    // A group or a dealer that reaches over the border has no branch of its own on this side.
    if (!line.branch.empty() && asked.branch != "*" && dimension != "site" && dimension != "adviser" && !network::contains(tx, asked.branch, line.branch)) line.branch.clear();
}

std::string name_of_branch(Tx& tx, std::string_view branch) {
    const auto code = branch.substr(std::min(branch.size(), branch.find(':') + 1));
    if (branch.starts_with("site:") || branch.starts_with("product:") || branch.starts_with("adviser:")) return network::subject_name(tx, branch).value_or(std::string(code));
    return std::string(branch == "*" ? branch : code);
}

std::vector<std::pair<std::string, bool>> below(const Asked& asked) {
    // Words on vehicles are of no service. From the brand models are told from each other, within one its versions.
    if (asked.about == About::product) return {{asked.branch == "*" ? "model" : "version", false}, {"country", false}, {"age", false}};
    if (asked.branch == "*" && !asked.product.empty()) return {{"country", true}, {"group", true}};
    if (asked.branch == "*") return {{"country", true}, {"group", true}, {"model", true}};
    if (asked.branch.starts_with("country:")) return {{"group", true}, {"site", false}, {"model", true}};
    if (asked.branch.starts_with("adviser:")) return {{"service", false}};
    return {{"site", true}, {"model", true}, {"adviser", false}};
}

Result<Lines> page_of(Tx& tx, const Asked& asked, std::string_view dimension, const Order& order, const Page& page, bool ranked) {
    if (dimension == "adviser" && (asked.branch == "*" || asked.branch.starts_with("country:"))) {
        return invalid("branch_too_wide", "advisers are compared within a site, a dealer or a group", "dimension");
    }
    if (dimension == "age" && asked.about != About::product) return invalid("dimension_of_products", "the age of the vehicle is a dimension of words on vehicles", "dimension");
    auto reader = reader_of(tx, asked);
    if (!asked.product.empty() && asked.about == About::site && reader.wide_for_model() && (dimension == "dealer" || dimension == "site")) {
        return invalid("branch_too_wide", "one model's dealers and sites are compared within a country", "dimension");
    }
    std::map<std::string, Cell> before;
    if (asked.compare && order.by == "change") before = cells_of(tx, reader, asked, dimension, *asked.compare, true);
    struct Place {
        std::string key;
        std::optional<double> value;
        Compared figures;
    };
    std::vector<Place> places;
    for (auto& [key, cell] : cells_of(tx, reader, asked, dimension, asked.period, figures::level_of(dimension).has_value())) {
        Place place{key, std::nullopt, {cell, std::nullopt}};
        if (order.by == "change") place.figures.before = before[key];
        if (order.by != "key") place.value = value_of(order.by, place.figures);
        places.push_back(std::move(place));
    }
    // What has no value stands last, whichever way the list goes; equal values stand by their key.
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
        if (order.by == "key") return order.falling ? a.key > b.key : a.key < b.key;
        if (a.value.has_value() != b.value.has_value()) return a.value.has_value();
        if (a.value && *a.value != *b.value) return order.falling ? *a.value > *b.value : *a.value < *b.value;
        return a.key < b.key;
    });
    Lines lines;
    lines.asked = asked;
    lines.dimension = dimension;
    lines.total = static_cast<std::int64_t>(places.size());
    auto at = places.begin();
    if (!page.after.empty()) {
        at = std::find_if(places.begin(), places.end(), [&](const Place& place) { return place.key == page.after; });
        if (at == places.end()) return invalid("after_unknown", "there is no such line to go on after", "after");
        ++at;
    }
    const auto level = dimension == "country" && asked.about == About::product ? std::nullopt : figures::level_of(dimension);
    // Whole figures for the lines shown; of what has no level all were read already.
    const auto end = places.end() - at > page.limit ? at + page.limit : places.end();
    std::vector<std::string> keys;
    std::transform(at, end, std::back_inserter(keys), [](const Place& place) { return place.key; });
    std::map<std::string, Cell> now, then;
    if (level) now = reader.children(*level, keys, asked.period);
    if (asked.compare && !keys.empty()) then = level ? reader.children(*level, keys, *asked.compare) : cells_of(tx, reader, asked, dimension, *asked.compare, false);
    for (; at != end; ++at) {
        Line line;
        line.key = at->key;
        line.figures.now = level ? now[at->key] : at->figures.now;
        if (asked.compare) line.figures.before = then[at->key];
        if (ranked && at->value) line.rank = static_cast<int>(at - places.begin()) + 1;
        describe(tx, asked, dimension, line);
        lines.lines.push_back(std::move(line));
    }
    if (at != places.end() && !lines.lines.empty()) lines.next = lines.lines.back().key;
    return lines;
}

}  // namespace verbatim::oversee
