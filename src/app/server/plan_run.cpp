#include "app/server/plan_run.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>

#include "ground/base/calendar.h"
#include "ground/formats/toml.h"
#include "life/plan/compare.h"
#include "record/contact/reach.h"

namespace verbatim::server {
namespace {

bool read_text(const std::string& file, std::string& text, std::ostream& err) {
    std::ifstream opened(file, std::ios::binary);
    text.resize(toml::largest_file + 1);
    opened.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, opened.gcount())));
    if (opened.bad() || (text.empty() && !opened.eof())) return err << "verbatim: " << file << " cannot be read\n", false;
    return true;
}

}  // namespace

int plan_compare(const std::string& a, const std::string& b, std::ostream& out, std::ostream& err) {
    std::string before, after;
    if (!read_text(a, before, err) || !read_text(b, after, err)) return 2;
    const auto changes = plan::compare(before, after);
    if (!changes) {
        err << "verbatim: " << (changes.error().field == "a" ? a : b) << ": " << changes.error().message << "\n";
        return 2;
    }
    std::string part;
    for (const auto& one : *changes) {
        if (one.key.empty()) {
            out << (one.before.empty() ? "+ " : one.after.empty() ? "- " : "~ ") << one.part << "\n";
            part.clear();
            continue;
        }
        if (one.part != part) out << "~ " << one.part << "\n";
        part = one.part;
        out << "    " << one.key << ": " << (one.before.empty() ? "(none)" : one.before) << " -> " << (one.after.empty() ? "(none)" : one.after) << "\n";
    }
    out << changes->size() << (changes->size() == 1 ? " change\n" : " changes\n");
    return out.flush() ? 0 : 2;
}

int plan_publish(House& house, const std::string& file, const std::string& from, bool hold_back, std::ostream& out, std::ostream& err) {
    std::string text;
    if (!read_text(file, text, err)) return 2;
    const auto reading = plan::read_plan(text);
    for (const auto& fault : reading.faults) err << file << ":" << fault.line << ": " << fault.message << "\n";
    if (!reading.good()) return 1;
    const auto day = from.empty() ? std::optional<Seconds>(0) : parse_moment(from);
    if (!day) {
        err << "verbatim: --from takes a day or a moment: 2027-01-01\n";
        return 2;
    }
    const auto done = house.plan->publish(Actor::system("plan publish"), text, *day, {hold_back, 0});
    if (!done) {
        err << "verbatim: " << done.error().message << "\n";
        return 2;
    }
    out << "version " << done->number << ": plan " << done->version << " holds from " << format_moment(done->from) << "\n";
    return 0;
}

int plan_tell(House& house, const PlanFact& fact, std::ostream& out, std::ostream& err) {
    const auto day = parse_date(fact.day);
    if (!day) {
        err << "verbatim: " << fact.day << " is no day: 2027-03-01\n";
        return 2;
    }
    const auto customer = house.db->read([&](storage::Tx& tx) { return contact::customer_by_number(tx, fact.customer); });
    if (!customer) {
        err << "verbatim: nobody has the number " << fact.customer << "\n";
        return 2;
    }
    if (const auto done = house.plan->tell(Actor::system("plan tell"), *customer, fact.vin, fact.what, midnight(*day) / one_day); !done) {
        err << "verbatim: " << done.error().message << "\n";
        return 2;
    }
    out << fact.what << " on " << format_date(*day) << "\n";
    return 0;
}

int plan_look(House& house, std::ostream& out) {
    const auto began = std::chrono::steady_clock::now();
    const auto looked = house.plan->look();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    out << looked.people << " people, " << looked.sent << " touchpoints, " << looked.held_back << " held back, " << took.count() << " s\n";
    return 0;
}

}  // namespace verbatim::server
