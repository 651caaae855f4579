#include "life/plan/preview.h"

#include <algorithm>
#include <charconv>
#include <iomanip>
#include <ostream>

#include "ground/base/calendar.h"
#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

std::vector<std::string_view> parts(std::string_view text, char between) {
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const auto end = std::min(text.find(between), text.size());
        if (end > 0) found.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

std::optional<int> number(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
    return value;
}

std::optional<std::int64_t> day_of(std::string_view text) {
    const auto date = parse_date(text);
    if (!date || text.size() != 10 || date->year < 1990 || date->year > 2090) return std::nullopt;
    return midnight(*date) / one_day;
}

Error wrong(std::string_view what, std::string_view value, const std::string& hint) { return invalid("person", std::string(what) + " \"" + std::string(value.substr(0, 80)) + "\" is not known" + hint, "person"); }

// The person and the few numbers that make a life.
struct Told {
    Person person;
    std::int64_t ordered = 0;
    int services = 10, contract = 0;
    std::optional<std::int64_t> sold, deceased, unsubscribed;
};

Result<void> set(Told& told, const Plan& plan, std::string_view key, std::string_view value) {
    auto& person = told.person;
    auto& vehicle = person.vehicles.front();
    const auto one_of = [&](Words words, auto&& keep) -> Result<void> {
        const int index = index_of(words, value);
        if (index < 0) return wrong(key, value, near(value, words));
        keep(index);
        return {};
    };
    const auto own = [&](const std::vector<std::string>& words, int& into) -> Result<void> {
        const auto found = std::find(words.begin(), words.end(), value);
        if (found == words.end()) return wrong(key, value, near(value, words));
        into = static_cast<int>(found - words.begin());
        return {};
    };
    const auto bits = [&](Words words, auto& into) -> Result<void> {
        into = 0;
        for (const auto part : parts(value, '+')) {
            const int index = index_of(words, part);
            if (index < 0) return wrong(key, part, near(part, words));
            into = static_cast<std::remove_reference_t<decltype(into)>>(into | 1u << index);
        }
        return {};
    };
    const auto day = [&](auto& into) -> Result<void> {
        const auto read = day_of(value);
        if (!read) return invalid("person", std::string(key) + " takes a day: 2027-01-15", "person");
        into = *read;
        return {};
    };
    const auto flag = [&](bool& into) -> Result<void> {
        if (value != "yes" && value != "no") return invalid("person", std::string(key) + " takes yes or no", "person");
        into = value == "yes";
        return {};
    };
    const auto count = [&](int most, int& into) -> Result<void> {
        const auto read = number(value, 0, most);
        if (!read) return invalid("person", std::string(key) + " takes a whole number up to " + std::to_string(most), "person");
        into = *read;
        return {};
    };
    const auto basis = [&](Purpose purpose) { return one_of(basis_names(), [&](int index) { person.consent[static_cast<std::size_t>(purpose)] = static_cast<Basis>(index); }); };
    if (key == "country") {
        if (std::find(plan.countries.begin(), plan.countries.end(), value) == plan.countries.end()) return wrong(key, value, near(value, plan.countries));
        person.country = two_letters(value);
        person.zone = Zone::named(network::default_timezone(value));
        vehicle.site_country = person.country;
        return {};
    }
    if (key == "language") {
        if (std::find(plan.languages.begin(), plan.languages.end(), value) == plan.languages.end()) return wrong(key, value, near(value, plan.languages));
        person.language = two_letters(value);
        return {};
    }
    if (key == "order") return day(told.ordered);
    if (key == "sold") return day(told.sold);
    if (key == "deceased") return day(told.deceased);
    if (key == "unsubscribed") return day(told.unsubscribed);
    if (key == "use") return one_of(use_names(), [&](int index) { vehicle.use = index; });
    if (key == "energy") return one_of(energy_names(), [&](int index) { vehicle.energy = index; });
    if (key == "finance") return one_of(finance_names(), [&](int index) { vehicle.finance = index; });
    if (key == "model") return own(plan.models, vehicle.model);
    if (key == "segment") return own(plan.segments, vehicle.segment);
    if (key == "group") return own(plan.groups, vehicle.site_group);
    if (key == "equipment") return bits(equipment_names(), vehicle.equipment);
    if (key == "channels") return bits(channel_names(), person.reached_by);
    if (key == "company") return flag(person.company);
    if (key == "insider") return flag(person.insider);
    if (key == "contract") return count(240, told.contract);
    if (key == "services") return count(30, told.services);
    if (key == "marketing") return basis(Purpose::marketing);
    if (key == "invitation") return basis(Purpose::invitation);
    if (key == "survey") return basis(Purpose::survey);
    if (key == "tracking") return one_of(basis_names(), [&](int index) { person.tracking = static_cast<Basis>(index); });
    if (key == "consent") {
        for (const auto purpose : {Purpose::marketing, Purpose::invitation, Purpose::survey})
            if (auto done = basis(purpose); !done) return done;
        return {};
    }
    static const std::vector<std::string> keys{"country", "language", "order", "sold", "deceased", "unsubscribed", "use", "energy", "finance", "model", "segment", "group", "equipment", "channels",
                                               "company", "insider", "contract", "services", "marketing", "invitation", "survey", "tracking", "consent"};
    return wrong("--person: key", key, near(key, keys));
}

Result<Told> person_of(const Plan& plan, std::string_view text, std::int64_t first_day) {
    Told told;
    told.ordered = first_day;
    auto& person = told.person;
    person.number = 1;
    person.reached_by = 0x0f;
    person.consent = {Basis::none, Basis::yes, Basis::yes, Basis::yes};
    person.vehicles.emplace_back();
    auto& vehicle = person.vehicles.front();
    vehicle.use = 0, vehicle.energy = 0, vehicle.finance = 0, vehicle.site_services = 0b101;
    if (!plan.segments.empty()) vehicle.segment = 0;
    if (auto done = set(told, plan, "country", plan.countries.front()); !done) return done.error();
    bool language = false;
    for (const auto part : parts(text, ',')) {
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return invalid("person", "--person takes key=value with commas between: country=FR,order=2027-01-15", "person");
        const auto key = part.substr(0, equals);
        language = language || key == "language";
        if (auto done = set(told, plan, key, part.substr(equals + 1)); !done) return done.error();
    }
    if (!language) {
        const std::string country{static_cast<char>('A' + person.country / 26), static_cast<char>('A' + person.country % 26)};
        const std::string spoken(network::default_locale(country));
        person.language = two_letters(std::find(plan.languages.begin(), plan.languages.end(), spoken) != plan.languages.end() ? spoken : plan.fallback);
    }
    return told;
}

Result<Happening> event_of(std::string_view text, const Zone& zone) {
    const auto words = parts(text, ' ');
    const auto day = words.empty() ? std::nullopt : day_of(words[0]);
    if (!day || words.size() < 2 || words.size() > 3) return invalid("event", "--event takes a day and what happens: \"2028-03-01 recall\", \"2027-04-01 review 5\"", "event");
    const int what = index_of(anchor_names().first(happenings), words[1]);
    if (what < 0) return invalid("event", "--event: \"" + std::string(words[1].substr(0, 80)) + "\" is not known" + near(words[1], anchor_names().first(happenings)), "event");
    Happening made{static_cast<Anchor>(what), 0, zone.moment_of(*day, 12 * 60)};
    if (made.what == Anchor::review) {
        const auto score = words.size() == 3 ? number(words[2], 1, 5) : std::nullopt;
        if (!score) return invalid("event", "--event: a review has a score: \"2027-04-01 review 5\"", "event");
        made.score = *score;
    } else if (made.what == Anchor::case_closed) {
        made.outcome = words.size() == 3 ? index_of(outcome_names(), words[2]) : -1;
        if (made.outcome < 0) return invalid("event", "--event: a closed case has an outcome" + near(words.size() == 3 ? words[2] : "", outcome_names()), "event");
    } else if (words.size() == 3) {
        return invalid("event", "--event: nothing follows " + std::string(words[1]), "event");
    }
    return made;
}

std::string two_letter_text(int code) { return {static_cast<char>('a' + code / 26), static_cast<char>('a' + code % 26)}; }

}  // namespace

