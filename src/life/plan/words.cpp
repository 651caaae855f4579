#include "life/plan/words.h"

#include <algorithm>
#include <array>

namespace verbatim::plan {
namespace {

using namespace std::string_view_literals;

constexpr std::array purpose_list{"service"sv, "invitation"sv, "survey"sv, "marketing"sv};
constexpr std::array channel_list{"mail"sv, "sms"sv, "call"sv, "paper"sv};
constexpr std::array sender_list{"brand"sv, "dealer"sv, "both"sv};
constexpr std::array stop_list{"sold"sv, "complaint_open"sv, "unsubscribed"sv, "deceased"sv};
constexpr std::array basis_list{"none"sv, "yes"sv, "soft_optin"sv, "contract"sv, "legitimate_interest"sv};
constexpr std::array anchor_list{"order"sv, "delivery"sv, "service"sv, "review"sv, "complaint"sv, "case_closed"sv, "recall"sv, "improvement"sv,
                                 "registration"sv, "warranty_end"sv, "contract_end"sv, "finance_end"sv, "inspection_due"sv};
constexpr auto goal_list = [] {
    std::array<std::string_view, happenings + 1> all;
    std::copy_n(anchor_list.begin(), happenings, all.begin());
    all.back() = "click";
    return all;
}();
constexpr std::array outcome_list{"won_back"sv, "settled"sv, "lost"sv, "not_reached"sv};
constexpr std::array reward_list{"none"sv, "draw"sv, "voucher"sv};
constexpr std::array asks_list{"nothing"sv, "sale"sv, "workshop"sv, "vehicle"sv, "adviser"sv};
constexpr std::array energy_list{"petrol"sv, "diesel"sv, "hybrid"sv, "plug_in"sv, "electric"sv};
constexpr std::array use_list{"new"sv, "used"sv};
constexpr std::array finance_list{"none"sv, "loan"sv, "lease"sv};
constexpr std::array equipment_list{"winter_tyres"sv, "tow_bar"sv, "roof_box"sv, "charging_box"sv, "child_seat"sv, "floor_mats"sv, "bicycle_rack"sv, "dash_camera"sv};
constexpr std::array service_list{"new_car"sv, "used_car"sv, "workshop"sv, "bodyshop"sv, "rental"sv};
constexpr std::array weekday_list{"monday"sv, "tuesday"sv, "wednesday"sv, "thursday"sv, "friday"sv, "saturday"sv, "sunday"sv};
static_assert(purpose_list.size() == purposes && channel_list.size() == channels && stop_list.size() == stops && basis_list.size() == bases && anchor_list.size() == anchors);

using Type = FieldKind::Type;
constexpr std::array<FieldKind, fields> kinds{{
    {Type::language, "person.language"},
    {Type::country, "person.country"},
    {Type::flag, "person.company"},
    {Type::flag, "person.insider"},
    {Type::number, "person.age", 0, 120},
    {Type::number, "person.vehicles", 0, 1000},
    {Type::word, "vehicle.model"},
    {Type::word, "vehicle.energy", 0, 0, energy_names},
    {Type::word, "vehicle.use", 0, 0, use_names},
    {Type::number, "vehicle.age_months", 0, 600},
    {Type::number, "vehicle.mileage", 0, 2000000},
    {Type::set, "vehicle.equipment", 0, 0, equipment_names},
    {Type::flag, "vehicle.contract"},
    {Type::flag, "vehicle.warranty"},
    {Type::word, "vehicle.finance", 0, 0, finance_names},
    {Type::word, "product.segment"},
    {Type::country, "site.country"},
    {Type::word, "site.group"},
    {Type::set, "site.services", 0, 0, service_names},
    {Type::word, "consent.marketing", 0, 0, basis_names},
    {Type::word, "consent.tracking", 0, 0, basis_names},
    {Type::number, "history.services", 0, 1000},
    {Type::number, "history.months_since_service", 0, 600},
    {Type::number, "history.away_months", 0, 600},
    {Type::number, "history.reviews", 0, 1000},
    {Type::number, "history.last_score", 1, 5},
    {Type::number, "history.complaints", 0, 1000},
    {Type::campaigns, "history.received"},
}};

// How many letters must change (Levenshtein), at most `limit` + 1.
int distance(std::string_view one, std::string_view other) {
    std::vector<int> row(other.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<int>(i);
    for (std::size_t i = 1; i <= one.size(); ++i) {
        int corner = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const int above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, corner + (one[i - 1] == other[j - 1] ? 0 : 1)});
            corner = above;
        }
    }
    return row.back();
}

