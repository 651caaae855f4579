#include "app/verify/figures_check.h"

#include <algorithm>

#include "app/verify/verify.h"
#include "ground/base/calendar.h"

namespace verbatim::verify {
namespace {

constexpr Seconds display_delay = one_hour;  // how long a display may lag behind the log

}  // namespace

void FiguresCheck::see(std::uint64_t index, const Entry& entry) {
    newest_ = std::max(newest_, entry.at);
    if (index < shown_.size) figures_.add(entry);
    else if (first_beyond_ == 0) first_beyond_ = entry.at;
}

std::optional<std::string> FiguresCheck::fault(std::string_view log) const {
    if (shown_.log != log) return "they are counted over a log called " + shown_.log + ", this one is " + std::string(log);
    if (figures_.size() < shown_.size) return "they count " + std::to_string(shown_.size) + " entries, the log has " + std::to_string(figures_.size());
    if (first_beyond_ != 0 && first_beyond_ + display_delay < newest_)
        return "they count " + std::to_string(shown_.size) + " entries and leave out what is older than an hour, the entry of " + format_moment(first_beyond_);
    const auto found = difference(shown_.text, figures_.write(log, shown_.declared));
    return found.empty() ? std::nullopt : std::optional(found);
}

Result<std::optional<DisplayedFigures>> displayed_figures(const Source& source) {
    std::string text = source.figures;
    if (source.site) {
        auto fetched = source.site("transparency.json");
        if (!fetched && fetched.error().kind == ErrorKind::not_found) return std::optional<DisplayedFigures>();
        if (!fetched) return fetched.error();
        text = std::move(*fetched);
    }
    if (text.empty()) return std::optional<DisplayedFigures>();
    auto shown = parse_figures(std::move(text));
    if (!shown) return shown.error();
    return std::optional(std::move(*shown));
}

}  // namespace verbatim::verify
