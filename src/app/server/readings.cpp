#include "app/server/readings.h"

#include <algorithm>
#include <chrono>
#include <ostream>

#include "ground/understand/understanding.h"

namespace verbatim::server {
namespace {

// A model of texts knows how machines and strangers wrote in the sets it learned from, and not who this customer is: by itself it holds
// nobody's words back.
constexpr double most_of_a_text = 0.45;
constexpr Seconds look_period = 10;
constexpr int at_once = 500;
constexpr auto a_while = std::chrono::seconds(4);  // a stop waits for no more

using Steady = std::chrono::steady_clock;

}  // namespace

void judge_texts(moderate::Options& options) {
    options.judge = [](std::string_view body) {
        std::vector<moderate::Signal> all;
        for (auto& one : understand::Understanding::shipped().judge(body).signals) all.push_back({std::move(one.name), std::min(one.weight, most_of_a_text), std::move(one.why)});
        return all;
    };
    options.judge_version = understand::Understanding::shipped().version();
}

analyse::TrendOptions trend_options(const network::Settings& settings, const std::string& base_url, const Readers& readers) {
    return {base_url, settings.text("brand.name"), [&readers](std::string_view theme, std::string_view language) { return readers.name(theme, language); }, {}, settings.text("trends.improvements") == "on"};
}

void keep_readings(jobs::Runner& runner, storage::Db& db, const Clock& clock, const Readers& readers, const analyse::TrendOptions& trends) {
    runner.every("readings", look_period, [&db, &clock, &readers] {
        const auto current = readers.now();
        const auto& with = current->reader;
        if (db.read([&](storage::Tx& tx) { return readings::progress(tx, with.version); }).done) return;
        const auto until = Steady::now() + a_while;
        readings::reread(db, clock, with, at_once, [&](const readings::Progress&) { return Steady::now() < until; });
    });
    runner.every("reader_drift", 7 * one_day, [&db, &clock, trends] { analyse::watch_drift(db, clock, trends); });
    runner.every("followed_themes", 7 * one_day, [&db, &clock, trends] { analyse::tell_followers(db, clock, trends.base_url, trends.name); });
    runner.every("trends", one_day, [&db, &clock, trends] { analyse::watch_trends(db, clock, trends); });
}

int reanalyse(const Place& place, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    const auto begun = Steady::now();
    auto told = begun;
    const auto at = readings::reread(*house.db, clock, house.readers->now()->reader, 2000, [&](const readings::Progress& now) {
        if (Steady::now() - told < std::chrono::seconds(2)) return true;
        told = Steady::now();
        out << now.read << " of " << now.of << " read" << std::endl;
        return true;
    });
    const auto seconds = std::chrono::duration<double>(Steady::now() - begun).count();
    out << at.read << " reviews read with " << at.version << " in " << seconds << " s\n";
    return 0;
}

}  // namespace verbatim::server
