#include "life/plan/reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "record/network/country_rules.h"

namespace verbatim::plan {

using namespace std::string_view_literals;

std::string quoted(std::string_view word) {
    std::string safe = "\"";
    for (const char letter : word.substr(0, 80)) safe += static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f ? '?' : letter;
    return safe + (word.size() > 80 ? "...\"" : "\"");
}

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
