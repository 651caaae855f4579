#include "record/experiences/experiences.h"

#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "record/experiences/batches.h"
#include "record/figures/figures.h"

namespace verbatim::experiences {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::string_view words[] = {"waiting", "invited", "answered", "expired", "suppressed"};

#define EXPERIENCE_COLUMNS                                                                                                         \
    "e.id, e.kind, e.occurred_on, e.site, e.product, e.adviser, e.customer, e.locale, e.country, e.vin, e.registered_on, "          \
    "e.consent, e.attributes, e.outcome, e.reason, e.imported_at, e.invited_at, e.batch"

constexpr Sql insert_experience(R"sql(
INSERT INTO experience (id, kind, occurred_on, site, product, adviser, customer, locale, country, vin, registered_on, consent, attributes,
  outcome, imported_at, batch, salt, bound) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting', $14, $15, $16, $17)
ON CONFLICT DO NOTHING)sql");
constexpr Sql insert_proof("INSERT INTO experience_proof (site, proof, experience) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
constexpr Sql select_experience("SELECT " EXPERIENCE_COLUMNS " FROM experience e WHERE e.id = $1");
constexpr Sql select_of_customer("SELECT " EXPERIENCE_COLUMNS " FROM experience e WHERE e.customer = $1 ORDER BY e.occurred_on, e.id");
constexpr Sql select_by_proof("SELECT " EXPERIENCE_COLUMNS R"sql( FROM experience_proof p JOIN experience e ON e.id = p.experience
WHERE p.site = $1 AND p.proof = $2 AND e.reviewed = 0 ORDER BY e.occurred_on DESC LIMIT 1)sql");
// A final outcome stays as it is: the public log may have counted it already.
constexpr Sql update_invited("UPDATE experience SET outcome = 'invited', invited_at = $2 WHERE id = $1 AND outcome IN ('waiting', 'invited')");
constexpr Sql update_final("UPDATE experience SET outcome = $2, reason = $3 WHERE id = $1 AND outcome IN ('waiting', 'invited')");
constexpr Sql update_reviewed("UPDATE experience SET reviewed = 1 WHERE id = $1");
constexpr Sql update_answered_late("UPDATE experience SET outcome = 'answered', reason = NULL WHERE id = $1 AND outcome IN ('expired', 'suppressed')");
constexpr Sql select_recent("SELECT 1 FROM experience WHERE customer = $1 AND site = $2 AND invited_at >= $3 LIMIT 1");
constexpr Sql suppress_erased("UPDATE experience SET outcome = 'suppressed', reason = 'erased' WHERE customer = $1 AND outcome IN ('waiting', 'invited')");
// Without the salt nobody can open the person's leaf in a batch any more (norm GDP-7); the leaf itself stays, for the others' proofs.
constexpr Sql cut_customer("UPDATE experience SET customer = '', vin = NULL, attributes = NULL, salt = NULL WHERE customer = $1");
constexpr Sql cut_proofs("DELETE FROM experience_proof WHERE experience IN (SELECT id FROM experience WHERE customer = $1)");
constexpr Sql count_outcomes("SELECT site, outcome, COALESCE(reason, ''), COUNT(*) FROM experience GROUP BY site, outcome, COALESCE(reason, '')");

// Who was invited, and whether he answered, for the figures. Locked: a step counts the difference it makes.
constexpr Sql select_counted("SELECT site, kind, invited_at, outcome, COALESCE(product, ''), COALESCE(adviser, '') FROM experience WHERE id = $1",
                             "SELECT site, kind, invited_at, outcome, COALESCE(product, ''), COALESCE(adviser, '') FROM experience WHERE id = $1 FOR UPDATE");

struct Counted {
    figures::Place place;
    figures::Counts counts;
};

Counted counted(Tx& tx, std::string_view id) {
    Counted found;
    for (const auto& [site, kind, invited_at, outcome, product, adviser] :
         tx.rows<std::string, std::string, std::optional<std::int64_t>, std::string, std::string, std::string>(select_counted, id)) {
        if (!invited_at) continue;
        found.place = figures::place_of("site:" + site, service_of(kind), figures::month_of(*invited_at), product, adviser, {}, {}, {});
        found.counts.cell[figures::Measure::invited] = 1;
        found.counts.cell[figures::Measure::answered] = outcome == "answered" ? 1 : 0;
    }
    return found;
}

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

std::string normal_proof(std::string_view proof) {
    std::string normal;
    for (const char c : proof.substr(0, 200)) {
        if (c >= 'a' && c <= 'z') normal += static_cast<char>(c - 'a' + 'A');
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) normal += c;
    }
    return normal;
}

Experience read_experience(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    Experience e{text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), text(10), text(11), text(12),
                 Outcome::waiting, text(14), row.integer(15), row.is_null(16) ? 0 : row.integer(16), row.is_null(17) ? 0 : row.integer(17)};
    for (int i = 0; i < static_cast<int>(std::size(words)); ++i) {
        if (words[i] == row.text(13)) e.outcome = static_cast<Outcome>(i);
    }
    return e;
}

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"experiences", 1, "experiences and their proofs", R"sql(
CREATE TABLE experience (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  site TEXT NOT NULL,
  product TEXT,
  adviser TEXT,
  customer TEXT NOT NULL,
  locale TEXT,
  country TEXT,
  vin TEXT,
  registered_on TEXT,
  consent TEXT,
  attributes TEXT,
  outcome TEXT NOT NULL,
  reason TEXT,
  imported_at BIGINT NOT NULL,
  invited_at BIGINT
);
CREATE INDEX experience_customer ON experience (customer, site, invited_at);
CREATE INDEX experience_outcome ON experience (site, outcome);
CREATE TABLE experience_proof (
  site TEXT NOT NULL,
  proof TEXT NOT NULL,
  experience TEXT NOT NULL,
  PRIMARY KEY (site, proof, experience)
);
)sql"},
        {"experiences", 2, "batches that the public log commits to", R"sql(
ALTER TABLE experience ADD COLUMN batch BIGINT;
ALTER TABLE experience ADD COLUMN salt BLOB;
ALTER TABLE experience ADD COLUMN bound BLOB;
ALTER TABLE experience ADD COLUMN reviewed BIGINT NOT NULL DEFAULT 0;
UPDATE experience SET reviewed = 1 WHERE outcome = 'answered';
CREATE INDEX experience_batch ON experience (batch);
CREATE INDEX experience_adopt ON experience (id) WHERE batch IS NULL;
CREATE INDEX experience_pending ON experience (batch) WHERE outcome IN ('waiting', 'invited');
CREATE TABLE batch (
  id SERIAL_KEY,
  site TEXT NOT NULL,
  day TEXT,
  part BIGINT,
  eligible BIGINT,
  sealed_at BIGINT,
  entry BIGINT,
  released_at BIGINT,
  closed_at BIGINT,
  outcome_entry BIGINT
);
CREATE UNIQUE INDEX batch_open ON batch (site) WHERE sealed_at IS NULL;
CREATE UNIQUE INDEX batch_part ON batch (site, day, part) WHERE day IS NOT NULL;
CREATE INDEX batch_unreleased ON batch (id) WHERE sealed_at IS NOT NULL AND released_at IS NULL;
CREATE INDEX batch_unclosed ON batch (id) WHERE released_at IS NOT NULL AND closed_at IS NULL;
)sql"},
        {"experiences", 3, "experiences in the order they came in", "CREATE INDEX experience_arrived ON experience (imported_at, id, customer)"},
        {"experiences", 4, "who else came with a vehicle", "CREATE INDEX experience_vin ON experience (vin, customer) WHERE vin IS NOT NULL"}};
    return list;
}

