#include "app/server/evidence_checks.h"

#include <memory>
#include <utility>

namespace verbatim::server {

std::optional<std::string> get(const http::Router& router, std::string_view target) {
    http::Request request;
    request.target = target;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    request.remote = "127.0.0.1";
    request.scheme = "http";
    request.id = "evidence";
    auto answer = router.dispatch(request);
    if (answer.status != 200) return std::nullopt;
    return std::move(answer.body);
}

std::int64_t count_of(std::string_view text, std::string_view word) {
    std::int64_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
    return count;
}

evidence::Checks evidence_checks(House& house, const http::Router& router, http::ShopWindow& window) {
    evidence::Checks checks;
    log_checks(checks, house, router);
    page_checks(checks, house, router);
    table_checks(checks, house);
    walk_checks(checks, house);
    // One report has one moment: with a new one, what was kept for the last is stale.
    const auto seen = std::make_shared<Seconds>(-1);
    for (auto& [name, check] : checks) {
        check = [seen, &window, asked = std::move(check)](evidence::Period period, Seconds now) {
            if (std::exchange(*seen, now) != now) window.drop_all();
            return asked(period, now);
        };
    }
    return checks;
}

}  // namespace verbatim::server
