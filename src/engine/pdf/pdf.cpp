#include "engine/pdf/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <stdexcept>

#include "ground/base/calendar.h"

namespace verbatim::pdf {
namespace {

constexpr double width = 595.28, height = 841.89;  // A4 in points
constexpr double margin = 56, foot_room = 40;
constexpr double name_column = 92;

constexpr const char* voice = "DejaVu Sans 9";
constexpr const char* grey_voice = "DejaVu Sans 7.5";
constexpr const char* fixed_voice = "DejaVu Sans Mono 7";
constexpr const char* headings[] = {"DejaVu Serif Bold 19", "DejaVu Serif Bold 13", "DejaVu Sans Bold 10"};
constexpr const char* heading_tags[] = {"H1", "H2", "H3"};

cairo_status_t keep_bytes(void* closure, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

std::string valid(std::string_view text) {
    char* made = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string out(made);
    g_free(made);
    return out;
}

}  // namespace

struct Document::Impl {
    About about;
    std::string bytes;
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    double y = margin;
    int number = 1;

    explicit Impl(About given) : about(std::move(given)) {
        surface = cairo_pdf_surface_create_for_stream(keep_bytes, &bytes, width, height);
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
        const auto moment = format_moment(about.made_at);
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about.title.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, about.author.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, about.subject.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, moment.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, moment.c_str());
        cairo = cairo_create(surface);
    }
    ~Impl() {
        if (cairo != nullptr) cairo_destroy(cairo);
        if (surface != nullptr) cairo_surface_destroy(surface);
    }

    PangoLayout* layout(const char* font, std::string_view text, double wide) {
        PangoLayout* made = pango_cairo_create_layout(cairo);
        PangoFontDescription* description = pango_font_description_from_string(font);
        pango_layout_set_font_description(made, description);
        pango_font_description_free(description);
        pango_context_set_language(pango_layout_get_context(made), pango_language_from_string(about.language.c_str()));
        pango_layout_set_width(made, static_cast<int>(wide * PANGO_SCALE));
        pango_layout_set_wrap(made, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_spacing(made, static_cast<int>(1.5 * PANGO_SCALE));
        const auto shown = valid(text);
        pango_layout_set_text(made, shown.data(), static_cast<int>(shown.size()));
        return made;
    }

    double bottom() const { return height - margin - foot_room; }

    void ink(double grey) { cairo_set_source_rgb(cairo, grey, grey, grey); }

    void put_foot() {
        ink(0.4);
        PangoLayout* left = layout(grey_voice, about.foot, width - 2 * margin - 60);
        cairo_move_to(cairo, margin, height - margin - 8);
        pango_cairo_show_layout(cairo, left);
        PangoLayout* right = layout(grey_voice, std::to_string(number), 60);
        pango_layout_set_alignment(right, PANGO_ALIGN_RIGHT);
        cairo_move_to(cairo, width - margin - 60, height - margin - 8);
        pango_cairo_show_layout(cairo, right);
        g_object_unref(left);
        g_object_unref(right);
    }

    void next_page() {
        put_foot();
        cairo_show_page(cairo);
        ++number;
        y = margin;
    }

    // A name in the margin's column; what stands beside it begins at the same height.
    void pair(std::string_view name) {
        ink(0.36);
        put(layout(grey_voice, name, name_column - 8), margin, "P", 0);
    }

    // Line by line, so that a text longer than a page goes on over the next.
    void put(PangoLayout* text, double x, const char* tag, double after) {
        cairo_tag_begin(cairo, tag, nullptr);
        PangoLayoutIter* at = pango_layout_get_iter(text);
        do {
            PangoRectangle logical;
            pango_layout_iter_get_line_extents(at, nullptr, &logical);
            const double tall = static_cast<double>(logical.height) / PANGO_SCALE;
            if (y + tall > bottom()) {
                cairo_tag_end(cairo, tag);  // a tag lives on one page
                next_page();
                cairo_tag_begin(cairo, tag, nullptr);
            }
            const double base = static_cast<double>(pango_layout_iter_get_baseline(at) - logical.y) / PANGO_SCALE;
            cairo_move_to(cairo, x + static_cast<double>(logical.x) / PANGO_SCALE, y + base);
            pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(at));
            y += tall;
        } while (pango_layout_iter_next_line(at) != 0);
        pango_layout_iter_free(at);
        cairo_tag_end(cairo, tag);
        y += after;
        g_object_unref(text);
    }
};

Document::Document(About about) : impl_(std::make_unique<Impl>(std::move(about))) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;

void Document::window(std::span<const std::string> lines) {
    auto& d = *impl_;
    constexpr double millimetre = 72 / 25.4;
    page();
    d.ink(0.07);
    d.y = 62.7 * millimetre;
    for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 6); ++i) {
        PangoLayout* text = d.layout(voice, lines[i], 80 * millimetre);
        pango_layout_set_height(text, 0);  // one line, shortened where it is too long
        pango_layout_set_ellipsize(text, PANGO_ELLIPSIZE_END);
        d.put(text, 25 * millimetre, "P", 0);
    }
    d.y = 103 * millimetre;
}

