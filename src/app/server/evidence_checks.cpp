#include "app/server/evidence_checks.h"

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

evidence::Checks evidence_checks(House& house, const http::Router& router) {
    evidence::Checks checks;
    log_checks(checks, house, router);
    page_checks(checks, house, router);
    table_checks(checks, house);
    walk_checks(checks, house);
    return checks;
}

}  // namespace verbatim::server
