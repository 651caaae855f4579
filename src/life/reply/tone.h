// How an answer reads before it is sent: advice with places, never a block. What moderation would hold is told apart, for that is no
// matter of taste.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::reply {

struct Advice {
    std::string rule;    // shouting | blame | money | personal_missing | copied | same_again | placeholder | short, or a reason of the public list
    bool held = false;   // moderation would hold it
    std::size_t start = 0, end = 0;  // code points of the answer; both 0: of the whole
    std::string text;    // the words themselves
};

// `lang`: of the answer; `templates`: the bodies one may have begun with; `last`: the site's newest answers, newest first. Needs valid
// UTF-8.
std::vector<Advice> tone_of(std::string_view body, std::string_view lang, const std::vector<std::string>& templates, const std::vector<std::string>& last);

// Which share of the text's runs of three words stand in the other too, 0..1.
double shared_runs(std::string_view text, std::string_view other);

}  // namespace verbatim::reply
