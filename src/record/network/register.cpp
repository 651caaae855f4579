#include "record/network/register.h"

#include <algorithm>

#include "ground/formats/mailbox.h"
#include "ground/formats/utf8.h"
#include "record/network/branches.h"
#include "record/network/opening_hours.h"

namespace verbatim::network {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql select_codes(R"sql(
SELECT s.code FROM site s JOIN branch_subject b ON b.branch = $1 AND b.subject = 'site:' || s.code
WHERE s.code > $2 AND ($3 = '' OR instr(lower(s.code), lower($3)) > 0 OR instr(lower(s.name), lower($3)) > 0 OR instr(lower(COALESCE(s.city, '')), lower($3)) > 0)
ORDER BY s.code LIMIT $4)sql",
    R"sql(
SELECT s.code FROM site s JOIN branch_subject b ON b.branch = $1 AND b.subject = 'site:' || s.code
WHERE s.code > $2 AND ($3 = '' OR strpos(lower(s.code), lower($3)) > 0 OR strpos(lower(s.name), lower($3)) > 0 OR strpos(lower(COALESCE(s.city, '')), lower($3)) > 0)
ORDER BY s.code LIMIT $4)sql");

bool plain_line(std::string_view text, std::size_t most) {
    return text.size() <= most && valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

Result<void> check(const Register::Wish& wish) {
    if (wish.name && (wish.name->empty() || !plain_line(*wish.name, 200))) return invalid("name", "a name is one line of at most 200 bytes", "name");
    if (wish.phone && !plain_line(*wish.phone, 40)) return invalid("phone", "a telephone number is one line of at most 40 bytes", "phone");
    if (wish.email && !wish.email->empty() && !plausible_mailbox(*wish.email)) return invalid("email", "that is no address", "email");
    if (wish.opening && !wish.opening->empty() && (wish.opening->size() > 400 || !is_opening_hours(*wish.opening))) {
        return invalid("opening", "write opening hours like Mo-Fr 08:00-18:30; Sa 09:00-12:00; Su,PH off", "opening");
    }
    return {};
}

}  // namespace

std::optional<std::vector<Site>> Register::list(std::string_view own, std::string_view asked, std::string_view q, std::string_view after, int limit) const {
    return db_.read([&](Tx& tx) -> std::optional<std::vector<Site>> {
        const auto branch = narrowed(tx, own, asked);
        if (!branch) return std::nullopt;
        std::vector<Site> all;
        for (const auto& code : tx.rows<std::string>(select_codes, *branch, after, q, limit))
            if (auto site = find_site(tx, code)) all.push_back(std::move(*site));
        return all;
    });
}

std::optional<Site> Register::find(std::string_view own, std::string_view code) const {
    return db_.read([&](Tx& tx) -> std::optional<Site> {
        if (!reaches(tx, own, "site:" + std::string(code))) return std::nullopt;
        return find_site(tx, code);
    });
}

Result<Site> Register::change(std::string_view own, std::string_view code, const Wish& wish, Seconds seen) const {
    if (auto good = check(wish); !good) return good.error();
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Site> {
        auto site = reaches(tx, own, "site:" + std::string(code)) ? find_site(tx, code) : std::nullopt;
        if (!site) return not_found("site_unknown", "there is no such point of sale");
        if (seen != 0 && site->updated_at != seen) return conflict("changed_meanwhile", "somebody changed this point of sale meanwhile; read it again");
        if (wish.name) site->name = *wish.name;
        if (wish.phone) site->phone = *wish.phone;
        if (wish.email) site->email = *wish.email;
        if (wish.opening) site->opening = *wish.opening;
        if (wish.active) site->active = *wish.active;
        store(tx, now, *site);
        return *find_site(tx, code);
    });
}

}  // namespace verbatim::network
