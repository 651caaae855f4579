// Counting anew, and comparing. Three passes: every site's facts with its base rows, every product's facts with its rows, and every
// branch's totals with the base rows of its sites. Where nothing was counted yet, the first pass writes base rows alone and the third
// makes the totals from them, each total once: adding every site to the brand's totals would write these once for every few sites.
#include "record/figures/rows.h"

namespace verbatim::figures {
namespace {

using storage::Db;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int sites_at_once = 20;
constexpr int rows_at_once = 2000;
constexpr std::size_t cells_at_once = 20'000;

#define SITES_HERE "(SELECT code, 'site:' || code AS subject FROM site WHERE code > $1 ORDER BY code LIMIT $2)"
constexpr Sql next_sites("SELECT code FROM site WHERE code > $1 ORDER BY code LIMIT $2");
constexpr Sql next_products("SELECT code FROM product WHERE code > $1 ORDER BY code LIMIT $2");
constexpr Sql base_here("SELECT " FIGURE_COLUMNS_OF_B "b.subject, b.month, b.service, b.product, b.adviser FROM " SITES_HERE " s JOIN figure_base b ON b.subject = s.subject");
constexpr Sql criteria_here("SELECT c.branch, c.service, c.criterion, c.month, c.count, c.sum FROM " SITES_HERE " s JOIN figure_criterion c ON c.branch = s.subject");
constexpr Sql products_here("SELECT " FIGURE_COLUMNS_OF_B "b.product, b.country, b.age, b.service, b.month FROM "
                            "(SELECT code FROM product WHERE code > $1 ORDER BY code LIMIT $2) p JOIN figure_product b ON b.product = p.code");
constexpr Sql sum_of_products("SELECT " FIGURE_SUMS "country, age, service, month FROM figure_product WHERE product <> '*' GROUP BY country, age, service, month");
constexpr Sql all_products("SELECT " FIGURE_COLUMNS "country, age, service, month FROM figure_product WHERE product = '*'");
constexpr Sql totals_of("SELECT " FIGURE_COLUMNS "product, service, month FROM figure_total WHERE branch = $1");
constexpr Sql forget_waiting("DELETE FROM figure_fresh");
constexpr Sql criteria_of("SELECT service, criterion, month, count, sum FROM figure_criterion WHERE branch = $1");

// The branches of a level, and what their sites' rows add up to.
struct Level {
    std::string_view prefix;
    bool by_product;
    Sql next, base, criteria;
};
#define BASE_OF(condition) "SELECT " FIGURE_COLUMNS_OF_B "b.product, b.service, b.month FROM figure_place p JOIN figure_base b ON b.subject = 'site:' || p.site WHERE " condition
#define CRITERIA_OF(condition) \
    "SELECT c.service, c.criterion, c.month, c.count, c.sum FROM figure_place p JOIN figure_criterion c ON c.branch = 'site:' || p.site WHERE " condition
constexpr Level levels[] = {
    {"site:", false, "SELECT site FROM figure_place WHERE site > $1 ORDER BY site LIMIT 500", BASE_OF("p.site = $1"), CRITERIA_OF("p.site = $1")},
    {"dealer:", false, "SELECT DISTINCT dealer FROM figure_place WHERE dealer > $1 ORDER BY dealer LIMIT 500", BASE_OF("p.dealer = $1"), CRITERIA_OF("p.dealer = $1")},
    {"group:", false, "SELECT DISTINCT grp FROM figure_place WHERE grp > $1 ORDER BY grp LIMIT 500", BASE_OF("p.grp = $1"), CRITERIA_OF("p.grp = $1")},
    {"", true, "SELECT DISTINCT 'country:' || country || ' group:' || grp AS name FROM figure_place WHERE country > '' AND grp > '' AND 'country:' || country || ' group:' || grp > $1 ORDER BY name LIMIT 500",
     BASE_OF("p.country = substr($1, 9, 2) AND p.grp = substr($1, 18)"), CRITERIA_OF("$1 = ''")},
    {"country:", true, "SELECT DISTINCT country FROM figure_place WHERE country > $1 ORDER BY country LIMIT 500", BASE_OF("p.country = $1"), CRITERIA_OF("p.country = $1")},
    {"", true, "SELECT '*' FROM figure_state WHERE '*' > $1 LIMIT 1", BASE_OF("$1 = '*'"), CRITERIA_OF("$1 = '*'")},
};

Cell difference(Cell counted, const Cell& kept) { return counted -= kept; }

template <class Key>
void compare(const std::map<Key, Cell>& counted, const std::map<Key, Cell>& kept, const std::function<void(const Key&, const Cell& kept, const Cell& counted)>& fn) {
    static const Cell nothing;
    for (const auto& [key, cell] : counted) {
        const auto found = kept.find(key);
        const auto& other = found == kept.end() ? nothing : found->second;
        if (cell != other) fn(key, other, cell);
    }
    for (const auto& [key, cell] : kept) {
        if (!counted.contains(key) && !cell.empty()) fn(key, cell, nothing);
    }
}

class Checker {
public:
    // `first`: nothing was counted yet, and what is missing is no difference to report.
    Checker(Db& db, std::span<const Source> sources, bool rebuild, bool first, const std::function<void(const Difference&)>& report)
        : db_(db), sources_(sources), rebuild_(rebuild), first_(first), report_(report) {}

