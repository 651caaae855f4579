#include "record/figures/read.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "record/figures/rows.h"

namespace verbatim::figures {
namespace {

using storage::Sql;
using storage::Tx;

constexpr std::string_view level_words[] = {"country", "group", "dealer", "site"};

constexpr Sql select_base("SELECT " FIGURE_COLUMNS_OF_B R"sql(b.month, b.service, b.product, b.adviser, b.subject
FROM branch_subject s JOIN figure_base b ON b.subject = s.subject AND b.month BETWEEN $2 AND $3 WHERE s.branch = $1)sql");
constexpr Sql select_base_of_model("SELECT " FIGURE_COLUMNS_OF_B R"sql(b.month, b.service, b.product, b.adviser, b.subject
FROM branch_subject s JOIN figure_base b ON b.subject = s.subject AND b.month BETWEEN $2 AND $3
WHERE s.branch = $1 AND (b.product = $4 OR b.product IN (SELECT code FROM product WHERE parent = $4)))sql");
constexpr Sql select_criteria(R"sql(
SELECT criterion, SUM(count), SUM(sum) FROM figure_criterion
WHERE branch = $1 AND (service = $2 OR $2 = '') AND month BETWEEN $3 AND $4 GROUP BY criterion)sql",
                              R"sql(
SELECT criterion, SUM(count), SUM(sum) FROM figure_criterion
WHERE branch = $1 AND (service = $2::text OR $2::text = '') AND month BETWEEN $3 AND $4 GROUP BY criterion)sql");
#define FIGURE_COMMA_OF_F(column, number) "f." #column ", "
// $1 branch, $2 and $3 months; the rows of each product on the branch, or ("*") of all together.
#define OF_PRODUCTS                                                                                                                    \
    "FROM branch_subject b JOIN figure_product f ON f.product = substr(b.subject, 9) AND f.month BETWEEN $2 AND $3 "                   \
    "WHERE b.branch = $1 AND b.subject LIKE 'product:%' "
#define OF_ALL_PRODUCTS "FROM figure_product f WHERE $1 = '*' AND f.product = '*' AND f.month BETWEEN $2 AND $3 "
#define PRODUCT_COLUMNS "SELECT " FIGURE_MEASURES(FIGURE_COMMA_OF_F) "f.product, f.country, f.age, f.service, f.month "
#define TOTAL_ROWS "AND f.country = '' AND f.age = ''"
#define COUNTRY_ROWS "AND f.country > '' AND f.age = ''"
#define AGE_ROWS "AND f.country = '' AND f.age > ''"
struct ProductRows {
    Sql total, countries, ages;
};
constexpr ProductRows of_products{PRODUCT_COLUMNS OF_PRODUCTS TOTAL_ROWS, PRODUCT_COLUMNS OF_PRODUCTS COUNTRY_ROWS, PRODUCT_COLUMNS OF_PRODUCTS AGE_ROWS};
constexpr ProductRows of_all_products{PRODUCT_COLUMNS OF_ALL_PRODUCTS TOTAL_ROWS, PRODUCT_COLUMNS OF_ALL_PRODUCTS COUNTRY_ROWS, PRODUCT_COLUMNS OF_ALL_PRODUCTS AGE_ROWS};
// Of a wide branch, each product in one go.
#define TOTALS_BY_PRODUCT "FROM product p JOIN figure_total f ON f.branch = $1 AND f.product = p.code AND f.service = $2 AND f.month BETWEEN $3 AND $4 GROUP BY p.code"
constexpr Sql totals_by_product("SELECT " FIGURE_SUMS_OF_F "p.code " TOTALS_BY_PRODUCT);
constexpr Sql stars_by_product("SELECT SUM(f.n1), SUM(f.n2), SUM(f.n3), SUM(f.n4), SUM(f.n5), p.code " TOTALS_BY_PRODUCT);
constexpr Sql select_versions("SELECT code FROM product WHERE code = $1 OR parent = $1");
constexpr Sql select_adviser("SELECT scope, email FROM person WHERE id = $1 AND role = 'adviser'");
constexpr Sql select_place("SELECT country, grp, dealer FROM site WHERE code = $1");

// The measures lists are ordered by, in the first columns; the place's key in the last.
#define BRIEF(f)                                                                                                                          \
    "SUM(" f "n1), SUM(" f "n2), SUM(" f "n3), SUM(" f "n4), SUM(" f "n5), SUM(" f "replied), SUM(" f "invited), SUM(" f "answered), SUM(" f \
    "cases), SUM(" f "called_in_time), SUM(" f "resurveyed), SUM(" f "won_back), SUM(" f "unrated), "
constexpr Measure brief_measures[] = {Measure::n1, Measure::n2, Measure::n3, Measure::n4, Measure::n5, Measure::replied, Measure::invited, Measure::answered,
                                      Measure::cases, Measure::called_in_time, Measure::resurveyed, Measure::won_back, Measure::unrated};
// $1 branch, $2 product, $3 service, $4 and $5 months. Of a branch that is not all: from its sites, so that a group that reaches over the
// border shows only what lies on this side.
#define OF_SITES "FROM branch_subject b JOIN figure_total f ON f.branch = b.subject AND f.product = $2 AND f.service = $3 AND f.month BETWEEN $4 AND $5 "
#define OF_SITES_BY(column) OF_SITES "JOIN figure_place p ON b.subject = 'site:' || p.site WHERE b.branch = $1 AND p." column " > '' GROUP BY p." column
#define OF_ALL(column, prefix)                                                                                                                    \
    "FROM (SELECT DISTINCT " column " AS code FROM figure_place WHERE " column " > '') k JOIN figure_total f ON f.branch = '" prefix "' || k.code " \
    "AND f.product = $2 AND f.service = $3 AND f.month BETWEEN $4 AND $5 WHERE $1 = '*' GROUP BY k.code"
struct Children {
    Sql brief, full;
};
constexpr Children of_sites[] = {
    {"SELECT " BRIEF("f.") "p.country " OF_SITES_BY("country"), "SELECT " FIGURE_SUMS_OF_F "p.country " OF_SITES_BY("country")},
    {"SELECT " BRIEF("f.") "p.grp " OF_SITES_BY("grp"), "SELECT " FIGURE_SUMS_OF_F "p.grp " OF_SITES_BY("grp")},
    {"SELECT " BRIEF("f.") "p.dealer " OF_SITES_BY("dealer"), "SELECT " FIGURE_SUMS_OF_F "p.dealer " OF_SITES_BY("dealer")},
    {"SELECT " BRIEF("f.") "substr(b.subject, 6) " OF_SITES "WHERE b.branch = $1 AND b.subject LIKE 'site:%' GROUP BY b.subject",
     "SELECT " FIGURE_SUMS_OF_F "substr(b.subject, 6) " OF_SITES "WHERE b.branch = $1 AND b.subject LIKE 'site:%' GROUP BY b.subject"},
};
constexpr Children of_all[] = {
    {"SELECT " BRIEF("f.") "k.code " OF_ALL("country", "country:"), "SELECT " FIGURE_SUMS_OF_F "k.code " OF_ALL("country", "country:")},
    {"SELECT " BRIEF("f.") "k.code " OF_ALL("grp", "group:"), "SELECT " FIGURE_SUMS_OF_F "k.code " OF_ALL("grp", "group:")},
    {"SELECT " BRIEF("f.") "k.code " OF_ALL("dealer", "dealer:"), "SELECT " FIGURE_SUMS_OF_F "k.code " OF_ALL("dealer", "dealer:")},
    {"SELECT " BRIEF("f.") "k.code " OF_ALL("site", "site:"), "SELECT " FIGURE_SUMS_OF_F "k.code " OF_ALL("site", "site:")},
};
// A country's groups, and the brand's by product, from what of each group lies in a country.
#define GROUPS_OF_COUNTRY                                                                                                                          \
    "FROM (SELECT DISTINCT grp AS code FROM figure_place WHERE country = substr($1, 9) AND grp > '') k JOIN figure_total f ON f.branch = $1 || ' group:' || k.code " \
    "AND f.product = $2 AND f.service = $3 AND f.month BETWEEN $4 AND $5 GROUP BY k.code"
#define GROUPS_OF_ALL                                                                                                                              \
    "FROM (SELECT DISTINCT country, grp AS code FROM figure_place WHERE country > '' AND grp > '') k JOIN figure_total f ON f.branch = 'country:' || k.country || ' group:' || k.code " \
    "AND f.product = $2 AND f.service = $3 AND f.month BETWEEN $4 AND $5 WHERE $1 = '*' GROUP BY k.code"
constexpr Children groups_of_country{"SELECT " BRIEF("f.") "k.code " GROUPS_OF_COUNTRY, "SELECT " FIGURE_SUMS_OF_F "k.code " GROUPS_OF_COUNTRY};
constexpr Children groups_of_all{"SELECT " BRIEF("f.") "k.code " GROUPS_OF_ALL, "SELECT " FIGURE_SUMS_OF_F "k.code " GROUPS_OF_ALL};
// Branches by their names, $1 a JSON list.
constexpr Sql some_branches("SELECT " FIGURE_SUMS_OF_F "f.branch FROM json_each($1) k CROSS JOIN figure_total f ON f.branch = k.value AND f.product = '' AND f.service = $2 AND f.month BETWEEN $3 AND $4 GROUP BY f.branch",
                            "SELECT " FIGURE_SUMS_OF_F "f.branch FROM figure_total f WHERE f.branch = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))) AND f.product = '' AND f.service = $2 "
                            "AND f.month BETWEEN $3 AND $4 GROUP BY f.branch");
// One child, of the sites of a branch.
#define ONE_OF(column) "SELECT " FIGURE_SUMS_OF_F "1 " OF_SITES "JOIN figure_place p ON b.subject = 'site:' || p.site WHERE b.branch = $1 AND p." column " = $6"
constexpr Sql one_of[] = {ONE_OF("country"), ONE_OF("grp"), ONE_OF("dealer"), ONE_OF("site")};

Cell brief_cell(const storage::Row& row) {
    Cell cell;
    for (std::size_t i = 0; i < std::size(brief_measures); ++i) cell[brief_measures[i]] = row.integer(static_cast<int>(i));
    return cell;
}

constexpr int after_cell = static_cast<int>(measures);
constexpr int after_brief = static_cast<int>(std::size(brief_measures));

template <std::size_t... I>
std::vector<std::tuple<decltype(static_cast<void>(I), std::int64_t())..., int>> month_rows(Tx& tx, Sql sql, std::string_view branch, std::string_view product, std::string_view service,
                                                                                        Period period, std::index_sequence<I...>) {
    return tx.rows<decltype(static_cast<void>(I), std::int64_t())..., int>(sql, branch, product, service, period.from, period.to);
}

template <std::size_t... I>
Cell cell_of(const auto& row, std::index_sequence<I...>) {
    Cell cell;
    ((cell.values[I] = std::get<I>(row)), ...);
    return cell;
}

}  // namespace

