// Reviews in by the day, changes out: a network's life replayed through changes() as the platform looks at it, for bench/understanding/trends.py,
// which plants drifts and counts what is told of them and of nothing. A line is: day, site, product, country, themes complained of (between
// commas), tab-separated and in the order of days. Looks once a week from the 365th day on; a place that was told is silent for 56 days.
#include "life/analyse/change.h"

#include <cstdio>
#include <deque>
#include <iostream>
#include <sstream>

namespace {

using namespace verbatim::analyse;

constexpr int window = 28, year = 365, silent = 56, week = 7;

struct Review {
    int day = 0;
    std::string site, product, country;
    std::vector<std::string> themes;
};

std::vector<Cell> count(const std::deque<Review>& reviews, int day) {
    std::map<std::tuple<std::string, std::string, std::string>, Cell> cells;
    for (const Review& one : reviews) {
        if (one.day <= day - window - year || one.day > day) continue;
        const bool now = one.day > day - window;
        Cell& cell = cells[{one.site, one.product, one.country}];
        cell.site = one.site;
        cell.product = one.product;
        cell.country = one.country;
        ++(now ? cell.now : cell.before);
        for (const auto& theme : one.themes) {
            auto& counted = cell.complaints[theme];
            ++(now ? counted.second : counted.first);
        }
    }
    std::vector<Cell> all;
    for (auto& [key, cell] : cells) all.push_back(std::move(cell));
    return all;
}

const char* name(Where where) {
    switch (where) {
        case Where::site: return "site";
        case Where::model_in_country: return "model_in_country";
        case Where::model: return "model";
        case Where::country: break;
    }
    return "country";
}

}  // namespace

int main() {
    std::deque<Review> reviews;
    std::map<std::string, int> told;
    int next_look = year + window;
    const auto look = [&] {
        while (!reviews.empty() && reviews.front().day <= next_look - window - year) reviews.pop_front();
        for (const Change& change : changes(count(reviews, next_look))) {
            const std::string place = change.theme + "\t" + name(change.where) + "\t" + change.site + "\t" + change.product + "\t" + change.country;
            const auto [at, fresh] = told.try_emplace(place, next_look);
            if (!fresh && next_look - at->second < silent) continue;
            at->second = next_look;
            std::printf("%d\t%s\t%lld\t%lld\t%lld\t%lld\n", next_look, place.c_str(), static_cast<long long>(change.before.k), static_cast<long long>(change.before.n), static_cast<long long>(change.now.k), static_cast<long long>(change.now.n));
        }
        next_look += week;
    };
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream fields(line);
        std::string day, themes;
        Review one;
        std::getline(fields, day, '\t');
        std::getline(fields, one.site, '\t');
        std::getline(fields, one.product, '\t');
        std::getline(fields, one.country, '\t');
        std::getline(fields, themes, '\t');
        one.day = std::stoi(day);
        std::istringstream list(themes);
        for (std::string theme; std::getline(list, theme, ',');) one.themes.push_back(theme);
        while (one.day > next_look) look();
        reviews.push_back(std::move(one));
    }
    look();
    return 0;
}