    Check run() {
        while (db_.write([](Tx& tx) { return follow_moves(tx, 100); }) > 0) {}
        if (first_) {  // what waits is among the facts that are counted now
            db_.write([](Tx& tx) {
                lock_totals(tx);
                tx.exec(forget_waiting);
            });
        }
        while (db_.write([](Tx& tx) { return fold(tx, rows_at_once); }) > 0) {}
        for (std::string after; check_sites(after);) {}
        for (std::string after; check_products(after);) {}
        check_all_products();
        for (const auto& level : levels) {
            for (std::string after;;) {
                const auto names = db_.read([&](Tx& tx) { return tx.rows<std::string>(level.next, after); });
                if (names.empty()) break;
                for (const auto& name : names) {
                    check_branch(level, name);
                    if (missing_.totals.size() + missing_.running.size() > cells_at_once) correct_totals();
                }
                after = names.back();
            }
            correct_totals();
        }
        check_stray();
        return result_;
    }

private:
    void say(std::string table, const std::string& key, const Cell& kept, const Cell& counted) {
        if (first_) return;
        for (std::size_t i = 0; i < measures; ++i) {
            if (kept.values[i] == counted.values[i]) continue;
            ++result_.differences;
            if (report_) report_({table, key, std::string(name_of(static_cast<Measure>(i))), kept.values[i], counted.values[i]});
        }
    }

    void say(const std::string& branch, std::string_view service, std::string_view criterion, int month, const Marks& kept, const Marks& counted) {
        if (first_) return;
        ++result_.differences;
        const auto key = branch + " " + std::string(service) + " " + format_month(month);
        if (!report_) return;
        if (kept.count != counted.count) report_({"figure_criterion", key, std::string(criterion) + " count", kept.count, counted.count});
        if (kept.sum != counted.sum) report_({"figure_criterion", key, std::string(criterion) + " sum", kept.sum, counted.sum});
    }

    // What the modules have now, beside what waits, which the kept side is given.
    void collect(Tx& tx, const Subjects& subjects, Facts& counted) {
        for (const auto& source : sources_) {
            source(tx, subjects, [&](const Place& place, const Counts& counts) {
                ++result_.facts;
                counted[place] += counts;
            });
        }
    }

    // What still waits of these subjects: part of what is kept.
    static void add_waiting(Tx& tx, const std::vector<std::string>& codes, std::string_view prefix, Facts& kept) {
        each_fresh(tx, {}, [&](const Place& place, const Counts& counts) {
            if (place.subject.starts_with(prefix) && std::find(codes.begin(), codes.end(), place.subject.substr(prefix.size())) != codes.end()) kept[place] += counts;
        });
    }

    bool check_sites(std::string& after) {
        Facts missing;
        std::string last;
        db_.read([&](Tx& tx) {
            const auto codes = tx.rows<std::string>(next_sites, after, sites_at_once);
            if (codes.empty()) return;
            last = codes.back();
            Facts counted, kept;
            collect(tx, {"site", after, sites_at_once}, counted);
            tx.each(base_here, [&](const Row& row) {
                const int at = static_cast<int>(measures);
                kept[{std::string(row.text(at)), std::string(row.text(at + 2)), static_cast<int>(row.integer(at + 1)), std::string(row.text(at + 3)), std::string(row.text(at + 4)), {}, {}}].cell +=
                    read_cell(row);
            }, after, sites_at_once);
            add_waiting(tx, codes, "site:", kept);
            std::map<Place, Cell> counted_cells, kept_cells;
            std::map<CriterionKey, Marks> counted_marks, kept_marks;
            split(counted, counted_cells, counted_marks);
            split(kept, kept_cells, kept_marks);
            tx.each(criteria_here, [&](const Row& row) {
                auto& marks = kept_marks[{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), static_cast<int>(row.integer(3))}];
                marks.count += row.integer(4);
                marks.sum += row.integer(5);
            }, after, sites_at_once);
            result_.cells += static_cast<std::int64_t>(counted_cells.size());
            compare<Place>(counted_cells, kept_cells, [&](const Place& place, const Cell& was, const Cell& is) {
                say("figure_base", place.subject + " " + place.service + " " + format_month(place.month) + " " + place.product + " " + place.adviser, was, is);
                missing[place].cell = difference(is, was);
            });
            for (const auto& [key, marks] : counted_marks) kept_marks.try_emplace(key);
            for (const auto& [key, was] : kept_marks) {
                const auto found = counted_marks.find(key);
                const auto is = found == counted_marks.end() ? Marks{} : found->second;
                if (is == was) continue;
                say(key.branch, key.service, key.criterion, key.month, was, is);
                missing[{key.branch, key.service, key.month, {}, {}, {}, {}}].criteria[key.criterion] = {is.count - was.count, is.sum - was.sum};
            }
        });
        if (last.empty()) return false;
        correct(missing);
        after = last;
        return true;
    }

