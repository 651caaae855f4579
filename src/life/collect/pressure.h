// Was the author pressed? (norm AUT-4) Whoever withdraws a review or gives it more stars within fourteen days of a dealer's contact
// is asked in confidence, by mail and in the author's space. What is answered lies apart and sealed; headquarters and auditors
// read it, dealers and moderators do not. A site with five or more authors who said yes has that number shown to everyone.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/calendar.h"
#include "ground/base/result.h"
#include "record/reviews/reviews.h"

namespace verbatim::collect {

std::span<const storage::Migration> migrations();

inline constexpr Seconds pressure_window = 14 * one_day;
inline constexpr std::int64_t pressure_shown_from = 5;

struct PressureCase {
    std::string id, review, site;
    std::string cause;         // withdrawn | raised | reported (by the author, unasked)
    std::string contact;       // what the dealer had done before: call | reply_collected | reply_published; empty for a report
    Seconds contact_at = 0, asked_at = 0, answered_at = 0;
    std::string answer;        // "" not yet | no | pressed | offered | reported
    std::string words;         // the author's, opened
};

// The dealer's last contact with this author within the window, as steps of the review tell it; nothing where there was none.
struct DealerContact {
    std::string kind;
    Seconds at = 0;
};
std::optional<DealerContact> recent_contact(const std::vector<reviews::Step>& history, Seconds now);

// Opens a question, or finds the one that is open for this review already. The id, and whether it is new.
std::pair<std::string, bool> ask_pressure(storage::Tx& tx, Seconds now, const reviews::Review& review, std::string_view cause, const DealerContact& contact);
void note_reported_pressure(storage::Tx& tx, Seconds now, const reviews::Review& review, std::string_view words);
// conflict where nothing was asked or it was answered before.
Result<PressureCase> answer_pressure(storage::Tx& tx, Seconds now, std::string_view review, std::string_view answer, std::string_view words);
std::optional<PressureCase> open_question(storage::Tx& tx, std::string_view review);
std::vector<PressureCase> pressure_of(storage::Tx& tx, std::string_view review);
// The author is gone: it stays counted, and says nothing of whom.
void forget_pressure(storage::Tx& tx, std::string_view review);

// For headquarters and auditors alone; newest first, paged by the id before.
Result<std::vector<PressureCase>> pressure_register(storage::Tx& tx, const Actor& actor, std::string_view before, int limit);

struct SitePressure {
    std::string site;
    std::int64_t asked = 0, answered = 0, yes = 0;  // yes: pressed, offered something, or reported it unasked
};
// Every site with a question or a report. What the public may see is where yes >= pressure_shown_from.
std::vector<SitePressure> pressure_by_site(storage::Tx& tx);

// Retention: answered ones older than this lose their words and their review.
std::int64_t purge_pressure(storage::Tx& tx, Seconds before, int limit);

}  // namespace verbatim::collect
