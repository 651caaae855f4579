// A plain A4 document as PDF (ISO 32000, by cairo and pango): headings with an outline, paragraphs, pairs, rules, page numbers.
// Tagged, so that a screen reader reads it in order. The same calls give the same bytes: nothing of the moment or of the
// machine goes in but its fonts (fontconfig's; Debian's fontconfig always brings DejaVu).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "ground/base/clock.h"

namespace verbatim::pdf {

struct About {
    std::string title, author, subject;
    std::string language = "en";  // BCP 47: breaks lines by its rules
    Seconds made_at = 0;          // stands in the file's properties
    std::string foot;             // left at each page's foot, beside the page's number
};

// Texts are UTF-8; what is not is shown as a replacement character. Throws std::runtime_error where cairo cannot write.
class Document {
public:
    explicit Document(About about);
    ~Document();
    Document(Document&&) noexcept;

    // An address in the window of an envelope (DIN 5008 form B: 20 mm from the left, its zone of 27.3 mm from 62.7 mm down), on a page of
    // its own beginning; what comes after stands below. Lines that do not fit in the zone's six are left out.
    void window(std::span<const std::string> lines);
    void heading(int level, std::string_view text);  // 1..3; starts no page, but never stands alone at a page's end
    void paragraph(std::string_view text);
    void small(std::string_view text);               // grey and smaller
    void code(std::string_view text);                // fixed width, lines broken where they must
    void pair(std::string_view name, std::string_view text);  // a name in the margin's column, its text beside
    void row(std::span<const std::string> cells, std::span<const double> shares, bool head);  // a table's row under a hairline; shares of the width add up to 1,
                                                     // cells after the first stand at their column's right edge
    void bar(std::string_view name, double share, std::string_view text);  // a name, a bar of 0 to 1, a figure
    void line();                                     // a rule over the page's width
    void page();                                     // the next thing starts a page

    std::string finish();                            // the bytes; the document takes nothing more

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::pdf
