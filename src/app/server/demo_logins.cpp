#include "app/server/demo_logins.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/server/files.h"
#include "ground/crypto/crypto.h"
#include "ground/crypto/password.h"
#include "record/access/sessions.h"
#include "record/network/network.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;
using storage::Tx;

struct Wanted {
    const char* role;
    const char* scope;  // preferred
    const char* sees;
};
constexpr Wanted wanted[] = {
    {"site", "FR-NAN", "one point of sale: its cases, reviews, answers"},
    {"adviser", "FR-NAN", "his own figures"},
    {"group", "", "a dealer group's sites"},
    {"country", "FR", "a country"},
    {"agent", "*", "the call centre: whom to call, and what came of it"},
    {"moderator", "*", "the moderators' queue"},
    {"hq", "*", "headquarters"},
    {"product", "*", "the models"},
    {"crm", "*", "the contact plan"},
    {"auditor", "*", "everything, read only"},
    {"admin", "*", "settings, people, keys, the audit trail"},
};

std::string password_of(const std::string& data) {
    const auto path = fs::path(data) / "logins.password";
    if (fs::exists(path)) {
        auto text = read_file(path.string());
        text.erase(std::find(text.begin(), text.end(), '\n'), text.end());
        return text;
    }
    const auto made = crypto::random_id(4) + "-" + crypto::random_id(4) + "-" + crypto::random_id(4) + "-" + crypto::random_id(4);
    std::ofstream(path) << made << "\n";
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    return made;
}

}  // namespace

void print_demo_logins(House& house) {
    const auto password = password_of(house.place.data);
    const auto hash = crypto::hash_password(password);
    std::printf("  Sign in at %s/office/ with the password %s as\n\n", house.place.base_url.c_str(), password.c_str());
    for (const auto& one : wanted) {
        const auto person = house.db->write([&](Tx& tx) -> std::optional<network::Person> {
            const auto people = network::people_with_role(tx, one.role);
            if (people.empty()) return std::nullopt;
            const auto preferred = std::find_if(people.begin(), people.end(), [&](const network::Person& somebody) { return somebody.scope == one.scope; });
            const auto& chosen = preferred == people.end() ? people.front() : *preferred;
            const auto account = access::keep_account(tx, house.clock.now(), chosen.email);
            if (account.password.empty()) access::keep_password(tx, house.clock.now(), account.id, hash);
            return chosen;
        });
        if (person) std::printf("    %-10s %-40s %s\n", one.role, person->email.c_str(), one.sees);
    }
    std::printf("\n");
}

}  // namespace verbatim::server