    static void split(const Facts& facts, std::map<Place, Cell>& cells, std::map<CriterionKey, Marks>& criteria) {
        for (const auto& [place, counts] : facts) {
            cells[place] += counts.cell;
            for (const auto& [criterion, marks] : counts.criteria) {
                auto& sum = criteria[{place.subject, place.service, criterion, place.month}];
                sum.count += marks.count;
                sum.sum += marks.sum;
            }
        }
    }

    bool check_products(std::string& after) {
        Totals missing;
        std::string last;
        db_.read([&](Tx& tx) {
            const auto codes = tx.rows<std::string>(next_products, after, 1);
            if (codes.empty()) return;
            last = codes.back();
            Totals counted, kept;
            for (const auto& source : sources_) {
                source(tx, {"product", after, 1}, [&](const Place& place, const Counts& counts) {
                    ++result_.facts;
                    counted.add_product_fact(place, counts.cell);
                });
            }
            Facts waiting;
            add_waiting(tx, codes, "product:", waiting);
            for (const auto& [place, counts] : waiting) kept.add_product_fact(place, counts.cell);
            tx.each(products_here, [&](const Row& row) {
                const int at = static_cast<int>(measures);
                kept.products[{std::string(row.text(at)), std::string(row.text(at + 1)), std::string(row.text(at + 2)), std::string(row.text(at + 3)), static_cast<int>(row.integer(at + 4))}] +=
                    read_cell(row);
            }, after, 1);
            std::erase_if(counted.products, [](const auto& one) { return one.first.product == "*"; });  // held against the others' sum
            std::erase_if(kept.products, [](const auto& one) { return one.first.product == "*"; });
            result_.cells += static_cast<std::int64_t>(counted.products.size());
            compare<ProductKey>(counted.products, kept.products, [&](const ProductKey& key, const Cell& was, const Cell& is) {
                say("figure_product", key.product + " " + key.country + " " + key.age + " " + key.service + " " + format_month(key.month), was, is);
                missing.products[key] = difference(is, was);
                auto& all = missing.products[{"*", key.country, key.age, key.service, key.month}];
                all += missing.products[key];
            });
        });
        if (last.empty()) return false;
        correct(missing);
        after = last;
        return true;
    }

    void check_all_products() {
        Totals missing;
        db_.read([&](Tx& tx) {
            const auto read = [](std::map<ProductKey, Cell>& into) {
                return [&into](const Row& row) {
                    const int at = static_cast<int>(measures);
                    into[{"*", std::string(row.text(at)), std::string(row.text(at + 1)), std::string(row.text(at + 2)), static_cast<int>(row.integer(at + 3))}] += read_cell(row);
                };
            };
            std::map<ProductKey, Cell> counted, kept;
            tx.each(sum_of_products, read(counted));
            tx.each(all_products, read(kept));
            compare<ProductKey>(counted, kept, [&](const ProductKey& key, const Cell& was, const Cell& is) {
                say("figure_product", "* " + key.country + " " + key.age + " " + key.service + " " + format_month(key.month), was, is);
                missing.products[key] = difference(is, was);
            });
        });
        correct(missing);
    }

