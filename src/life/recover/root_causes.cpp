#include "life/recover/root_causes.h"

#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"

extern "C" {
struct VerbatimCauses {
    const char* name;
    const char* bytes;
    std::uint64_t size;
    const char* hash;
};
extern const VerbatimCauses verbatim_root_causes[];
}

namespace verbatim::recover {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_causes("SELECT key, labels, active FROM root_cause ORDER BY place, key");
constexpr Sql delete_causes("DELETE FROM root_cause");
constexpr Sql insert_cause("INSERT INTO root_cause (key, place, labels, active) VALUES ($1, $2, $3, $4)");

constexpr std::size_t most = 100, label_limit = 120;

const std::vector<RootCause>& packaged() {
    static const std::vector<RootCause> list = [] {
        std::vector<RootCause> all;
        const auto causes = json::parse(std::string_view(verbatim_root_causes[0].bytes, verbatim_root_causes[0].size));
        for (const auto& one : causes) all.push_back({one.at("key"), one.at("labels").get<std::map<std::string, std::string>>(), true, true});
        return all;
    }();
    return list;
}

bool is_key(std::string_view key) {
    if (key.empty() || key.size() > 40 || key.front() < 'a' || key.front() > 'z') return false;
    return key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

std::vector<RootCause> root_causes(Tx& tx) {
    std::vector<RootCause> all;
    tx.each(select_causes, [&](const Row& row) {
        RootCause cause{std::string(row.text(0)), json::parse(row.text(1)).get<std::map<std::string, std::string>>(), false, row.integer(2) != 0};
        for (const auto& known : packaged()) {
            if (known.key != cause.key) continue;
            cause.packaged = true;
            for (const auto& [language, words] : known.labels) cause.labels.emplace(language, words);
        }
        all.push_back(std::move(cause));
    });
    return all.empty() ? packaged() : all;
}

bool is_root_cause(Tx& tx, std::string_view key) {
    const auto all = root_causes(tx);
    return std::any_of(all.begin(), all.end(), [&](const RootCause& one) { return one.active && one.key == key; });
}

std::vector<RootCause> RootCauses::list() const {
    return db_.read([](Tx& tx) { return root_causes(tx); });
}

Result<void> RootCauses::replace(const Actor&, const std::vector<RootCause>& causes) {
    if (causes.size() > most) return invalid("too_many", "at most 100 causes", "causes");
    for (const auto& cause : causes) {
        if (!is_key(cause.key)) return invalid("key", "a key is 1 to 40 of a-z 0-9 _, beginning with a letter: " + cause.key, "key");
        if (std::count_if(causes.begin(), causes.end(), [&](const RootCause& one) { return one.key == cause.key; }) != 1) {
            return invalid("twice", "the key " + cause.key + " is there twice", "key");
        }
        const bool known = std::any_of(packaged().begin(), packaged().end(), [&](const RootCause& one) { return one.key == cause.key; });
        if (!known && cause.labels.empty()) return invalid("label_missing", "a cause of your own needs its words in one language at least: " + cause.key, "labels");
        for (const auto& [language, words] : cause.labels) {
            if (language.size() != 2 || words.empty() || !valid_utf8(words) || code_points(words) > label_limit) {
                return invalid("label", "labels are {\"fr\": words} of at most 120 characters: " + cause.key, "labels");
            }
        }
    }
    db_.write([&](Tx& tx) {
        tx.exec(delete_causes);
        int place = 0;
        for (const auto& cause : causes) tx.exec(insert_cause, cause.key, ++place, json(cause.labels).dump(), cause.active);
        for (const auto& known : packaged()) {
            const bool there = std::any_of(causes.begin(), causes.end(), [&](const RootCause& one) { return one.key == known.key; });
            if (!there) tx.exec(insert_cause, known.key, ++place, "{}", false);
        }
    });
    return {};
}

}  // namespace verbatim::recover
