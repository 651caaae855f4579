#include "life/plan/reader.h"

#include <algorithm>
#include <array>

#include "ground/base/calendar.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {

using namespace std::string_view_literals;

void Reader::range(const Entry& entry, std::int64_t least, std::int64_t most, std::int64_t& from, std::int64_t& to) {
    from = least, to = most;
    if (entry.value.kind == Kind::integer) {
        from = to = entry.value.integer;
        if (from < least || from > most) fault(entry.line, entry.key + " must lie in " + std::to_string(least) + ".." + std::to_string(most));
        return;
    }
    if (entry.value.kind != Kind::table) {
        fault(entry.line, entry.key + " must be a whole number or { from = ..., to = ... }, not " + std::string(toml::kind_name(entry.value.kind)));
        return;
    }
    static constexpr std::array known{"from"sv, "to"sv};
    know(entry.value, entry.key, known);
    if (entry.value.table.empty()) fault(entry.line, entry.key + " needs from, to or both");
    number(entry.value, "from", from, least, most);
    number(entry.value, "to", to, least, most);
}

int Reader::value_of(Field field, std::string_view word, int line) {
    const auto& kind = kind_of(field);
    const auto unknown = [&](std::string_view what, const std::string& hint) {
        fault(line, std::string(kind.name) + ": " + quoted(word) + " " + std::string(what) + hint);
        return -1;
    };
    if (kind.type == FieldKind::Type::language) {
        if (std::find(plan_.languages.begin(), plan_.languages.end(), word) == plan_.languages.end()) return unknown("is none of the plan's languages", near(word, plan_.languages));
        return two_letters(word);
    }
    if (kind.type == FieldKind::Type::country) {
        if (std::find(plan_.countries.begin(), plan_.countries.end(), word) == plan_.countries.end()) return unknown("is none of the plan's countries", near(word, plan_.countries));
        return two_letters(word);
    }
    if (kind.words) {
        const int index = index_of(kind.words(), word);
        return index < 0 ? unknown("is not known", near(word, kind.words())) : index;
    }
    const auto& own = field == Field::vehicle_model ? plan_.models : field == Field::site_group ? plan_.groups : plan_.segments;
    const auto found = std::find(own.begin(), own.end(), word);
    if (found == own.end()) {
        return unknown(field == Field::vehicle_model ? "is not among [values] models" : field == Field::site_group ? "is not among [values] groups" : "is not among [values] segments", near(word, own));
    }
    return static_cast<int>(found - own.begin());
}

void Reader::condition(const Entry& entry, Field field, bool negated, std::vector<Condition>& into) {
    const auto& kind = kind_of(field);
    Condition made;
    made.field = field, made.negated = negated, made.line = entry.line;
    switch (kind.type) {
        case FieldKind::Type::flag:
            if (!is(entry, Kind::flag)) return;
            made.from = made.to = entry.value.flag ? 1 : 0;
            break;
        case FieldKind::Type::number:
            range(entry, kind.least, kind.most, made.from, made.to);
            break;
        case FieldKind::Type::word:
        case FieldKind::Type::language:
        case FieldKind::Type::country:
            for (const auto& [word, line] : texts(entry))
                if (const int value = value_of(field, word, line); value >= 0) made.any.set(static_cast<std::size_t>(value));
            if (made.any.none()) return;  // said already
            break;
        case FieldKind::Type::set:
        case FieldKind::Type::campaigns: {
            const auto into_set = [&](const Entry& part, std::bitset<most_campaigns>& set) {
                for (const auto& [word, line] : texts(part)) {
                    int value = -1;
                    if (kind.type == FieldKind::Type::set) {
                        value = value_of(field, word, line);
                    } else {
                        const auto found = std::find(campaign_ids_.begin(), campaign_ids_.end(), word);
                        if (found == campaign_ids_.end()) fault(line, "there is no campaign " + quoted(word) + near(word, campaign_ids_));
                        else value = static_cast<int>(found - campaign_ids_.begin());
                    }
                    if (value >= 0 && value < most_campaigns) set.set(static_cast<std::size_t>(value));
                }
            };
            if (entry.value.kind != Kind::table) {
                into_set(entry, made.has);
            } else {
                static constexpr std::array known{"has"sv, "lacks"sv};
                know(entry.value, kind.name, known);
                if (const auto* part = entry.value.find("has")) into_set(*part, made.has);
                if (const auto* part = entry.value.find("lacks")) into_set(*part, made.lacks);
            }
            if (made.has.none() && made.lacks.none()) return;
            break;
        }
    }
    into.push_back(made);
}

