// A receipt or an inclusion proof, checked in the visitor's own browser (norms TLG-2, TLG-9, AUT-5): nothing of it is sent here.
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

// What the script may have to say, in the reader's language; it takes them from the page.
constexpr std::string_view said[] = {"working", "end_good", "end_bad", "nothing", "unreadable", "bad_base64", "bad_key", "bad_signature", "not_signed", "no_ed25519", "receipt_signed", "other_words",
                                     "words_bound", "bad_commitment", "decide_by", "add_proof", "checkpoint_signed", "witnesses", "other_log", "other_entry", "other_review", "not_included", "included",
                                     "unchanged", "corrected", "no_tile", "shrunk", "gone_now", "still_there", "kind_collected", "kind_published", "kind_revised"};

http::Response check_page(const Desk& desk, const http::Request& request, const render::Locale& locale) {
    return desk.house.window.show(request, {"about"}, 600, [&]() -> http::ShopWindow::Built {
        auto data = desk.frame(locale, "/check");
        data["LOG_KEY"] = desk.options.log_key;
        data["TEXTS"] = json::array();
        for (const auto key : said) data["TEXTS"].push_back({{"KEY", key}});
        return {desk.page("check", locale, data), desk.options.page_fields, request.query.empty()};
    });
}

}  // namespace

void check_routes(http::Router& router, const Desk& desk) {
    router.get("/{locale}/check", [desk](const http::Request& request) {
        const auto* locale = desk.locale_of(request);
        return locale ? check_page(desk, request, *locale) : desk.message(desk.locale_for(request, {}), 404, "not_found");
    });
}

}  // namespace verbatim::site
