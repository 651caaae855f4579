#include "app/server/report_command.h"

#include <ostream>

#include "record/figures/figures.h"

namespace verbatim::server {

int send_report(House& house, const std::string& site, const std::string& month, std::ostream& out, std::ostream& err) {
    const auto wanted = month.empty() ? std::optional(figures::month_of(house.clock.now()) - 1) : figures::parse_month(month);
    if (!wanted) return err << "verbatim: a month is written 2026-10\n", 1;
    const auto sent = house.reports->send_again(site, *wanted);
    if (!sent) return err << "verbatim: " << sent.error().message << "\n", 1;
    out << *sent << (*sent == 1 ? " letter" : " letters") << " about " << figures::format_month(*wanted) << "\n";
    return 0;
}

}  // namespace verbatim::server