// when.vehicle.age_months = { from = 30 }
void Reader::conditions(const Entry& entry, bool negated, std::vector<Condition>& into) {
    if (!is(entry, Kind::table)) return;
    static constexpr std::array parts{"person"sv, "vehicle"sv, "product"sv, "site"sv, "consent"sv, "history"sv};
    know(entry.value, entry.key, parts);
    for (const auto& part : entry.value.table) {
        if (index_of(parts, part.key) < 0 || !is(part, Kind::table)) continue;
        for (const auto& field : part.value.table) {
            const auto name = part.key + "." + field.key;
            const auto known = field_kinds();
            const auto found = std::find_if(known.begin(), known.end(), [&](const FieldKind& kind) { return kind.name == name; });
            if (found == known.end()) fault(field.line, "there is no field " + quoted(name) + near(field.key, field_names_under(part.key)));
            else condition(field, static_cast<Field>(found - known.begin()), negated, into);
        }
    }
}

void Reader::trigger(const Entry& entry, Trigger& into) {
    into.line = entry.line;
    if (!is(entry, Kind::table)) return;
    const auto& table = entry.value;
    static constexpr std::array known{"event"sv, "date"sv, "inactive"sv, "since"sv, "campaign"sv, "unanswered"sv, "after"sv, "before"sv, "every"sv, "first"sv, "last"sv, "score"sv, "outcome"sv};
    know(table, "trigger", known);
    static constexpr std::array kinds{"event"sv, "date"sv, "inactive"sv, "campaign"sv};
    const auto has = [&](std::string_view key) { return table.find(key) != nullptr; };
    if (const auto count = std::count_if(kinds.begin(), kinds.end(), has); count != 1) {
        fault(entry.line, "a trigger has exactly one of event, date, inactive and campaign");
        if (count == 0) return;
    }
    const auto only_with = [&](std::string_view key, bool allowed, std::string_view what) {
        if (const auto* found = table.find(key); found && !allowed) fault(found->line, std::string(key) + " belongs to a trigger by " + std::string(what));
    };
    const auto anchor = [&](std::string_view key, int from, int to) {
        const auto* found = table.find(key);
        if (!found || !is(*found, Kind::text)) return;
        const auto words = anchor_names().subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
        const int index = index_of(words, found->value.text);
        if (index < 0) fault(found->line, std::string(key) + " " + quoted(found->value.text) + " is not known" + near(found->value.text, words));
        else into.anchor = static_cast<Anchor>(from + index);
    };
    anchor("event", 0, happenings);
    if (const auto* date = table.find("date"); date && date->value.text == "last_service") {
        into.anchor = Anchor::service, into.latest = true;
    } else if (date && date->value.kind == Kind::text && index_of(anchor_names().subspan(happenings), date->value.text) < 0) {
        std::vector<std::string> words(anchor_names().begin() + happenings, anchor_names().end());
        words.emplace_back("last_service");
        fault(date->line, "date " + quoted(date->value.text) + " is not known" + near(date->value.text, words));
    } else {
        anchor("date", happenings, anchors);
    }
    if (const auto* inactive = table.find("inactive")) {
        length(*inactive, into.after);
        into.latest = true;
        if (need(table, "since", entry.line, "a trigger by inactivity")) anchor("since", 0, happenings);
    }
    only_with("since", has("inactive"), "inactive");
    if (const auto* campaign = table.find("campaign"); campaign && is(*campaign, Kind::text)) {
        const auto found = std::find(campaign_ids_.begin(), campaign_ids_.end(), campaign->value.text);
        if (found == campaign_ids_.end()) fault(campaign->line, "there is no campaign " + quoted(campaign->value.text) + near(campaign->value.text, campaign_ids_));
        else into.campaign = static_cast<int>(found - campaign_ids_.begin());
    }
    only_with("unanswered", has("campaign"), "campaign");
    flag(table, "unanswered", into.unanswered);
    if (has("after") && has("before")) fault(entry.line, "a trigger has after or before, not both");
    only_with("before", has("date"), "date: only a day known ahead can be looked forward to");
    only_with("after", !has("inactive"), "event, date or campaign; inactive says the time itself");
    if (const auto* after = table.find("after")) length(*after, into.after);
    if (const auto* before = table.find("before"); before && length(*before, into.after)) into.after = {-into.after.months, -into.after.days};
    only_with("every", has("date"), "date");
    only_with("first", has("every"), "date with every");
    only_with("last", has("every"), "date with every");
    if (const auto* every = table.find("every")) {
        Offset offset;
        if (length(*every, offset)) {
            if (offset.months < 1) fault(every->line, "every must be months or years");
            into.every_months = offset.months;
        }
        number(table, "first", into.first, 0, 360);
        into.last = std::max(into.first, 1);
        number(table, "last", into.last, 1, 360);
        if (into.last < into.first) fault(table.find("last")->line, "last is before first");
        if (into.every_months * into.last > 600) fault(every->line, "every, repeated until last, goes beyond 50 years");
    }
    only_with("score", into.anchor == Anchor::review, "event = \"review\"");
    if (const auto* score = table.find("score")) {
        std::int64_t from = 1, to = 5;
        range(*score, 1, 5, from, to);
        if (from > to) fault(score->line, "score: from is above to");
        into.score_from = static_cast<int>(from), into.score_to = static_cast<int>(to);
    }
    only_with("outcome", into.anchor == Anchor::case_closed, "event = \"case_closed\"");
    into.outcomes = bits(table, "outcome", outcome_names(), into.outcomes);
}

