#include "life/plan/report.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <numeric>
#include <ostream>

#include "ground/base/calendar.h"
#include "ground/stats/sequential.h"
#include "life/plan/words.h"

namespace verbatim::plan {
namespace {

bool never_invented(const Goal& goal) { return !goal.anchor || *goal.anchor == Anchor::order; }

__attribute__((format(printf, 1, 2))) std::string shown(const char* format, ...) {
    char text[1024];
    va_list values;
    va_start(values, format);
    std::vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return text;
}

std::string percent(std::int64_t part, std::int64_t whole) { return whole == 0 ? "-" : shown("%.1f %%", 100.0 * static_cast<double>(part) / static_cast<double>(whole)); }

std::int64_t sent_of(const Tally& tally, std::size_t campaign) { return tally.campaigns[campaign][static_cast<std::size_t>(Outcome::sent)]; }

void print_months(std::ostream& out, const SimulationWish& wish, const Tally& tally) {
    out << "\nby month        ";
    for (const auto name : channel_names()) out << shown("%10s", std::string(name).c_str());
    out << "       all\n";
    for (std::size_t month = 0; month < tally.months.size(); ++month) {
        const auto& row = tally.months[month];
        const auto all = std::accumulate(row.begin(), row.end(), std::int64_t{0});
        if (month + 1 == tally.months.size() && all == 0) continue;
        out << format_date(add_months(wish.lives.first_day, static_cast<int>(month)) * one_day).substr(0, 7) << "         ";
        for (const auto count : row) out << shown("%10lld", static_cast<long long>(count));
        out << shown("%10lld\n", static_cast<long long>(all));
    }
}

void print_campaigns(std::ostream& out, const Rules& rules, const Tally& tally) {
    out << "\nby campaign                        sent";
    for (const auto name : channel_names()) out << shown("%10s", std::string(name).c_str());
    out << "      goal   not sent, most often because\n";
    for (std::size_t i = 0; i < rules.plan().campaigns.size(); ++i) {
        const auto& campaign = rules.plan().campaigns[i];
        out << shown("%-28s%11lld", campaign.id.c_str(), static_cast<long long>(sent_of(tally, i)));
        for (const auto count : tally.campaign_channels[i]) out << shown("%10lld", static_cast<long long>(count));
        out << shown("%10s", campaign.goal && never_invented(*campaign.goal) ? "-" : campaign.goal ? percent(tally.goals[i], sent_of(tally, i)).c_str() : "");
        std::vector<std::pair<std::int64_t, int>> why;
        for (int outcome = 1; outcome < outcomes; ++outcome)
            if (tally.campaigns[i][static_cast<std::size_t>(outcome)]) why.emplace_back(-tally.campaigns[i][static_cast<std::size_t>(outcome)], outcome);
        std::sort(why.begin(), why.end());
        for (std::size_t j = 0; j < std::min<std::size_t>(3, why.size()); ++j) out << (j ? ", " : "   ") << name_of(static_cast<Outcome>(why[j].second)) << " " << -why[j].first;
        out << "\n";
    }
    if (std::any_of(rules.plan().campaigns.begin(), rules.plan().campaigns.end(), [](const Campaign& one) { return one.goal && never_invented(*one.goal); })) out << "-: the invented people order nothing further, and follow no links\n";
    for (std::size_t i = 0; i < rules.plan().campaigns.size(); ++i)
        if (sent_of(tally, i) == 0) out << "never sent in these years: " << rules.plan().campaigns[i].id << "\n";
}

void print_variants(std::ostream& out, const Rules& rules, const Tally& tally) {
    for (std::size_t i = 0; i < rules.plan().campaigns.size(); ++i) {
        const auto& campaign = rules.plan().campaigns[i];
        if (campaign.variants.empty()) continue;
        out << "\nvariants of " << campaign.id << " (the invented people do not tell them apart)\n";
        std::vector<double> shares;
        for (std::size_t j = 0; j < campaign.variants.size(); ++j) {
            shares.push_back(campaign.variants[j].share / 100.0);
            out << shown("  %-24s%11lld sent, goal reached %lld (%s)\n", campaign.variants[j].id.c_str(), static_cast<long long>(tally.variant_sent[i][j]), static_cast<long long>(tally.variant_goals[i][j]),
                         percent(tally.variant_goals[i][j], tally.variant_sent[i][j]).c_str());
        }
        if (!campaign.stopping) continue;
        out << shown("  evidence of a difference %.3g; it ends at %.3g\n", std::exp(stats::log_evidence(tally.variant_goals[i], shares)), 1 / campaign.stopping->alpha);
    }
}

void print_overlaps(std::ostream& out, const Rules& rules, const Tally& tally) {
    std::vector<std::tuple<std::int64_t, std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < tally.overlaps.size(); ++i)
        for (std::size_t j = 0; j < tally.overlaps.size(); ++j)
            if (tally.overlaps[i][j]) pairs.emplace_back(-tally.overlaps[i][j], i, j);
    std::sort(pairs.begin(), pairs.end());
    out << "\noverlaps: two messages to one person within " << overlap_days << " days\n";
    if (pairs.empty()) out << "  none\n";
    for (std::size_t k = 0; k < std::min<std::size_t>(12, pairs.size()); ++k) {
        const auto& [count, i, j] = pairs[k];
        out << shown("%10lld  ", static_cast<long long>(-count)) << rules.plan().campaigns[i].id << ", then " << rules.plan().campaigns[j].id << "\n";
    }
    if (pairs.size() > 12) out << "            and " << pairs.size() - 12 << " other pairs\n";
}

std::string escaped(std::string_view text) {
    std::string made;
    for (const char letter : text) made += letter == '&' ? "&amp;" : letter == '<' ? "&lt;" : letter == '>' ? "&gt;" : letter == '"' ? "&quot;" : std::string(1, letter);
    return made;
}

}  // namespace