std::optional<Level> level_of(std::string_view word) {
    for (std::size_t i = 0; i < std::size(level_words); ++i) {
        if (level_words[i] == word) return static_cast<Level>(i);
    }
    return std::nullopt;
}
std::string_view to_word(Level level) { return level_words[static_cast<std::size_t>(level)]; }

Reader::Reader(Tx& tx, std::string branch, About about, Filter filter) : tx_(tx), branch_(std::move(branch)), about_(about), filter_(std::move(filter)) {
    if (!filter_.model.empty()) products_ = tx_.rows<std::string>(select_versions, filter_.model);
    narrow_ = branch_.starts_with("group:") || branch_.starts_with("dealer:") || branch_.starts_with("site:") || branch_.starts_with("adviser:");
    if (!branch_.starts_with("adviser:")) return;
    std::int64_t id = 0;
    for (const char c : std::string_view(branch_).substr(8)) {
        if (c < '0' || c > '9' || id > 1'000'000'000'000) return;
        id = id * 10 + (c - '0');
    }
    if (const auto person = tx_.row<std::string, std::string>(select_adviser, id)) std::tie(adviser_site_, adviser_) = *person;
}

bool Reader::wanted(std::string_view service, std::string_view product) const {
    if (!filter_.service.empty() && service != filter_.service) return false;
    return products_.empty() || std::find(products_.begin(), products_.end(), product) != products_.end();
}

