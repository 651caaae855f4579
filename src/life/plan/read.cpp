#include "life/plan/read.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "ground/base/calendar.h"
#include "ground/formats/toml.h"
#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

using toml::Entry;
using toml::Node;
using Kind = Node::Kind;
using namespace std::string_view_literals;

constexpr std::size_t most_faults = 1000;
constexpr int longest_days = 366 * 30;

std::string quoted(std::string_view word) {
    std::string safe = "\"";
    for (const char letter : word.substr(0, 80)) safe += static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f ? '?' : letter;
    return safe + (word.size() > 80 ? "...\"" : "\"");
}

class Reader {
public:
    explicit Reader(Reading& into) : out_(into), plan_(into.plan) {}
    void read(const Node& file);

private:
    void fault(int line, std::string message) {
        if (out_.faults.size() < most_faults) out_.faults.push_back({line, std::move(message)});
    }
    // Keys nobody knows, with the near one.
    void know(const Node& table, std::string_view where, Words known) {
        for (const auto& entry : table.table)
            if (index_of(known, entry.key) < 0) fault(entry.line, std::string(where) + " has no key " + quoted(entry.key) + near(entry.key, known));
    }
    bool is(const Entry& entry, Kind kind) {
        if (entry.value.kind == kind) return true;
        fault(entry.line, entry.key + " must be " + std::string(toml::kind_name(kind)) + ", not " + std::string(toml::kind_name(entry.value.kind)));
        return false;
    }
    const Entry* need(const Node& table, std::string_view key, int line, std::string_view where) {
        const auto* entry = table.find(key);
        if (!entry) fault(line, std::string(where) + " needs " + std::string(key));
        return entry;
    }
    void text(const Node& table, std::string_view key, std::string& into, std::size_t longest = 200) {
        const auto* entry = table.find(key);
        if (!entry || !is(*entry, Kind::text)) return;
        if (entry->value.text.empty() || entry->value.text.size() > longest) fault(entry->line, std::string(key) + " must have 1 to " + std::to_string(longest) + " bytes");
        else into = entry->value.text;
    }
    template <class T>
    bool number(const Node& table, std::string_view key, T& into, std::int64_t least, std::int64_t most) {
        const auto* entry = table.find(key);
        if (!entry || !is(*entry, Kind::integer)) return false;
        if (entry->value.integer < least || entry->value.integer > most) {
            fault(entry->line, std::string(key) + " must lie in " + std::to_string(least) + ".." + std::to_string(most));
            return false;
        }
        into = static_cast<T>(entry->value.integer);
        return true;
    }
    void flag(const Node& table, std::string_view key, bool& into) {
        const auto* entry = table.find(key);
        if (entry && is(*entry, Kind::flag)) into = entry->value.flag;
    }
    template <class T>
    void word(const Node& table, std::string_view key, T& into, Words known) {
        const auto* entry = table.find(key);
        if (!entry || !is(*entry, Kind::text)) return;
        const int index = index_of(known, entry->value.text);
        if (index < 0) fault(entry->line, std::string(key) + " " + quoted(entry->value.text) + " is not known" + near(entry->value.text, known));
        else into = static_cast<T>(index);
    }
    // A text or a list of texts.
    std::vector<std::pair<std::string, int>> texts(const Entry& entry) {
        std::vector<std::pair<std::string, int>> found;
        if (entry.value.kind == Kind::text) return {{entry.value.text, entry.line}};
        if (entry.value.kind != Kind::list) {
            fault(entry.line, entry.key + " must be a text or a list of texts, not " + std::string(toml::kind_name(entry.value.kind)));
            return found;
        }
        for (const auto& item : entry.value.list) {
            const int line = item.line ? item.line : entry.line;
            if (item.kind != Kind::text) fault(line, entry.key + " must hold texts, not " + std::string(toml::kind_name(item.kind)));
            else found.emplace_back(item.text, line);
        }
        if (entry.value.list.empty()) fault(entry.line, entry.key + " is an empty list: leave it out, or name what is meant");
        return found;
    }
    std::uint32_t bits(const Node& table, std::string_view key, Words known, std::uint32_t otherwise) {
        const auto* entry = table.find(key);
        if (!entry) return otherwise;
        std::uint32_t made = 0;
        if (entry->value.kind == Kind::list && entry->value.list.empty() && (key == "stop" || key == "days")) return 0;
        for (const auto& [name, line] : texts(*entry)) {
            const int index = index_of(known, name);
            if (index < 0) fault(line, std::string(key) + " " + quoted(name) + " is not known" + near(name, known));
            else made |= 1u << index;
        }
        return made;
    }
    bool length(const Entry& entry, Offset& into);
    bool days(const Node& table, std::string_view key, int& into, int least, int most);
    void minute(const Node& table, std::string_view key, int& into);
    void hours(const Node& table, std::string_view where, Hours& into);
    void names(const Node& table, std::string_view key, std::vector<std::string>& into, std::size_t most);
    void head(const Node& table, int line);
    void values(const Node& table);
    void quiet(const Node& table);
    void cap(const Node& table, int line, Cap& into, bool of_campaign);
    void words_of(const Entry& entry);
    void campaign(const Node& table, int line);
    void trigger(const Entry& entry, Trigger& into);
    void conditions(const Entry& entry, bool negated, std::vector<Condition>& into);
    void condition(const Entry& entry, Field field, bool negated, std::vector<Condition>& into);
    void range(const Entry& entry, std::int64_t least, std::int64_t most, std::int64_t& from, std::int64_t& to);
    int template_of(const Node& table, std::string_view key);
    int value_of(Field field, std::string_view word, int line);

