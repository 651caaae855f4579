#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "record/contact/contact.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_trace("INSERT INTO device_trace (day, site, device, customer) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql delete_traces("DELETE FROM device_trace WHERE day < $1");
constexpr Sql count_authors(R"sql(
SELECT COUNT(DISTINCT o.customer) FROM device_trace d JOIN device_trace o ON o.day = d.day AND o.site = d.site AND o.device = d.device
WHERE d.customer = $1 AND d.site = $2 AND d.day = $3)sql");

}  // namespace

void note_device(Tx& tx, Seconds now, std::string_view customer, std::string_view site, std::string_view device) {
    if (device.empty()) return;
    const auto day = now / one_day;
    tx.exec(insert_trace, day, site, Blob{crypto::hmac_sha256(vault::salt_of_day(tx, now), device)}, customer);
    tx.exec(delete_traces, day - 1);
}

std::int64_t authors_from_same_device(Tx& tx, Seconds now, std::string_view customer, std::string_view site) {
    return tx.value<std::int64_t>(count_authors, customer, site, now / one_day);
}

}  // namespace verbatim::contact
