#include "record/reviews/incentive.h"

namespace verbatim::reviews {
namespace {

using storage::Sql;

constexpr Sql insert_incentive("INSERT INTO review_incentive (review, subject, reward) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

}  // namespace

std::span<const storage::Migration> incentive_migrations() {
    static const storage::Migration list[] = {{"incentives", 1, "reviews written for a reward", R"sql(
CREATE TABLE review_incentive (
  review TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  reward TEXT NOT NULL
);
CREATE INDEX review_incentive_subject ON review_incentive (subject);
)sql"}};
    return list;
}

void keep_incentive(storage::Tx& tx, std::string_view review, std::string_view subject, std::string_view reward) { tx.exec(insert_incentive, review, subject, reward); }

std::string incentive_of(storage::Tx& tx, std::string_view review) {
    return tx.row<std::string>("SELECT reward FROM review_incentive WHERE review = $1", review).value_or("");
}

}  // namespace verbatim::reviews
