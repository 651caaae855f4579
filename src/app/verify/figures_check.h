// The displayed figures against the log. A display says how many entries it counted, so it is held against exactly those:
// nothing depends on the moment at which either is read.
#pragma once

#include <optional>
#include <string>

#include "app/verify/figures.h"
#include "app/verify/log_check.h"

namespace verbatim::verify {

class FiguresCheck {
public:
    explicit FiguresCheck(DisplayedFigures shown) : shown_(std::move(shown)) {}

    // Each entry in its order, also beyond what the display counted.
    void see(std::uint64_t index, const Entry& entry);
    // What is wrong with the display, once all entries were seen; `log` is the name the checkpoint is signed for.
    std::optional<std::string> fault(std::string_view log) const;
    std::uint64_t size() const { return shown_.size; }

private:
    DisplayedFigures shown_;
    Figures figures_;
    Seconds first_beyond_ = 0, newest_ = 0;
};

// What the source displays: transparency.json of a site or beside a folder's checkpoint. Nothing where it displays none.
struct Source;
Result<std::optional<DisplayedFigures>> displayed_figures(const Source& source);

}  // namespace verbatim::verify