    // What is missing is gathered over many branches: a transaction each would be a flush of the disk each.
    void check_branch(const Level& level, const std::string& name) {
        if (name.empty()) return;
        auto& missing = missing_;
        const Branch branch{std::string(level.prefix) + name, level.by_product};
        db_.read([&](Tx& tx) {
            Totals counted, kept;
            tx.each(level.base, [&](const Row& row) {
                const int at = static_cast<int>(measures);
                const Place place{{}, std::string(row.text(at + 1)), static_cast<int>(row.integer(at + 2)), std::string(row.text(at)), {}, {}, {}};
                counted.add_site_fact(branch, place, read_cell(row), 1);
            }, name);
            tx.each(totals_of, [&](const Row& row) {
                const int at = static_cast<int>(measures);
                kept.totals[{branch.name, std::string(row.text(at)), std::string(row.text(at + 1)), static_cast<int>(row.integer(at + 2))}] += read_cell(row);
            }, branch.name);
            result_.cells += static_cast<std::int64_t>(counted.totals.size());
            compare<TotalKey>(counted.totals, kept.totals, [&](const TotalKey& key, const Cell& was, const Cell& is) {
                say("figure_total", key.branch + " " + key.product + " " + key.service + " " + format_month(key.month), was, is);
                missing.totals[key] = difference(is, was);
            });
            if (level.prefix == "site:") {  // its criteria were held against the facts before
                kept.running = running_of(tx, name);
                result_.cells += static_cast<std::int64_t>(counted.running.size());
                compare<RunningKey>(counted.running, kept.running, [&](const RunningKey& key, const Cell& was, const Cell& is) {
                    say("figure_running", key.site + " " + key.service + " to " + format_month(key.month), was, is);
                    missing.running[key] = difference(is, was);
                });
                return;
            }
            const auto read = [&](Totals& into) {
                return [&into, &branch](const Row& row) {
                    const Place place{{}, std::string(row.text(0)), static_cast<int>(row.integer(2)), {}, {}, {}, {}};
                    into.add_criterion(branch.name, place, row.text(1), {row.integer(3), row.integer(4)}, 1);
                };
            };
            tx.each(level.criteria, read(counted), name);
            tx.each(criteria_of, read(kept), branch.name);
            for (const auto& [key, marks] : counted.criteria) kept.criteria.try_emplace(key);
            for (const auto& [key, was] : kept.criteria) {
                const auto found = counted.criteria.find(key);
                const auto is = found == counted.criteria.end() ? Marks{} : found->second;
                if (is == was) continue;
                say(key.branch, key.service, key.criterion, key.month, was, is);
                missing.criteria[key] = {is.count - was.count, is.sum - was.sum};
            }
        });
    }

    void correct_totals() {
        correct(missing_);
        missing_ = {};
    }

    // Rows of no total: nothing here makes any.
    void check_stray() {
        const auto stray = db_.read([](Tx& tx) { return stray_running(tx); });
        for (const auto& key : stray) {
            ++result_.differences;
            if (report_) report_({"figure_running", key.site + " " + key.service + " to " + format_month(key.month), "row", 1, 0});
        }
        if (rebuild_ && !stray.empty()) db_.write([](Tx& tx) { remove_stray_running(tx); });
    }

    void correct(const Facts& missing) {
        if (!rebuild_ || missing.empty()) return;
        db_.write([&](Tx& tx) {
            lock_totals(tx);
            if (first_) add_first(tx, missing);
            else add_everywhere(tx, missing);
        });
    }

    // The sites' own rows; the third pass makes the totals.
    static void add_first(Tx& tx, const Facts& missing) {
        Totals own;
        for (const auto& [place, counts] : missing) {
            for (const auto& [criterion, marks] : counts.criteria) own.add_criterion(place.subject, place, criterion, marks, 1);
        }
        add_base(tx, missing);
        add_totals(tx, own);
    }

    void correct(const Totals& missing) {
        if (!rebuild_ || (missing.totals.empty() && missing.products.empty() && missing.criteria.empty() && missing.running.empty())) return;
        db_.write([&](Tx& tx) {
            lock_totals(tx);
            add_totals(tx, missing);
        });
    }

    Db& db_;
    std::span<const Source> sources_;
    bool rebuild_, first_;
    const std::function<void(const Difference&)>& report_;
    Check result_;
    Totals missing_;  // of the third pass
};

}  // namespace

Check check(Db& db, std::span<const Source> sources, bool rebuild, const std::function<void(const Difference&)>& report) {
    const bool first = rebuild && !db.read([](Tx& tx) { return complete(tx); });
    const auto result = Checker(db, sources, rebuild, first, report).run();
    if (rebuild) db.write([](Tx& tx) { mark_complete(tx); });
    return result;
}

bool complete(Tx& tx) { return tx.value<std::int64_t>("SELECT COALESCE(MAX(value), 0) FROM figure_state WHERE key = 'complete'") != 0; }
void mark_complete(Tx& tx) { tx.exec("UPDATE figure_state SET value = 1 WHERE key = 'complete'"); }

}  // namespace verbatim::figures
