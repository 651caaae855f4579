#include "ground/understand/copies.h"

namespace verbatim::understand {
namespace {

constexpr double suspicious = 0.5;

}  // namespace

std::optional<Copies::Found> Copies::look(const std::string& id, std::string_view utf8) {
    const auto sketch = text::sketch(utf8);
    if (!sketch) return std::nullopt;
    std::optional<Found> found;
    const auto bands = text::bands(*sketch);
    for (const std::int64_t band : bands) {
        const auto at = by_band_.find(band);
        if (at == by_band_.end() || at->second < first_) continue;
        Seen& other = seen_[at->second - first_];
        const double alike = text::resemblance(other.sketch, *sketch);
        if (alike < suspicious || (found && found->likeness >= alike)) continue;
        found = Found{other.id, alike, other.copies + 1};
        ++other.copies;
    }
    if (!found) {  // a copy is remembered by its first
        const std::size_t number = first_ + seen_.size();
        seen_.push_back({id, *sketch, 0});
        for (const std::int64_t band : bands) by_band_[band] = number;
        if (seen_.size() > most_) {
            for (const std::int64_t band : text::bands(seen_.front().sketch)) {
                const auto at = by_band_.find(band);
                if (at != by_band_.end() && at->second == first_) by_band_.erase(at);
            }
            seen_.pop_front();
            ++first_;
        }
    }
    return found;
}

}  // namespace verbatim::understand
