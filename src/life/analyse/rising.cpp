#include "life/analyse/rising.h"

#include <algorithm>

#include "ground/base/calendar.h"
#include "ground/formats/utf8.h"
#include "ground/understand/meaning.h"
#include "ground/understand/rising.h"
#include "record/network/branches.h"
#include "record/readings/spans.h"

namespace verbatim::analyse {
namespace {

using storage::Tx;

constexpr std::size_t shown_reviews = 3, shown_phrases = 5;

std::vector<understand::ThemeSpan> covered(const readings::SpansByReview& spans, const std::string& review) {
    std::vector<understand::ThemeSpan> out;
    if (const auto found = spans.find(review); found != spans.end()) {
        for (const auto& one : found->second) out.push_back({one.theme, one.polarity, one.start, one.end});
    }
    return out;
}

readings::SpansByReview spans_of(Tx& tx, const std::vector<readings::Body>& bodies) {
    std::vector<std::string> ids;
    ids.reserve(bodies.size());
    for (const auto& one : bodies) ids.push_back(one.review);
    return readings::spans_of(tx, ids);
}

// Of all reviews on the branch those whose sketches are likest to the question's: a sketch is right to some 0.1.
std::vector<std::string> candidates(Tx& tx, std::string_view branch, const understand::MeaningVector& question, std::int64_t& looked_at) {
    constexpr double worth_a_look = understand::surely_alike - 0.25;
    const auto sketch = understand::sketch_of(question);
    using Candidate = std::pair<double, std::string>;
    std::vector<Candidate> best;  // a heap, the least alike in front
    looked_at = 0;
    readings::each_meaning(tx, branch, [&](std::string_view review, std::string_view meanings) {
        ++looked_at;
        const double alike = understand::likest(sketch, meanings);
        if (alike < worth_a_look || (best.size() == meaning_candidates && alike <= best.front().first)) return;
        if (best.size() == meaning_candidates) std::pop_heap(best.begin(), best.end(), std::greater<>()), best.pop_back();
        best.emplace_back(alike, review);
        std::push_heap(best.begin(), best.end(), std::greater<>());
    });
    std::vector<std::string> ids;
    for (auto& one : best) ids.push_back(std::move(one.second));
    return ids;
}

}  // namespace

Result<RisingFound> Rising::of(const Actor& actor, std::string_view wanted) const {
    const auto now = clock_.now(), from = now - rising_days * one_day;
    std::vector<readings::Body> before, after;
    readings::SpansByReview spans_before, spans_after;
    const auto read = db_.read([&](Tx& tx) -> Result<void> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), wanted);
        if (!branch) return not_found("branch", "no such branch within yours");
        before = readings::newest_bodies(tx, *branch, from - rising_before_days * one_day, from, rising_reviews_before);
        after = readings::newest_bodies(tx, *branch, from, now, rising_reviews);
        spans_before = spans_of(tx, before);
        spans_after = spans_of(tx, after);
        return {};
    });
    if (!read) return read.error();
    understand::Rising rising;
    for (const auto& one : before) rising.before(one.body, covered(spans_before, one.review));
    for (const auto& one : after) rising.after(one.body, covered(spans_after, one.review));
    RisingFound out{static_cast<std::int64_t>(before.size()), static_cast<std::int64_t>(after.size()), {}};
    for (const auto& group : rising.groups()) {
        RisingWords words;
        for (const auto& phrase : group.phrases) {
            if (words.phrases.size() < shown_phrases) words.phrases.push_back(phrase.words);
        }
        words.before = static_cast<std::int64_t>(group.before);
        words.now = static_cast<std::int64_t>(group.after);
        words.times = group.times;
        for (const auto text : group.texts) {
            if (words.reviews.size() < shown_reviews) words.reviews.push_back(after.at(text));
        }
        out.groups.push_back(std::move(words));
    }
    return out;
}

Result<MeantFound> ByMeaning::search(const Actor& actor, std::string_view wanted, std::string_view question, int limit) const {
    if (question.empty() || code_points(question) > meaning_question) return invalid("q", "a question of 1 to 200 letters", "q");
    MeantFound out;
    const auto asked = understand::meaning_vector(question);
    const auto bodies = db_.read([&](Tx& tx) -> Result<std::vector<readings::Body>> {
        const auto branch = network::narrowed(tx, network::branch_of(actor), wanted);
        if (!branch) return not_found("branch", "no such branch within yours");
        return readings::bodies_of(tx, candidates(tx, *branch, asked, out.looked_at));
    });
    if (!bodies) return bodies.error();
    for (const auto& one : *bodies) {
        Meant best{{}, 0, 0, understand::surely_alike};
        for (const auto& passage : understand::passages_of(one.body)) {
            const auto alike = understand::likeness(asked, passage.vector);
            if (alike < best.likeness) continue;
            best.likeness = alike;
            best.start = passage.start;
            best.end = passage.end;
        }
        if (best.end == 0) continue;
        best.review = one;
        out.hits.push_back(std::move(best));
    }
    std::stable_sort(out.hits.begin(), out.hits.end(), [](const Meant& a, const Meant& b) { return a.likeness > b.likeness; });
    if (out.hits.size() > static_cast<std::size_t>(limit)) out.hits.resize(static_cast<std::size_t>(limit));
    return out;
}

}  // namespace verbatim::analyse
