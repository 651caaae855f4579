// From the file's tables to a Plan: every key is looked at and every mistake keeps its line. read.cpp reads what stands beside the
// campaigns, read_campaign.cpp a campaign with its trigger and conditions. For this module only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ground/formats/toml.h"
#include "life/plan/read.h"
#include "life/plan/words.h"

namespace verbatim::plan {

using toml::Entry;
using toml::Node;
using Kind = Node::Kind;

inline constexpr std::size_t most_faults = 1000;
inline constexpr int longest_days = 366 * 30;

std::string quoted(std::string_view word);

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

}  // namespace verbatim::plan
