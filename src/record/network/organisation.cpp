#include "record/network/organisation.h"

#include "record/network/branches.h"

namespace verbatim::network {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// $1 the reader's branch, $2 kind and $3 branch after which the page begins, $4 limit, $5 what was opened. Kinds are sorted by their name
// within one answer, which has two at most: groups before loose sites, dealers before loose sites.
#define REACHED_SITES "FROM site s JOIN branch_subject b ON b.branch = $1 AND b.subject = 'site:' || s.code "
#define PAGED ") n WHERE n.kind > $2 OR (n.kind = $2 AND n.branch > $3) ORDER BY n.kind, n.branch LIMIT $4"
#define LOOSE_SITES(WHERE) "SELECT 'site' AS kind, 'site:' || s.code AS branch, s.name AS name, 1 AS sites " REACHED_SITES "WHERE " WHERE

constexpr Sql countries_below("SELECT kind, branch, name, sites FROM (SELECT 'country' AS kind, 'country:' || s.country AS branch, s.country AS name, COUNT(*) AS sites " REACHED_SITES
                              "WHERE s.country <> '' GROUP BY s.country UNION ALL " LOOSE_SITES("s.country = ''") PAGED);
constexpr Sql groups_below("SELECT kind, branch, name, sites FROM (SELECT 'group' AS kind, 'group:' || s.grp AS branch, s.grp AS name, COUNT(*) AS sites " REACHED_SITES
                           "WHERE s.country = $5 AND s.grp <> '' GROUP BY s.grp UNION ALL " LOOSE_SITES("s.country = $5 AND s.grp = ''") PAGED);
constexpr Sql dealers_below("SELECT kind, branch, name, sites FROM (SELECT 'dealer' AS kind, 'dealer:' || s.dealer AS branch, s.dealer AS name, COUNT(*) AS sites " REACHED_SITES
                            "WHERE s.grp = $5 AND s.dealer <> '' GROUP BY s.dealer UNION ALL " LOOSE_SITES("s.grp = $5 AND s.dealer = ''") PAGED);
constexpr Sql sites_of_dealer("SELECT kind, branch, name, sites FROM (" LOOSE_SITES("s.dealer = $5") PAGED);
constexpr Sql one_site("SELECT kind, branch, name, sites FROM (" LOOSE_SITES("s.code = $5") PAGED);
constexpr Sql advisers_below(R"sql(SELECT kind, branch, name, sites FROM (SELECT 'adviser' AS kind, 'adviser:' || p.id AS branch, p.name AS name, 0 AS sites
FROM person p JOIN branch_subject b ON b.branch = $1 AND b.subject = 'adviser:' || p.id WHERE p.scope = $5 AND p.role = 'adviser' AND p.active = 1)sql" PAGED);
constexpr Sql oneself("SELECT kind, branch, name, sites FROM (SELECT 'adviser' AS kind, b.subject AS branch, p.name AS name, 0 AS sites "
                      "FROM branch_subject b JOIN person p ON b.subject = 'adviser:' || p.id WHERE b.branch = $1 AND b.branch = b.subject AND b.subject = $5" PAGED);
constexpr Sql models("SELECT kind, branch, name, sites FROM (SELECT 'product' AS kind, 'product:' || p.code AS branch, p.name AS name, 0 AS sites "
                     "FROM product p JOIN branch_subject b ON b.branch = $1 AND b.subject = 'product:' || p.code WHERE p.parent = $5" PAGED);
constexpr Sql reached_products("SELECT kind, branch, name, sites FROM (SELECT 'product' AS kind, 'product:' || p.code AS branch, p.name AS name, 0 AS sites "
                               "FROM product p JOIN branch_subject b ON b.branch = $1 AND b.subject = 'product:' || p.code WHERE $5 = '' AND ($1 <> '*' OR p.parent = '')" PAGED,
                               "SELECT kind, branch, name, sites FROM (SELECT 'product' AS kind, 'product:' || p.code AS branch, p.name AS name, 0 AS sites "
                               "FROM product p JOIN branch_subject b ON b.branch = $1 AND b.subject = 'product:' || p.code WHERE $5::text = '' AND ($1::text <> '*' OR p.parent = '')" PAGED);
constexpr Sql any_version("SELECT 1 FROM product WHERE parent = $1 LIMIT 1");
constexpr Sql any_adviser("SELECT 1 FROM person WHERE scope = $1 AND role = 'adviser' AND active = 1 LIMIT 1");

}  // namespace

std::vector<Node> organisation(Tx& tx, std::string_view reader, std::string_view under, std::string_view after, int limit) {
    const bool top = under.empty();
    const auto opened = top ? reader : under;
    const auto colon = std::min(opened.find(':'), opened.size());
    const auto kind = opened.substr(0, colon), of = opened.substr(std::min(colon + 1, opened.size()));
    const auto line = std::min(after.find('\n'), after.size());
    const auto after_kind = after.substr(0, line), after_branch = after.substr(std::min(line + 1, after.size()));
    std::vector<Node> nodes;
    const auto keep = [&](const Row& row) { nodes.push_back({std::string(row.text(1)), std::string(row.text(0)), std::string(row.text(2)), row.integer(3), false, true}); };
    const auto list = [&](Sql sql, std::string_view what) { tx.each(sql, keep, reader, after_kind, after_branch, limit, what); };
    if (opened == "*") tx.each(countries_below, keep, reader, after_kind, after_branch, limit);
    else if (opened == "products") list(reached_products, "");
    else if (kind == "country") list(groups_below, of);
    else if (kind == "group") list(dealers_below, of);
    else if (kind == "dealer") list(sites_of_dealer, of);
    else if (kind == "site") list(top ? one_site : advisers_below, of);
    else if (kind == "product") list(top ? reached_products : models, top ? std::string_view() : of);
    else if (kind == "adviser" && top) list(oneself, opened);
    for (auto& node : nodes) {
        node.reached = contains(tx, reader, node.branch);
        const auto code = std::string_view(node.branch).substr(node.kind.size() + 1);
        if (node.kind == "adviser") node.opens = false;
        else if (node.kind == "product") node.opens = tx.row<std::int64_t>(any_version, code).has_value();
        else if (node.kind == "site") node.opens = tx.row<std::int64_t>(any_adviser, code).has_value();
    }
    return nodes;
}

}  // namespace verbatim::network
