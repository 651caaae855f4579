// What people did with a letter: clicks and, of those who agreed to that, opens, told apart from the programs that open every link and
// picture before a person sees it; and what followed. Without that consent no letter holds a picture (norm EML-11).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::plan {

// Why a click is a program's; none of them: a person's. A message counts as clicked by a person when one of its clicks shows none.
enum Sign : int {
    sign_robot = 1,  // asked by HEAD, or names itself a robot
    sign_soon = 2,   // within seconds of delivery
    sign_all = 4,    // several of the letter's links within seconds of each other
};
inline constexpr Seconds too_soon = 10, together = 10;
inline constexpr int too_many_links = 3;

bool is_robot(bool head, std::string_view user_agent);

// Notes the click of a signed link (record/contact/clicks.h). Nothing is kept where the message, its person or the touchpoint is gone, or
// the person does not want to be followed; the way goes on in any case.
void note_click(storage::Tx& tx, Seconds now, std::string_view message, std::string_view target, bool robot);

// A picture that a program fetches for everybody's mail ahead (Apple's Mail Privacy Protection names itself "Mozilla/5.0" and no more) says
// nothing of its person; one that a proxy fetches when the letter is opened (Google's) does.
bool is_prefetch(bool head, std::string_view user_agent);

// Notes that a letter's picture was asked for. Nothing is kept without the consent of this moment: taking it back holds for letters that
// lie in the mailbox (CNIL 2026-042).
void note_open(storage::Tx& tx, Seconds now, std::string_view message, bool robot);

// By campaign, variant and the person's newest country, site or model: letters that went from `from` until `until`, and what followed
// within `days` of each.
enum class By { country, site, model };
struct Effect {
    std::string campaign, variant, of;
    std::int64_t sent = 0, clicked = 0, clicked_by_programs = 0;  // letters; by programs: by nobody else
    std::int64_t measured = 0, opened = 0, opened_by_programs = 0;  // of those with a picture, to people who agreed to be measured
    std::int64_t visits = 0, reviews = 0, orders = 0;             // letters followed by at least one
};
std::vector<Effect> effects(storage::Tx& tx, Seconds from, Seconds until, int days, By by);

}  // namespace verbatim::plan
