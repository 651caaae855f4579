#include "record/reviews/counted.h"

#include "record/reviews/store.h"

namespace verbatim::reviews {
namespace {

using figures::Counts;
using figures::Measure;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_answered_at("SELECT published_at FROM reply WHERE review = $1 AND state = 'published' LIMIT 1");

#define COUNTED_COLUMNS                                                                                                                   \
    "r.subject, r.service, r.state, r.rating, r.recommend, r.criteria, r.published_at, r.updated_at, COALESCE(e.product, ''), COALESCE(e.adviser, ''), " \
    "COALESCE(e.country, ''), COALESCE(e.registered_on, ''), COALESCE(e.occurred_on, ''), p.published_at "
#define COUNTED_JOINS                                                                                                                     \
    "JOIN review r ON r.subject = s.subject LEFT JOIN experience e ON e.id = r.experience "                                               \
    "LEFT JOIN reply p ON p.review = r.id AND p.state = 'published' WHERE r.origin <> 'gathered' AND "
#define ENDED "r.state IN ('refused', 'withdrawn', 'removed', 'erased')"
#define SITES "FROM (SELECT 'site:' || code AS subject FROM site WHERE code > $1 ORDER BY code LIMIT $2) s "
#define PRODUCTS "FROM (SELECT 'product:' || code AS subject FROM product WHERE code > $1 ORDER BY code LIMIT $2) s "
constexpr Sql published_of_sites("SELECT " COUNTED_COLUMNS SITES COUNTED_JOINS "r.state = 'published'");
constexpr Sql ended_of_sites("SELECT " COUNTED_COLUMNS SITES COUNTED_JOINS ENDED);
constexpr Sql published_of_products("SELECT " COUNTED_COLUMNS PRODUCTS COUNTED_JOINS "r.state = 'published'");
constexpr Sql ended_of_products("SELECT " COUNTED_COLUMNS PRODUCTS COUNTED_JOINS ENDED);

// The month counts: of the first publication for what is public, of the end for what is not.
std::map<int, Counts> counts_of(State state, std::optional<int> rating, std::optional<int> recommend, const std::map<std::string, int>& criteria,
                                Seconds published_at, Seconds updated_at, Seconds answered_at) {
    std::map<int, Counts> months;
    const auto ended = [&](Measure measure) { ++months[figures::month_of(updated_at)].cell[measure]; };
    switch (state) {
        case State::refused: ended(Measure::refused); return months;
        case State::withdrawn: ended(Measure::withdrawn); return months;
        case State::removed: ended(Measure::removed); return months;
        case State::erased: ended(Measure::erased); return months;
        case State::collected:
        case State::held:
        case State::rephrase: return months;
        case State::published: break;
    }
    auto& counts = months[figures::month_of(published_at)];
    if (rating && *rating >= 1 && *rating <= 5) ++counts.cell.values[static_cast<std::size_t>(*rating - 1)];
    else ++counts.cell[Measure::unrated];
    if (recommend) ++counts.cell[*recommend >= 9 ? Measure::promoters : *recommend >= 7 ? Measure::passives : Measure::detractors];
    for (const auto& [criterion, mark] : criteria) counts.criteria[criterion] = {1, mark};
    if (answered_at != 0) figures::add_reply(counts.cell, answered_at - published_at);
    return months;
}

}  // namespace

Contribution contribution(Tx& tx, const Review& review) {
    if (review.origin == "gathered") return {};  // shown apart and never mixed with our own (norm PUB-7)
    Seconds answered_at = 0;
    if (review.state == State::published) {
        if (const auto at = tx.row<std::int64_t>(select_answered_at, review.id)) answered_at = *at;
    }
    return {review.content.subject, review.content.service, review.experience,
            counts_of(review.state, review.content.rating, review.content.recommend, review.content.criteria, review.published_at, review.updated_at, answered_at)};
}

void count_step(Tx& tx, const Contribution& before, std::string_view id) {
    const auto review = find(tx, id);
    auto after = contribution(tx, *review);
    if (before.experience == after.experience) {
        for (const auto& [month, counts] : before.months) after.months[month] -= counts;
    } else {  // an erasure cuts the experience off
        for (const auto& [month, counts] : before.months) {
            Counts less;
            less -= counts;
            figures::count(tx, before.subject, before.service, before.experience, month, less);
        }
    }
    for (const auto& [month, counts] : after.months) figures::count(tx, after.subject, after.service, after.experience, month, counts);
}

void recount(Tx& tx, const figures::Subjects& subjects, const figures::Sink& sink) {
    const auto read = [&](const Row& row) {
        const auto moment = [&](int column) { return row.is_null(column) ? Seconds(0) : Seconds(row.integer(column)); };
        const auto small = [&](int column) { return row.is_null(column) ? std::nullopt : std::optional(static_cast<int>(row.integer(column))); };
        const auto months = counts_of(*state_from_word(row.text(2)), small(3), small(4), row.is_null(5) ? std::map<std::string, int>() : criteria_from_json(row.text(5)),
                                      moment(6), moment(7), moment(13));
        for (const auto& [month, counts] : months) {
            sink(figures::place_of(row.text(0), row.text(1), month, row.text(8), row.text(9), row.text(10), row.text(11), row.text(12)), counts);
        }
    };
    const bool sites = subjects.kind == "site";
    tx.each(sites ? published_of_sites : published_of_products, read, subjects.after, subjects.limit);
    tx.each(sites ? ended_of_sites : ended_of_products, read, subjects.after, subjects.limit);
}

}  // namespace verbatim::reviews