std::string_view to_word(Outcome outcome) { return words[static_cast<int>(outcome)]; }

Kept keep(Tx& tx, const Experience& experience) { return keep(tx, experience, open_batch(tx, experience.site)); }

Kept keep(Tx& tx, const Experience& e, BatchId batch) {
    const auto salt = crypto::random_bytes(32);
    const auto inserted = tx.exec(insert_experience, e.id, e.kind, e.occurred_on, e.site, or_null(e.product), or_null(e.adviser), e.customer,
        or_null(e.locale), or_null(e.country), or_null(e.vin), or_null(e.registered_on), or_null(e.consent), or_null(e.attributes), e.imported_at,
        batch, storage::Blob{salt}, storage::Blob{member_leaf(salt, e)});
    if (inserted == 0) return Kept::already_there;
    std::vector<std::string> proofs = {e.id, e.vin};
    if (!e.attributes.empty()) {
        const auto json = nlohmann::json::parse(e.attributes);
        for (const char* name : {"invoice", "registration", "order"}) {
            if (json.contains(name) && json[name].is_string()) proofs.push_back(json[name].get<std::string>());
        }
    }
    for (const auto& proof : proofs) {
        const auto normal = normal_proof(proof);
        if (!normal.empty()) tx.exec(insert_proof, e.site, normal, e.id);
    }
    return Kept::taken;
}

