// What a person wants to be written about, and by what: the page behind /u/{token}, by topic and channel, without a login and at once. RFC
// 8058's one click is set_preferences() of contact.h and asks for nothing.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/contact/contact.h"

namespace verbatim::contact {

struct Wishes {
    struct One {
        std::string code;  // invitation | survey | marketing | data_platform, or mail | sms | paper | call
        bool wanted = false;
    };
    std::string known_as;  // c…@example.org, or a number's end
    std::string locale;
    std::vector<One> topics;
    std::vector<One> channels;  // those that could reach the person
};

class WishDesk {
public:
    WishDesk(storage::Db& db, const Clock& clock) : db_(&db), clock_(&clock) {}
    std::optional<Wishes> wishes(std::string_view token) const;
    // What is not named is not wanted. What changes is kept in the consent ledger (norm GDP-1) and closes or opens mailbox, number and postal
    // address alike, whoever is imported under them later (norms EML-4, EML-10). false: unknown token.
    bool set(std::string_view token, const std::set<std::string, std::less<>>& topics, const std::set<std::string, std::less<>>& channels) const;

private:
    storage::Db* db_;
    const Clock* clock_;
};

}  // namespace verbatim::contact