void Reader::each_waiting(Period period, const std::function<void(const Place&, const Counts&)>& fn) {
    if (!waiting_) {
        waiting_.emplace();
        // An adviser's facts wait under his site.
        each_fresh(tx_, adviser_.empty() ? branch_ : "site:" + adviser_site_, [&](const Place& place, const Counts& counts) {
            if (is_site(place.subject) != (about_ == About::site)) return;
            if (!adviser_.empty() && place.adviser != adviser_) return;
            if (wanted(place.service, place.product)) waiting_->emplace_back(place, counts);
        });
    }
    for (const auto& [place, counts] : *waiting_) {
        if (place.month >= period.from && place.month <= period.to) fn(place, counts);
    }
}

void Reader::each_base(Period period, const Each& fn) {
    const bool of_adviser = branch_.starts_with("adviser:");
    if (of_adviser && adviser_.empty()) return;
    const auto branch = of_adviser ? "site:" + adviser_site_ : branch_;
    const auto read = [&](const storage::Row& row) {
        const Row one{row.text(after_cell + 4), row.text(after_cell + 2), row.text(after_cell + 3), row.text(after_cell + 1), static_cast<int>(row.integer(after_cell))};
        if (of_adviser && one.adviser != adviser_) return;
        if (wanted(one.service, one.product)) fn(one, read_cell(row));
    };
    if (filter_.model.empty()) tx_.each(select_base, read, branch, period.from, period.to);
    else tx_.each(select_base_of_model, read, branch, period.from, period.to, filter_.model);
}