void Document::heading(int level, std::string_view text) {
    auto& d = *impl_;
    const auto index = static_cast<std::size_t>(std::clamp(level, 1, 3) - 1);
    if (d.y > margin) d.y += index == 2 ? 7 : 16;
    if (d.y + 70 > d.bottom()) d.next_page();  // never alone at a page's end
    const auto shown = valid(text);
    cairo_pdf_surface_add_outline(d.surface, CAIRO_PDF_OUTLINE_ROOT, shown.c_str(), ("page=" + std::to_string(d.number)).c_str(),
                                  static_cast<cairo_pdf_outline_flags_t>(0));
    d.ink(0.07);
    d.put(d.layout(headings[index], text, width - 2 * margin), margin, heading_tags[index], index == 2 ? 3 : 7);
}

void Document::paragraph(std::string_view text) {
    impl_->ink(0.07);
    impl_->put(impl_->layout(voice, text, width - 2 * margin), margin, "P", 5);
}

void Document::small(std::string_view text) {
    impl_->ink(0.36);
    impl_->put(impl_->layout(grey_voice, text, width - 2 * margin), margin, "P", 4);
}

void Document::code(std::string_view text) {
    impl_->ink(0.2);
    impl_->put(impl_->layout(fixed_voice, text, width - 2 * margin), margin, "P", 5);
}

void Document::pair(std::string_view name, std::string_view text) {
    auto& d = *impl_;
    if (d.y + 14 > d.bottom()) d.next_page();
    const double top = d.y;
    const int on = d.number;
    d.pair(name);
    const double name_end = d.number == on ? d.y : margin;
    if (d.number == on) d.y = top;
    d.ink(0.07);
    const int before = d.number;
    d.put(d.layout(voice, text, width - 2 * margin - name_column), margin + name_column, "P", 2.5);
    if (d.number == before) d.y = std::max(d.y, name_end + 2.5);
}

void Document::row(std::span<const std::string> cells, std::span<const double> shares, bool head) {
    auto& d = *impl_;
    if (d.y + 24 > d.bottom()) d.next_page();
    const double whole = width - 2 * margin, top = d.y;
    d.ink(head ? 0.07 : 0.8);
    cairo_set_line_width(d.cairo, head ? 1 : 0.5);
    cairo_move_to(d.cairo, margin, top);
    cairo_line_to(d.cairo, width - margin, top);
    cairo_stroke(d.cairo);
    double x = margin, lowest = top;
    for (std::size_t i = 0; i < cells.size() && i < shares.size(); ++i) {
        const double wide = shares[i] * whole;
        PangoLayout* text = d.layout(head ? grey_voice : voice, cells[i], wide - 6);
        if (i != 0) pango_layout_set_alignment(text, PANGO_ALIGN_RIGHT);
        d.ink(head ? 0.36 : 0.07);
        int tall = 0;
        pango_layout_get_size(text, nullptr, &tall);
        if (top + 4 + static_cast<double>(tall) / PANGO_SCALE <= d.bottom() + 30) {  // a row lives on one page
            cairo_tag_begin(d.cairo, "P", nullptr);
            cairo_move_to(d.cairo, i == 0 ? x : x + 6, top + 4);
            pango_cairo_show_layout(d.cairo, text);
            cairo_tag_end(d.cairo, "P");
        }
        lowest = std::max(lowest, top + 4 + static_cast<double>(tall) / PANGO_SCALE);
        g_object_unref(text);
        x += wide;
    }
    d.y = lowest + 4;
}

void Document::bar(std::string_view name, double share, std::string_view text) {
    auto& d = *impl_;
    if (d.y + 16 > d.bottom()) d.next_page();
    const double top = d.y, left = margin + name_column, whole = (width - 2 * margin - name_column) * 0.6;
    d.pair(name);
    cairo_set_line_width(d.cairo, 0.5);
    d.ink(0.85);
    cairo_rectangle(d.cairo, left, top + 2, whole, 8);
    cairo_stroke(d.cairo);
    d.ink(0.07);
    cairo_rectangle(d.cairo, left, top + 2, whole * std::clamp(share, 0.0, 1.0), 8);
    cairo_fill(d.cairo);
    d.y = top;
    d.put(d.layout(voice, text, width - margin - left - whole - 10), left + whole + 10, "P", 3);
}

void Document::line() {
    auto& d = *impl_;
    if (d.y + 10 > d.bottom()) return;
    d.ink(0.8);
    cairo_set_line_width(d.cairo, 0.5);
    cairo_move_to(d.cairo, margin, d.y + 4);
    cairo_line_to(d.cairo, width - margin, d.y + 4);
    cairo_stroke(d.cairo);
    d.y += 10;
}

void Document::page() {
    if (impl_->y > margin) impl_->next_page();
}

std::string Document::finish() {
    auto& d = *impl_;
    d.put_foot();
    cairo_show_page(d.cairo);
    cairo_surface_finish(d.surface);
    const auto status = cairo_status(d.cairo);
    const auto surface_status = cairo_surface_status(d.surface);
    if (status != CAIRO_STATUS_SUCCESS || surface_status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("the PDF cannot be written: ") + cairo_status_to_string(status != CAIRO_STATUS_SUCCESS ? status : surface_status));
    return std::move(d.bytes);
}

}  // namespace verbatim::pdf
