// The case as it is stored, and the steps that the signed link and the desk share. For this module only.
#pragma once

#include "life/recover/recover.h"

namespace verbatim::recover {

Case read_case(const storage::Row& row);
std::optional<Case> find_case(storage::Tx& tx, std::string_view id);
std::optional<Case> case_of(storage::Tx& tx, std::string_view review);
std::vector<Call> calls_of(storage::Tx& tx, std::string_view id);

// A line of the case's own history. `detail` goes with an erasure.
void note_case(storage::Tx& tx, const Actor& actor, Seconds now, const Case& record, std::string_view step, std::string_view detail);

struct NewCall {
    std::string call;      // the caller's own id of it, so that sending twice notes once; empty: always noted
    std::string outcome, note;
    Seconds at = 0;        // when it was made; 0: now. Never after now, never before the case
    Seconds back_at = 0;   // call_back: when
};
Result<void> check_call(const NewCall& call);
// true: noted; false: this call was noted before.
Result<bool> keep_call(storage::Tx& tx, const Actor& actor, Seconds now, const Case& record, const NewCall& call);
Result<void> keep_close(storage::Tx& tx, const Actor& actor, Seconds now, const Case& record, int survey_days);

// The second survey, so many days after closing.
void plan_survey(storage::Tx& tx, Seconds closed_at, const Case& record, int days);  // 0 days: nobody is asked
void drop_survey(storage::Tx& tx, const Case& record);

}  // namespace verbatim::recover
