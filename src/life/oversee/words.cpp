// From a figure to the sentences behind it.
#include <charconv>

#include "life/oversee/oversee.h"
#include "record/network/network.h"

namespace verbatim::oversee {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr std::int64_t narrow = 300;  // subjects: few enough to look into each, instead of through all newest

#define WORD_COLUMNS "SELECT r.id, r.subject, r.service, r.rating, r.title, r.body, r.lang, r.experience_on, r.published_at "
// $1 branch, $2 and $3 moments, $4 service, $5 and $6 stars, $7 and $8 where the last page ended, $9 product, $10 adviser, $11 "site:%"
#define WORD_FILTERS                                                                                                                   \
    "r.state = 'published' AND r.published_at >= $2 AND r.published_at < $3 AND r.origin <> 'gathered' AND ($4 = '' OR r.service = $4) " \
    "AND r.rating BETWEEN $5 AND $6 AND (r.published_at < $7 OR (r.published_at = $7 AND r.id < $8)) "                                  \
    "AND ($9 = '' OR r.subject = 'product:' || $9 OR EXISTS (SELECT 1 FROM product p WHERE r.subject = 'product:' || p.code AND p.parent = $9) " \
    "OR EXISTS (SELECT 1 FROM experience e JOIN product p ON p.code = e.product WHERE e.id = r.experience AND (p.code = $9 OR p.parent = $9))) " \
    "AND ($10 = '' OR EXISTS (SELECT 1 FROM experience e WHERE e.id = r.experience AND e.adviser = $10)) AND r.subject LIKE $11 "        \
    "ORDER BY r.published_at DESC, r.id DESC LIMIT $12"
#define WORD_FILTERS_POSTGRESQL                                                                                                        \
    "r.state = 'published' AND r.published_at >= $2 AND r.published_at < $3 AND r.origin <> 'gathered' AND ($4::text = '' OR r.service = $4::text) " \
    "AND r.rating BETWEEN $5 AND $6 AND (r.published_at < $7 OR (r.published_at = $7 AND r.id < $8)) "                                  \
    "AND ($9::text = '' OR r.subject = 'product:' || $9::text OR EXISTS (SELECT 1 FROM product p WHERE r.subject = 'product:' || p.code AND p.parent = $9::text) " \
    "OR EXISTS (SELECT 1 FROM experience e JOIN product p ON p.code = e.product WHERE e.id = r.experience AND (p.code = $9::text OR p.parent = $9::text))) " \
    "AND ($10::text = '' OR EXISTS (SELECT 1 FROM experience e WHERE e.id = r.experience AND e.adviser = $10::text)) AND r.subject LIKE $11 " \
    "ORDER BY r.published_at DESC, r.id DESC LIMIT $12"
#define IN_EACH "FROM branch_subject b JOIN review r ON r.subject = b.subject WHERE b.branch = $1 AND "
#define AMONG_NEWEST "FROM review r WHERE EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $1 AND b.subject = r.subject) AND "
constexpr Sql words_of_few(WORD_COLUMNS IN_EACH WORD_FILTERS, WORD_COLUMNS IN_EACH WORD_FILTERS_POSTGRESQL);
constexpr Sql words_of_many(WORD_COLUMNS AMONG_NEWEST WORD_FILTERS, WORD_COLUMNS AMONG_NEWEST WORD_FILTERS_POSTGRESQL);
constexpr Sql count_subjects("SELECT COUNT(*) FROM (SELECT 1 FROM branch_subject WHERE branch = $1 LIMIT $2) n");
constexpr Sql select_adviser("SELECT scope, email FROM person WHERE id = $1 AND role = 'adviser'");

struct Cursor {
    int stars = 0;  // lowest first: the star to go on with
    Seconds at = std::numeric_limits<Seconds>::max();
    std::string id;
};

std::string to_text(const Cursor& cursor) { return std::to_string(cursor.stars) + "." + std::to_string(cursor.at) + "." + cursor.id; }

std::optional<Cursor> cursor_of(std::string_view text) {
    Cursor cursor;
    const auto one = text.find('.');
    const auto two = one == std::string_view::npos ? one : text.find('.', one + 1);
    if (two == std::string_view::npos) return std::nullopt;
    const auto number = [](std::string_view digits, auto& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size();
    };
    if (!number(text.substr(0, one), cursor.stars) || !number(text.substr(one + 1, two - one - 1), cursor.at)) return std::nullopt;
    cursor.id = text.substr(two + 1);
    return cursor;
}

}  // namespace

Result<Words> Oversee::words(std::string_view own, const Ask& ask, const WordsWish& wish) const {
    Cursor cursor;
    if (!wish.after.empty()) {
        const auto given = cursor_of(wish.after);
        if (!given) return invalid("after_unknown", "after is the `next` of the page before", "after");
        cursor = *given;
    }
    if (wish.from_stars < 1 || wish.to_stars > 5 || wish.from_stars > wish.to_stars) return invalid("stars_wrong", "stars are 1 to 5, or a range like 1-2", "stars");
    return db_.read([&](Tx& tx) -> Result<Words> {
        auto asked = settle(tx, own, ask);
        if (!asked) return asked.error();
        Words words;
        words.asked = *asked;
        auto branch = asked->branch;
        std::string adviser;
        if (branch.starts_with("adviser:")) {
            std::int64_t id = 0;
            std::from_chars(branch.data() + 8, branch.data() + branch.size(), id);
            const auto person = tx.row<std::string, std::string>(select_adviser, id);
            if (!person) return words;
            branch = "site:" + std::get<0>(*person);
            adviser = std::get<1>(*person);
        }
        const bool few = tx.value<std::int64_t>(count_subjects, branch, narrow + 1) <= narrow;
        const auto from = figures::month_begin(asked->period.from), to = figures::month_begin(asked->period.to + 1);
        const auto kind = asked->about == About::product ? "product:%" : "site:%";
        const auto read = [&](int low, int high) {
            const int room = wish.limit + 1 - static_cast<int>(words.words.size());
            tx.each(few ? words_of_few : words_of_many, [&](const Row& row) {
                const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
                words.words.push_back({text(0), text(1), {}, text(2), text(4), text(5), text(6), text(7), row.get<std::optional<int>>(3), row.integer(8)});
            }, branch, from, to, asked->service, low, high, cursor.at, cursor.id, asked->product, adviser, kind, room);
        };
        if (wish.lowest_first) {
            for (int stars = std::max(wish.from_stars, cursor.stars); stars <= wish.to_stars && words.words.size() <= static_cast<std::size_t>(wish.limit); ++stars) {
                if (stars != cursor.stars) cursor = {stars, std::numeric_limits<Seconds>::max(), {}};
                read(stars, stars);
            }
        } else {
            read(wish.from_stars, wish.to_stars);
        }
        if (words.words.size() > static_cast<std::size_t>(wish.limit)) {
            words.words.resize(static_cast<std::size_t>(wish.limit));
            const auto& last = words.words.back();
            words.next = to_text({last.rating.value_or(0), last.published_at, last.review});
        }
        for (auto& word : words.words) word.subject_name = network::subject_name(tx, word.subject).value_or(word.subject);
        return words;
    });
}

}  // namespace verbatim::oversee