void print_tally(std::ostream& out, const Rules& rules, const SimulationWish& wish, const Tally& tally) {
    const auto& plan = rules.plan();
    out << "plan " << plan.version << ", " << plan.campaigns.size() << " campaigns: " << tally.vehicles << " vehicles of " << tally.people << " people, " << wish.lives.years << " years from "
        << format_date(wish.lives.first_day * one_day) << ", seed " << wish.lives.seed << (wish.lives.cohort ? ", all ordered in the first year" : ", a fleet up to ten years old") << "; invented lives\n";
    print_months(out, wish, tally);
    print_campaigns(out, rules, tally);
    print_variants(out, rules, tally);
    print_overlaps(out, rules, tally);
    out << "\nthe most a person got within " << plan.too_often_days << " days\n";
    for (int i = 0; i <= busiest_counted; ++i)
        if (tally.busiest[static_cast<std::size_t>(i)]) out << shown("%4d%s", i, i == busiest_counted ? "+" : " ") << shown("%10lld people (%s)", static_cast<long long>(tally.busiest[static_cast<std::size_t>(i)]), percent(tally.busiest[static_cast<std::size_t>(i)], tally.people).c_str()) << (i > plan.too_often ? "  too often\n" : "\n");
    out << "\ntoo often (more than " << plan.too_often << " within " << plan.too_often_days << " days): " << tally.too_often << " people, " << percent(tally.too_often, tally.people) << "\n"
        << "never contacted: " << tally.never << " people, " << percent(tally.never, tally.people) << "; " << tally.never_without_channel << " of them by no channel, " << tally.never_without_basis << " without any basis\n"
        << shown("touchpoints a vehicle and year: %.2f\n", tally.vehicles ? static_cast<double>(tally.touchpoints) / static_cast<double>(tally.vehicles) / wish.lives.years : 0.0) << "touchpoints " << tally.touchpoints << "\n";
}

