#include "life/analyse/change.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "ground/stats/intervals.h"
#include "ground/stats/poisson.h"

namespace verbatim::analyse {
namespace {

constexpr double still_surprising = 0.001;  // of what another place does not explain
constexpr double too_little = 0.01;         // elsewhere: so much chance is left that nothing happened there

struct Two {
    Share before, now;
    Two& operator+=(const Two& other) {
        before += other.before;
        now += other.now;
        return *this;
    }
    double p() const { return stats::share_grew(before.k, before.n, now.k, now.n); }
};

using Key = std::pair<std::string, std::string>;  // model and country, "" where all

// One theme everywhere.
struct Everywhere {
    std::map<std::string, Two> sites, countries, models;
    std::map<Key, Two> model_in_country;
    struct Part {
        std::string site, product, country;
        Two two;
    };
    std::vector<Part> parts;
};

Everywhere gather(const std::vector<Cell>& cells, const std::string& theme) {
    Everywhere all;
    for (const auto& cell : cells) {
        const auto found = cell.complaints.find(theme);
        const auto [before, now] = found == cell.complaints.end() ? std::pair<std::int64_t, std::int64_t>() : found->second;
        const Two two{{before, cell.before}, {now, cell.now}};
        all.parts.push_back({cell.site, cell.product, cell.country, two});
        if (!cell.site.empty()) all.sites[cell.site] += two;
        if (!cell.country.empty()) all.countries[cell.country] += two;
        if (cell.product.empty()) continue;
        all.models[cell.product] += two;
        if (!cell.country.empty()) all.model_in_country[{cell.product, cell.country}] += two;
    }
    return all;
}

// What the same models show in the same country now, at other sites, would be expected here too.
double explained(const Everywhere& all, const std::string& site) {
    double expected = 0;
    const auto& own = all.sites.at(site);
    const double usual = (static_cast<double>(own.before.k) + 0.5) / (static_cast<double>(own.before.n) + 1);
    for (const auto& part : all.parts) {
        if (part.site != site || part.two.now.n == 0) continue;
        Share others;
        for (const auto& other : all.parts) {
            if (other.site != site && other.product == part.product && other.country == part.country) others += other.two.now;
        }
        // A handful of neighbours is drawn towards what is usual here.
        constexpr double weight = 10;
        expected += static_cast<double>(part.two.now.n) * (static_cast<double>(others.k) + weight * usual) / (static_cast<double>(others.n) + weight);
    }
    return expected;
}

bool large(const Two& two, const ChangeLimits& limits) {
    const double before = (static_cast<double>(two.before.k) + 0.5) / (static_cast<double>(two.before.n) + 1);
    return two.now.n > 0 && static_cast<double>(two.now.k) / static_cast<double>(two.now.n) >= limits.growth * before;
}

}  // namespace

std::vector<Change> changes(const std::vector<Cell>& cells, const ChangeLimits& limits) {
    std::set<std::string> themes;
    for (const auto& cell : cells) {
        for (const auto& [theme, counts] : cell.complaints) themes.insert(theme);
    }
    std::map<std::string, Everywhere> by_theme;
    std::vector<Change> tested;
    std::vector<double> chances;
    const auto test = [&](const std::string& theme, Where where, const std::string& site, const std::string& product, const std::string& country, const Two& two) {
        const bool enough = two.now.k >= limits.fewest && large(two, limits);
        tested.push_back({theme, where, site, product, country, two.before, two.now, enough ? two.p() : 1.0});
        chances.push_back(tested.back().p);
    };
    for (const auto& theme : themes) {
        const auto& all = by_theme.emplace(theme, gather(cells, theme)).first->second;
        for (const auto& [site, two] : all.sites) test(theme, Where::site, site, {}, {}, two);
        for (const auto& [key, two] : all.model_in_country) test(theme, Where::model_in_country, {}, key.first, key.second, two);
        for (const auto& [model, two] : all.models) test(theme, Where::model, {}, model, {}, two);
        for (const auto& [country, two] : all.countries) test(theme, Where::country, {}, {}, country, two);
    }
    const auto believed = stats::believed(chances, limits.false_share);
    std::vector<Change> told;
    for (const auto& gathered : by_theme) {
        const auto& theme = gathered.first;
        const auto& all = gathered.second;
        const auto of = [&](Where where) {
            std::vector<const Change*> some;
            for (std::size_t i = 0; i < tested.size(); ++i) {
                if (believed[i] && tested[i].theme == theme && tested[i].where == where) some.push_back(&tested[i]);
            }
            return some;
        };
        std::set<std::string> local;
        for (const auto* one : of(Where::site)) {
            if (stats::poisson_at_least(one->now.k, explained(all, one->site)) >= still_surprising) continue;
            local.insert(one->site);
            told.push_back(*one);
        }
        // What the local ones leave of a place.
        const auto without = [&](auto&& takes) {
            Two rest;
            for (const auto& part : all.parts) {
                if (!local.contains(part.site) && takes(part)) rest += part.two;
            }
            return rest;
        };
        // A model's in one country: not the model's elsewhere, and not the country's with other models.
        const auto elsewhere = [&](const std::string& model, const std::string& country) {
            return without([&](const auto& part) { return part.product == model && part.country != country; }).p() < too_little;
        };
        const auto other_models = [&](const std::string& model, const std::string& country) {
            return without([&](const auto& part) { return part.country == country && part.product != model; }).p() < too_little;
        };
        // The part that grew most: without it, what is left must have grown too for the whole to be the place.
        const auto strongest = [&](auto&& belongs) {
            Key best;
            double most = -1;
            for (const auto& [key, two] : all.model_in_country) {
                if (!belongs(key) || two.now.n == 0) continue;
                const double excess = static_cast<double>(two.now.k) - static_cast<double>(two.now.n) * (static_cast<double>(two.before.k) + 0.5) / (static_cast<double>(two.before.n) + 1);
                if (excess <= most) continue;
                most = excess;
                best = key;
            }
            return best;
        };
        std::set<std::string> models, countries;
        for (const auto* one : of(Where::country)) {
            const auto key = strongest([&](const Key& part) { return part.second == one->country; });
            const auto rest = without([&](const auto& part) { return part.country == one->country; });
            if (rest.p() >= still_surprising || !other_models(key.first, one->country)) continue;
            countries.insert(one->country);
        }
        for (const auto* one : of(Where::model)) {
            const auto key = strongest([&](const Key& part) { return part.first == one->product; });
            const auto rest = without([&](const auto& part) { return part.product == one->product && !countries.contains(part.country); });
            if (rest.p() >= still_surprising || !elsewhere(one->product, key.second)) continue;
            models.insert(one->product);
            told.push_back(*one);
        }
        for (const auto* one : of(Where::country)) {
            if (!countries.contains(one->country)) continue;
            const auto rest = without([&](const auto& part) { return part.country == one->country && !models.contains(part.product); });
            if (rest.now.k >= limits.fewest && rest.p() < still_surprising) told.push_back(*one);
        }
        for (const auto* one : of(Where::model_in_country)) {
            if (models.contains(one->product) || countries.contains(one->country) || elsewhere(one->product, one->country) || other_models(one->product, one->country)) continue;
            const auto rest = without([&](const auto& part) { return part.product == one->product && part.country == one->country; });
            if (rest.p() < still_surprising) told.push_back(*one);
        }
    }
    return told;
}

std::size_t since(const std::vector<Share>& days) {
    Share all;
    for (const auto& day : days) all += day;
    const auto likelihood = [](const Share& share) {
        const auto k = static_cast<double>(share.k), n = static_cast<double>(share.n);
        return (k > 0 ? k * std::log(k / n) : 0) + (n > k ? (n - k) * std::log((n - k) / n) : 0);
    };
    Share before;
    // Where nothing was said before, it began with the first who said it.
    const auto first = std::find_if(days.begin(), days.end(), [](const Share& day) { return day.k > 0; });
    std::size_t best = first == days.end() ? 0 : static_cast<std::size_t>(first - days.begin());
    double most = -1;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Share after{all.k - before.k, all.n - before.n};
        if (after.n > 0 && before.n > 0 && static_cast<double>(after.k) * static_cast<double>(before.n) > static_cast<double>(before.k) * static_cast<double>(after.n)) {
            if (const double gain = likelihood(before) + likelihood(after) - likelihood(all); gain > most) {
                most = gain;
                best = i;
            }
        }
        before += days[i];
    }
    return best;
}

}  // namespace verbatim::analyse