    Reading& out_;
    Plan& plan_;
    std::vector<std::string> campaign_ids_, template_names_;
    int at_ = 600;
};

// "7 days", "2 weeks", "18 months", "1 year"
bool Reader::length(const Entry& entry, Offset& into) {
    if (!is(entry, Kind::text)) return false;
    const std::string_view text = entry.value.text;
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error == std::errc() && count >= 0 && count <= longest_days) {
        if (unit == " day" || unit == " days") return into = {0, count}, true;
        if ((unit == " week" || unit == " weeks") && count <= longest_days / 7) return into = {0, count * 7}, true;
        if ((unit == " month" || unit == " months") && count <= 360) return into = {count, 0}, true;
        if ((unit == " year" || unit == " years") && count <= 30) return into = {count * 12, 0}, true;
    }
    fault(entry.line, entry.key + " " + quoted(text) + " is no length of time: write \"7 days\", \"2 weeks\", \"18 months\" or \"1 year\", at most 30 years");
    return false;
}

// Where only a number of days makes sense: a month is 30, a year 365.
bool Reader::days(const Node& table, std::string_view key, int& into, int least, int most) {
    const auto* entry = table.find(key);
    Offset offset;
    if (!entry || !length(*entry, offset)) return false;
    const int made = offset.months / 12 * 365 + offset.months % 12 * 30 + offset.days;
    if (made < least || made > most) {
        fault(entry->line, std::string(key) + " must be " + std::to_string(least) + " to " + std::to_string(most) + " days");
        return false;
    }
    into = made;
    return true;
}

void Reader::minute(const Node& table, std::string_view key, int& into) {
    const auto* entry = table.find(key);
    if (!entry || !is(*entry, Kind::text)) return;
    const auto& t = entry->value.text;
    const auto digit = [&](std::size_t i) { return t[i] >= '0' && t[i] <= '9'; };
    if (t.size() == 5 && digit(0) && digit(1) && t[2] == ':' && digit(3) && digit(4)) {
        const int hour = (t[0] - '0') * 10 + t[1] - '0', rest = (t[3] - '0') * 10 + t[4] - '0';
        if (hour < 24 && rest < 60) {
            into = hour * 60 + rest;
            return;
        }
    }
    fault(entry->line, std::string(key) + " " + quoted(t) + " is no time of day: write \"09:30\"");
}

void Reader::hours(const Node& table, std::string_view where, Hours& into) {
    minute(table, "from", into.from);
    minute(table, "to", into.to);
    into.days = static_cast<std::uint8_t>(bits(table, "days", weekday_names(), into.days));
    if (into.days == 0x7f) fault(table.line, std::string(where) + " is quiet on all seven days: nothing could ever go");
}

void Reader::names(const Node& table, std::string_view key, std::vector<std::string>& into, std::size_t most) {
    const auto* entry = table.find(key);
    if (!entry) return;
    for (auto& [name, line] : texts(*entry)) {
        if (name.empty() || name.size() > 64) fault(line, std::string(key) + ": a name has 1 to 64 bytes");
        else if (std::find(into.begin(), into.end(), name) != into.end()) fault(line, std::string(key) + " names " + quoted(name) + " twice");
        else if (into.size() == most) return fault(line, std::string(key) + " may name " + std::to_string(most) + " at most");
        else into.push_back(std::move(name));
    }
}