Result<std::vector<Entry>> timeline(const Rules& rules, const PreviewWish& wish, std::int64_t first_day) {
    const auto& plan = rules.plan();
    auto told = person_of(plan, wish.person, first_day);
    if (!told) return told.error();
    auto& person = told->person;
    auto& vehicle = person.vehicles.front();
    const auto& zone = *person.zone;
    const auto noon = [&](std::int64_t day) { return zone.moment_of(day, 12 * 60); };
    if (told->sold) vehicle.sold = noon(*told->sold);
    if (told->deceased) person.deceased = noon(*told->deceased);
    if (told->unsubscribed) person.unsubscribed.fill(noon(*told->unsubscribed));
    // An ordinary life: delivered after two months, a warranty of three years, a visit a year, inspections after four years and every two.
    const std::int64_t delivered = told->ordered + 60, registered = delivered - 3, end = add_months(told->ordered, 12 * wish.years);
    vehicle.day_of(Anchor::registration) = registered;
    vehicle.day_of(Anchor::warranty_end) = add_months(registered, 36);
    if (told->contract) vehicle.contract_from = delivered, vehicle.day_of(Anchor::contract_end) = add_months(delivered, told->contract);
    if (vehicle.finance) vehicle.day_of(Anchor::finance_end) = add_months(delivered, 48);
    vehicle.day_of(Anchor::inspection_due) = add_months(registered, 48);
    std::vector<Happening> happenings_told{{Anchor::order, 0, noon(told->ordered)}, {Anchor::delivery, 0, noon(delivered)}};
    for (int year = 1; year <= told->services; ++year) happenings_told.push_back({Anchor::service, 0, noon(add_months(registered, 12 * year))});
    for (const auto& text : wish.events) {
        const auto event = event_of(text, zone);
        if (!event) return event.error();
        happenings_told.push_back(*event);
    }
    std::stable_sort(happenings_told.begin(), happenings_told.end(), [](const Happening& a, const Happening& b) { return a.at < b.at; });

    const auto moment = [&](Seconds at) {
        const auto local = zone.local(at);
        std::string clock = std::to_string(100 + local.minute / 60).substr(1) + ":" + std::to_string(100 + local.minute % 60).substr(1);
        return format_date(local.day * one_day) + " " + clock;
    };
    const auto language = two_letter_text(person.language);
    Agenda agenda(rules);
    agenda.start(person, {}, noon(told->ordered) - one_day);
    std::vector<Touch> decided;
    std::vector<Entry> entries;
    std::int64_t inspection = vehicle.day_of(Anchor::inspection_due);
    auto next = happenings_told.begin();
    for (;;) {
        const Seconds event = next == happenings_told.end() ? never : next->at, due = agenda.next(), inspected = noon(inspection + 3);
        const Seconds first = std::min({event, due, inspected});
        if (first >= noon(end)) break;
        if (first == inspected) {
            inspection = add_months(inspection, 24);
            vehicle.day_of(Anchor::inspection_due) = inspection;
            agenda.day_changed(0, Anchor::inspection_due, inspected);
            continue;
        }
        if (event <= due) {
            if (next->at >= vehicle.sold && next->what == Anchor::service) {
                ++next;
                continue;
            }
            Entry entry{moment(next->at), true, std::string(name_of(next->what)), {}, {}, 0, {}, {}, {}, {}, {}};
            if (next->what == Anchor::review) entry.detail = std::to_string(next->score);
            if (next->what == Anchor::case_closed) entry.detail = outcome_names()[static_cast<std::size_t>(next->outcome)];
            entries.push_back(std::move(entry));
            agenda.happened(*next++);
            continue;
        }
        decided.clear();
        agenda.decide(due, decided);
        for (const auto& touch : decided) {
            const auto& campaign = plan.campaigns[static_cast<std::size_t>(touch.campaign)];
            Entry entry{moment(touch.at), false, campaign.id, {}, {}, 0, {}, {}, {}, {}, {}};
            if (touch.outcome != Outcome::sent) {
                entry.why = name_of(touch.outcome);
                if (touch.outcome == Outcome::condition && touch.reason >= 0) {
                    const auto& condition = campaign.conditions[static_cast<std::size_t>(touch.reason)];
                    entry.line = condition.line;
                    entry.field = kind_of(condition.field).name;
                }
                entries.push_back(std::move(entry));
                continue;
            }
            entry.channel = name_of(touch.channel);
            entry.sender = sender_names()[static_cast<std::size_t>(campaign.sender)];
            if (touch.variant >= 0) entry.variant = campaign.variants[static_cast<std::size_t>(touch.variant)].id;
            const auto number_of_template = touch.variant >= 0 ? campaign.variants[static_cast<std::size_t>(touch.variant)].template_number : campaign.template_number;
            const auto& words = plan.templates[static_cast<std::size_t>(number_of_template)];
            const auto* subject = words.subject(language);
            if (!subject) subject = words.subject(plan.fallback);
            if (subject) entry.subject = *subject;
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

Result<void> preview(const Rules& rules, const PreviewWish& wish, std::int64_t first_day, std::ostream& out) {
    const auto entries = timeline(rules, wish, first_day);
    if (!entries) return entries.error();
    std::int64_t sent = 0, not_sent = 0;
    for (const auto& one : *entries) {
        out << one.when << (one.happened ? "  * " : one.sent() ? "  " : "      not ") << one.what;
        if (one.happened) {
            if (!one.detail.empty()) out << " " << one.detail;
        } else if (!one.sent()) {
            ++not_sent;
            out << ": " << one.why;
            if (one.line != 0) out << " in line " << one.line << " (" << one.field << ")";
        } else {
            ++sent;
            out << "  " << one.channel << " from " << one.sender;
            if (!one.variant.empty()) out << ", variant " << one.variant;
            if (!one.subject.empty()) out << "  \"" << one.subject << "\"";
        }
        out << "\n";
    }
    out << sent << " sent, " << not_sent << " not sent\n";
    return {};
}

}  // namespace verbatim::plan