void draw_tally(std::ostream& out, const Rules& rules, const SimulationWish& wish, const Tally& tally) {
    const auto& plan = rules.plan();
    const auto months = static_cast<std::size_t>(wish.lives.years) * 12;
    const auto rows = plan.campaigns.size();
    constexpr double left = 236, cell = 6, top = 64, bars = 150, row = 17;
    const double width = left + cell * static_cast<double>(months) + 72, grid = top + bars + 34, height = grid + row * static_cast<double>(rows) + 46;
    // Purposes apart in lightness too, for eyes that do not tell colours.
    static constexpr std::string_view colours[purposes] = {"#3b3a36", "#8c2f1f", "#c08a2e", "#5b7d8c"};
    std::vector<std::array<double, purposes>> by_month(months);
    double highest = 1;
    for (std::size_t month = 0; month < months; ++month) {
        double all = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            const double share = 100.0 * static_cast<double>(tally.ages[i][month]) / static_cast<double>(std::max<std::int64_t>(1, tally.vehicles));
            by_month[month][static_cast<std::size_t>(plan.campaigns[i].purpose)] += share;
            all += share;
        }
        highest = std::max(highest, all);
    }
    const double step = highest > 200 ? 100 : highest > 80 ? 50 : 20;
    highest = std::ceil(highest / step) * step;
    out << shown("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#22211f\">\n", width, height, width, height)
        << "<title>" << escaped(plan.name) << ": messages by month since the order</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>\n"
        << "<text x=\"16\" y=\"26\" font-size=\"15\">" << escaped(plan.name) << "</text>\n<text x=\"16\" y=\"44\" fill=\"#5d5b55\">" << tally.vehicles << " invented vehicles, " << wish.lives.years
        << " years, seed " << wish.lives.seed << ": messages a hundred vehicles in each month since the order, and when each campaign speaks</text>\n";
    double at = left;
    for (int purpose = 0; purpose < purposes; ++purpose) {
        out << shown("<rect x=\"%.0f\" y=\"%.0f\" width=\"9\" height=\"9\" fill=\"%s\"/><text x=\"%.0f\" y=\"%.0f\">%s</text>\n", at + 460, 18.0, std::string(colours[purpose]).c_str(), at + 473, 27.0, std::string(purpose_names()[static_cast<std::size_t>(purpose)]).c_str());
        at += 80;
    }
    for (double line = 0; line <= highest + 0.1; line += step) {
        const double y = top + bars - bars * line / highest;
        out << shown("<path d=\"M%.0f %.1fH%.0f\" stroke=\"#d9d6cd\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\" fill=\"#5d5b55\">%.0f</text>\n", left, y, left + cell * static_cast<double>(months), left - 6, y + 4, line);
    }
    for (std::size_t month = 0; month < months; ++month) {
        double y = top + bars;
        for (int purpose = 0; purpose < purposes; ++purpose) {
            const double tall = bars * by_month[month][static_cast<std::size_t>(purpose)] / highest;
            if (tall < 0.05) continue;
            y -= tall;
            out << shown("<rect x=\"%.0f\" y=\"%.1f\" width=\"5\" height=\"%.1f\" fill=\"%s\"/>\n", left + cell * static_cast<double>(month), y, tall, std::string(colours[purpose]).c_str());
        }
    }
    for (int year = 0; year <= wish.lives.years; ++year) {
        const double x = left + cell * 12 * year;
        out << shown("<path d=\"M%.0f %.0fV%.0f\" stroke=\"#d9d6cd\"/><text x=\"%.0f\" y=\"%.0f\" fill=\"#5d5b55\">%d</text>\n", x, grid - 14, grid + row * static_cast<double>(rows), x + 2, grid - 6, year);
    }
    out << shown("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\" fill=\"#5d5b55\">years since the order</text>\n", left - 6, grid - 6);
    for (std::size_t i = 0; i < rows; ++i) {
        const double y = grid + row * static_cast<double>(i);
        std::int64_t most = 1, all = 0;
        for (std::size_t month = 0; month < months; ++month) most = std::max(most, tally.ages[i][month]), all += tally.ages[i][month];
        const auto colour = std::string(colours[static_cast<std::size_t>(plan.campaigns[i].purpose)]);
        out << shown("<path d=\"M16 %.1fH%.0f\" stroke=\"#e6e3db\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">", y + row, width - 16, left - 6, y + 12) << escaped(plan.campaigns[i].name) << "</text>\n";
        for (std::size_t month = 0; month < months; ++month) {
            if (tally.ages[i][month] == 0) continue;
            const double strength = std::sqrt(static_cast<double>(tally.ages[i][month]) / static_cast<double>(most));
            if (strength < 0.04) continue;
            out << shown("<rect x=\"%.0f\" y=\"%.1f\" width=\"5\" height=\"%.0f\" fill=\"%s\" fill-opacity=\"%.2f\"/>\n", left + cell * static_cast<double>(month), y + 2, row - 4, colour.c_str(), std::min(1.0, 0.12 + 0.88 * strength));
        }
        out << shown("<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\" fill=\"#5d5b55\">%.1f</text>\n", width - 16, y + 12, 100.0 * static_cast<double>(all) / static_cast<double>(std::max<std::int64_t>(1, tally.vehicles)));
    }
    out << shown("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\" fill=\"#5d5b55\">sent, a hundred vehicles</text>\n</svg>\n", width - 16, grid + row * static_cast<double>(rows) + 18);
}

}  // namespace verbatim::plan
