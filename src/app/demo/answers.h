// What follows a review: the call to an unhappy customer, the dealer's public reply, the author's second thoughts.
#pragma once

#include "app/demo/words.h"

namespace verbatim::demo {

Scene scene_of(const Content& content, const Story& story, const Site& site);

// From the invitation to the answer: most within two days, a few after weeks.
Seconds answer_delay(Dice& dice);

// Fills in calls, reply, correction and withdrawal of an answered story.
void react(const Content& content, Story& story, const Site& site, const Scene& scene, const Mood& mood, Dice& dice);

}  // namespace verbatim::demo
