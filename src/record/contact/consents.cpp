#include "record/contact/consents.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_consent("INSERT INTO consent (customer, purpose, basis, text_version, source, detail, at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
constexpr Sql select_consents("SELECT purpose, basis, text_version, source, COALESCE(detail, ''), at FROM consent WHERE customer = $1 ORDER BY id");
// Before the ledger began there was none to write: messages older than its first row are not asked about.
constexpr Sql count_uncovered(R"sql(
SELECT COUNT(*) FROM message m WHERE m.purpose = 'invitation' AND m.state = 'sent' AND m.customer IS NOT NULL
  AND m.created_at > (SELECT COALESCE(MIN(at), m.created_at) FROM consent)
  AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.customer = m.customer AND c.purpose = 'invitation' AND c.at <= m.created_at))sql");
constexpr Sql count_unnoticed(R"sql(
SELECT COUNT(*) FROM customer c WHERE c.source = 'dealer' AND EXISTS (SELECT 1 FROM message m WHERE m.customer = c.id AND m.state = 'sent'
    AND m.created_at > (SELECT COALESCE(MIN(at), m.created_at) FROM consent))
  AND NOT EXISTS (SELECT 1 FROM privacy_notice n WHERE n.customer = c.id))sql");

}  // namespace

void note_consents(Tx& tx, std::span<const Consent> consents) {
    using Line = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view, std::string_view, std::optional<std::string_view>, Seconds>;
    std::vector<Line> rows;
    rows.reserve(consents.size());
    for (const auto& c : consents) {
        rows.emplace_back(c.customer, c.purpose, c.basis, c.text_version, c.source, c.detail.empty() ? std::nullopt : std::optional<std::string_view>(c.detail), c.at);
    }
    if (!rows.empty()) tx.exec_many(insert_consent, rows);
}

std::vector<Consent> consents_of(Tx& tx, std::string_view customer) {
    std::vector<Consent> all;
    tx.each(select_consents, [&](const Row& row) {
        all.push_back({std::string(customer), std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                       std::string(row.text(4)), row.integer(5)});
    }, customer);
    return all;
}

std::int64_t invitations_without_consent_row(Tx& tx) { return tx.value<std::int64_t>(count_uncovered); }
std::int64_t written_to_without_notice(Tx& tx) { return tx.value<std::int64_t>(count_unnoticed); }

}  // namespace verbatim::contact
