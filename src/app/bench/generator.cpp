#include "app/bench/generator.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "record/network/network.h"

namespace verbatim::bench {
namespace {

using storage::Blob;
using storage::Db;
using storage::Sql;
using storage::Tx;

constexpr std::int64_t at_once = 100'000;
constexpr int models = 25, versions = 4, advisers = 3;
constexpr std::string_view countries[] = {"FR", "DE", "IT", "ES", "GB", "PT", "NL", "PL", "BE", "AT", "CH", "SE", "DK", "FI", "NO", "IE", "CZ", "HU", "RO", "GR"};

// Numbers $1 to $2, and of each three that look like chance (multiplicative hashing; its upper bits are the good ones).
#define DICE "(i * 2654435761 % 4294967296) / 64 AS a, ((i * 2246822519 + 12345) % 4294967296) / 64 AS b, ((i * 3266489917 + 977) % 4294967296) / 64 AS c"
// $3: how many numbers there are in all, $4: sites
#define LIVES(numbers)                                                                                                                  \
    "(SELECT i, a, b, c, s, t, service, answered, rating, end_of FROM (SELECT i, a, b, c, s, t, service, answered, end_of, "            \
    "CASE WHEN u < 3 + q / 5 THEN 1 WHEN u < 7 + q / 3 THEN 2 WHEN u < 15 + q THEN 3 WHEN u < 45 + q THEN 4 ELSE 5 END AS rating "       \
    "FROM (SELECT i, a, b, c, a % $4 AS s, 1447000000 + i * 315000000 / $3 AS t, b % 100 AS u, (a % $4) * 7919 % 21 AS q, "              \
    "CASE WHEN c / 8 % 10 < 6 THEN 'workshop' WHEN c / 8 % 10 < 8 THEN 'delivery' ELSE 'used_car' END AS service, "                      \
    "CASE WHEN c / 128 % 10 < 6 THEN 1 ELSE 0 END AS answered, a / 16384 % 50 AS end_of FROM (SELECT i, " DICE " FROM " numbers ") d) e) f) l"
#define SQLITE_NUMBERS "(WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) SELECT i FROM n)"
#define POSTGRESQL_NUMBERS "(SELECT i FROM generate_series($1::bigint, $2::bigint) AS i) n"

#define EXPERIENCES                                                                                                                         \
    "INSERT INTO experience (id, kind, occurred_on, site, product, adviser, customer, locale, country, registered_on, outcome, imported_at, invited_at, reviewed) "
#define EXPERIENCE_COLUMNS_A "SELECT 'x' || i, service, "
#define EXPERIENCE_COLUMNS_B                                                                                                                \
    ", 'S' || s, 'M' || (c / 512 % 25) || 'V' || (c / 16384 % 4), 'adviser' || (b / 128 % 3) || '@s' || s || '.example', 'c' || i, 'en', "  \
    "substr('FRDEITESGBPTNLPLBEATCHSEDKFINOIECZHUROGR', CAST(1 + 2 * (s % 20) AS INTEGER), 2), "
#define EXPERIENCE_COLUMNS_C ", CASE WHEN answered = 1 THEN 'answered' ELSE 'expired' END, t, t + 172800, answered FROM "
constexpr Sql make_experiences(EXPERIENCES EXPERIENCE_COLUMNS_A "date(t, 'unixepoch')" EXPERIENCE_COLUMNS_B "date(t - (b / 512 % 3650) * 86400, 'unixepoch')" EXPERIENCE_COLUMNS_C LIVES(SQLITE_NUMBERS),
                               EXPERIENCES EXPERIENCE_COLUMNS_A "to_char(to_timestamp(t) AT TIME ZONE 'UTC', 'YYYY-MM-DD')" EXPERIENCE_COLUMNS_B
                               "to_char(to_timestamp(t - (b / 512 % 3650) * 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD')" EXPERIENCE_COLUMNS_C LIVES(POSTGRESQL_NUMBERS));

#define REVIEWS "INSERT INTO review (id, subject, service, origin, experience, state, version, rating, criteria, recommend, title, body, lang, contact_me, submitted_at, published_at, updated_at, parent) "
#define SERVICE "CASE WHEN service = 'delivery' THEN 'new_car' ELSE service END"
#define STATE "CASE end_of WHEN 0 THEN 'refused' WHEN 1 THEN 'withdrawn' ELSE 'published' END"
#define SITE_REVIEW                                                                                                                          \
    "SELECT 'r' || i, 'site:S' || s, " SERVICE ", 'invited', 'x' || i, " STATE ", 1, rating, "                                               \
    "'{\"deadline\":' || rating || ',\"price\":' || (1 + c / 64 % 5) || ',\"welcome\":' || (6 - 1 - rating / 2) || '}', "                    \
    "CASE WHEN b / 1024 % 3 = 0 THEN NULL ELSE rating * 2 + b / 4096 % 2 - 1 END, 'Visit ' || i, "                                          \
    "'Visit number ' || i || '. ' || CASE rating WHEN 1 THEN 'I waited three weeks for a part and nobody called me back.' WHEN 2 THEN 'The bill was higher than the estimate and nobody explained why.' " \
    "WHEN 3 THEN 'The work is done, the waiting was long.' WHEN 4 THEN 'Ready on the day they had named, a short wait at the counter.' ELSE 'Everything was explained line by line; I would come back.' END " \
    "|| ' The car runs.', 'en', 0, t + 345600, CASE WHEN end_of = 0 THEN NULL ELSE t + 432000 END, CASE WHEN end_of < 2 THEN t + 518400 END, NULL FROM "
#define ANSWERED " WHERE answered = 1"
constexpr Sql make_site_reviews(REVIEWS SITE_REVIEW LIVES(SQLITE_NUMBERS) ANSWERED, REVIEWS SITE_REVIEW LIVES(POSTGRESQL_NUMBERS) ANSWERED);

#define VEHICLE_REVIEW                                                                                                                       \
    "SELECT 'v' || i, 'product:M' || (c / 512 % 25) || 'V' || (c / 16384 % 4), " SERVICE ", 'invited', 'x' || i, 'published', 1, 1 + (rating + c / 32768 % 4) * 5 / 9, NULL, NULL, " \
    "'', 'Vehicle of visit ' || i || '. Quiet, frugal; the screen restarts while driving.', 'en', 0, t + 345600, t + 432000, NULL, 'r' || i FROM "
#define ANSWERED_ON_VEHICLE " WHERE answered = 1 AND b / 32 % 10 < 4"
constexpr Sql make_vehicle_reviews(REVIEWS VEHICLE_REVIEW LIVES(SQLITE_NUMBERS) ANSWERED_ON_VEHICLE, REVIEWS VEHICLE_REVIEW LIVES(POSTGRESQL_NUMBERS) ANSWERED_ON_VEHICLE);

// Closed ten days after they were opened; one in twenty-eight was never called. The last days' are still open, and planned on.
#define CALLED "c / 32 % 28 < 27"
#define OPEN "t + 1209600 > 1762532800"  // the bench's end
#define CASES                                                                                                                                \
    "INSERT INTO recovery_case (id, review, site, why, opened_at, due_at, first_call_at, closed_at, breached, subject, stage, level, next_at) " \
    "SELECT 'k' || i, 'r' || i, 'S' || s, 'rating', t + 345600, t + 432000, CASE WHEN " CALLED " THEN t + 345600 + (c / 32 % 28) * 3600 + 60 END, " \
    "CASE WHEN " OPEN " THEN NULL ELSE t + 1209600 END, CASE WHEN c / 32 % 28 >= 24 THEN 1 ELSE 0 END, 'site:S' || s, "                      \
    "CASE WHEN NOT " OPEN " THEN 'closed' WHEN " CALLED " THEN 'called' ELSE 'open' END, CASE WHEN c / 32 % 28 >= 24 THEN 24 ELSE 0 END, "     \
    "CASE WHEN " OPEN " AND " CALLED " THEN t + 604800 END FROM "
#define UNHAPPY " WHERE answered = 1 AND rating <= 2"
constexpr Sql mark_cases("INSERT INTO review_case (review) SELECT review FROM recovery_case WHERE 1 = 1 ON CONFLICT DO NOTHING");
constexpr Sql make_cases(CASES LIVES(SQLITE_NUMBERS) UNHAPPY, CASES LIVES(POSTGRESQL_NUMBERS) UNHAPPY);

#define REPLIES                                                                                                                              \
    "INSERT INTO reply (id, review, body, author, staff, state, submitted_at, published_at, salt, commitment) "                              \
    "SELECT 'p' || i, 'r' || i, 'Thank you for visit ' || i || '.', 'S' || s, 'staff@example', 'published', t + 500000, t + 432000 + (a / 256 % 12) * 86400 + 600, $5, '' FROM "
#define REPLIED " WHERE answered = 1 AND end_of > 1 AND b / 4 % 8 = 0"
constexpr Sql make_replies(REPLIES LIVES(SQLITE_NUMBERS) REPLIED, REPLIES LIVES(POSTGRESQL_NUMBERS) REPLIED);

void make_network(Db& db, int sites) {
    db.write([&](Tx& tx) {
        for (int model = 0; model < models; ++model) {
            network::Product product;
            product.code = "M" + std::to_string(model);
            product.name = "Model " + std::to_string(model);
            product.kind = "model";
            network::store(tx, begin, product);
            for (int version = 0; version < versions; ++version) {
                network::Product one = product;
                one.parent = product.code;
                one.code += "V" + std::to_string(version);
                one.kind = "version";
                network::store(tx, begin, one);
            }
        }
    });
    for (int from = 0; from < sites; from += 1000) {
        db.write([&](Tx& tx) {
            for (int i = from; i < std::min(sites, from + 1000); ++i) {
                network::Site site;
                site.code = "S" + std::to_string(i);
                site.name = "Site " + std::to_string(i);
                site.country = countries[static_cast<std::size_t>(i % 20)];
                // A group lies in one country; every fiftieth reaches into the next.
                site.group = "G" + std::to_string(i % 20 + 20 * (i / 20 % std::max(1, sites / 200)) + (i % 470 == 1 ? 1 : 0));
                site.dealer = "D" + std::to_string(i % 20 + 20 * (i / 40));
                site.locale = "en";
                site.timezone = "Europe/Paris";
                site.services = "new_car;used_car;workshop";
                network::store(tx, begin, site);
                for (int k = 0; k < advisers; ++k) {
                    network::Person person;
                    person.email = "adviser" + std::to_string(k) + "@s" + std::to_string(i) + ".example";
                    person.name = "Ada " + std::to_string(k);
                    person.role = "adviser";
                    person.scope = site.code;
                    network::store(tx, person);
                }
            }
        });
    }
}

}  // namespace

Made make(Db& db, const Size& size, const std::function<void(const char*, std::int64_t)>& progress) {
    make_network(db, size.sites);
    progress("sites", size.sites);
    Made made;
    const std::int64_t lives = size.rows / 2;
    for (std::int64_t from = 1; from <= lives; from += at_once) {
        const auto to = std::min(lives, from + at_once - 1);
        db.write([&](Tx& tx) {
            made.invitations += tx.exec(make_experiences, from, to, lives, size.sites);
            made.reviews += tx.exec(make_site_reviews, from, to, lives, size.sites) + tx.exec(make_vehicle_reviews, from, to, lives, size.sites);
            made.cases += tx.exec(make_cases, from, to, lives, size.sites);
            made.answers += tx.exec(make_replies, from, to, lives, size.sites, Blob{"s"});
        });
        progress("rows", made.all());
    }
    db.write([](Tx& tx) { tx.exec(mark_cases); });
    return made;
}

}  // namespace verbatim::bench
