#include "life/analyse/themes.h"

#include <map>

#include "record/figures/measures.h"
#include "record/network/branches.h"
#include "record/reviews/reviews.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;

Error unknown_branch() { return not_found("branch", "no such branch within yours"); }

}  // namespace

ThemesAsked Themes::settled(ThemesAsked asked) const {
    if (asked.to_month == 0) asked.to_month = figures::month_of(clock_.now());
    if (asked.from_month == 0) asked.from_month = asked.to_month - 11;
    return asked;
}

Result<ThemesFound> Themes::tallies(const Actor& actor, const ThemesAsked& wish) const {
    const auto asked = settled(wish);
    return db_.read([&](Tx& tx) -> Result<ThemesFound> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), asked.branch);
        if (!branch) return unknown_branch();
        ThemesFound out{asked.from_month, asked.to_month, 0, 0, 0, 0, {}};
        auto now = readings::tallies(tx, *branch, asked.about, asked.from_month, asked.to_month);
        out.reviews = now.reviews;
        for (auto& one : now.themes) out.lines.push_back({std::move(one), {}, std::nullopt, false});
        if (asked.compare.empty()) return out;
        const int back = asked.compare == "year" ? 12 : asked.to_month - asked.from_month + 1;
        out.before_from = asked.from_month - back;
        out.before_to = asked.to_month - back;
        const auto before = readings::tallies(tx, *branch, asked.about, out.before_from, out.before_to);
        out.reviews_before = before.reviews;
        std::map<std::string_view, const readings::Tally*> known;
        for (const auto& one : before.themes) known.emplace(one.theme, &one);
        std::vector<double> p;
        std::vector<ThemeLine*> compared;
        for (auto& line : out.lines) {
            const auto found = known.find(line.now.theme);
            if (found == known.end()) continue;
            line.before = *found->second;
            const auto said = line.now.positive + line.now.negative, said_before = line.before.positive + line.before.negative;
            if (said == 0 || said_before == 0) continue;
            line.change = stats::difference_of_shares(line.now.positive, said, line.before.positive, said_before);
            compared.push_back(&line);
            p.push_back(line.change->p);
        }
        const auto believed = stats::believed(p);
        for (std::size_t i = 0; i < compared.size(); ++i) compared[i]->believed = believed[i];
        return out;
    });
}

Result<std::vector<readings::Month>> Themes::months(const Actor& actor, const ThemesAsked& wish, std::string_view theme) const {
    const auto asked = settled(wish);
    return db_.read([&](Tx& tx) -> Result<std::vector<readings::Month>> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), asked.branch);
        if (!branch) return unknown_branch();
        return readings::months(tx, *branch, asked.about, theme, asked.from_month, asked.to_month);
    });
}

Result<ReviewRead> Themes::of_review(const Actor& actor, std::string_view review) const {
    return db_.read([&](Tx& tx) -> Result<ReviewRead> {
        const auto found = reviews::find(tx, review);
        if (!found || !network::reaches(tx, network::branch_of(actor), found->content.subject)) return not_found("review", "no such review within your branch");
        return ReviewRead{readings::of(tx, review), readings::version_of(tx, review)};
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
    const auto now = version_();
    return db_.read([&](Tx& tx) { return readings::progress(tx, now); });
}

}  // namespace verbatim::analyse
