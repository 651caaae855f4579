// The words of one message of the plan: its subject from the plan's file, and a letter of assets/letters with the words of i18n/plan, in
// the person's language, with what is known of the person.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/result.h"
#include "life/plan/facts.h"
#include "life/plan/plan.h"

namespace verbatim::plan {

struct LetterFacts {
    std::string brand, dealer, first_name, model;
    std::int64_t day = unknown_day;  // the day the message is about: the inspection, the end of the warranty
    int years = 0;                   // of a trigger that repeats by the year: the how manieth
    std::string phone, site;         // the dealer's
};
struct Letter {
    std::string subject, language;
    std::string family;  // assets/letters/FAMILY.html.tpl
    std::string data;    // JSON for it; the post adds the links and who sends
};

// `locale`: the person's; where the plan or the letters lack its language, the plan's fallback. The error "no_words" names the variable
// nothing is known for: half a sentence is sent to nobody.
Result<Letter> write_letter(const Plan& plan, const Campaign& campaign, const Template& words, std::string_view locale, const LetterFacts& facts);

struct Rendered {
    std::string html, text;
};
// As the post does it, with links that lead nowhere: for dry runs, looking and tests.
Rendered render_letter(const Letter& letter, std::string_view brand, std::string_view operator_name, bool notice = false);

// What a message of this campaign is about: the anchor's day and the how manieth year it is, from the day it is due.
std::int64_t anchor_day(const Trigger& trigger, const Vehicle& vehicle, std::int64_t due_day);
int anchor_years(const Trigger& trigger, const Vehicle& vehicle, std::int64_t due_day);

// Which layout a template of the packaged plan has, and where its button leads. Others look like what their purpose asks.
struct Look {
    std::string_view name, family, button;
};
Look look_of(const Template& words, Purpose purpose);

}  // namespace verbatim::plan
