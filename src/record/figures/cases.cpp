// A case stays counted under the service, vehicle and adviser it was opened for, even when its review's author has left; so these
// are kept with it, and with them what it counts now.
#include "record/figures/figures.h"

namespace verbatim::figures {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql select_case("SELECT subject, service, product, adviser, counted FROM figure_case WHERE id = $1",
                          "SELECT subject, service, product, adviser, counted FROM figure_case WHERE id = $1 FOR UPDATE");
constexpr Sql insert_case(R"sql(
INSERT INTO figure_case (id, subject, service, product, adviser, counted)
SELECT $1, $2, r.service, COALESCE(e.product, ''), COALESCE(e.adviser, ''), ''
FROM review r LEFT JOIN experience e ON e.id = r.experience WHERE r.id = $3 ON CONFLICT DO NOTHING)sql",
                          R"sql(
INSERT INTO figure_case (id, subject, service, product, adviser, counted)
SELECT $1::text, $2::text, r.service, COALESCE(e.product, ''), COALESCE(e.adviser, ''), ''
FROM review r LEFT JOIN experience e ON e.id = r.experience WHERE r.id = $3 ON CONFLICT DO NOTHING)sql");
constexpr Sql set_counted("UPDATE figure_case SET counted = $2 WHERE id = $1");

}  // namespace

void count_case(Tx& tx, std::string_view id, std::string_view subject, std::string_view review, int month, const Counts& counts) {
    const auto find = [&] { return tx.row<std::string, std::string, std::string, std::string, std::string>(select_case, id); };
    auto known = find();
    if (!known) {
        tx.exec(insert_case, id, subject, review);
        known = find();
    }
    if (!known) return;  // a case without its review's row
    const auto& [where, service, product, adviser, counted] = *known;
    const auto text = counts.to_text();
    if (text == counted) return;
    auto change = counts;
    change -= Counts::from_text(counted);
    count(tx, place_of(where, service, month, product, adviser, {}, {}, {}), change);
    tx.exec(set_counted, id, text);
}

}  // namespace verbatim::figures
