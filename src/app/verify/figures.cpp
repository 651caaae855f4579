#include "app/verify/figures.h"

#include <algorithm>
#include <limits>

namespace verbatim::verify {

std::uint32_t Figures::Names::number(const std::string& name) {
    const auto [place, fresh] = numbers.try_emplace(name, static_cast<std::uint32_t>(names.size()));
    if (fresh) names.push_back(name);
    return place->second;
}

std::int64_t Figures::Asked::open() const {
    std::int64_t rest = eligible - answered - expired;
    for (const auto& [reason, count] : suppressed) rest -= count;
    return rest;
}

void Figures::Asked::add(const Asked& other) {
    batches += other.batches;
    eligible += other.eligible;
    answered += other.answered;
    expired += other.expired;
    for (const auto& [reason, count] : other.suppressed) suppressed[reason] += count;
}

Figures::Review* Figures::own(const Entry& entry) {
    const auto found = reviews_.find(entry.review);
    return found == reviews_.end() ? nullptr : &found->second;
}

// From the author's first submission to the first decision, whoever made it: what a correction or a request to reword takes
// counts as waiting too.
void Figures::decide(Review& review, Seconds at) {
    if (review.decided) return;
    review.decided = true;
    review.delay = static_cast<std::uint32_t>(std::clamp<Seconds>(at - review.collected_at, 0, std::numeric_limits<std::uint32_t>::max() - 1));
}

// What ended once is counted as it ended then: a refusal stays one when its words are erased later.
void Figures::end(Review& review, const Entry& entry) {
    const bool was_visible = review.stage == Stage::visible;
    if (was_visible) review.stage = entry.kind == Kind::withdrawn ? Stage::withdrawn : entry.kind == Kind::erased ? Stage::erased : Stage::removed;
    else if (review.stage == Stage::waiting) review.stage = Stage::left;
    else return;
    if (entry.rating) review.rating = static_cast<std::uint8_t>(*entry.rating);
    if (!was_visible || entry.kind != Kind::removed || entry.reason.empty()) return;
    review.reason = static_cast<std::uint8_t>(reasons_.number(entry.reason) + 1);
    if (review.source == 0) ++by_reason_[entry.reason].removed;
}

// The refusal or removal of an own review that stands now; that is what an author contests.
Figures::Reason* Figures::reason_of(const Review& review) {
    if (review.source != 0 || review.reason == 0 || (review.stage != Stage::refused && review.stage != Stage::removed)) return nullptr;
    return &by_reason_[reasons_.names[review.reason - 1u]];
}

void Figures::add(const Entry& entry) {
    ++size_;
    as_of_ = std::max(as_of_, entry.at);
    if (entry.kind == Kind::batch) {
        auto& asked = asked_[entry.site];
        ++asked.batches;
        asked.eligible += entry.eligible;
        return;
    }
    if (entry.kind == Kind::outcome) {
        auto& asked = asked_[entry.site];
        asked.answered += entry.answered;
        asked.expired += entry.expired;
        for (const auto& [reason, count] : entry.suppressed) asked.suppressed[reason] += count;
        return;
    }
    Review* review = own(entry);
    if (review == nullptr) {
        // Gathered words that were held enter the log with their refusal or removal; they are nobody's submission here.
        if (entry.kind != Kind::collected && entry.kind != Kind::gathered) return;
        review = &reviews_[entry.review];
        review->subject = subjects_.number(entry.subject);
        review->collected_at = entry.at;
        if (entry.kind == Kind::collected) ++received_;
    }
    switch (entry.kind) {
        case Kind::collected:
            review->spontaneous = entry.origin == "spontaneous";
            review->incentive = review->incentive || entry.incentive;
            break;
        case Kind::gathered:
            review->source = sources_.number(entry.source) + 1;
            review->stage = Stage::visible;
            review->rating = static_cast<std::uint8_t>(entry.rating.value_or(0));
            break;
        case Kind::published:
        case Kind::revised:
            decide(*review, entry.at);
            if (review->stage != Stage::visible) review->published_at = entry.at;
            review->stage = Stage::visible;
            review->rating = static_cast<std::uint8_t>(entry.rating.value_or(0));
            break;
        case Kind::refused:
            decide(*review, entry.at);
            review->stage = Stage::refused;
            review->reason = static_cast<std::uint8_t>(reasons_.number(entry.reason) + 1);
            if (entry.rating) review->rating = static_cast<std::uint8_t>(*entry.rating);
            if (review->source == 0) ++by_reason_[entry.reason].refused;
            break;
        case Kind::withdrawn:
        case Kind::erased:
        case Kind::removed:
            end(*review, entry);
            break;
        case Kind::replied:
            if (review->replied_after == no_reply && review->published_at != 0)
                review->replied_after = static_cast<std::uint32_t>(std::clamp<Seconds>(entry.at - review->published_at, 0, no_reply - 1));
            break;
        case Kind::noticed:
            ++notices_;
            ++noticed_for_[entry.reason];
            break;
        case Kind::appealed:
            ++appeals_;
            if (auto* reason = reason_of(*review)) ++reason->appealed;
            break;
        case Kind::decided:
            ++outcomes_[entry.outcome];
            if (entry.outcome == "overturned")
                if (auto* reason = reason_of(*review)) ++reason->overturned;
            break;
        case Kind::batch:
        case Kind::outcome: break;
    }
}

}  // namespace verbatim::verify
