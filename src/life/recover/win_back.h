// The second survey, answered by the customer behind a personal link: one page, a rating, is it solved, a few words.
#pragma once

#include "life/recover/steps.h"

namespace verbatim::recover {

struct SurveyPage {
    links::State link = links::State::open;
    std::string site_name, locale, first_name;
    Seconds reviewed_at = 0;
    bool answered = false;
};

class WinBack {
public:
    WinBack(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}
    Result<SurveyPage> page(std::string_view token) const;
    // Once; the link is used up. rating 1..5, solved: yes | partly | no, words at most 4,000 characters.
    Result<void> answer(std::string_view token, int rating, std::string_view solved, std::string_view words);

private:
    storage::Db& db_;
    const Clock& clock_;
};

// Over the surveys answered in [from, until), of a branch. Delighted again: the second rating is 4 or 5.
struct WonBack {
    std::int64_t asked = 0, answered = 0, better = 0, won = 0, solved = 0;
    double first_mean = 0, second_mean = 0;  // of those answered with both
};
WonBack won_back(storage::Tx& tx, std::string_view branch, Seconds from, Seconds until);

}  // namespace verbatim::recover
