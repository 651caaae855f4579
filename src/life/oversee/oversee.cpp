#include "life/oversee/oversee.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "life/oversee/lines.h"
#include "record/network/branches.h"
#include "record/network/country_rules.h"

namespace verbatim::oversee {
namespace {

using figures::Filter;
using figures::Level;
using figures::Measure;
using figures::Reader;
using storage::Sql;
using storage::Tx;

constexpr int longest_period = 120;  // months

constexpr std::string_view dimensions[] = {"country", "group", "dealer", "site", "adviser", "service", "model", "version", "month", "age"};

Reader reader_of(Tx& tx, const Asked& asked, std::string_view service = {}) {
    return {tx, asked.branch, asked.about, Filter{service.empty() ? asked.service : std::string(service), asked.product}};
}

std::optional<Period> parse_period(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    const auto from = figures::parse_month(text.substr(0, dots)), to = figures::parse_month(text.substr(dots + 2));
    if (!from || !to) return std::nullopt;
    return Period{*from, *to};
}

}  // namespace

Result<Asked> Oversee::settle(Tx& tx, std::string_view own, const Ask& ask) const {
    if (!figures::complete(tx)) return Error{ErrorKind::unavailable, "figures_being_counted", "the figures are being counted; try again in a few minutes", {}};
    Asked asked;
    const auto branch = network::narrowed(tx, own, ask.branch);
    if (!branch || branch->empty()) return not_found("branch_unknown", "there is no such branch");
    asked.branch = *branch;
    // Where the law keeps staff from being watched one by one, an adviser has no figures of his own, not even for himself.
    if (branch->starts_with("adviser:")) {
        const auto number = branch->substr(8);
        std::int64_t id = 0;
        std::from_chars(number.data(), number.data() + number.size(), id);
        const auto person = network::find_person(tx, id);
        const auto site = person ? network::find_site(tx, person->scope) : std::nullopt;
        if (site && !network::adviser_may_be_rated(site->country)) return forbidden("advisers_not_rated", "in this country advisers are not rated one by one");
    }
    asked.about = ask.about.value_or(branch->starts_with("product:") ? About::product : About::site);
    asked.service = ask.service;
    asked.product = ask.product;
    if (!asked.service.empty() && std::find(network::services().begin(), network::services().end(), asked.service) == network::services().end()) {
        return invalid("service_unknown", "service is one of new_car, used_car, workshop", "service");
    }
    if (!asked.product.empty() && !network::find_product(tx, asked.product)) return invalid("product_unknown", "there is no such product", "product");
    const int now = figures::month_of(clock_.now());
    asked.period = ask.period.value_or(Period{now - 11, now});
    if (asked.period.from > asked.period.to) return invalid("period_wrong", "from is later than to", "from");
    const int length = asked.period.to - asked.period.from + 1;
    if (length > longest_period) return invalid("period_too_long", "a period has 120 months at most", "from");
    if (ask.compare == "previous") asked.compare = Period{asked.period.from - length, asked.period.to - length};
    else if (ask.compare == "year") asked.compare = Period{asked.period.from - 12, asked.period.to - 12};
    else if (!ask.compare.empty()) {
        asked.compare = parse_period(ask.compare);
        if (!asked.compare || asked.compare->from > asked.compare->to || asked.compare->to - asked.compare->from >= longest_period) {
            return invalid("compare_wrong", "compare is previous, year, or two months like 2025-01..2025-06", "compare");
        }
    }
    return asked;
}

Result<Summary> Oversee::summary(std::string_view own, const Ask& ask) const {
    return db_.read([&](Tx& tx) -> Result<Summary> {
        auto asked = settle(tx, own, ask);
        if (!asked) return asked.error();
        Summary summary;
        summary.asked = *asked;
        summary.name = name_of_branch(tx, asked->branch);
        auto reader = reader_of(tx, *asked);
        summary.figures.now = reader.total(asked->period);
        const auto now = reader.criteria(asked->period);
        std::map<std::string, figures::Marks> before;
        if (asked->compare) {
            summary.figures.before = reader.total(*asked->compare);
            before = reader.criteria(*asked->compare);
        }
        for (const auto& [criterion, marks] : now) {
            Criterion one{criterion, marks, std::nullopt};
            if (asked->compare) one.before = before[criterion];
            summary.criteria.push_back(std::move(one));
        }
        return summary;
    });
}

Result<Lines> Oversee::series(std::string_view own, const Ask& ask) const {
    return db_.read([&](Tx& tx) -> Result<Lines> {
        auto asked = settle(tx, own, ask);
        if (!asked) return asked.error();
        auto reader = reader_of(tx, *asked);
        auto now = reader.by_month(asked->period);
        std::map<int, Cell> before;
        if (asked->compare) before = reader.by_month(*asked->compare);
        Lines lines;
        lines.asked = *asked;
        lines.dimension = "month";
        for (int month = asked->period.from; month <= asked->period.to; ++month) {
            Line line;
            line.key = line.name = figures::format_month(month);
            line.figures.now = now[month];
            // The n-th month of the one period stands beside the n-th of the other.
            if (asked->compare) line.figures.before = before[asked->compare->from + (month - asked->period.from)];
            lines.lines.push_back(std::move(line));
        }
        lines.total = static_cast<std::int64_t>(lines.lines.size());
        return lines;
    });
}

Result<Lines> Oversee::by(std::string_view own, const Ask& ask, std::string_view dimension, const Page& page) const {
    if (std::find(std::begin(dimensions), std::end(dimensions), dimension) == std::end(dimensions)) {
        return invalid("dimension_unknown", "dimension is one of country, group, dealer, site, adviser, service, model, version, month, age", "dimension");
    }
    if (dimension == "month") return series(own, ask);
    const auto order = order_of(page.sort.empty() ? "key" : page.sort);
    if (!order) return invalid("sort_unknown", "sort is one of key, count, mean, low, response_rate, reply_rate, in_time_rate, win_back_rate, change; with - in front: falling", "sort");
    return db_.read([&](Tx& tx) -> Result<Lines> {
        auto asked = settle(tx, own, ask);
        if (!asked) return asked.error();
        if (order->by == "change" && !asked->compare) return invalid("compare_missing", "to sort by change say what to compare with", "compare");
        return page_of(tx, *asked, dimension, *order, page, false);
    });
}

Result<Lines> Oversee::ranking(std::string_view own, const Ask& ask, std::string_view dimension, const Page& page) const {
    constexpr std::string_view rankable[] = {"country", "group", "dealer", "site", "adviser", "model", "version"};
    if (std::find(std::begin(rankable), std::end(rankable), dimension) == std::end(rankable)) {
        return invalid("dimension_unknown", "dimension is one of country, group, dealer, site, adviser, model, version", "dimension");
    }
    return db_.read([&](Tx& tx) -> Result<Lines> {
        auto asked = settle(tx, own, ask);
        if (!asked) return asked.error();
        return page_of(tx, *asked, dimension, Order{"low", true}, page, true);
    });
}

Result<Lines> Oversee::moved(std::string_view own, const Ask& ask, int limit) const {
    constexpr std::int64_t enough = 5;  // reviews in each period; below that nothing is told from chance anyway
    return db_.read([&](Tx& tx) -> Result<Lines> {
        auto wanted = ask;
        if (wanted.compare.empty()) wanted.compare = "previous";
        auto asked = settle(tx, own, wanted);
        if (!asked) return asked.error();
        Lines lines;
        lines.asked = *asked;
        std::vector<Line> tested;
        std::vector<double> chances;
        for (const auto& [dimension, by_service] : below(*asked)) {
            std::vector<std::string> services = {asked->service};
            if (by_service && asked->service.empty()) services.assign(network::services().begin(), network::services().end());
            for (const auto& service : services) {
                auto reader = reader_of(tx, *asked, service);
                auto before = cells_of(tx, reader, *asked, dimension, *asked->compare, true);
                for (auto& [key, now] : cells_of(tx, reader, *asked, dimension, asked->period, true)) {
                    const auto one = stats::stars_of(now.stars()), other = stats::stars_of(before[key].stars());
                    if (!one || !other || one->count < enough || other->count < enough) continue;
                    Line line;
                    line.key = key;
                    line.dimension = dimension;
                    line.service = service;
                    line.figures = {now, before[key]};
                    line.change = stats::difference_of_stars(*one, *other);
                    chances.push_back(line.change->p);
                    tested.push_back(std::move(line));
                }
            }
        }
        lines.total = static_cast<std::int64_t>(tested.size());
        const auto real = stats::believed(chances);
        for (std::size_t i = 0; i < tested.size(); ++i) {
            if (real[i]) lines.lines.push_back(std::move(tested[i]));
        }
        std::sort(lines.lines.begin(), lines.lines.end(), [](const Line& a, const Line& b) { return std::pair(a.change->p, -std::abs(a.change->by)) < std::pair(b.change->p, -std::abs(b.change->by)); });
        if (lines.lines.size() > static_cast<std::size_t>(limit)) lines.lines.resize(static_cast<std::size_t>(limit));
        for (auto& line : lines.lines) describe(tx, *asked, line.dimension, line);
        return lines;
    });
}

}  // namespace verbatim::oversee