std::optional<Experience> find(Tx& tx, std::string_view id) {
    std::optional<Experience> found;
    tx.each(select_experience, [&](const Row& row) { found = read_experience(row); }, id);
    return found;
}

std::vector<Experience> of_customer(Tx& tx, std::string_view customer) {
    std::vector<Experience> all;
    if (!customer.empty()) tx.each(select_of_customer, [&](const Row& row) { all.push_back(read_experience(row)); }, customer);
    return all;
}

namespace {

void store_outcome(Tx& tx, std::string_view id, Outcome outcome, std::string_view reason, Seconds now) {
    if (outcome == Outcome::invited) {
        tx.exec(update_invited, id, now);
        return;
    }
    const bool first = tx.exec(update_final, id, to_word(outcome), or_null(reason)) != 0;
    if (outcome != Outcome::answered) return;
    tx.exec(update_reviewed, id);
    // An invoice may prove the experience of somebody whom we did not invite. Then he has answered, unless the log has said
    // what became of his batch.
    if (!first && lock_unclosed_batch_of(tx, id)) tx.exec(update_answered_late, id);
}

}  // namespace

void set_outcome(Tx& tx, std::string_view id, Outcome outcome, std::string_view reason, Seconds now) {
    // Nobody is invited by being suppressed, and who was not does not count.
    if (outcome != Outcome::invited && outcome != Outcome::answered) return store_outcome(tx, id, outcome, reason, now);
    const auto before = counted(tx, id);
    store_outcome(tx, id, outcome, reason, now);
    auto after = counted(tx, id);
    if (before.place == after.place) {
        after.counts -= before.counts;
    } else if (before.place.month != 0) {  // invited once more
        figures::Counts less;
        less -= before.counts;
        figures::count(tx, before.place, less);
    }
    figures::count(tx, after.place, after.counts);
}

std::optional<Experience> find_by_proof(Tx& tx, std::string_view site, std::string_view proof) {
    const auto normal = normal_proof(proof);
    if (normal.size() < 4) return std::nullopt;  // too short to prove anything
    std::optional<Experience> found;
    tx.each(select_by_proof, [&](const Row& row) { found = read_experience(row); }, site, normal);
    return found;
}

bool invited_recently(Tx& tx, std::string_view customer, std::string_view site, Seconds since) {
    return tx.row<std::int64_t>(select_recent, customer, site, since).has_value();
}

void forget_customer(Tx& tx, std::string_view customer) {
    tx.exec(cut_proofs, customer);
    tx.exec(suppress_erased, customer);
    tx.exec(cut_customer, customer);
}

std::vector<OutcomeCount> outcome_counts(Tx& tx) {
    std::vector<OutcomeCount> all;
    tx.each(count_outcomes, [&](const Row& row) {
        all.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.integer(3)});
    });
    return all;
}

std::string_view service_of(std::string_view kind) {
    if (kind == "workshop") return "workshop";
    if (kind == "used_car") return "used_car";
    return "new_car";
}

}  // namespace verbatim::experiences