// Rows of this branch, of all services or the wanted one; `by_products`: one a product.
void Reader::each(Period period, bool by_products, const Each& fn) {
    if (about_ == About::product) {
        each_product(period, by_products, {}, {}, [&](const std::string& product, std::string_view, std::string_view service, int month, const Cell& cell) {
            fn({{}, product, {}, service, month}, cell);
        });
    } else if (branch_.starts_with("adviser:") || (narrow_ && (by_products || !products_.empty()))) {
        each_base(period, fn);
    } else {
        for (const auto& product : products_.empty() ? std::vector<std::string>{""} : products_) {
            for (const auto& row : month_rows(tx_, "SELECT " FIGURE_COLUMNS "month FROM figure_total WHERE branch = $1 AND product = $2 AND service = $3 AND month BETWEEN $4 AND $5",
                                              branch_, product, filter_.service, period, std::make_index_sequence<measures>())) {
                fn({{}, product, {}, filter_.service, std::get<measures>(row)}, cell_of(row, std::make_index_sequence<measures>()));
            }
        }
    }
    each_waiting(period, [&](const Place& place, const Counts& counts) { fn({place.subject, place.product, place.adviser, place.service, place.month}, counts.cell); });
}

void Reader::each_product(Period period, bool by_products, std::string_view country, std::string_view age, const std::function<void(const std::string&, std::string_view, std::string_view, int, const Cell&)>& fn) {
    const bool all = branch_ == "*" && products_.empty() && !by_products;
    const auto& list = all ? of_all_products : of_products;
    tx_.each(country == "*" ? list.countries : age == "*" ? list.ages : list.total, [&](const storage::Row& row) {
        const std::string product(row.text(after_cell));
        const auto service = row.text(after_cell + 3);
        if (all ? !filter_.service.empty() && service != filter_.service : !wanted(service, product)) return;
        fn(product, country == "*" ? row.text(after_cell + 1) : row.text(after_cell + 2), service, static_cast<int>(row.integer(after_cell + 4)), read_cell(row));
    }, branch_, period.from, period.to);
}

Cell Reader::total(Period period) {
    Cell sum;
    each(period, false, [&](const Row&, const Cell& cell) { sum += cell; });
    return sum;
}

std::map<int, Cell> Reader::by_month(Period period) {
    std::map<int, Cell> months;
    each(period, false, [&](const Row& row, const Cell& cell) { months[row.month] += cell; });
    return months;
}