void Reader::campaign(const Node& table, int line) {
    static constexpr std::array known{"id"sv, "name"sv, "purpose"sv, "sender"sv, "template"sv, "channel"sv, "consent"sv, "trigger"sv, "when"sv, "unless"sv, "priority"sv, "at"sv, "valid"sv,
                                      "stop"sv, "cap"sv, "goal"sv, "variant"sv, "stopping"sv, "reward"sv, "asks"sv, "opens"sv};
    know(table, "[[campaign]]", known);
    Campaign made;
    made.line = line;
    const auto line_of = [&](std::string_view key) {
        const auto* entry = table.find(key);
        return entry ? entry->line : line;
    };
    made.stop_line = line_of("stop"), made.consent_line = line_of("consent"), made.opens_line = line_of("opens"), made.asks_line = line_of("asks"), made.reward_line = line_of("reward"), made.at_line = line_of("at");
    made.at_minute = at_;
    for (const auto key : {"id"sv, "name"sv, "purpose"sv, "sender"sv, "channel"sv, "trigger"sv, "stop"sv}) need(table, key, line, "a campaign");
    text(table, "id", made.id, 40);
    if (const auto* id = table.find("id"); id && !std::all_of(made.id.begin(), made.id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }))
        fault(id->line, "id " + quoted(made.id) + " may have small letters, digits and _ only");
    text(table, "name", made.name);
    word(table, "purpose", made.purpose, purpose_names());
    word(table, "sender", made.sender, sender_names());
    made.template_number = template_of(table, "template");
    if (const auto* entry = table.find("channel")) {
        for (const auto& [name, at] : texts(*entry)) {
            const int index = index_of(channel_names(), name);
            if (index < 0) fault(at, "channel " + quoted(name) + " is not known" + near(name, channel_names()));
            else if (std::find(made.channels.begin(), made.channels.end(), static_cast<Channel>(index)) != made.channels.end()) fault(at, "channel names " + quoted(name) + " twice");
            else made.channels.push_back(static_cast<Channel>(index));
        }
    }
    made.consent = static_cast<std::uint8_t>(bits(table, "consent", basis_names(), 0));
    if (const auto* entry = table.find("trigger")) trigger(*entry, made.trigger);
    if (const auto* entry = table.find("when")) conditions(*entry, false, made.conditions);
    if (const auto* entry = table.find("unless")) conditions(*entry, true, made.conditions);
    number(table, "priority", made.priority, 1, 100);
    minute(table, "at", made.at_minute);
    days(table, "valid", made.valid_days, 1, 366);
    made.stops = static_cast<std::uint8_t>(bits(table, "stop", stop_names(), 0));
    if (const auto* entry = table.find("cap"); entry && is(*entry, Kind::table)) cap(entry->value, entry->line, made.cap.emplace(), true);
    if (const auto* entry = table.find("goal"); entry && is(*entry, Kind::table)) {
        static constexpr std::array inner{"event"sv, "within"sv};
        know(entry->value, "goal", inner);
        need(entry->value, "event", entry->line, "a goal");
        need(entry->value, "within", entry->line, "a goal");
        made.goal.emplace();
        int event = 0;
        word(entry->value, "event", event, goal_names());
        made.goal->anchor = event < happenings ? std::optional(static_cast<Anchor>(event)) : std::nullopt;
        days(entry->value, "within", made.goal->days, 1, 366);
    }
    if (const auto* entry = table.find("variant"); entry && is(*entry, Kind::list)) {
        static constexpr std::array inner{"id"sv, "share"sv, "template"sv};
        for (const auto& item : entry->value.list) {
            const int at = item.line ? item.line : entry->line;
            if (item.kind != Kind::table) {
                fault(at, "a variant is a table");
                continue;
            }
            know(item, "variant", inner);
            Variant variant;
            variant.line = at;
            for (const auto key : inner) need(item, key, at, "a variant");
            text(item, "id", variant.id, 40);
            number(item, "share", variant.share, 1, 99);
            variant.template_number = template_of(item, "template");
            if (std::any_of(made.variants.begin(), made.variants.end(), [&](const Variant& other) { return !variant.id.empty() && other.id == variant.id; }))
                fault(at, "two variants are called " + quoted(variant.id));
            made.variants.push_back(std::move(variant));
            if (made.variants.size() > 8) {
                fault(at, "a campaign has 8 variants at most");
                break;
            }
        }
    }
    if (const auto* entry = table.find("stopping"); entry && is(*entry, Kind::table)) {
        static constexpr std::array inner{"alpha"sv, "not_before"sv, "not_after"sv};
        know(entry->value, "stopping", inner);
        made.stopping.emplace();
        if (const auto* alpha = entry->value.find("alpha"); alpha && is(*alpha, Kind::real)) {
            if (!(alpha->value.real >= 0.001 && alpha->value.real <= 0.1)) fault(alpha->line, "alpha must lie in 0.001..0.1");
            else made.stopping->alpha = alpha->value.real;
        }
        days(entry->value, "not_before", made.stopping->not_before_days, 1, 366);
        days(entry->value, "not_after", made.stopping->not_after_days, 1, 3660);
        if (made.stopping->not_after_days <= made.stopping->not_before_days) fault(entry->line, "stopping: not_after must be later than not_before");
    }
    if (const auto* entry = table.find("reward"); entry && is(*entry, Kind::table)) {
        static constexpr std::array inner{"kind"sv, "disclosed"sv};
        know(entry->value, "reward", inner);
        need(entry->value, "kind", entry->line, "a reward");
        word(entry->value, "kind", made.reward, reward_names());
        bool disclosed = false;
        flag(entry->value, "disclosed", disclosed);
        if (made.reward != Reward::none && !disclosed) fault(entry->line, "INC-2: a reward must be told in the invitation and beside the review: disclosed = true");
    }
    word(table, "asks", made.asks, asks_names());
    flag(table, "opens", made.opens);
    if (made.variants.empty() && !table.find("template")) fault(line, "a campaign needs template, or variants that have one");
    plan_.campaigns.push_back(std::move(made));
}

}  // namespace verbatim::plan
