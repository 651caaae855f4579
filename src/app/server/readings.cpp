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

const readings::Reader& reader() {
    static const readings::Reader shipped{[](std::string_view body, std::string_view lang, std::optional<int> rating) {
                                              auto read = understand::Understanding::shipped().read(body, lang, rating);
                                              readings::Reading out{read.lang, read.stars, read.polarity, read.contradiction, {}};
                                              for (auto& span : read.themes) out.themes.push_back({std::move(span.theme), span.polarity, span.start, span.end});
                                              return out;
                                          },
                                          understand::Understanding::shipped().version()};
    return shipped;
}

void judge_texts(moderate::Options& options) {
    options.judge = [](std::string_view body) {
        std::vector<moderate::Signal> all;
        for (auto& one : understand::Understanding::shipped().judge(body).signals) all.push_back({std::move(one.name), std::min(one.weight, most_of_a_text), std::move(one.why)});
        return all;
    };
    options.judge_version = understand::Understanding::shipped().version();
}

void keep_readings(jobs::Runner& runner, storage::Db& db, const Clock& clock, const std::string& base_url, const std::string& brand) {
    runner.every("readings", look_period, [&db, &clock] {
        const auto& with = reader();
        if (db.read([&](storage::Tx& tx) { return readings::progress(tx, with.version); }).done) return;
        const auto until = Steady::now() + a_while;
        readings::reread(db, clock, with, at_once, [&](const readings::Progress&) { return Steady::now() < until; });
    });
    const analyse::TrendOptions options{base_url, brand, theme_name, {}};
    runner.every("trends", one_day, [&db, &clock, options] { analyse::watch_trends(db, clock, options); });
}

std::string theme_name(std::string_view theme, std::string_view language) {
    const auto* known = understand::Themes::shipped().theme(theme);
    if (known == nullptr) return std::string(theme);
    for (const auto wanted : {language, std::string_view("en")}) {
        if (const auto name = known->names.find(std::string(wanted)); name != known->names.end()) return name->second;
    }
    return std::string(theme);
}

int reanalyse(const Place& place, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    const auto begun = Steady::now();
    auto told = begun;
    const auto at = readings::reread(*house.db, clock, reader(), 2000, [&](const readings::Progress& now) {
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
