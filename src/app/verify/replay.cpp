#include "app/verify/replay.h"

#include <algorithm>

#include "ground/formats/text_codes.h"

namespace verbatim::verify {
namespace {

Error forbidden_step(const Entry& entry, std::string_view why) {
    return conflict("step_forbidden", std::string(to_word(entry.kind)) + " of review " + entry.review + ": " + std::string(why));
}

std::array<unsigned char, 32> bytes_of(const std::string& commitment) {
    std::array<unsigned char, 32> bytes{};
    const auto raw = from_base64(commitment).value_or(std::string());
    std::copy_n(raw.begin(), std::min(raw.size(), bytes.size()), bytes.begin());
    return bytes;
}

}  // namespace

std::uint32_t Replay::Names::number(const std::string& name) {
    const auto [place, fresh] = numbers.try_emplace(name, static_cast<std::uint32_t>(names.size()));
    if (fresh) names.push_back(name);
    return place->second;
}

Replay::Review& Replay::begin(const Entry& entry, Stage stage) {
    Review& review = reviews_[entry.review];
    review.subject = subjects_.number(entry.subject);
    review.stage = stage;
    if (!entry.source.empty()) review.source = sources_.number(entry.source) + 1;
    return review;
}

Result<void> Replay::add(const Entry& entry) {
    if (auto allowed = step(entry); !allowed) return allowed;
    ++by_kind_[static_cast<std::size_t>(entry.kind)];
    changed_at_.resize(subjects_.names.size());
    if (!entry.subject.empty() && entry.kind != Kind::collected) {
        Seconds& changed = changed_at_[subjects_.number(entry.subject)];
        changed = std::max(changed, entry.at);
    }
    return {};
}

Result<void> Replay::step(const Entry& entry) {
    if (entry.kind == Kind::batch) return completeness_.batch(entry);
    if (entry.kind == Kind::outcome) return completeness_.outcome(entry);
    const auto found = reviews_.find(entry.review);
    Review* const review = found == reviews_.end() ? nullptr : &found->second;
    if (review != nullptr && !entry.subject.empty() && subjects_.names[review->subject] != entry.subject)
        return forbidden_step(entry, "its subject was " + subjects_.names[review->subject] + " and is now " + entry.subject);  // PUB-6

    switch (entry.kind) {
        case Kind::collected: return collect(entry, review);
        case Kind::published:
        case Kind::revised: return make_public(entry, review);
        case Kind::gathered: {
            if (review != nullptr) return forbidden_step(entry, "it was logged before");
            Review& fresh = begin(entry, Stage::gathered);
            fresh.rating = static_cast<std::uint8_t>(entry.rating.value_or(0));
            fresh.published_at = entry.at;
            return {};
        }
        case Kind::refused:
        case Kind::withdrawn:
        case Kind::erased:
        case Kind::removed: return end(entry, review);
        case Kind::replied:
            if (review == nullptr || (review->stage != Stage::published && review->stage != Stage::gathered)) return forbidden_step(entry, "only what is public is answered");
            return {};
        case Kind::noticed:
        case Kind::appealed:
        case Kind::decided:
            if (review == nullptr) return forbidden_step(entry, "it was never logged");
            if (entry.kind == Kind::decided) return decide(entry, *review);
            ++(entry.kind == Kind::noticed ? review->notices : review->appeals);
            return {};
        case Kind::batch:
        case Kind::outcome: break;
    }
    return {};
}

Result<void> Replay::collect(const Entry& entry, Review* review) {
    const bool invited = entry.origin == "invited";
    if (review == nullptr) {
        if (auto accounted = completeness_.collected(entry); !accounted) return conflict("sum_broken", "collected of review " + entry.review + ": " + accounted.error().message);
        review = &begin(entry, Stage::collected);
        review->invited = invited;
    } else {
        if (review->stage != Stage::collected && review->stage != Stage::published) return forbidden_step(entry, "it is not open any more");
        if (review->invited != invited) return forbidden_step(entry, "its origin changed");
    }
    review->undecided = true;
    review->incentive = review->incentive || entry.incentive;
    review->collected_at = entry.at;
    review->commitment = bytes_of(entry.commitment);
    return {};
}

// Norm MOD-5: what is published is what was collected last, unchanged; the commitments say so.
Result<void> Replay::make_public(const Entry& entry, Review* review) {
    if (review == nullptr) return forbidden_step(entry, "it was not collected before");
    const bool again = entry.kind == Kind::published && review->overturned && (review->stage == Stage::refused || review->stage == Stage::removed);
    if (entry.kind == Kind::published && review->stage != Stage::collected && !again) return forbidden_step(entry, review->stage == Stage::published ? "it was published before" : "it is not open any more");
    if (entry.kind == Kind::revised && review->stage != Stage::published) return forbidden_step(entry, "it was not published before");
    if (!review->undecided && !again) return forbidden_step(entry, "no new words were collected before");
    const auto& expected = review->stage == Stage::removed ? review->shown : review->commitment;
    if (expected != bytes_of(entry.commitment)) return forbidden_step(entry, "other words than those that were collected");
    if (entry.kind == Kind::published) review->published_at = entry.at;
    review->stage = Stage::published;
    review->undecided = false;
    review->overturned = false;
    review->shown = expected;
    review->rating = static_cast<std::uint8_t>(*entry.rating);
    return {};
}

// Norms MOD-11, MOD-12: each decision answers a notice or a complaint that was logged before. One that was overturned lets the
// words be published again; `kept`, `removed`, `upheld`, `suspended` and `moot` let nothing happen that could not otherwise.
Result<void> Replay::decide(const Entry& entry, Review& review) {
    const std::string& outcome = entry.outcome;
    if (outcome == "correction_refused") review.undecided = false;  // the old words stay
    if (outcome == "kept" || outcome == "removed" || outcome == "suspended") {
        if (review.notices == 0) return forbidden_step(entry, "outcome " + outcome + " without a notice");
        --review.notices;
    } else if (outcome == "upheld" || outcome == "overturned") {
        if (review.appeals == 0) return forbidden_step(entry, "outcome " + outcome + " without a complaint");
        --review.appeals;
        review.overturned = outcome == "overturned" && (review.stage == Stage::refused || review.stage == Stage::removed);
    } else if (outcome == "moot") {
        if (review.notices + review.appeals == 0) return forbidden_step(entry, "outcome moot without a notice or a complaint");
        --(review.notices > 0 ? review.notices : review.appeals);
    }
    return {};
}

Result<void> Replay::end(const Entry& entry, Review* review) {
    const Stage to = entry.kind == Kind::refused ? Stage::refused : entry.kind == Kind::withdrawn ? Stage::withdrawn : entry.kind == Kind::removed ? Stage::removed : Stage::erased;
    if (review == nullptr) {
        if (entry.source.empty()) return forbidden_step(entry, "it was not collected before");
        begin(entry, to);
        return {};
    }
    const bool open = review->stage == Stage::collected || review->stage == Stage::published || review->stage == Stage::gathered;
    if (to == Stage::refused && review->stage != Stage::collected) return forbidden_step(entry, open ? "it was published before" : "it is not open any more");
    if (to == Stage::erased ? review->stage == Stage::erased : !open) return forbidden_step(entry, "it is not open any more");
    const bool was_public = review->stage == Stage::published || review->stage == Stage::gathered;
    if (was_public && entry.rating && *entry.rating != review->rating) return forbidden_step(entry, "its rating was " + std::to_string(review->rating) + ", not " + std::to_string(*entry.rating));
    review->stage = to;
    review->undecided = false;
    review->overturned = false;
    return {};
}

std::optional<std::size_t> Replay::subject(const std::string& name) const {
    const auto found = subjects_.numbers.find(name);
    return found == subjects_.numbers.end() ? std::nullopt : std::optional<std::size_t>(found->second);
}

void Replay::each_undecided(const std::function<void(std::string_view, Seconds)>& fn) const {
    for (const auto& [id, review] : reviews_)
        if (review.undecided) fn(id, review.collected_at);
}

bool Replay::undecided(std::string_view id) const {
    const auto found = reviews_.find(std::string(id));
    return found != reviews_.end() && found->second.undecided;
}

void Replay::each_public(const std::function<void(std::size_t, int, Seconds, std::string_view, bool)>& fn) const {
    for (const auto& [id, review] : reviews_) {
        if (review.stage != Stage::published && review.stage != Stage::gathered) continue;
        fn(review.subject, review.rating, review.published_at, review.source == 0 ? std::string_view() : sources_.names[review.source - 1], review.incentive);
    }
}

}  // namespace verbatim::verify
