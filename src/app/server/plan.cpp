#include "app/server/plan.h"

#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "ground/base/calendar.h"
#include "ground/formats/toml.h"
#include "life/plan/default_plan.h"
#include "life/plan/preview.h"
#include "life/plan/read.h"
#include "life/plan/report.h"
#include "life/plan/simulate.h"
#include "life/plan/touchpoints.h"

namespace verbatim::server {
namespace {

// The file's text, at most a byte more than a plan may have, so that a longer one is refused by name and not read whole.
std::optional<std::string> text_of(const std::string& file, std::ostream& err) {
    std::string text(toml::largest_file + 1, '\0');
    std::ifstream opened;
    if (file != "-") {
        opened.open(file, std::ios::binary);
        if (!opened) {
            err << "verbatim: " << file << " cannot be read\n";
            return std::nullopt;
        }
    }
    std::istream& input = file == "-" ? std::cin : opened;
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (input.bad() || (text.empty() && !input.eof())) {
        err << "verbatim: " << file << " cannot be read\n";
        return std::nullopt;
    }
    return text;
}

// The plan, or nothing after its mistakes were named; `code` is then what the program ends with.
std::optional<plan::Plan> plan_of(const std::string& file, std::ostream& err, int& code) {
    const auto text = text_of(file, err);
    code = 2;
    if (!text) return std::nullopt;
    auto reading = plan::read_plan(*text);
    for (const auto& fault : reading.faults) err << file << ":" << fault.line << ": " << fault.message << "\n";
    code = 1;
    if (!reading.good()) return std::nullopt;
    code = 0;
    return std::move(reading.plan);
}

std::optional<std::int64_t> first_day_of(const plan::Plan& plan, const std::string& wished, std::ostream& err) {
    const auto date = parse_date(wished.empty() ? plan.version : wished);
    if (date && (date->year < 2000 || date->year > 2080)) {
        err << "verbatim: the first day must lie between 2000 and 2080\n";
        return std::nullopt;
    }
    if (date) return midnight(*date) / one_day;
    if (wished.empty()) return midnight({2027, 1, 1}) / one_day;
    err << "verbatim: --from takes a day: 2027-01-01\n";
    return std::nullopt;
}

// A file of rows that somebody may open with any SQLite, or a database of PostgreSQL.
std::unique_ptr<storage::Db> touchpoint_database(const std::string& where) {
    const bool url = where.find("://") != std::string::npos;
    if (!url && std::filesystem::exists(where)) throw std::runtime_error(where + " is there already; --touchpoints makes a new file");
    storage::Options options;
    options.create = true;
    auto db = storage::Db::open(url ? where : "sqlite:" + where, options);
    db->migrate(plan::touchpoint_migrations());
    return db;
}

}  // namespace

int plan_check(const std::string& file, std::ostream& out, std::ostream& err) {
    const auto text = text_of(file, err);
    if (!text) return 2;
    const auto reading = plan::read_plan(*text);
    for (const auto& fault : reading.faults) out << file << ":" << fault.line << ": " << fault.message << "\n";
    if (!reading.good()) {
        out << reading.faults.size() << (reading.faults.size() == 1 ? " mistake\n" : " mistakes\n");
        return 1;
    }
    out << "plan " << reading.plan.version << ": " << reading.plan.campaigns.size() << " campaigns, " << reading.plan.templates.size() << " templates in " << reading.plan.languages.size() << " languages, "
        << reading.plan.countries.size() << " countries; 0 mistakes\n";
    return 0;
}

int plan_default(std::ostream& out) {
    out << plan::default_plan();
    return out.flush() ? 0 : 2;
}

int plan_simulate(const PlanSimulationWish& wished, std::ostream& out, std::ostream& err) {
    int code = 0;
    auto read = plan_of(wished.file, err, code);
    if (!read) return code;
    plan::SimulationWish wish;
    const auto first = first_day_of(*read, wished.from, err);
    if (!first) return 2;
    wish.lives = {wished.seed, *first, wished.years, wished.cohort};
    wish.vehicles = wished.vehicles;
    wish.threads = wished.threads;
    const plan::Rules rules(std::move(*read));
    std::unique_ptr<storage::Db> db;
    plan::Keep keep;
    if (!wished.touchpoints.empty()) {
        db = touchpoint_database(wished.touchpoints);
        db->write([&](storage::Tx& tx) { plan::store_campaigns(tx, rules.plan()); });
        keep = [&](std::span<const std::pair<std::int64_t, plan::Touch>> rows) { db->write([&](storage::Tx& tx) { plan::store_touchpoints(tx, rows); }); };
    }
    const auto began = std::chrono::steady_clock::now();
    const auto tally = plan::simulate(rules, wish, keep);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (db) {
        db->checkpoint();
        const auto [rows, bytes] = db->read([&](storage::Tx& tx) { return std::pair(plan::count_touchpoints(tx), plan::touchpoint_bytes(tx)); });
        err << rows << " rows in " << bytes << " bytes";
        if (rows > 0) err << ", " << static_cast<double>(bytes) / static_cast<double>(rows) << " bytes a touchpoint";
        err << "\n";
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    err << "simulated in " << took.count() << " s, " << static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6 << " s CPU, "
        << used.ru_maxrss / 1024 << " MB at most\n";
    if (!wished.picture.empty()) {
        std::ofstream picture(wished.picture, std::ios::binary);
        plan::draw_tally(picture, rules, wish, tally);
        if (!picture.flush()) {
            err << "verbatim: " << wished.picture << " cannot be written\n";
            return 2;
        }
    }
    plan::print_tally(out, rules, wish, tally);
    return out.flush() ? 0 : 2;
}

int plan_preview(const PlanPreviewWish& wished, std::ostream& out, std::ostream& err) {
    int code = 0;
    auto read = plan_of(wished.file, err, code);
    if (!read) return code;
    const auto first = first_day_of(*read, wished.from, err);
    if (!first) return 2;
    const plan::Rules rules(std::move(*read));
    if (const auto done = plan::preview(rules, {wished.person, wished.events, wished.years}, *first, out); !done) {
        err << "verbatim: " << done.error().message << "\n";
        return 2;
    }
    return out.flush() ? 0 : 2;
}

}  // namespace verbatim::server
