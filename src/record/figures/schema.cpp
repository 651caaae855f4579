#include "record/figures/rows.h"

namespace verbatim::figures {

// On SQLite a zero takes no byte but its mark; on PostgreSQL a count is four bytes wide, a sum of seconds eight.
#define FIGURE_COLUMN(column, number) #column " INTEGER NOT NULL, "
#define FIGURE_WIDE_COLUMN(column, number) #column " BIGINT NOT NULL, "
#define FIGURE_COLUMNS_SQL FIGURE_MEASURES_OF(FIGURE_COLUMN, FIGURE_WIDE_COLUMN)

// On SQLite the totals lie in the order of their keys (WITHOUT ROWID), so that the months of a place are read in one go.
#define FIGURE_TABLES(end)                                                                                                           \
    "CREATE TABLE figure_base (" FIGURE_COLUMNS_SQL                                                                                  \
    "subject TEXT NOT NULL, month INTEGER NOT NULL, service TEXT NOT NULL, product TEXT NOT NULL, adviser TEXT NOT NULL, "           \
    "PRIMARY KEY (subject, month, service, product, adviser))" end ";\n"                                                             \
    "CREATE TABLE figure_total (" FIGURE_COLUMNS_SQL                                                                                 \
    "branch TEXT NOT NULL, product TEXT NOT NULL, service TEXT NOT NULL, month INTEGER NOT NULL, "                                   \
    "PRIMARY KEY (branch, product, service, month))" end ";\n"                                                                       \
    "CREATE TABLE figure_product (" FIGURE_COLUMNS_SQL                                                                               \
    "product TEXT NOT NULL, country TEXT NOT NULL, age TEXT NOT NULL, service TEXT NOT NULL, month INTEGER NOT NULL, "               \
    "PRIMARY KEY (product, country, age, service, month))" end ";\n"                                                                 \
    "CREATE TABLE figure_criterion (branch TEXT NOT NULL, service TEXT NOT NULL, criterion TEXT NOT NULL, month INTEGER NOT NULL, "  \
    "count INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (branch, service, criterion, month))" end ";\n"

#define FIGURE_FRESH                                                                                                                 \
    "CREATE TABLE figure_fresh (id SERIAL_KEY, subject TEXT NOT NULL, service TEXT NOT NULL, month BIGINT NOT NULL, product TEXT NOT NULL, " \
    "adviser TEXT NOT NULL, country TEXT NOT NULL, registered_on TEXT NOT NULL, experience_on TEXT NOT NULL, change TEXT NOT NULL);\n"

#define FIGURE_REST                                                                                                                  \
    "CREATE TABLE figure_place (site TEXT PRIMARY KEY, country TEXT NOT NULL, grp TEXT NOT NULL, dealer TEXT NOT NULL);\n"           \
    "CREATE INDEX figure_place_country ON figure_place (country);\n"                                                                 \
    "CREATE INDEX figure_place_group ON figure_place (grp);\n"                                                                       \
    "CREATE INDEX figure_place_dealer ON figure_place (dealer);\n"                                                                   \
    "CREATE TABLE figure_case (id TEXT PRIMARY KEY, subject TEXT NOT NULL, service TEXT NOT NULL, product TEXT NOT NULL, "            \
    "adviser TEXT NOT NULL, counted TEXT NOT NULL);\n"                                                                               \
    "CREATE TABLE figure_state (key TEXT PRIMARY KEY, value BIGINT NOT NULL);\n"                                                     \
    "CREATE INDEX review_ended ON review (subject) WHERE state IN ('refused', 'withdrawn', 'removed', 'erased');\n"                  \
    "CREATE INDEX review_newest ON review (published_at, id) WHERE state = 'published';\n"                                           \
    "INSERT INTO figure_state (key, value) SELECT 'complete', CASE WHEN EXISTS (SELECT 1 FROM site) THEN 0 ELSE 1 END;\n"

// On PostgreSQL the key carries the figures, so that a month of all sites is read without its scattered rows.
#define RUNNING_COLUMN(column, number) #column " INTEGER NOT NULL, "
#define RUNNING_COMMA(column, number) #column ", "
#define RUNNING_SUM(column, number) "SUM(t." #column "), "
#define RUNNING_TABLE(key, end)                                                                                                      \
    "CREATE TABLE figure_running (" FIGURE_RUNNING(RUNNING_COLUMN) "service TEXT NOT NULL, month INTEGER NOT NULL, site TEXT NOT NULL, " key ")" end ";\n" \
    "INSERT INTO figure_running (" FIGURE_RUNNING(RUNNING_COMMA) "service, month, site) SELECT " FIGURE_RUNNING(RUNNING_SUM)          \
    "t.service, t.month - t.month % 12 + k.k AS until, substr(t.branch, 6) FROM figure_total t JOIN (SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2 " \
    "UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 " \
    "UNION ALL SELECT 10 UNION ALL SELECT 11) k ON k.k >= t.month % 12 WHERE t.branch LIKE 'site:%' AND t.product = '' "            \
    "GROUP BY t.service, until, t.branch;\n"
#define RUNNING_INCLUDED                                                                                                             \
    "PRIMARY KEY (service, month, site) INCLUDE (n1, n2, n3, n4, n5, unrated, refused, withdrawn, removed, erased, replied, invited, answered, "  \
    "cases, called_in_time, resurveyed, won_back)"

// All services and each, all products and each, of what of a group lies in a country.
#define FIGURE_SUMS_OF_B FIGURE_MEASURES(FIGURE_SUM_OF_B)
#define FIGURE_SUM_OF_B(column, number) "SUM(b." #column "), "
#define GROUPS_IN_COUNTRIES                                                                                                          \
    "INSERT INTO figure_total (" FIGURE_COLUMNS "branch, product, service, month) SELECT " FIGURE_SUMS_OF_B                          \
    "'country:' || p.country || ' group:' || p.grp AS place, CASE WHEN k.k % 2 = 0 THEN '' ELSE b.product END AS of_product, "       \
    "CASE WHEN k.k < 2 THEN '' ELSE b.service END AS of_service, b.month FROM figure_place p JOIN figure_base b ON b.subject = 'site:' || p.site " \
    "JOIN (SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) k ON k.k % 2 = 0 OR b.product > '' "              \
    "WHERE p.country > '' AND p.grp > '' GROUP BY place, of_product, of_service, b.month;\n"

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"figures", 1, "figures by place, service and month",
                                               {FIGURE_FRESH FIGURE_TABLES(" WITHOUT ROWID") FIGURE_REST, FIGURE_FRESH FIGURE_TABLES("") FIGURE_REST}},
                                              {"figures", 2, "the year so far of each site",
                                               {RUNNING_TABLE("PRIMARY KEY (service, month, site)", " WITHOUT ROWID"), RUNNING_TABLE(RUNNING_INCLUDED, "")}},
                                              {"figures", 3, "groups within a country", GROUPS_IN_COUNTRIES}};
    return list;
}

}  // namespace verbatim::figures
