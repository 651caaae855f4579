// From what waits to the totals.
#include "record/figures/rows.h"

namespace verbatim::figures {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

#define FRESH_COLUMNS "subject, service, month, product, adviser, country, registered_on, experience_on, change"

// The casts tell PostgreSQL what a parameter is where no column does.
constexpr Sql insert_of_experience(R"sql(
INSERT INTO figure_fresh (subject, service, month, product, adviser, country, registered_on, experience_on, change)
SELECT $1, $2, $3, COALESCE(e.product, ''), COALESCE(e.adviser, ''), COALESCE(e.country, ''), COALESCE(e.registered_on, ''), COALESCE(e.occurred_on, ''), $5
FROM (SELECT 1 AS one) o LEFT JOIN experience e ON e.id = $4)sql",
                                   R"sql(
INSERT INTO figure_fresh (subject, service, month, product, adviser, country, registered_on, experience_on, change)
SELECT $1::text, $2::text, $3::bigint, COALESCE(e.product, ''), COALESCE(e.adviser, ''), COALESCE(e.country, ''), COALESCE(e.registered_on, ''),
  COALESCE(e.occurred_on, ''), $5::text
FROM (SELECT 1 AS one) o LEFT JOIN experience e ON e.id = $4)sql");
constexpr Sql insert_plain(R"sql(
INSERT INTO figure_fresh (subject, service, month, product, adviser, country, registered_on, experience_on, change)
VALUES ($1, $2, $3, $4, $5, '', '', '', $6))sql");
constexpr Sql take_oldest("DELETE FROM figure_fresh WHERE id IN (SELECT id FROM figure_fresh ORDER BY id LIMIT $1) RETURNING " FRESH_COLUMNS);
constexpr Sql select_fresh("SELECT " FRESH_COLUMNS " FROM figure_fresh");
constexpr Sql select_fresh_on("SELECT f.subject, service, month, product, adviser, country, registered_on, experience_on, change "
                              "FROM figure_fresh f JOIN branch_subject b ON b.branch = $1 AND b.subject = f.subject");
constexpr Sql lock_state("SELECT value FROM figure_state WHERE key = 'complete'", "SELECT value FROM figure_state WHERE key = 'complete' FOR UPDATE");

#define ADD_BASE(column, number) #column " = figure_base." #column " + excluded." #column ", "
#define ADD_TOTAL(column, number) #column " = figure_total." #column " + excluded." #column ", "
#define ADD_PRODUCT(column, number) #column " = figure_product." #column " + excluded." #column ", "
// Each list of additions ends in a comma: the month is set to what it is.
constexpr Sql upsert_base("INSERT INTO figure_base (" FIGURE_COLUMNS "subject, month, service, product, adviser) VALUES (" FIGURE_NUMBERS
                          "$43, $44, $45, $46, $47) ON CONFLICT (subject, month, service, product, adviser) DO UPDATE SET " FIGURE_MEASURES(
                              ADD_BASE) "month = excluded.month");
constexpr Sql upsert_total("INSERT INTO figure_total (" FIGURE_COLUMNS "branch, product, service, month) VALUES (" FIGURE_NUMBERS
                           "$43, $44, $45, $46) ON CONFLICT (branch, product, service, month) DO UPDATE SET " FIGURE_MEASURES(ADD_TOTAL) "month = excluded.month");
constexpr Sql upsert_product("INSERT INTO figure_product (" FIGURE_COLUMNS "product, country, age, service, month) VALUES (" FIGURE_NUMBERS
                             "$43, $44, $45, $46, $47) ON CONFLICT (product, country, age, service, month) DO UPDATE SET " FIGURE_MEASURES(
                                 ADD_PRODUCT) "month = excluded.month");
constexpr Sql upsert_criterion(R"sql(
INSERT INTO figure_criterion (branch, service, criterion, month, count, sum) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (branch, service, criterion, month) DO UPDATE SET count = figure_criterion.count + excluded.count, sum = figure_criterion.sum + excluded.sum)sql");

