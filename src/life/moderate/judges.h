// Who may decide on which words. A moderator masters their language (norm MOD-6) and does not belong to whom they are about
// (norm MOD-7). Asked when moderators are mailed, and again when one decides; for this module only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/result.h"
#include "record/network/network.h"

namespace verbatim::moderate {

// "fr" of "fr-BE".
std::string language_of(std::string_view locale);
// The languages a person reads: column `languages` of people.csv ("fr;en"), else the one of their locale.
std::vector<std::string> languages_of(const network::Person& person);
// Works on this site, for its group, or for this product (norm MOD-7): any active role of the person's counts.
bool belongs_to(storage::Tx& tx, const std::vector<network::Person>& roles, std::string_view subject);

// The rule of who is asked, in this order: moderators who read the language; where there is none, headquarters' people who read
// it; where there is none either, all of headquarters, who must find a reader and say so when they decide. Never somebody of the
// subject's own house. Words whose language nobody could tell go to every moderator.
struct Panel {
    enum class Level { moderators, headquarters, nobody_reads } level = Level::moderators;
    std::vector<network::Person> people;
};
Panel panel_for(storage::Tx& tx, std::string_view subject, std::string_view lang, const std::vector<std::string>& but = {});

// What a decision's row keeps about its decider.
struct Fitness {
    std::string language_match;  // reads | declared | unknown_language
    std::string languages;       // "en;fr"
    std::string roles;           // "moderator *;hq *"
};
// forbidden "not_a_moderator", "own_house" or "language": the last where the decider does not read it and has not declared to
// have had it read by somebody who does. `key_languages` are those an API key was given with.
Result<Fitness> fit_to_decide(storage::Tx& tx, const Actor& actor, std::string_view subject, std::string_view lang, bool declared, std::string_view key_languages);

}  // namespace verbatim::moderate
