#include "app/bench/writing.h"

#include <sys/resource.h>

#include <cstdio>
#include <ostream>
#include <stdexcept>

#include "app/bench/generator.h"
#include "record/figures/figures.h"
#include "record/reviews/reviews.h"

namespace verbatim::bench {
namespace {

using storage::Db;
using storage::Tx;

double cpu_microseconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); };
    return of(used.ru_utime) + of(used.ru_stime);
}

template <class F>
double each(int count, F fn) {
    const double before = cpu_microseconds();
    for (int i = 0; i < count; ++i) fn(i);
    return (cpu_microseconds() - before) / count;
}

std::string site_of(int i, int sites) { return "site:S" + std::to_string(i * 613 % sites); }

}  // namespace

void time_writing(Db& db, int sites, int reviews, std::ostream& out) {
    constexpr int fold_at_once = 2000;
    const auto fold_all = [&] { while (db.write([](Tx& tx) { return figures::fold(tx, fold_at_once); }) > 0) {} };
    fold_all();
    std::vector<std::string> ids(static_cast<std::size_t>(reviews));
    const double collected = each(reviews, [&](int i) {
        ids[static_cast<std::size_t>(i)] = db.write([&](Tx& tx) {
            reviews::Submission words;
            words.content.subject = site_of(i, sites);
            words.content.service = "workshop";
            words.content.rating = 1 + i % 5;
            words.content.criteria = {{"welcome", 1 + i % 5}, {"deadline", 3}};
            words.content.body = "Written for the bench, number " + std::to_string(i) + ". The car was ready at noon.";
            words.origin = "spontaneous";
            const auto done = reviews::collect(tx, Actor::customer("bench"), end, words);
            if (!done) throw std::runtime_error(done.error().message);
            return done->id;
        });
    });
    const double published = each(reviews, [&](int i) {
        db.write([&](Tx& tx) {
            if (const auto done = reviews::publish(tx, Actor::system("bench"), end, ids[static_cast<std::size_t>(i)]); !done) throw std::runtime_error(done.error().message);
        });
    });
    const double folded = each(1, [&](int) { fold_all(); }) / reviews;
    // The same count() alone, many in a transaction, so that the transaction's own cost is not in it.
    figures::Counts one;
    one.cell[figures::Measure::n5] = 1;
    one.criteria["welcome"] = {1, 5};
    const int month = figures::month_of(end);
    const double counted = each(1, [&](int) {
        db.write([&](Tx& tx) {
            for (int i = 0; i < reviews; ++i) figures::count(tx, site_of(i, sites), "workshop", "", month, one);
            for (int i = 0; i < reviews; ++i) {
                auto back = one;
                back -= one;
                back -= one;
                figures::count(tx, site_of(i, sites), "workshop", "", month, back);
            }
        });
    }) / (2.0 * reviews);
    fold_all();
    char line[400];
    std::snprintf(line, sizeof line,
                  "collecting a review %.0f us, publishing it %.0f us of CPU; of the publishing %.1f us are for the figures (%.0f %%), and %.1f us more later, folded %d at a time\n"
                  "with figures %.0f us, without %.0f us: ratio %.2f\n",
                  collected, published, counted, 100 * counted / published, folded, fold_at_once, published + folded, published - counted, (published + folded) / (published - counted));
    out << line;
}

}  // namespace verbatim::bench
