// What people did with a letter: clicks, told apart from the programs that open every link before a person sees it, and what followed.
// Opens are not measured: no letter holds a picture (norm EML-11).
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

// By campaign, variant and the person's newest country, site or model: letters that went from `from` until `until`, and what followed
// within `days` of each.
enum class By { country, site, model };
struct Effect {
    std::string campaign, variant, of;
    std::int64_t sent = 0, clicked = 0, clicked_by_programs = 0;  // letters; by programs: by nobody else
    std::int64_t visits = 0, reviews = 0, orders = 0;             // letters followed by at least one
};
std::vector<Effect> effects(storage::Tx& tx, Seconds from, Seconds until, int days, By by);

}  // namespace verbatim::plan