void Reader::head(const Node& table, int line) {
    static constexpr std::array known{"name"sv, "version"sv, "languages"sv, "fallback"sv, "countries"sv, "at"sv, "gap"sv, "too_often"sv};
    know(table, "[plan]", known);
    for (const auto key : {"name"sv, "version"sv, "languages"sv, "countries"sv}) need(table, key, line, "[plan]");
    text(table, "name", plan_.name);
    text(table, "version", plan_.version, 64);
    names(table, "languages", plan_.languages, 40);
    names(table, "countries", plan_.countries, 250);
    if (const auto* entry = table.find("languages")) {
        for (const auto& language : plan_.languages)
            if (two_letters(language) < 0 || language[0] < 'a') fault(entry->line, "languages: " + quoted(language) + " is no language: two small letters (ISO 639-1)");
    }
    if (const auto* entry = table.find("countries")) {
        for (const auto& country : plan_.countries)
            if (!network::is_country(country)) fault(entry->line, "countries: " + quoted(country) + " is no country (ISO 3166-1, two capitals)");
    }
    if (!plan_.languages.empty()) plan_.fallback = plan_.languages.front();
    text(table, "fallback", plan_.fallback, 8);
    if (const auto* entry = table.find("fallback"); entry && std::find(plan_.languages.begin(), plan_.languages.end(), plan_.fallback) == plan_.languages.end())
        fault(entry->line, "fallback " + quoted(plan_.fallback) + " is none of the plan's languages" + near(plan_.fallback, plan_.languages));
    minute(table, "at", at_);
    days(table, "gap", plan_.gap_days, 0, 90);
    if (const auto* entry = table.find("too_often"); entry && is(*entry, Kind::table)) {
        static constexpr std::array inner{"at_most"sv, "within"sv};
        know(entry->value, "too_often", inner);
        number(entry->value, "at_most", plan_.too_often, 1, 100);
        days(entry->value, "within", plan_.too_often_days, 1, 366);
    }
}

void Reader::values(const Node& table) {
    static constexpr std::array known{"models"sv, "groups"sv, "segments"sv};
    know(table, "[values]", known);
    names(table, "models", plan_.models, most_values);
    names(table, "groups", plan_.groups, most_values);
    names(table, "segments", plan_.segments, most_values);
}

void Reader::quiet(const Node& table) {
    static constexpr std::array known{"from"sv, "to"sv, "days"sv, "mail"sv, "sms"sv, "call"sv, "paper"sv};
    static constexpr std::array inner{"from"sv, "to"sv, "days"sv};
    know(table, "[quiet]", known);
    Hours all;
    hours(table, "[quiet]", all);
    plan_.quiet.fill(all);
    for (int i = 0; i < channels; ++i) {
        const auto* entry = table.find(channel_names()[static_cast<std::size_t>(i)]);
        if (!entry || !is(*entry, Kind::table)) continue;
        know(entry->value, "[quiet." + entry->key + "]", inner);
        hours(entry->value, "[quiet." + entry->key + "]", plan_.quiet[static_cast<std::size_t>(i)]);
    }
}

void Reader::cap(const Node& table, int line, Cap& into, bool of_campaign) {
    static constexpr std::array all{"at_most"sv, "within"sv, "purpose"sv, "channel"sv};
    know(table, of_campaign ? "cap" : "[[cap]]", of_campaign ? Words(all).first(2) : Words(all));
    into.line = line;
    need(table, "at_most", line, "a cap");
    need(table, "within", line, "a cap");
    number(table, "at_most", into.at_most, 1, 1000);
    days(table, "within", into.days, 1, longest_days);
    if (of_campaign) return;
    into.purposes = static_cast<std::uint8_t>(bits(table, "purpose", purpose_names(), into.purposes));
    into.channels = static_cast<std::uint8_t>(bits(table, "channel", channel_names(), into.channels));
}

void Reader::words_of(const Entry& entry) {
    if (!is(entry, Kind::table)) return;
    Template made{entry.key, {}, {}, entry.line};
    for (const auto& language : entry.value.table) {
        if (std::find(plan_.languages.begin(), plan_.languages.end(), language.key) == plan_.languages.end()) {
            fault(language.line, "template " + entry.key + ": " + quoted(language.key) + " is none of the plan's languages" + near(language.key, plan_.languages));
            continue;
        }
        if (!is(language, Kind::text)) continue;
        if (language.value.text.empty() || language.value.text.size() > 300) fault(language.line, "template " + entry.key + ": a subject has 1 to 300 bytes");
        if (language.value.text.find_first_of("\r\n") != std::string::npos) fault(language.line, "template " + entry.key + ": a subject is one line");
        static constexpr std::array variables{"brand"sv, "dealer"sv, "first_name"sv, "model"sv, "date"sv, "year"sv};
        for (std::size_t at = 0; (at = language.value.text.find('{', at)) != std::string::npos; ++at) {
            const auto end = language.value.text.find('}', at);
            const auto variable = language.value.text.substr(at + 1, end == std::string::npos ? end : end - at - 1);
            if (end == std::string::npos) fault(language.line, "template " + entry.key + ": \"{\" without \"}\"");
            else if (index_of(variables, variable) < 0) fault(language.line, "template " + entry.key + ": {" + variable + "} is not known" + near(variable, variables));
        }
        made.subjects.emplace_back(language.key, language.value.text);
        made.lines.push_back(language.line);
    }
    plan_.templates.push_back(std::move(made));
}