std::map<std::string, Cell> Reader::by_service(Period period) {
    std::map<std::string, Cell> services;
    if (about_ == About::product || branch_.starts_with("adviser:") || !filter_.service.empty()) {
        each(period, false, [&](const Row& row, const Cell& cell) { services[std::string(row.service)] += cell; });
        return services;
    }
    for (const char* service : {"new_car", "used_car", "workshop"}) {
        Reader one(tx_, branch_, about_, {service, filter_.model});
        const auto cell = one.total(period);
        if (!cell.empty()) services[service] = cell;
    }
    return services;
}

std::map<std::string, Cell> Reader::by_product(Period period, bool brief) {
    std::map<std::string, Cell> products;
    if (about_ == About::site && !narrow_ && products_.empty()) {
        tx_.each(brief ? stars_by_product : totals_by_product, [&](const storage::Row& row) {
            if (!brief) {
                products[std::string(row.text(after_cell))] += read_cell(row);
                return;
            }
            auto& cell = products[std::string(row.text(5))];
            for (int star = 0; star < 5; ++star) cell.values[static_cast<std::size_t>(star)] += row.integer(star);
        }, branch_, filter_.service, period.from, period.to);
        each_waiting(period, [&](const Place& place, const Counts& counts) {
            if (!place.product.empty()) products[place.product] += counts.cell;
        });
    } else each(period, true, [&](const Row& row, const Cell& cell) {
        if (!row.product.empty()) products[std::string(row.product)] += cell;
    });
    std::erase_if(products, [](const auto& one) { return one.second.empty(); });
    return products;
}

std::map<std::string, Marks> Reader::criteria(Period period) {
    std::map<std::string, Marks> criteria;
    if (about_ == About::product || branch_.starts_with("adviser:") || !products_.empty()) return criteria;
    for (const auto& [criterion, count, sum] : tx_.rows<std::string, std::int64_t, std::int64_t>(select_criteria, branch_, filter_.service, period.from, period.to)) {
        criteria[criterion] = {count, sum};
    }
    each_waiting(period, [&](const Place&, const Counts& counts) {
        for (const auto& [criterion, marks] : counts.criteria) {
            criteria[criterion].count += marks.count;
            criteria[criterion].sum += marks.sum;
        }
    });
    std::erase_if(criteria, [](const auto& one) { return one.second.count == 0; });
    return criteria;
}

std::string Reader::place_at(Level level, const std::string& subject) {
    const auto code = subject.substr(5);
    if (level == Level::site) return code;
    const auto place = tx_.row<std::string, std::string, std::string>(select_place, code);
    if (!place) return {};
    return level == Level::country ? std::get<0>(*place) : level == Level::group ? std::get<1>(*place) : std::get<2>(*place);
}

std::map<std::string, Cell> Reader::by_level(Level level, Period period, bool brief) {
    std::map<std::string, Cell> children;
    if (about_ == About::product || branch_.starts_with("adviser:")) return children;
    const auto at = static_cast<std::size_t>(level);
    std::map<std::string, std::string, std::less<>> known;  // a site has many rows, and its place is asked for once
    const auto child_of = [&](std::string_view subject) -> Cell& {
        auto found = known.find(subject);
        if (found == known.end()) found = known.emplace(subject, place_at(level, std::string(subject))).first;
        return children[found->second];
    };
    // Totals by product exist of countries and of groups in them; what is smaller is added up from below.
    const bool of_country = branch_.starts_with("country:"), groups = level == Level::group && (of_country || (branch_ == "*" && !products_.empty()));
    if (!products_.empty() && !groups && !(branch_ == "*" && level == Level::country)) {
        each_base(period, [&](const Row& row, const Cell& cell) { child_of(row.subject) += cell; });
    } else if (brief && branch_ == "*" && level == Level::site && products_.empty()) {
        each_running(tx_, filter_.service, period, [&](std::string_view site, const Cell& part) { children[std::string(site)] += part; });
        std::erase_if(children, [](const auto& one) { return one.second.empty(); });  // the year so far, and nothing in the period
    } else {
        const auto& list = groups ? (of_country ? groups_of_country : groups_of_all) : branch_ == "*" ? of_all[at] : of_sites[at];
        for (const auto& product : products_.empty() ? std::vector<std::string>{""} : products_) {
            if (brief) tx_.each(list.brief, [&](const storage::Row& row) { children[std::string(row.text(after_brief))] += brief_cell(row); }, branch_, product, filter_.service, period.from, period.to);
            else tx_.each(list.full, [&](const storage::Row& row) { children[std::string(row.text(after_cell))] += read_cell(row); }, branch_, product, filter_.service, period.from, period.to);
        }
    }
    each_waiting(period, [&](const Place& place, const Counts& counts) { child_of(place.subject) += counts.cell; });
    children.erase("");
    return children;
}

