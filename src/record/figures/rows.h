// Rows and statements of the totals; for this module only.
#pragma once

#include "record/figures/running.h"

// Lists of all measures, for statements.
#define FIGURE_COMMA_COLUMN(column, number) #column ", "
#define FIGURE_COMMA_NUMBER(column, number) number ", "
#define FIGURE_COMMA_SUM(column, number) "SUM(" #column "), "
#define FIGURE_COMMA_OF_B(column, number) "b." #column ", "
#define FIGURE_COMMA_SUM_OF_F(column, number) "SUM(f." #column "), "
#define FIGURE_COLUMNS FIGURE_MEASURES(FIGURE_COMMA_COLUMN)       // "n1, n2, ..., won_back, "
#define FIGURE_NUMBERS FIGURE_MEASURES(FIGURE_COMMA_NUMBER)       // "$1, $2, ..., $42, "
#define FIGURE_SUMS FIGURE_MEASURES(FIGURE_COMMA_SUM)             // "SUM(n1), ..., "
#define FIGURE_COLUMNS_OF_B FIGURE_MEASURES(FIGURE_COMMA_OF_B)    // "b.n1, ..., "
#define FIGURE_SUMS_OF_F FIGURE_MEASURES(FIGURE_COMMA_SUM_OF_F)   // "SUM(f.n1), ..., "

namespace verbatim::figures {

// The measures in the first columns of a row.
Cell read_cell(const storage::Row& row);

using Facts = std::map<Place, Counts>;

// Rows that wait, of all subjects or (`branch` not empty) of those on a branch.
void each_fresh(storage::Tx& tx, std::string_view branch, const std::function<void(const Place&, const Counts&)>& fn);

// The branches of a site by where its history lies now: "*", country, group, the group in the country, dealer, itself.
struct Branch {
    std::string name;
    bool by_product = false;  // totals by product are kept too: of what has too many base rows to add up
    bool by_criterion = true;
};
// What of a group lies in a country: "country:ES group:Torreval". For lists of a country's groups alone, and nobody's branch. A country has
// two letters, so both parts are found again by their places.
std::string group_in_country(std::string_view country, std::string_view group);
std::vector<Branch> branches_of(std::string_view country, std::string_view group, std::string_view dealer, std::string_view subject);
std::vector<Branch> branches_of(storage::Tx& tx, const std::string& subject);  // places a site that is new

struct TotalKey {
    std::string branch, product, service;
    int month = 0;
    friend auto operator<=>(const TotalKey&, const TotalKey&) = default;
};
struct CriterionKey {
    std::string branch, service, criterion;
    int month = 0;
    friend auto operator<=>(const CriterionKey&, const CriterionKey&) = default;
};
struct ProductKey {
    std::string product, country, age, service;
    int month = 0;
    friend auto operator<=>(const ProductKey&, const ProductKey&) = default;
};
struct Totals {
    std::map<TotalKey, Cell> totals;
    std::map<CriterionKey, Marks> criteria;
    std::map<ProductKey, Cell> products;
    Running running;  // of sites alone

    void add(std::string_view branch, std::string_view product, std::string_view service, int month, const Cell& cell, int sign);
    void add_product(std::string_view branch, const Place& place, const Cell& cell, int sign);  // the totals of its product alone
    void add_site_fact(const Branch& branch, const Place& place, const Cell& cell, int sign);
    void add_criterion(std::string_view branch, const Place& place, std::string_view criterion, const Marks& marks, int sign);
    void add_product_fact(const Place& place, const Cell& cell);
};
// Nobody else folds, moves or corrects until this transaction ends.
void lock_totals(storage::Tx& tx);
void add_base(storage::Tx& tx, const Facts& facts);
void add_totals(storage::Tx& tx, const Totals& totals);
// Both, for facts of any kind.
void add_everywhere(storage::Tx& tx, const Facts& facts);

bool is_site(std::string_view subject);

}  // namespace verbatim::figures
