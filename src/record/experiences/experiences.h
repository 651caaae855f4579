// The register of what happened: an order, a delivery, a used car, a workshop visit. Who is asked depends on these rows
// alone, never on who is likely to be happy (promise 1, norm COL-7). Each has one invitation at most and ends in one outcome.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/calendar.h"

namespace verbatim::experiences {

std::span<const storage::Migration> migrations();

//   waiting --invite--> invited --answer--> answered          invited --> expired
//   waiting --suppress(reason)--> suppressed                  invited --suppress(bounce, opt_out, erased)--> suppressed
// The last three are final. Only an answer proven by an invoice still replaces `expired` or `suppressed`, and only until the
// log has counted the batch.
enum class Outcome { waiting, invited, answered, expired, suppressed };
std::string_view to_word(Outcome outcome);

struct Experience {
    std::string id;            // the importer's
    std::string kind;          // order | delivery | used_car | workshop
    std::string occurred_on;   // ISO date
    std::string site, product, adviser;  // codes; staff e-mail; product and adviser may be empty
    std::string customer;      // id in record/contact
    std::string locale, country, vin, registered_on;
    std::string consent;       // "invitation=legitimate_interest;marketing=yes"
    std::string attributes;    // JSON object of the file's other columns (invoice, registration, ...)
    Outcome outcome = Outcome::waiting;
    std::string reason;        // of a suppression: opt_out | no_basis | too_old | duplicate | no_address | cap
    Seconds imported_at = 0, invited_at = 0;
    std::int64_t batch = 0;    // the commitment it belongs to (batches.h)
};

enum class Kept { taken, already_there };
// A row already there is left as it is: what happened does not change. Proofs (invoice, registration, VIN) become findable.
// Every one joins the open batch of its site, whatever becomes of it; of many rows, ask for the batch once (batches.h).
Kept keep(storage::Tx& tx, const Experience& experience);
Kept keep(storage::Tx& tx, const Experience& experience, std::int64_t batch);
std::optional<Experience> find(storage::Tx& tx, std::string_view id);
std::vector<Experience> of_customer(storage::Tx& tx, std::string_view customer);
void set_outcome(storage::Tx& tx, std::string_view id, Outcome outcome, std::string_view reason, Seconds now);

// The unanswered experience on this site that a spontaneous author's invoice, order or registration number or VIN names
// (norm COL-2). Compared without case, spaces and hyphens.
std::optional<Experience> find_by_proof(storage::Tx& tx, std::string_view site, std::string_view proof);
// Has this person another experience on this site within `days` before `occurred_on` that was invited? (cap)
bool invited_recently(storage::Tx& tx, std::string_view customer, std::string_view site, Seconds since);
// The person is gone: ids and salts are cut, outcomes stay countable; what was still open is suppressed as `erased`.
void forget_customer(storage::Tx& tx, std::string_view customer);

struct OutcomeCount {
    std::string site, outcome, reason;
    std::int64_t count = 0;
};
std::vector<OutcomeCount> outcome_counts(storage::Tx& tx);

// The service a kind of experience is rated as: new_car | used_car | workshop.
std::string_view service_of(std::string_view kind);

}  // namespace verbatim::experiences
