// Six invented months of a brand: who came for what, who answered and in which words, what the dealer replied, who was called
// back. Pure: the same seed and dates give the same life. Nothing is stored here; app/demo/play.h sends it through the same
// gates as a real customer's.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/demo/content.h"
#include "ground/base/calendar.h"

namespace verbatim::demo {

inline constexpr int experience_count = 2500;
inline constexpr std::string_view declining_site = "FR-NAN";  // loses its people in the fifth month
inline constexpr std::string_view noisy_model = "VIRELAI";    // rattles on cold starts from the fourth month on, whichever version
// What headquarters can find: for eight weeks the workshops of this group in this country have waited for parts, and the country's
// workshop rating falls. Its sites over the border have their parts.
inline constexpr std::string_view waiting_group = "Torreval", waiting_country = "ES";
inline constexpr int waiting_days = 56;

// The columns of contract.md, "experiences".
struct Visit {
    std::string id, kind;    // order | delivery | used_car | workshop
    Date occurred_on;
    std::string site, product, adviser;  // codes; adviser is an e-mail, may be empty
    std::string customer, salutation, first_name, last_name, email, phone, locale, country;
    std::string vin, registered_on, consent;
    std::string street, postcode, city;  // of about half
    std::string model;       // of the product, which is the model itself where the dealer's file names no version
    bool electric = false;
};

// The file that `verbatim import experiences` takes.
std::string experiences_csv(std::span<const Visit> visits);

struct Words {
    int rating = 5;
    std::map<std::string, int> themes;    // what the author thinks of each theme, see themes_of; the text speaks of these
    std::map<std::string, int> criteria;  // what was ticked on the form (collect::criteria_of); those passed over are absent
    std::optional<int> recommend;         // 0..10
    std::string title, body;              // may be empty: stars only
    std::optional<int> product_rating;
    std::string product_body;
    bool contact_me = false, anonymous = false;
    std::string marked;                   // the reason a human must look: name | insult | personal_data; empty for clean words
    std::string marked_words;             // the sentence that is the reason
};

// What people talk about after each kind of experience; sections "THEME.good" and "THEME.bad" of the sentences.
std::span<const std::string_view> themes_of(std::string_view kind);

struct Call {
    Seconds after = 0;         // since the review came in
    std::string outcome, note; // reached | not_reached | call_back
};
struct Reply {
    Seconds after = 0;         // since the review came in
    std::string body;
};
struct Correction {
    Seconds after = 0;         // since the review came in
    Words words;
};

// One experience and all that came of it.
struct Story {
    Visit visit;
    std::string lang;          // the author's
    struct Answer {
        Seconds after = 0;     // since the invitation
        Words words;
    };
    std::optional<Answer> answer;
    std::vector<Call> calls;   // where the words ask for one (promise 4), though not every dealer made it
    std::optional<Reply> reply;
    std::optional<Correction> correction;
    std::optional<Seconds> withdrawn_after;
};

// Contract: one or two stars, a criterion at one, recommendation of six or less, or "please call me".
bool asks_for_a_call(const Words& words);

class Generator {
public:
    // `count` experiences from `from` (included) to `to` (excluded), in the order they happened.
    Generator(const Content& content, std::uint64_t seed, Date from, Date to, int count = experience_count);

    const std::vector<Story>& stories() const { return stories_; }
    // An experience so fresh that its invitation is due today: the newcomer's two-minute tour begins with it.
    Visit fresh_visit(Date today) const;

private:
    const Content& content_;
    std::vector<Story> stories_;
};

}  // namespace verbatim::demo
