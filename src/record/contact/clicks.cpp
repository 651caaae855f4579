#include "record/contact/clicks.h"

#include "ground/formats/percent.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::size_t digits_kept = 16;
constexpr Sql select_message("SELECT m.unique_key, m.customer, COALESCE(m.sent_at, 0) FROM message m JOIN customer_identity i ON i.customer = m.customer WHERE m.id = $1");
constexpr Sql select_letters(R"sql(
SELECT id, unique_key FROM message WHERE state = 'sent' AND created_at > $1 AND about LIKE 'plan:%' AND mail_template LIKE 'letter\_%' ESCAPE '\'
ORDER BY created_at, id LIMIT $2)sql");
constexpr Sql select_wish("SELECT basis FROM consent WHERE customer = $1 AND purpose = 'tracking' ORDER BY id DESC LIMIT 1");

std::string tag(std::string_view message, std::string_view target) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : vault::keyed_hash("click", std::string(message) + "\n" + std::string(target)).substr(0, digits_kept / 2)) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> read_signed(std::string_view token, std::string_view target) {
    const auto dash = token.rfind('-');
    if (dash == std::string_view::npos || dash == 0 || token.size() > 64) return std::nullopt;
    const auto message = token.substr(0, dash), given = token.substr(dash + 1);
    const auto expected = tag(message, target);
    // Every digit is looked at, whatever the first difference.
    bool ours = given.size() == expected.size();
    for (std::size_t i = 0; i < expected.size() && i < given.size(); ++i) ours = (given[i] == expected[i]) & ours;
    if (!ours) return std::nullopt;
    return std::string(message);
}

}  // namespace

std::string click_path(std::string_view message, std::string_view target) {
    return "/c/" + std::string(message) + "-" + tag(message, target) + "?to=" + percent_encoded(target);
}

std::optional<std::string> read_click(std::string_view token, std::string_view target) {
    return target.empty() || target.size() > 2000 ? std::nullopt : read_signed(token, target);
}

// Signed as a link that leads nowhere, which no link does.
std::string open_path(std::string_view message) { return "/o/" + std::string(message) + "-" + tag(message, {}); }
std::optional<std::string> read_open(std::string_view token) { return read_signed(token, {}); }

std::optional<Followed> message_followed(Tx& tx, std::string_view message) {
    std::optional<Followed> found;
    tx.each(select_message, [&](const Row& row) { found = Followed{std::string(row.text(0)), std::string(row.text(1)), row.integer(2)}; }, message);
    if (found) found->refused = tx.row<std::string>(select_wish, found->customer).value_or(std::string()) == "no";
    return found;
}

std::vector<std::pair<std::string, std::string>> letters_since(Tx& tx, Seconds since, int limit) {
    std::vector<std::pair<std::string, std::string>> found;
    tx.each(select_letters, [&](const Row& row) { found.emplace_back(row.text(0), row.text(1)); }, since, limit);
    return found;
}

}  // namespace verbatim::contact