constexpr Sql select_place("SELECT country, grp, dealer FROM figure_place WHERE site = $1");
constexpr Sql place_site(R"sql(
INSERT INTO figure_place (site, country, grp, dealer) SELECT code, country, grp, dealer FROM site WHERE code = $1 ON CONFLICT DO NOTHING)sql");
constexpr Sql move_site(R"sql(
INSERT INTO figure_place (site, country, grp, dealer) VALUES ($1, $2, $3, $4)
ON CONFLICT (site) DO UPDATE SET country = excluded.country, grp = excluded.grp, dealer = excluded.dealer)sql");
constexpr Sql select_moved(R"sql(
SELECT s.code, s.country, s.grp, s.dealer, p.site IS NOT NULL, COALESCE(p.country, ''), COALESCE(p.grp, ''), COALESCE(p.dealer, '')
FROM site s LEFT JOIN figure_place p ON p.site = s.code
WHERE p.site IS NULL OR p.country <> s.country OR p.grp <> s.grp OR p.dealer <> s.dealer ORDER BY s.code LIMIT $1)sql");
constexpr Sql select_base_of("SELECT " FIGURE_COLUMNS "month, service, product, adviser FROM figure_base WHERE subject = $1");
constexpr Sql select_criteria_of("SELECT service, criterion, month, count, sum FROM figure_criterion WHERE branch = $1");

Place read_fresh_place(const Row& row) {
    return place_of(row.text(0), row.text(1), static_cast<int>(row.integer(2)), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7));
}

using CellAndKey = decltype(std::tuple_cat(std::declval<std::array<std::int64_t, measures>>(), std::declval<std::tuple<std::string, std::string, std::string, int>>()));
using CellAndLongKey =
    decltype(std::tuple_cat(std::declval<std::array<std::int64_t, measures>>(), std::declval<std::tuple<std::string, int, std::string, std::string, std::string>>()));
using CellAndProductKey =
    decltype(std::tuple_cat(std::declval<std::array<std::int64_t, measures>>(), std::declval<std::tuple<std::string, std::string, std::string, std::string, int>>()));

}  // namespace

bool is_site(std::string_view subject) { return subject.starts_with("site:"); }

Place place_of(std::string_view subject, std::string_view service, int month, std::string_view product, std::string_view adviser,
               std::string_view country, std::string_view registered_on, std::string_view experience_on) {
    Place place{std::string(subject), std::string(service), month, {}, {}, {}, {}};
    if (is_site(subject)) {
        place.product = product;
        place.adviser = adviser;
    } else {  // words on a vehicle are compared by country and age; who sold it does not matter
        place.product = subject.substr(subject.find(':') + 1);
        place.country = country;
        place.age = age_band(registered_on, experience_on);
    }
    return place;
}

Cell read_cell(const Row& row) {
    Cell cell;
    for (std::size_t i = 0; i < measures; ++i) cell.values[i] = row.is_null(static_cast<int>(i)) ? 0 : row.integer(static_cast<int>(i));
    return cell;
}

void count(Tx& tx, std::string_view subject, std::string_view service, std::string_view experience, int month, const Counts& change) {
    if (!change.empty()) tx.exec(insert_of_experience, subject, service, month, experience, change.to_text());
}

void count(Tx& tx, const Place& place, const Counts& change) {
    if (!change.empty()) tx.exec(insert_plain, place.subject, place.service, place.month, place.product, place.adviser, change.to_text());
}

void each_fresh(Tx& tx, std::string_view branch, const std::function<void(const Place&, const Counts&)>& fn) {
    const auto read = [&](const Row& row) { fn(read_fresh_place(row), Counts::from_text(row.text(8))); };
    if (branch.empty()) tx.each(select_fresh, read);
    else tx.each(select_fresh_on, read, branch);
}

std::string group_in_country(std::string_view country, std::string_view group) { return "country:" + std::string(country) + " group:" + std::string(group); }

std::vector<Branch> branches_of(std::string_view country, std::string_view group, std::string_view dealer, std::string_view subject) {
    std::vector<Branch> all = {{"*", true}};
    if (!country.empty()) all.push_back({"country:" + std::string(country), true});
    if (!group.empty()) all.push_back({"group:" + std::string(group), false});
    if (!country.empty() && !group.empty()) all.push_back({group_in_country(country, group), true, false});
    if (!dealer.empty()) all.push_back({"dealer:" + std::string(dealer), false});
    all.push_back({std::string(subject), false});
    return all;
}

