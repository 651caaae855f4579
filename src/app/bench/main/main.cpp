// verbatim-figures make --data DIR [--database URL] [--rows N] [--sites N]    a network's ten years, and its figures
// verbatim-figures write --data DIR [--database URL] [--sites N] [--times N]  what keeping them costs a review
// verbatim-figures ask  --data DIR [--database URL] [--sites N] [--times N] [--rows-too no]  the dashboard's questions, timed, some beside the same from the rows
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "app/bench/generator.h"
#include "app/bench/queries.h"
#include "app/bench/writing.h"
#include "app/server/house.h"
#include "app/server/rollups.h"
#include "record/reviews/search.h"

namespace {

std::string option(int count, char** arguments, std::string_view name, std::string otherwise) {
    for (int i = 2; i + 1 < count; ++i) {
        if (arguments[i] == name) return arguments[i + 1];
    }
    return otherwise;
}

}  // namespace

int main(int count, char** arguments) {
    using namespace verbatim;
    const std::string what = count > 1 ? arguments[1] : "";
    const auto option_of = [&](std::string_view name, std::string otherwise) { return option(count, arguments, name, std::move(otherwise)); };
    server::Place place;
    place.data = option_of("--data", "");
    place.database = option_of("--database", "sqlite");
    bench::Size size;
    size.rows = std::atoll(option_of("--rows", "12000000").c_str());
    size.sites = std::atoi(option_of("--sites", "10000").c_str());
    if (place.data.empty() || (what != "make" && what != "ask" && what != "write")) {
        std::cerr << "verbatim-figures make|ask|write --data DIR [--database URL] [--rows N] [--sites N] [--times N]\n";
        return 64;
    }
    const ManualClock clock(bench::end);
    const auto started = std::chrono::steady_clock::now();
    const auto seconds = [&] { return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started).count(); };
    if (what == "make") {
        place.create = true;
        server::House house(place, clock);
        const auto made = bench::make(*house.db, size, [&](const char* kind, std::int64_t done) {
            if (done % 10 == 0 || done > 1'000'000) std::cerr << "\r" << seconds() << " s: " << done << " " << kind << std::flush;
        });
        std::cerr << "\n";
        std::cout << made.all() << " rows in " << seconds() << " s: " << made.invitations << " invitations, " << made.reviews << " reviews, " << made.cases << " cases, " << made.answers << " answers\n";
        server::analyse(*house.db);
        // As on a platform from before the figures were kept: nothing of this was counted when it came in.
        house.db->write([](storage::Tx& tx) { tx.exec("UPDATE figure_state SET value = 0 WHERE key = 'complete'"); });
        const auto check = server::count_everything(*house.db);
        std::cout << check.facts << " facts counted into " << check.cells << " figures, " << seconds() << " s in all" << std::endl;
        const auto indexed = reviews::rebuild_search(*house.db);
        std::cout << indexed << " reviews put into the search index, " << seconds() << " s in all\n";
        server::analyse(*house.db);
        return 0;
    }
    server::House house(place, clock);
    if (what == "write") {
        bench::time_writing(*house.db, size.sites, std::atoi(option_of("--times", "5000").c_str()), std::cout);
        return 0;
    }
    constexpr double limit = 50;
    std::cout << bench::heading() << std::endl;
    const auto timings = bench::ask_everything(*house.db, size.sites, std::atoi(option_of("--times", "200").c_str()), option_of("--rows-too", "yes") == "yes",
                                               [](const bench::Timing& one) { std::cout << bench::to_line(one, limit) << std::endl; });
    const auto over = std::count_if(timings.begin(), timings.end(), [](const bench::Timing& one) { return one.p99 > limit; });
    std::cout << timings.size() << " questions, " << over << " over " << limit << " ms at p99\n";
    return 0;
}
