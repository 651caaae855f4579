// The contact plan: whom to write to, when, by which channel, with which words, as a file people read (docs/plan.md). read_plan()
// turns the file into this; everything here is plain data, so that deciding is arithmetic.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::plan {

// What a message is for; the right to send it hangs on that (norms EML-10, GDP-1).
enum class Purpose : std::uint8_t { service, invitation, survey, marketing };
enum class Channel : std::uint8_t { mail, sms, call, paper };
enum class Sender : std::uint8_t { brand, dealer, both };
enum class Stop : std::uint8_t { sold, complaint_open, unsubscribed, deceased };
// yes | soft_optin | contract | legitimate_interest; none: nobody said anything, or said no.
enum class Basis : std::uint8_t { none, yes, soft_optin, contract, legitimate_interest };

// What a trigger counts from: things that happened, and days the vehicle has.
enum class Anchor : std::uint8_t {
    order, delivery, service, review, complaint, case_closed, recall, improvement,
    registration, warranty_end, contract_end, finance_end, inspection_due,
};
inline constexpr int happenings = 8, anchors = 13;
constexpr bool is_day(Anchor anchor) { return static_cast<int>(anchor) >= happenings; }

inline constexpr int purposes = 4, channels = 4, bases = 5, stops = 4;

enum class Field : std::uint8_t {
    person_language, person_country, person_company, person_insider, person_age, person_vehicles,
    vehicle_model, vehicle_energy, vehicle_use, vehicle_age_months, vehicle_mileage, vehicle_equipment, vehicle_contract, vehicle_warranty, vehicle_finance,
    product_segment,
    site_country, site_group, site_services,
    consent_marketing, consent_tracking,
    history_services, history_months_since_service, history_away_months, history_reviews, history_last_score, history_complaints, history_received,
};
inline constexpr int fields = 28;

inline constexpr int most_values = 704;  // of a field that is one of several: countries and languages are two letters, 26 * 26
inline constexpr int most_campaigns = 256;

// One thing that must hold (or, negated, must not). Numbers lie in from..to; a word is one of `any`; a set has all of `has` and
// none of `lacks`. What is not known about a person or vehicle fulfils no condition, negated or not.
struct Condition {
    Field field{};
    bool negated = false;
    std::int64_t from = 0, to = 0;
    std::bitset<most_values> any;
    std::bitset<most_campaigns> has, lacks;
    int line = 0;
};

struct Offset {
    int months = 0, days = 0;  // added in this order, months by the calendar; both may be negative
};

struct Trigger {
    std::optional<Anchor> anchor;     // or
    int campaign = -1;                // another campaign's message
    bool unanswered = false;          // campaign: only while that one's goal was not reached
    Offset after;
    int every_months = 0, first = 1, last = 1;  // repeated; the n-th is n * every_months after the anchor, plus `after`
    bool latest = false;              // holds only as long as the same did not happen again: inactivity, "last service"
    int score_from = 1, score_to = 5; // review
    std::uint32_t outcomes = ~0u;     // case_closed: bits of outcome_names
    int line = 0;
};

struct Cap {
    int at_most = 0, days = 0;
    std::uint8_t purposes = 0x0f, channels = 0x0f;  // bits
    int line = 0;
};

struct Hours {
    int from = 20 * 60, to = 8 * 60;  // quiet from..to, minutes of the day, over midnight where from > to; equal: never
    std::uint8_t days = 0;            // bits, Monday first: quiet all day
};

struct Goal {
    std::optional<Anchor> anchor{Anchor::order};  // what happens; nothing: a person follows a link of the letter (clicks.h)
    int days = 0;
};

struct Variant {
    std::string id;
    int share = 0;   // percent
    int template_number = -1;
    int line = 0;
};

// When a split may end (decision 30): ground/stats/sequential.h with this error of the first kind, looked at any day.
struct Stopping {
    double alpha = 0.05;
    int not_before_days = 28, not_after_days = 365;
};

enum class Reward : std::uint8_t { none, draw, voucher };
enum class Asks : std::uint8_t { nothing, sale, workshop, vehicle, adviser };

struct Campaign {
    std::string id, name;
    Purpose purpose{};
    Sender sender = Sender::brand;
    int template_number = -1;
    std::vector<Channel> channels;    // the first that reaches the person
    std::uint8_t consent = 0;         // bits of Basis: which suffice, where the country's law lets them
    Trigger trigger;
    std::vector<Condition> conditions;
    int priority = 50;                // 1..100, higher goes first
    int at_minute = 600;              // of the person's day
    int valid_days = 14;              // how long it may wait for caps, quiet hours, an open complaint
    std::uint8_t stops = 0;           // bits of Stop
    std::optional<Cap> cap;           // of this campaign, for one vehicle
    std::optional<Goal> goal;
    std::vector<Variant> variants;
    std::optional<Stopping> stopping;
    Reward reward = Reward::none;
    Asks asks = Asks::nothing;
    bool opens = false;               // with a picture that tells when it was opened (norm EML-11)
    int line = 0, stop_line = 0, consent_line = 0, opens_line = 0, asks_line = 0, reward_line = 0, at_line = 0;
};

struct Template {
    std::string name;
    std::vector<std::pair<std::string, std::string>> subjects;  // language, words
    std::vector<int> lines;
    int line = 0;
    const std::string* subject(std::string_view language) const;
};

struct Plan {
    std::string name, version, fallback;
    std::vector<std::string> languages, countries;
    std::vector<std::string> models, groups, segments;   // values of fields the house names itself
    std::vector<Campaign> campaigns;
    std::vector<Template> templates;
    std::vector<Cap> caps;               // of one person, over everything
    int gap_days = 0;                    // between any two of one person, but for purpose service
    std::array<Hours, plan::channels> quiet{};
    int too_often = 4, too_often_days = 30;  // what `simulate` calls too often

    int find_campaign(std::string_view id) const;  // -1
};

}  // namespace verbatim::plan
