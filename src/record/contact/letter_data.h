// A waiting letter's data, read without building a tree of it: what differs from one person to the next, and all else as one text.
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace verbatim::contact {

// What differs from one person to the next and is only shown: never a condition but "is there any", never a name of something. The
// stars' links are members of STARS, the others of the letter's data.
inline constexpr std::array personal{"FIRST_NAME", "SUBJECT", "DEALER", "MODEL", "LINK", "UNSUBSCRIBE_URL", "NOTICE_SOURCE", "PIXEL", "S1", "S2", "S3", "S4", "S5"};
enum class Personal { first_name, subject, dealer, model, link, unsubscribe_url, notice_source, pixel, star };  // places in it; `star` the first of five

struct LetterData {
    std::array<std::string, personal.size()> values;  // "" where there is none
    std::string rest;  // every other member as it is written; letters that differ in nothing else have the same
    std::string target, language, unsubscribe_token;
    bool opens = false;   // its campaign wants to know whether it was opened (norm EML-11)
    bool notice = false;  // it tells its person who gave us the address (norm GDP-2)

    std::string& operator[](Personal name) { return values[static_cast<std::size_t>(name)]; }
    const std::string& operator[](Personal name) const { return values[static_cast<std::size_t>(name)]; }
};

// The values into the data they were read from, which is then complete.
void put_values(const LetterData& values, nlohmann::json& data);

// `json`: an object as the plan and the outbox write it. Throws std::runtime_error on anything else.
LetterData read_letter_data(std::string_view json);

}  // namespace verbatim::contact