int Reader::template_of(const Node& table, std::string_view key) {
    const auto* entry = table.find(key);
    if (!entry || !is(*entry, Kind::text)) return -1;
    for (std::size_t i = 0; i < template_names_.size(); ++i)
        if (template_names_[i] == entry->value.text) return static_cast<int>(i);
    fault(entry->line, "there is no template " + quoted(entry->value.text) + near(entry->value.text, template_names_));
    return -1;
}

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
        word(entry->value, "event", made.goal->anchor, anchor_names().first(happenings));
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

void Reader::read(const Node& file) {
    static constexpr std::array known{"plan"sv, "values"sv, "quiet"sv, "cap"sv, "template"sv, "campaign"sv};
    know(file, "the file", known);
    const auto tables = [&](std::string_view key) {
        std::vector<const Node*> found;
        const auto* entry = file.find(key);
        if (!entry) return found;
        if (entry->value.kind == Kind::table) {
            fault(entry->line, "write [[" + entry->key + "]] with two brackets: there may be several");
            return found;
        }
        if (!is(*entry, Kind::list)) return found;
        for (const auto& item : entry->value.list) {
            if (item.kind == Kind::table) found.push_back(&item);
            else fault(item.line, entry->key + " must hold tables: [[" + entry->key + "]]");
        }
        return found;
    };
    if (const auto* entry = file.find("plan"); !entry) fault(1, "the file needs [plan] with name, version, languages and countries");
    else if (is(*entry, Kind::table)) head(entry->value, entry->line);
    if (const auto* entry = file.find("values"); entry && is(*entry, Kind::table)) values(entry->value);
    if (const auto* entry = file.find("quiet"); entry && is(*entry, Kind::table)) quiet(entry->value);
    for (const auto* table : tables("cap")) {
        if (plan_.caps.size() == 32) {
            fault(table->line, "a plan has 32 caps at most");
            break;
        }
        cap(*table, table->line, plan_.caps.emplace_back(), false);
    }
    if (const auto* entry = file.find("template"); entry && is(*entry, Kind::table)) {
        for (const auto& one : entry->value.table) words_of(one);
        for (const auto& one : plan_.templates) template_names_.push_back(one.name);
    }
    const auto campaigns = tables("campaign");
    for (const auto* table : campaigns) {
        const auto* id = table->find("id");
        campaign_ids_.push_back(id && id->value.kind == Kind::text ? id->value.text : "");
    }
    if (campaigns.empty()) fault(1, "the file has no [[campaign]]");
    for (std::size_t i = 0; i < campaigns.size(); ++i) {
        if (i == most_campaigns) {
            fault(campaigns[i]->line, "a plan has " + std::to_string(most_campaigns) + " campaigns at most");
            break;
        }
        if (const auto earlier = std::find(campaign_ids_.begin(), campaign_ids_.begin() + static_cast<std::ptrdiff_t>(i), campaign_ids_[i]);
            !campaign_ids_[i].empty() && earlier != campaign_ids_.begin() + static_cast<std::ptrdiff_t>(i)) {
            fault(campaigns[i]->find("id")->line, "id " + quoted(campaign_ids_[i]) + " is taken by the campaign in line " + std::to_string(campaigns[static_cast<std::size_t>(earlier - campaign_ids_.begin())]->line));
        }
        campaign(*campaigns[i], campaigns[i]->line);
    }
}

}  // namespace

Reading read_plan(std::string_view text) {
    Reading made;
    const auto file = toml::parse(text);
    if (!file) {
        int line = 1;
        const auto& where = file.error().field;
        std::from_chars(where.data(), where.data() + where.size(), line);
        made.faults.push_back({line, file.error().message});
        return made;
    }
    Reader(made).read(*file);
    check_sense(made.plan, made.faults);
    std::stable_sort(made.faults.begin(), made.faults.end(), [](const Fault& one, const Fault& other) { return one.line < other.line; });
    const auto same = [](const Fault& one, const Fault& other) { return one.line == other.line && one.message == other.message; };
    made.faults.erase(std::unique(made.faults.begin(), made.faults.end(), same), made.faults.end());
    return made;
}

}  // namespace verbatim::plan
