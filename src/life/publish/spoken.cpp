#include "life/publish/spoken.h"

#include "ground/base/calendar.h"
#include "life/publish/rows.h"
#include "record/figures/measures.h"

namespace verbatim::publish {

using storage::Tx;

SpokenOf Spoken::of(std::string_view subject) const {
    const auto now = clock_.now();
    return db_.read([&](Tx& tx) {
        auto tallies = readings::tallies_of_subject(tx, subject, figures::month_of(now) - spoken_months + 1);
        SpokenOf out{tallies.reviews, std::move(tallies.themes), {}};
        if (out.reviews == 0) return out;
        const auto words = readings::newest_words(tx, subject, months_before(now, spoken_months), summary_reviews);
        out.summary = summary_of(words, read_rating(tx, subject, now).distribution, summary_sentences);
        return out;
    });
}

readings::SpansByReview Spoken::marks(const std::vector<std::string>& reviews) const {
    return db_.read([&](Tx& tx) { return readings::spans_of(tx, reviews); });
}

}  // namespace verbatim::publish
