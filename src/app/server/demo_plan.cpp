#include "app/server/demo_plan.h"

#include <stdexcept>

#include "app/demo/dice.h"
#include "ground/base/calendar.h"
#include "life/plan/default_plan.h"
#include "record/contact/clicks.h"

namespace verbatim::server {
namespace {

constexpr int first_days = 60, second_days = 20;  // before now

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
}

void DemoPlan::publish(std::string version, Seconds from, std::string_view change_from, std::string_view change_to) {
    std::string text(plan::default_plan());
    const std::string packaged = "version = \"" + std::string(plan::read_plan(text).plan.version) + "\"";
    text = changed(std::move(text), packaged, "version = \"" + format_date(from) + "\"");
    if (!change_from.empty()) text = changed(std::move(text), change_from, change_to);
    plan::PublishWish wish;
    wish.hold_back = true;
    const auto done = house_.plan->publish({ActorKind::staff, "rocio.serrano@aurelle.example", "crm", "*"}, text, from, wish);
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