template <class List>
std::string near_one(std::string_view word, const List& list) {
    if (word.size() > 64) return "";
    std::string_view best;
    int least = 1000;
    for (const std::string_view known : list) {
        if (known.size() > 64) continue;
        const int changes = distance(word, known);
        if (changes < least) least = changes, best = known;
    }
    if (!best.empty() && least <= 1 + static_cast<int>(std::min(word.size(), best.size())) / 4) return "; did you mean \"" + std::string(best) + "\"?";
    if (std::size(list) == 0 || std::size(list) > 14) return "";
    std::string all = "; there ";
    all += std::size(list) == 1 ? "is " : "are ";
    bool first = true;
    for (const std::string_view known : list) {
        if (!first) all += ", ";
        all += known;
        first = false;
    }
    return all;
}

}  // namespace

Words purpose_names() { return purpose_list; }
Words channel_names() { return channel_list; }
Words sender_names() { return sender_list; }
Words stop_names() { return stop_list; }
Words basis_names() { return basis_list; }
Words anchor_names() { return anchor_list; }
Words goal_names() { return goal_list; }
Words outcome_names() { return outcome_list; }
Words reward_names() { return reward_list; }
Words asks_names() { return asks_list; }
Words energy_names() { return energy_list; }
Words use_names() { return use_list; }
Words finance_names() { return finance_list; }
Words equipment_names() { return equipment_list; }
Words service_names() { return service_list; }
Words weekday_names() { return weekday_list; }

std::string_view name_of(Purpose purpose) { return purpose_list[static_cast<std::size_t>(purpose)]; }
std::string_view name_of(Channel channel) { return channel_list[static_cast<std::size_t>(channel)]; }
std::string_view name_of(Anchor anchor) { return anchor_list[static_cast<std::size_t>(anchor)]; }

std::string_view name_of(const Goal& goal) { return goal.anchor ? name_of(*goal.anchor) : goal_list.back(); }

int index_of(Words words, std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

std::string near(std::string_view word, Words words) { return near_one(word, words); }
std::string near(std::string_view word, const std::vector<std::string>& words) { return near_one(word, words); }

const FieldKind& kind_of(Field field) { return kinds[static_cast<std::size_t>(field)]; }
std::span<const FieldKind> field_kinds() { return kinds; }

std::vector<std::string> field_names_under(std::string_view part) {
    std::vector<std::string> names;
    for (const auto& kind : kinds) {
        if (kind.name.size() > part.size() && kind.name.starts_with(part) && kind.name[part.size()] == '.') names.emplace_back(kind.name.substr(part.size() + 1));
    }
    return names;
}

int two_letters(std::string_view code) {
    if (code.size() != 2) return -1;
    int number = 0;
    for (const char letter : code) {
        const char small = static_cast<char>(letter | 0x20);
        if (small < 'a' || small > 'z') return -1;
        number = number * 26 + (small - 'a');
    }
    return number;
}

int Plan::find_campaign(std::string_view id) const {
    for (std::size_t i = 0; i < campaigns.size(); ++i)
        if (campaigns[i].id == id) return static_cast<int>(i);
    return -1;
}

const std::string* Template::subject(std::string_view language) const {
    for (const auto& [of, words] : subjects)
        if (of == language) return &words;
    return nullptr;
}

}  // namespace verbatim::plan