std::map<std::string, Cell> Reader::children(Level level, const std::vector<std::string>& keys, Period period) {
    std::map<std::string, Cell> found;
    if (keys.empty()) return found;
    if (!products_.empty()) {  // what is kept by product is one list; what is not is added up for all of them
        auto all = by_level(level, period, false);
        for (const auto& key : keys) found[key] = all[key];
        return found;
    }
    for (const auto& key : keys) found[key];
    const bool groups_here = level == Level::group && branch_.starts_with("country:");
    if (branch_ == "*" || level == Level::site || groups_here) {
        std::map<std::string, std::string, std::less<>> key_of;
        auto branches = nlohmann::json::array();
        for (const auto& key : keys) {
            auto branch = groups_here ? group_in_country(branch_.substr(8), key) : std::string(to_word(level)) + ":" + key;
            branches.push_back(branch);
            key_of.emplace(std::move(branch), key);
        }
        tx_.each(some_branches, [&](const storage::Row& row) { found[key_of.find(row.text(after_cell))->second] += read_cell(row); }, branches.dump(), filter_.service, period.from, period.to);
    } else {
        for (const auto& key : keys)
            tx_.each(one_of[static_cast<std::size_t>(level)], [&](const storage::Row& row) { found[key] += read_cell(row); }, branch_, "", filter_.service, period.from, period.to, key);
    }
    std::map<std::string, std::string, std::less<>> place;  // a site has many rows, and its place is asked for once
    each_waiting(period, [&](const Place& where, const Counts& counts) {
        auto known = place.find(where.subject);
        if (known == place.end()) known = place.emplace(where.subject, place_at(level, where.subject)).first;
        if (const auto wanted = found.find(known->second); wanted != found.end()) wanted->second += counts.cell;
    });
    return found;
}

std::map<std::pair<std::string, std::string>, Cell> Reader::by_adviser(Period period) {
    std::map<std::pair<std::string, std::string>, Cell> advisers;
    if (about_ == About::product) return advisers;
    const auto add = [&](std::string_view subject, std::string_view adviser, const Cell& cell) {
        if (!adviser.empty()) advisers[{std::string(subject.substr(5)), std::string(adviser)}] += cell;
    };
    each_base(period, [&](const Row& row, const Cell& cell) { add(row.subject, row.adviser, cell); });
    each_waiting(period, [&](const Place& place, const Counts& counts) { add(place.subject, place.adviser, counts.cell); });
    return advisers;
}

std::map<std::string, Cell> Reader::by_country_of_customer(Period period) {
    std::map<std::string, Cell> countries;
    each_product(period, false, "*", {}, [&](const std::string&, std::string_view key, std::string_view, int, const Cell& cell) { countries[std::string(key)] += cell; });
    each_waiting(period, [&](const Place& place, const Counts& counts) { countries[place.country.empty() ? "?" : place.country] += counts.cell; });
    return countries;
}

std::map<std::string, Cell> Reader::by_age(Period period) {
    std::map<std::string, Cell> ages;
    each_product(period, false, {}, "*", [&](const std::string&, std::string_view key, std::string_view, int, const Cell& cell) { ages[std::string(key)] += cell; });
    each_waiting(period, [&](const Place& place, const Counts& counts) { ages[place.age.empty() ? "?" : place.age] += counts.cell; });
    return ages;
}

}  // namespace verbatim::figures