std::vector<Branch> branches_of(Tx& tx, const std::string& subject) {
    const auto site = subject.substr(subject.find(':') + 1);
    auto place = tx.row<std::string, std::string, std::string>(select_place, site);
    if (!place) {
        tx.exec(place_site, site);
        place = tx.row<std::string, std::string, std::string>(select_place, site);
    }
    if (!place) return branches_of({}, {}, {}, subject);
    return branches_of(std::get<0>(*place), std::get<1>(*place), std::get<2>(*place), subject);
}

void Totals::add(std::string_view branch, std::string_view product, std::string_view service, int month, const Cell& cell, int sign) {
    auto& total = totals[{std::string(branch), std::string(product), std::string(service), month}];
    if (sign > 0) total += cell;
    else total -= cell;
}

void Totals::add_product(std::string_view branch, const Place& place, const Cell& cell, int sign) {
    if (place.product.empty()) return;
    add(branch, place.product, place.service, place.month, cell, sign);
    add(branch, place.product, {}, place.month, cell, sign);
}

void Totals::add_site_fact(const Branch& branch, const Place& place, const Cell& cell, int sign) {
    add(branch.name, {}, place.service, place.month, cell, sign);
    add(branch.name, {}, {}, place.month, cell, sign);
    if (branch.by_product) add_product(branch.name, place, cell, sign);
    if (!is_site(branch.name)) return;
    const auto site = branch.name.substr(5);
    add_running(running, site, place.service, place.month, cell, sign);
    add_running(running, site, {}, place.month, cell, sign);
}

void Totals::add_criterion(std::string_view branch, const Place& place, std::string_view criterion, const Marks& marks, int sign) {
    auto& total = criteria[{std::string(branch), place.service, std::string(criterion), place.month}];
    total.count += sign * marks.count;
    total.sum += sign * marks.sum;
}

void Totals::add_product_fact(const Place& place, const Cell& cell) {
    const auto code = place.subject.substr(place.subject.find(':') + 1);
    const auto known = [](const std::string& text) { return text.empty() ? std::string("?") : text; };
    for (const auto& product : {code, std::string("*")}) {
        products[{product, {}, {}, place.service, place.month}] += cell;
        products[{product, known(place.country), {}, place.service, place.month}] += cell;
        products[{product, {}, known(place.age), place.service, place.month}] += cell;
    }
}

void lock_totals(Tx& tx) { tx.rows<std::int64_t>(lock_state); }

void add_base(Tx& tx, const Facts& facts) {
    std::vector<CellAndLongKey> rows;
    for (const auto& [place, counts] : facts) {
        if (is_site(place.subject) && !counts.cell.empty()) {
            rows.push_back(std::tuple_cat(counts.cell.values, std::make_tuple(place.subject, place.month, place.service, place.product, place.adviser)));
        }
    }
    if (!rows.empty()) tx.exec_many(upsert_base, rows);
}

void add_totals(Tx& tx, const Totals& totals) {
    std::vector<CellAndKey> rows;
    for (const auto& [key, cell] : totals.totals) {
        if (!cell.empty()) rows.push_back(std::tuple_cat(cell.values, std::make_tuple(key.branch, key.product, key.service, key.month)));
    }
    if (!rows.empty()) tx.exec_many(upsert_total, rows);
    std::vector<CellAndProductKey> products;
    for (const auto& [key, cell] : totals.products) {
        if (!cell.empty()) products.push_back(std::tuple_cat(cell.values, std::make_tuple(key.product, key.country, key.age, key.service, key.month)));
    }
    if (!products.empty()) tx.exec_many(upsert_product, products);
    std::vector<std::tuple<std::string, std::string, std::string, int, std::int64_t, std::int64_t>> criteria;
    for (const auto& [key, marks] : totals.criteria) {
        if (marks != Marks{}) criteria.emplace_back(key.branch, key.service, key.criterion, key.month, marks.count, marks.sum);
    }
    if (!criteria.empty()) tx.exec_many(upsert_criterion, criteria);
    add_running(tx, totals.running);
}

