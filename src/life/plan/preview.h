// One person's years under a plan, as a timeline: what goes when, with which words, and what does not go and why. The person is the
// reader's own, told in a line; nothing is left to chance.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "ground/base/result.h"
#include "life/plan/decide.h"

namespace verbatim::plan {

struct PreviewWish {
    // key=value with commas: country, language, order (a day), use, energy, model, segment, finance, equipment (a+b), contract (months),
    // services (how many yearly visits), company, insider, consent (of all purposes), marketing, invitation, survey, tracking,
    // channels (mail+sms), sold, deceased, unsubscribed (days). What is not said is an ordinary private customer.
    std::string person;
    std::vector<std::string> events;  // "2028-03-01 recall", "2027-04-01 review 5", "2027-05-01 case_closed won_back"
    int years = 10;
};

// One line of the timeline.
struct Entry {
    std::string when;                 // on the person's clock: "2027-01-22 10:00"
    bool happened = false;            // an event of the life, not a message
    std::string what;                 // the event's name or the campaign's id
    std::string detail;               // of an event: its score or outcome
    std::string why;                  // of a message that does not go: the outcome's name
    int line = 0;                     // of the condition that did not hold, in the file
    std::string field;                // and what it asks for
    std::string_view channel, sender; // of one that goes
    std::string variant, subject;     // subject: its variables not filled in
    bool sent() const { return !happened && why.empty(); }
};

// Errors name the word of the wish that is not known.
Result<std::vector<Entry>> timeline(const Rules& rules, const PreviewWish& wish, std::int64_t first_day);
// The same told as lines.
Result<void> preview(const Rules& rules, const PreviewWish& wish, std::int64_t first_day, std::ostream& out);

}  // namespace verbatim::plan
