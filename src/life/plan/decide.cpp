#include "life/plan/decide.h"

#include <algorithm>

#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

// Howard Hinnant's days_from_civil and civil_from_days (http://howardhinnant.github.io/date_algorithms.html), from March on.
struct Civil {
    std::int64_t year;
    int month, day;
};
constexpr Civil civil_of(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto of_era = static_cast<unsigned>(days - era * 146097);
    const unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted = (5 * of_year + 2) / 153;
    const auto month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1)};
}
constexpr std::int64_t days_of(std::int64_t year, int month, int day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(year - era * 400);
    const auto of_year = static_cast<unsigned>((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1);
    return era * 146097 + static_cast<std::int64_t>(year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year) - 719468;
}
constexpr int length_of(std::int64_t year, int month) {
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : lengths[month - 1];
}

// Whole months from one day to a later one.
std::int64_t months_between(std::int64_t from, std::int64_t to) {
    const auto a = civil_of(from), b = civil_of(to);
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
}

// Sebastiano Vigna's splitmix64: every bit of the result hangs on every bit of both.
std::uint64_t mixed(std::uint64_t one, std::uint64_t other) {
    std::uint64_t z = one + 0x9e3779b97f4a7c15 * (other | 1);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

bool bit(std::uint32_t bits, int number) { return bits >> number & 1; }
bool stops_for(const Campaign& campaign, Stop stop) { return bit(campaign.stops, static_cast<int>(stop)); }

// What is sold is not bought back, and nobody rises from the dead: no repetition either.
bool ends(Outcome outcome) { return outcome == Outcome::sold || outcome == Outcome::deceased; }

bool counts(const Cap& cap, const Campaign& campaign, Channel channel) {
    return bit(cap.purposes, static_cast<int>(campaign.purpose)) && bit(cap.channels, static_cast<int>(channel));
}

}  // namespace

std::int64_t add_months(std::int64_t day, int months) {
    if (months == 0) return day;
    auto civil = civil_of(day);
    const std::int64_t count = civil.year * 12 + civil.month - 1 + months;
    const std::int64_t year = count >= 0 ? count / 12 : -((11 - count) / 12);
    const auto month = static_cast<int>(count - year * 12) + 1;
    return days_of(year, month, std::min(civil.day, length_of(year, month)));
}

std::string_view name_of(Outcome outcome) {
    static constexpr std::string_view names[outcomes] = {"sent", "sold", "deceased", "unsubscribed", "insider", "condition", "no_basis", "no_channel", "superseded", "answered", "capped", "too_late", "no_words"};
    return names[static_cast<std::size_t>(outcome)];
}

Rules::Rules(Plan plan) : plan_(std::move(plan)), listeners_(anchors), followers_(plan_.campaigns.size()), law_(most_values) {
    for (std::size_t i = 0; i < plan_.campaigns.size(); ++i) {
        const auto& campaign = plan_.campaigns[i];
        const auto number = static_cast<int>(i);
        if (campaign.trigger.anchor) listeners_[static_cast<std::size_t>(*campaign.trigger.anchor)].push_back(number);
        else followers_[static_cast<std::size_t>(campaign.trigger.campaign)].push_back(number);
        std::uint64_t salt = 0xcbf29ce484222325;  // FNV-1a of the id: another plan version gives the same people the same variant
        for (const char letter : campaign.id) salt = (salt ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
        salt_.push_back(salt);
        if (campaign.cap) longest_cap_ = std::max(longest_cap_, campaign.cap->days);
    }
    for (const auto& cap : plan_.caps) longest_cap_ = std::max(longest_cap_, cap.days);
    longest_cap_ = std::max(longest_cap_, plan_.gap_days);
    for (const auto& country : plan_.countries) {
        auto& law = law_[static_cast<std::size_t>(two_letters(country))];
        for (int purpose = 1; purpose < purposes; ++purpose)
            for (int basis = 1; basis < bases; ++basis)
                if (network::basis_suffices(country, purpose_names()[static_cast<std::size_t>(purpose)], basis_names()[static_cast<std::size_t>(basis)])) law[static_cast<std::size_t>(purpose)] |= static_cast<std::uint8_t>(1u << basis);
    }
}

void Agenda::start(const Person& person, const History& past, Seconds from) {
    person_ = &person;
    from_ = from;
    open_complaints_ = 0;
    open_.clear(), sent_.clear(), sent_days_.clear();
    sums_.assign(person.vehicles.size(), {});
    done_.clear();
    for (const auto& touch : past.touches) done_.push_back({touch.due_day, touch.campaign, touch.vehicle, touch.outcome});
    for (std::size_t vehicle = 0; vehicle < person.vehicles.size(); ++vehicle)
        for (int anchor = happenings; anchor < anchors; ++anchor) day_changed(static_cast<int>(vehicle), static_cast<Anchor>(anchor), from);
    auto happening = past.happenings.begin();
    for (const auto& touch : past.touches) {
        for (; happening != past.happenings.end() && happening->at <= touch.at; ++happening) happened(*happening);
        if (touch.outcome != Outcome::sent) continue;
        keep(touch);
        follow(touch);
    }
    for (; happening != past.happenings.end(); ++happening) happened(*happening);
}

void Agenda::count(const Happening& happening) {
    auto& sums = sums_[static_cast<std::size_t>(happening.vehicle)];
    sums.last[static_cast<std::size_t>(happening.what)] = happening.at;
    switch (happening.what) {
        case Anchor::service: {
            const auto day = person_->zone->local(happening.at).day;
            if (sums.last_service != unknown_day) sums.away_months = months_between(sums.last_service, day);
            sums.last_service = day;
            ++sums.services;
            break;
        }
        case Anchor::review:
            ++sums.reviews;
            sums.last_score = happening.score;
            break;
        case Anchor::complaint:
            ++sums.complaints;
            ++open_complaints_;
            break;
        case Anchor::case_closed:
            open_complaints_ = std::max(0, open_complaints_ - 1);
            for (auto& one : open_)
                if (one.held) one.held = false, one.ripe = happening.at;
            break;
        default: break;
    }
}

void Agenda::happened(const Happening& happening) {
    count(happening);
    for (const int number : rules_.listeners_[static_cast<std::size_t>(happening.what)]) {
        const auto& trigger = rules_.plan_.campaigns[static_cast<std::size_t>(number)].trigger;
        if (happening.what == Anchor::review && (happening.score < trigger.score_from || happening.score > trigger.score_to)) continue;
        if (happening.what == Anchor::case_closed && (happening.outcome < 0 || !bit(trigger.outcomes, happening.outcome))) continue;
        open(number, happening.vehicle, happening.at, person_->zone->local(happening.at).day, trigger.every_months ? trigger.first : 0);
    }
}

void Agenda::day_changed(int vehicle, Anchor anchor, Seconds now) {
    const Seconds before = std::exchange(from_, std::max(from_, now));  // what the new day would have brought before today is past
    const auto day = person_->vehicles[static_cast<std::size_t>(vehicle)].day_of(anchor);
    for (const int number : rules_.listeners_[static_cast<std::size_t>(anchor)]) {
        std::erase_if(open_, [&](const Occurrence& one) { return one.campaign == number && one.vehicle == vehicle; });
        if (day == unknown_day) continue;
        open(number, vehicle, 0, day, rules_.plan_.campaigns[static_cast<std::size_t>(number)].trigger.every_months ? rules_.plan_.campaigns[static_cast<std::size_t>(number)].trigger.first : 0);
    }
    from_ = before;
}

// Opens an occurrence, or where that one is settled or long past, the next repetition of it.
void Agenda::open(int number, int vehicle, Seconds anchor_at, std::int64_t anchor_day, int repeat) {
    const auto& campaign = rules_.plan_.campaigns[static_cast<std::size_t>(number)];
    const auto& trigger = campaign.trigger;
    for (;; ++repeat) {
        const std::int64_t due = add_months(anchor_day, trigger.every_months * repeat + trigger.after.months) + trigger.after.days;
        Occurrence one;
        one.anchor_at = anchor_at;
        one.campaign = static_cast<std::int16_t>(number), one.vehicle = static_cast<std::int16_t>(vehicle), one.repeat = static_cast<std::int16_t>(repeat);
        one.due_day = static_cast<std::int32_t>(due);
        one.ripe = std::max(person_->zone->moment_of(due, campaign.at_minute), anchor_at);  // not before what it follows
        const auto settled = std::find_if(done_.rbegin(), done_.rend(), [&](const Key& key) { return key.due_day == one.due_day && key.campaign == one.campaign && key.vehicle == one.vehicle; });
        if (settled != done_.rend() && ends(settled->outcome)) return;
        if (one.ripe >= from_ && settled == done_.rend()) {
            // The same day twice (two visits in one day) is one message.
            for (const auto& other : open_)
                if (other.campaign == one.campaign && other.vehicle == one.vehicle && other.due_day == one.due_day) return;
            open_.push_back(one);
            return;
        }
        if (!trigger.every_months || repeat >= trigger.last) return;
    }
}

void Agenda::repeat(const Occurrence& done) {
    const auto& trigger = rules_.plan_.campaigns[static_cast<std::size_t>(done.campaign)].trigger;
    if (!trigger.every_months || done.repeat >= trigger.last) return;
    const auto day = is_day(*trigger.anchor) ? person_->vehicles[static_cast<std::size_t>(done.vehicle)].day_of(*trigger.anchor) : person_->zone->local(done.anchor_at).day;
    open(done.campaign, done.vehicle, done.anchor_at, day, done.repeat + 1);
}

void Agenda::keep(const Touch& touch) {
    sent_.push_back(touch);
    sent_days_.push_back(static_cast<std::int32_t>(person_->zone->local(touch.at).day));
    sums_[static_cast<std::size_t>(touch.vehicle)].received.set(static_cast<std::size_t>(touch.campaign));
}

void Agenda::follow(const Touch& touch) {
    for (const int number : rules_.followers_[static_cast<std::size_t>(touch.campaign)]) open(number, touch.vehicle, touch.at, person_->zone->local(touch.at).day, 0);
}

Seconds Agenda::next() const {
    Seconds first = never;
    for (const auto& one : open_) first = std::min(first, one.ripe);
    return first;
}

bool Agenda::holds(const Condition& condition, int number, std::int64_t today) const {
    const auto& vehicle = person_->vehicles[static_cast<std::size_t>(number)];
    const auto& sums = sums_[static_cast<std::size_t>(number)];
    const auto among = [&](int value) { return value >= 0 && condition.any.test(static_cast<std::size_t>(value)) != condition.negated; };
    const auto within = [&](std::int64_t value) { return (value >= condition.from && value <= condition.to) != condition.negated; };
    const auto contains = [&](const std::bitset<most_campaigns>& set) { return ((condition.has & ~set).none() && (condition.lacks & set).none()) != condition.negated; };
    const auto months_since = [&](std::int64_t day) { return day != unknown_day && day <= today && within(months_between(day, today)); };
    const auto until = [&](std::int64_t day) { return day != unknown_day && today <= day; };
    switch (condition.field) {
        case Field::person_language: return among(person_->language);
        case Field::person_country: return among(person_->country);
        case Field::person_company: return within(person_->company);
        case Field::person_insider: return within(person_->insider);
        case Field::person_age: return person_->born != unknown_day && within(months_between(person_->born, today) / 12);
        case Field::person_vehicles: {
            const auto now = person_->vehicles.size();
            return within(static_cast<std::int64_t>(now));
        }
        case Field::vehicle_model: return among(vehicle.model);
        case Field::vehicle_energy: return among(vehicle.energy);
        case Field::vehicle_use: return among(vehicle.use);
        case Field::vehicle_age_months: return months_since(vehicle.day_of(Anchor::registration));
        case Field::vehicle_mileage: return vehicle.mileage >= 0 && within(vehicle.mileage);
        case Field::vehicle_equipment: return contains(std::bitset<most_campaigns>(vehicle.equipment));
        case Field::vehicle_contract: return within(vehicle.contract_from != unknown_day && vehicle.contract_from <= today && until(vehicle.day_of(Anchor::contract_end)));
        case Field::vehicle_warranty: return within(until(vehicle.day_of(Anchor::warranty_end)));
        case Field::vehicle_finance: return among(vehicle.finance);
        case Field::product_segment: return among(vehicle.segment);
        case Field::site_country: return among(vehicle.site_country);
        case Field::site_group: return among(vehicle.site_group);
        case Field::site_services: return contains(std::bitset<most_campaigns>(vehicle.site_services));
        case Field::consent_marketing: return among(static_cast<int>(person_->consent[static_cast<std::size_t>(Purpose::marketing)]));
        case Field::consent_tracking: return among(static_cast<int>(person_->tracking));
        case Field::history_services: return within(sums.services);
        // Never is no number of months: neither few nor many. So "unless it came lately" lets those pass who never came.
        case Field::history_months_since_service: return sums.last_service == unknown_day ? condition.negated : months_since(sums.last_service);
        case Field::history_away_months: return sums.away_months < 0 ? condition.negated : within(sums.away_months);
        case Field::history_reviews: return within(sums.reviews);
        case Field::history_last_score: return sums.last_score == 0 ? condition.negated : within(sums.last_score);
        case Field::history_complaints: return within(sums.complaints);
        case Field::history_received: return contains(sums.received);
    }
    return false;
}

// The first day, from today on, on which the gap and every cap have room for one more.
std::int64_t Agenda::free_day(const Campaign& campaign, int number, int vehicle, Channel channel, std::int64_t today) const {
    const auto& plan = rules_.plan_;
    std::int64_t day = today;
    const bool service = campaign.purpose == Purpose::service;
    if (plan.gap_days && !service && !sent_days_.empty()) {
        // A service message goes at once, but what comes behind it keeps its distance.
        day = std::max(day, static_cast<std::int64_t>(sent_days_.back()) + plan.gap_days);
    }
    const auto hold = [&](const Cap& cap, auto&& counted) {
        int found = 0;
        for (auto i = sent_.size(); i-- > 0 && sent_days_[i] + cap.days > today;) {
            if (counted(sent_[i]) && ++found == cap.at_most) {
                day = std::max(day, static_cast<std::int64_t>(sent_days_[i]) + cap.days);
                return;
            }
        }
    };
    for (const auto& cap : plan.caps) {
        if (!counts(cap, campaign, channel)) continue;
        hold(cap, [&](const Touch& touch) { return counts(cap, plan.campaigns[static_cast<std::size_t>(touch.campaign)], touch.channel); });
    }
    if (campaign.cap) hold(*campaign.cap, [&](const Touch& touch) { return touch.campaign == number && touch.vehicle == vehicle; });
    return day;
}

// The first moment of a day at which this may go by this channel; the day after where the whole day is quiet.
Seconds Agenda::earliest(const Campaign& campaign, Channel channel, std::int64_t day) const {
    const auto& quiet = rules_.plan_.quiet[static_cast<std::size_t>(channel)];
    while (bit(quiet.days, static_cast<int>(((day + 3) % 7 + 7) % 7))) ++day;  // 1970-01-01 was a Thursday
    int minute = campaign.at_minute;
    if (quiet.from < quiet.to) {
        if (minute >= quiet.from && minute < quiet.to) minute = quiet.to;
    } else if (quiet.from > quiet.to) {
        if (minute < quiet.to) minute = quiet.to;
        else if (minute >= quiet.from) return earliest(campaign, channel, day + 1);
    }
    return person_->zone->moment_of(day, minute);
}

Agenda::Answer Agenda::answer(Occurrence& one, Seconds now, const Zone::Local& local, Touch& touch) {
    const auto& campaign = rules_.plan_.campaigns[static_cast<std::size_t>(one.campaign)];
    const auto& vehicle = person_->vehicles[static_cast<std::size_t>(one.vehicle)];
    const auto& sums = sums_[static_cast<std::size_t>(one.vehicle)];
    const auto no = [&](Outcome why) { return touch.outcome = why, Answer::no; };
    const bool owed = campaign.purpose == Purpose::service;
    const auto reached = std::find_if(campaign.channels.begin(), campaign.channels.end(), [&](Channel channel) {
        return bit(person_->reached_by, static_cast<int>(channel)) && (!bit(person_->closed, static_cast<int>(channel)) || (owed && channel == Channel::mail));
    });
    // First whether it could go at this moment, then whether it may at all, so that the answer does not hang on how often somebody
    // looks: what waits is asked nothing else, and what cannot go in time is given up when its time is over, not when that is foreseen.
    if (reached != campaign.channels.end()) {
        const Seconds end = person_->zone->moment_of(one.due_day + campaign.valid_days + 1, campaign.at_minute);
        const bool over = now >= end;
        const auto wait = [&](Seconds until, Outcome otherwise) {
            if (over) return no(otherwise);
            one.ripe = std::max(now + one_minute, std::min(until, end));
            return Answer::wait;
        };
        one.held = stops_for(campaign, Stop::complaint_open) && open_complaints_ > 0;
        if (one.held) return wait(earliest(campaign, *reached, local.day + 1), Outcome::too_late);
        const auto free = free_day(campaign, one.campaign, one.vehicle, *reached, local.day);
        if (free > local.day) return wait(earliest(campaign, *reached, free), Outcome::capped);
        if (over) return no(Outcome::too_late);
        // At this hour? Later the same day is fine, unless the quiet hours have begun.
        if (const auto first = earliest(campaign, *reached, local.day); now < first) return wait(first, Outcome::too_late);
        const auto& quiet = rules_.plan_.quiet[static_cast<std::size_t>(*reached)];
        const bool begun = quiet.from < quiet.to ? local.minute >= quiet.from && local.minute < quiet.to : quiet.from > quiet.to && (local.minute >= quiet.from || local.minute < quiet.to);
        if (begun) return wait(earliest(campaign, *reached, local.day + 1), Outcome::too_late);
    }
    if (stops_for(campaign, Stop::deceased) && person_->deceased <= now) return no(Outcome::deceased);
    if (stops_for(campaign, Stop::sold) && vehicle.sold <= now) return no(Outcome::sold);
    if (stops_for(campaign, Stop::unsubscribed) && person_->unsubscribed[static_cast<std::size_t>(campaign.purpose)] <= now) return no(Outcome::unsubscribed);
    if (person_->insider && campaign.purpose == Purpose::invitation) return no(Outcome::insider);  // norm INC-4
    const auto& trigger = campaign.trigger;
    if (trigger.latest && trigger.anchor && !is_day(*trigger.anchor) && sums.last[static_cast<std::size_t>(*trigger.anchor)] > one.anchor_at) return no(Outcome::superseded);
    if (trigger.unanswered) {
        const auto& goal = rules_.plan_.campaigns[static_cast<std::size_t>(trigger.campaign)].goal;
        if (goal && goal->anchor && sums.last[static_cast<std::size_t>(*goal->anchor)] >= one.anchor_at) return no(Outcome::answered);
    }
    for (std::size_t i = 0; i < campaign.conditions.size(); ++i) {
        if (holds(campaign.conditions[i], one.vehicle, local.day)) continue;
        touch.reason = static_cast<std::int8_t>(std::min<std::size_t>(i, 127));
        return no(Outcome::condition);
    }
    if (campaign.purpose != Purpose::service) {
        const auto basis = static_cast<int>(person_->consent[static_cast<std::size_t>(campaign.purpose)]);
        const auto law = person_->country >= 0 ? rules_.law_[static_cast<std::size_t>(person_->country)][static_cast<std::size_t>(campaign.purpose)] : 0;
        if (basis == 0 || !bit(campaign.consent & law, basis)) return no(Outcome::no_basis);
    }
    if (reached == campaign.channels.end()) return no(Outcome::no_channel);

    touch.outcome = Outcome::sent;
    touch.channel = *reached;
    if (!campaign.variants.empty()) {
        auto drawn = static_cast<int>(mixed(person_->number, rules_.salt_[static_cast<std::size_t>(one.campaign)]) % 100);
        for (std::size_t i = 0; i < campaign.variants.size(); ++i) {
            touch.variant = static_cast<std::int8_t>(i);
            if ((drawn -= campaign.variants[i].share) < 0) break;
        }
    }
    return Answer::go;
}

void Agenda::decide(Seconds now, std::vector<Touch>& decided) {
    for (;;) {
        ripe_.clear();
        for (const auto& one : open_)
            if (one.ripe <= now) ripe_.push_back(one);
        if (ripe_.empty()) return;
        std::erase_if(open_, [&](const Occurrence& one) { return one.ripe <= now; });
        const auto& campaigns = rules_.plan_.campaigns;
        if (ripe_.size() > 1) {
            std::sort(ripe_.begin(), ripe_.end(), [&](const Occurrence& a, const Occurrence& b) {
                const int first = -campaigns[static_cast<std::size_t>(a.campaign)].priority, second = -campaigns[static_cast<std::size_t>(b.campaign)].priority;
                return std::tie(first, a.campaign, a.vehicle, a.due_day) < std::tie(second, b.campaign, b.vehicle, b.due_day);
            });
        }
        const auto local = person_->zone->local(now);
        for (std::size_t i = 0; i < ripe_.size(); ++i) {
            auto one = ripe_[i];
            Touch touch{one.campaign, one.vehicle, one.due_day, now};
            switch (answer(one, now, local, touch)) {
                case Answer::wait:
                    open_.push_back(one);
                    continue;
                case Answer::go:
                    keep(touch);
                    break;
                case Answer::no: break;
            }
            decided.push_back(touch);
            done_.push_back({touch.due_day, touch.campaign, touch.vehicle, touch.outcome});
            if (!ends(touch.outcome)) repeat(one);
            if (touch.outcome == Outcome::sent) follow(touch);
        }
    }
}

std::vector<Touch> decide(const Rules& rules, const Person& person, const History& past, Seconds from, Seconds now) {
    Agenda agenda(rules);
    agenda.start(person, past, from);
    std::vector<Touch> decided;
    agenda.decide(now, decided);
    return decided;
}

}  // namespace verbatim::plan
