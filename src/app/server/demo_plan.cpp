#include "app/server/demo_plan.h"

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "app/demo/dice.h"
#include "app/demo/life.h"
#include "ground/base/calendar.h"
#include "life/plan/default_plan.h"
#include "record/contact/clicks.h"
#include "record/experiences/lived.h"
#include "record/figures/measures.h"

namespace verbatim::server {
namespace {

constexpr int first_days = 60, second_days = 20, recall_days = 3;  // before now
constexpr std::string_view recalled_model = "ESTAMPIE";
const Actor manager{ActorKind::staff, "rocio.serrano@aurelle.example", "crm", "*"};

std::string changed(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the packaged plan has no " + std::string(from));
    return text.replace(at, from.size(), to);
}

}  // namespace

void DemoPlan::noon() {
    const auto today = house_.clock.now();
    if (versions_ == 0 && today >= now_ - first_days * one_day) publish("first", today, {}, {});
    if (versions_ == 1 && today >= now_ - second_days * one_day)
        publish("second", today, "trigger = { event = \"order\", after = \"7 days\" }", "trigger = { event = \"order\", after = \"5 days\" }");  // customers asked for the welcome sooner
    if (versions_ == 0) return;
    click();
    if (!recalled_ && today >= now_ - recall_days * one_day) recall();
    // The newcomer finds last month's report in the outbox, of the point of sale that has the most to do.
    if (today >= now_ - one_hour)
        if (const auto sent = house_.reports->send_again(demo::declining_site, figures::month_of(now_) - 1); !sent) throw std::runtime_error("the demo's report: " + sent.error().message);
}

// The brand calls a model back. Who has a postal address gets it on paper, which then waits for a print run.
void DemoPlan::recall() {
    recalled_ = true;
    const auto today = house_.clock.now();
    std::vector<std::pair<std::string, std::string>> owners;
    house_.db->read([&](storage::Tx& tx) {
        owners.clear();
        std::set<std::string> customers;
        Seconds since = 0;
        std::string after;
        for (;;) {
            const auto arrived = experiences::arrived_since(tx, since, after, 1000);
            for (const auto& one : arrived) customers.insert(one.customer);
            if (arrived.size() < 1000) break;
            since = arrived.back().at, after = arrived.back().id;
        }
        std::set<std::string> vins;
        experiences::lived_by(tx, nlohmann::json(customers).dump(), [&](const experiences::Lived& lived) {
            if (lived.product.starts_with(recalled_model) && !lived.vin.empty() && vins.emplace(lived.vin).second) owners.emplace_back(lived.customer, lived.vin);
        });
    });
    for (const auto& [customer, vin] : owners)
        if (const auto told = house_.plan->tell(manager, customer, vin, "recall", today / one_day); !told) throw std::runtime_error("the demo's recall: " + told.error().message);
}

void DemoPlan::publish(std::string version, Seconds from, std::string_view change_from, std::string_view change_to) {
    std::string text(plan::default_plan());
    const std::string packaged = "version = \"" + std::string(plan::read_plan(text).plan.version) + "\"";
    text = changed(std::move(text), packaged, "version = \"" + format_date(from) + "\"");
    if (!change_from.empty()) text = changed(std::move(text), change_from, change_to);
    plan::PublishWish wish;
    wish.hold_back = true;
    const auto done = house_.plan->publish(manager, text, from, wish);
    if (!done) throw std::runtime_error("the demo's plan (" + version + "): " + done.error().message);
    ++versions_;
}

// Two in five follow a letter's button within the day; mail scanners follow one in twelve, at once.
void DemoPlan::click() {
    const auto letters = house_.db->read([&](storage::Tx& tx) { return contact::letters_since(tx, clicked_until_, 2000); });
    clicked_until_ = house_.clock.now() - one_day;
    for (const auto& [letter, key] : letters) {
        demo::Dice dice(1, "click " + key);
        const bool program = dice.chance(.08);
        if (!program && !dice.chance(.4)) continue;
        const auto path = contact::click_path(letter, "/");
        house_.plan->follow(std::string_view(path).substr(3, path.find('?') - 3), "/", program);
    }
}

}  // namespace verbatim::server
