#include "app/server/plan_trial.h"

#include <chrono>
#include <fstream>
#include <iostream>

#include "ground/base/calendar.h"
#include "ground/formats/toml.h"
#include "life/plan/default_plan.h"

namespace verbatim::server {

std::optional<std::string> plan_file_text(const House& house, const std::string& file, std::ostream& err) {
    if (file.empty()) {
        const auto current = house.plan->current();
        return current ? current->body : std::string(plan::default_plan());
    }
    std::string text(toml::largest_file + 1, '\0');
    std::ifstream opened(file, std::ios::binary);
    opened.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, opened.gcount())));
    if (opened.bad() || (text.empty() && !opened.eof())) {
        err << "verbatim: " << file << " cannot be read\n";
        return std::nullopt;
    }
    return text;
}

std::vector<std::string> addresses_of(std::string_view list) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find_first_of(", ", at), list.size());
        if (end > at) all.emplace_back(list.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

int plan_dry_run(House& house, const PlanDryWish& wish, std::ostream& out, std::ostream& err) {
    const auto text = plan_file_text(house, wish.file, err);
    if (!text) return 2;
    const auto from = wish.from.empty() ? std::optional<Seconds>(0) : parse_moment(wish.from);
    if (!from) return err << "verbatim: --from takes a day or a moment: 2027-01-01\n", 2;
    const auto began = std::chrono::steady_clock::now();
    const auto tried = house.plan->dry_run(Actor::system("plan dry-run"), *text, *from, {wish.days, wish.people});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (!tried) {
        err << "verbatim: " << tried.error().message << "\n";
        return 1;
    }
    for (const auto& one : tried->missing) out << one.campaign << " " << one.words << " " << one.language << ": " << one.letters << " letters lack " << (one.why == "size" || one.why == "words" ? one.why : "{" + one.why + "}") << "\n";
    out << tried->people << " of " << tried->known << " people, " << wish.days << " days: " << tried->letters << " letters, and " << tried->samples << " of an invented person; the largest has " << tried->largest << " bytes; "
        << (tried->good() ? "nothing misses" : "some lack something") << "\n";
    err << "tried in " << took.count() << " s\n";
    return tried->good() ? 0 : 1;
}

int plan_test(House& house, const PlanTestWish& wish, std::ostream& out, std::ostream& err) {
    const auto text = plan_file_text(house, wish.file, err);
    if (!text) return 2;
    const auto sent = house.plan->test(Actor::system("plan test"), *text, wish.campaign, wish.to, wish.language);
    if (!sent) {
        err << "verbatim: " << sent.error().message << "\n";
        return 2;
    }
    out << *sent << (*sent == 1 ? " letter waits to be sent\n" : " letters wait to be sent\n");
    return 0;
}

}  // namespace verbatim::server
