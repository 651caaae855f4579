#include "life/analyse/themes.h"

#include "record/figures/measures.h"
#include "record/network/branches.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;

Error unknown_branch() { return not_found("branch", "no such branch within yours"); }

}  // namespace

int Themes::from(const ThemesAsked& asked) const { return asked.from_month != 0 ? asked.from_month : figures::month_of(clock_.now()) - 11; }

Result<readings::Tallies> Themes::tallies(const Actor& actor, const ThemesAsked& asked) const {
    return db_.read([&](Tx& tx) -> Result<readings::Tallies> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), asked.branch);
        if (!branch) return unknown_branch();
        return readings::tallies(tx, *branch, asked.about, from(asked));
    });
}

Result<std::vector<readings::Month>> Themes::months(const Actor& actor, const ThemesAsked& asked, std::string_view theme) const {
    return db_.read([&](Tx& tx) -> Result<std::vector<readings::Month>> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), asked.branch);
        if (!branch) return unknown_branch();
        return readings::months(tx, *branch, asked.about, theme, from(asked));
    });
}

Result<std::vector<readings::Words>> Themes::words(const Actor& actor, std::string_view wanted, std::string_view theme, std::string_view side, std::string_view after, int limit) const {
    return db_.read([&](Tx& tx) -> Result<std::vector<readings::Words>> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), wanted);
        if (!branch) return unknown_branch();
        return readings::words(tx, *branch, theme, side, after, limit);
    });
}

readings::Progress Themes::progress() const {
    return db_.read([&](Tx& tx) { return readings::progress(tx, version_); });
}

}  // namespace verbatim::analyse