void add_everywhere(Tx& tx, const Facts& facts) {
    Totals totals;
    for (auto fact = facts.begin(); fact != facts.end();) {  // sorted by subject
        const auto& subject = fact->first.subject;
        if (!is_site(subject)) {
            totals.add_product_fact(fact->first, fact->second.cell);
            ++fact;
            continue;
        }
        const auto branches = branches_of(tx, subject);
        // Summed up before it goes to every branch: a site has many products and advisers, and few months and services.
        Facts together;
        for (; fact != facts.end() && fact->first.subject == subject; ++fact) {
            const auto& [place, counts] = *fact;
            together[{subject, place.service, place.month, {}, {}, {}, {}}] += counts;
            for (const auto& branch : branches) {
                if (branch.by_product) totals.add_product(branch.name, place, counts.cell, 1);
            }
        }
        for (const auto& [place, counts] : together) {
            for (const auto& branch : branches) {
                totals.add_site_fact(branch, place, counts.cell, 1);
                if (!branch.by_criterion) continue;
                for (const auto& [criterion, marks] : counts.criteria) totals.add_criterion(branch.name, place, criterion, marks, 1);
            }
        }
    }
    add_base(tx, facts);
    add_totals(tx, totals);
}

bool waits(Tx& tx) { return tx.row<std::int64_t>("SELECT id FROM figure_fresh LIMIT 1").has_value(); }
bool moved(Tx& tx) {
    return tx.row<std::int64_t>(R"sql(
SELECT 1 FROM site s LEFT JOIN figure_place p ON p.site = s.code
WHERE p.site IS NULL OR p.country <> s.country OR p.grp <> s.grp OR p.dealer <> s.dealer LIMIT 1)sql").has_value();
}

std::int64_t fold(Tx& tx, int limit) {
    lock_totals(tx);
    Facts facts;
    std::int64_t taken = 0;
    tx.each(take_oldest, [&](const Row& row) {
        facts[read_fresh_place(row)] += Counts::from_text(row.text(8));
        ++taken;
    }, limit);
    if (taken != 0) add_everywhere(tx, facts);
    return taken;
}

std::int64_t follow_moves(Tx& tx, int limit) {
    lock_totals(tx);
    struct Move {
        std::string site, country, group, dealer;
        bool known;
        std::string from_country, from_group, from_dealer;
    };
    std::vector<Move> moves;
    tx.each(select_moved, [&](const Row& row) {
        const auto text = [&](int column) { return std::string(row.text(column)); };
        moves.push_back({text(0), text(1), text(2), text(3), row.integer(4) != 0, text(5), text(6), text(7)});
    }, limit);
    for (const auto& move : moves) {
        tx.exec(move_site, move.site, move.country, move.group, move.dealer);
        if (!move.known) continue;
        const auto subject = "site:" + move.site;
        const auto before = branches_of(move.from_country, move.from_group, move.from_dealer, subject);
        const auto after = branches_of(move.country, move.group, move.dealer, subject);
        const auto lacks = [](const std::vector<Branch>& list, const Branch& branch) {
            return std::none_of(list.begin(), list.end(), [&](const Branch& one) { return one.name == branch.name; });
        };
        Totals change;
        const auto each_branch = [&](const auto& fn) {
            for (const auto& branch : before) {
                if (lacks(after, branch)) fn(branch, -1);
            }
            for (const auto& branch : after) {
                if (lacks(before, branch)) fn(branch, 1);
            }
        };
        tx.each(select_base_of, [&](const Row& row) {
            const int at = static_cast<int>(measures);
            const Place place{subject, std::string(row.text(at + 1)), static_cast<int>(row.integer(at)), std::string(row.text(at + 2)), {}, {}, {}};
            const auto cell = read_cell(row);
            each_branch([&](const Branch& branch, int sign) { change.add_site_fact(branch, place, cell, sign); });
        }, subject);
        tx.each(select_criteria_of, [&](const Row& row) {
            const Place place{subject, std::string(row.text(0)), static_cast<int>(row.integer(2)), {}, {}, {}, {}};
            const Marks marks{row.integer(3), row.integer(4)};
            each_branch([&](const Branch& branch, int sign) {
                if (branch.by_criterion) change.add_criterion(branch.name, place, row.text(1), marks, sign);
            });
        }, subject);
        add_totals(tx, change);
    }
    return static_cast<std::int64_t>(moves.size());
}

}  // namespace verbatim::figures
