// Figures of everything a desk compares, kept in the transaction that changes the fact (decision 25).
//
//   a fact changes --count()--> figure_fresh --fold()--> figure_base, figure_total, figure_criterion, figure_product
//
// count() writes one row in the causing transaction and touches nothing that another transaction touches, so that the brand's total
// is no row everybody waits for. fold() adds such rows to the totals, set by set, every few seconds. Whoever reads adds up both, in one
// snapshot: what he reads is exact at every moment, folded or not.
//
// A fact is counted for the site or the product its words are about, and for every branch this subject lies on today. A site that moves to
// another group or country takes its whole history along: who leads it now sees what he now answers for.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "record/figures/measures.h"

namespace verbatim::figures {

std::span<const storage::Migration> migrations();

// Where a fact is counted.
struct Place {
    std::string subject;  // "site:CODE" | "product:CODE"
    std::string service;  // new_car | used_car | workshop
    int month = 0;
    std::string product;  // code of the vehicle concerned; may be empty
    std::string adviser;  // staff e-mail, as the experience names it; may be empty
    std::string country, age;  // of words on a product: where the customer is, age_band() of the vehicle
    friend auto operator<=>(const Place&, const Place&) = default;
};

// `product`, `adviser` and the rest as the experience names them: words on a product have no adviser, words on a site no country.
Place place_of(std::string_view subject, std::string_view service, int month, std::string_view product, std::string_view adviser,
               std::string_view country, std::string_view registered_on, std::string_view experience_on);

// In the causing transaction. The experience (may be empty) says product, adviser, country and age.
void count(storage::Tx& tx, std::string_view subject, std::string_view service, std::string_view experience, int month, const Counts& change);
// The same where the caller knows product and adviser himself.
void count(storage::Tx& tx, const Place& place, const Counts& change);

// A case as it stands, opened in `month` for words of this subject: counts what changed since the last time.
void count_case(storage::Tx& tx, std::string_view id, std::string_view subject, std::string_view review, int month, const Counts& counts);

// Is there something for fold() or follow_moves() to do?
bool waits(storage::Tx& tx);
bool moved(storage::Tx& tx);
// Adds at most `limit` waiting rows to the totals; how many there were. One transaction.
std::int64_t fold(storage::Tx& tx, int limit);
// Sites that are new or moved; their history goes with them. One transaction; at most `limit` sites, how many.
std::int64_t follow_moves(storage::Tx& tx, int limit);

// Every fact of these subjects, one by one, as its module has it now: what the totals must be equal to.
using Sink = std::function<void(const Place&, const Counts&)>;
struct Subjects {
    std::string_view kind;   // "site" | "product"
    std::string_view after;  // code; the `limit` codes behind it
    int limit = 0;
};
using Source = std::function<void(storage::Tx&, const Subjects&, const Sink&)>;

struct Difference {
    std::string table, key;  // "figure_total", "country:FR workshop 2026-10"
    std::string measure;
    std::int64_t kept = 0, counted = 0;
};
struct Check {
    std::int64_t facts = 0, cells = 0, differences = 0;
};
// Counts everything anew and holds it against what is kept, some subjects at a time, each in one snapshot. `rebuild` adds what is
// missing. Safe beside a running server: what changes meanwhile is in both sides of each snapshot, and corrections are additions.
// Before the first counting (complete() is false) `rebuild` makes all of them and reports no difference.
Check check(storage::Db& db, std::span<const Source> sources, bool rebuild, const std::function<void(const Difference&)>& report);
// Were the facts from before this module counted? (a platform that was updated)
bool complete(storage::Tx& tx);
void mark_complete(storage::Tx& tx);

}  // namespace verbatim::figures
