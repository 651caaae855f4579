#include <algorithm>
#include <array>

#include "life/plan/letter.h"

namespace verbatim::plan {
namespace {

constexpr std::array looks{
    Look{"birthday", "thanks", "dealer"},
    Look{"case_closed", "thanks", "dealer"},
    Look{"charging_box", "offer", "more"},
    Look{"contract_end", "offer", "more"},
    Look{"contract_offer", "offer", "more"},
    Look{"finance_end", "offer", "appointment"},
    Look{"first_service", "service", "appointment"},
    Look{"first_steps", "welcome", "dealer"},
    Look{"inspection", "service", "appointment"},
    Look{"invitation_sale", "invitation", "answer"},
    Look{"invitation_sale_reminder", "invitation", "answer"},
    Look{"invitation_vehicle", "invitation", "answer"},
    Look{"invitation_workshop", "invitation", "answer"},
    Look{"invitation_workshop_reminder", "invitation", "answer"},
    Look{"recall", "notice", "appointment"},
    Look{"recall_reminder", "notice", "appointment"},
    Look{"roof_box", "offer", "more"},
    Look{"service_2_to_5", "service", "appointment"},
    Look{"service_6_to_9", "service", "appointment"},
    Look{"survey_delivery", "invitation", "answer"},
    Look{"survey_delivery_short", "invitation", "answer"},
    Look{"tenth_service", "service", "appointment"},
    Look{"thanks_review", "thanks", "dealer"},
    Look{"told_us", "thanks", "dealer"},
    Look{"tyres", "service", "appointment"},
    Look{"warranty_end", "offer", "more"},
    Look{"welcome", "welcome", "more"},
    Look{"welcome_back", "thanks", "dealer"},
    Look{"win_back", "offer", "appointment"},
    Look{"win_back_call", "thanks", "dealer"},
    Look{"winter_tyres", "offer", "appointment"},
};

}  // namespace

Look look_of(const Template& words, Purpose purpose) {
    const auto found = std::lower_bound(looks.begin(), looks.end(), words.name, [](const Look& look, const std::string& name) { return look.name < name; });
    if (found != looks.end() && found->name == words.name) return *found;
    switch (purpose) {
        case Purpose::service: return {"other", "service", "dealer"};
        case Purpose::marketing: return {"other", "offer", "dealer"};
        case Purpose::survey:
        case Purpose::invitation: return {"other", "invitation", "answer"};
    }
    return {"other", "offer", "dealer"};
}

}  // namespace verbatim::plan
