// The words of the plan's language: names of its enumerations and fields, and the near one of a word that is none of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "life/plan/plan.h"

namespace verbatim::plan {

using Words = std::span<const std::string_view>;

Words purpose_names();
Words channel_names();
Words sender_names();
Words stop_names();
Words basis_names();
Words anchor_names();
Words goal_names();  // what may happen, in the order of Anchor, and behind it "click"
Words outcome_names();
Words reward_names();
Words asks_names();
Words energy_names();
Words use_names();
Words finance_names();
Words equipment_names();
Words service_names();   // of a site
Words weekday_names();

std::string_view name_of(Purpose purpose);
std::string_view name_of(Channel channel);
std::string_view name_of(Anchor anchor);
std::string_view name_of(const Goal& goal);

int index_of(Words words, std::string_view word);  // -1
// `; did you mean "x"?` where one of the words is near, else what there is, where that is short.
std::string near(std::string_view word, Words words);
std::string near(std::string_view word, const std::vector<std::string>& words);

struct FieldKind {
    enum class Type { number, flag, word, set, language, country, campaigns } type;
    std::string_view name;      // "vehicle.age_months"
    std::int64_t least = 0, most = 0;
    Words (*words)() = nullptr; // word and set; null: the plan's own list
};
const FieldKind& kind_of(Field field);
std::span<const FieldKind> field_kinds();
std::vector<std::string> field_names_under(std::string_view part);  // "vehicle" -> age_months, ...

int two_letters(std::string_view code);  // 0..675 whatever the case, or -1

}  // namespace verbatim::plan
