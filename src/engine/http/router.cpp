#include "engine/http/characters.h"
#include "engine/http/http.h"
#include "engine/http/percent.h"
#include "engine/http/names.h"
#include "ground/base/log.h"

#include <stdexcept>

namespace verbatim::http {

namespace {

// One segment of a pattern: literal, or prefix{name}suffix, or {name...}.
struct Segment {
    std::string prefix, name, suffix;
    bool part = false, rest = false;

    bool operator==(const Segment&) const = default;
    // What is more literal is tried first.
    int literalness() const {
        if (!part) return 1'000'000;
        return rest ? -1 : static_cast<int>(prefix.size() + suffix.size());
    }
    bool matches(std::string_view text) const {
        if (!part) return text == prefix;
        return text.size() > prefix.size() + suffix.size() && text.starts_with(prefix) && text.ends_with(suffix);
    }
};

Segment parse_segment(std::string_view text, std::string_view pattern) {
    Segment segment;
    const auto open = text.find('{');
    if (open == std::string_view::npos) {
        segment.prefix = text;
        return segment;
    }
    const auto close = text.find('}', open);
    if (close == std::string_view::npos || text.find('{', close) != std::string_view::npos)
        throw std::invalid_argument("route \"" + std::string(pattern) + "\" has a segment that is not {part}");
    segment.part = true;
    segment.prefix = text.substr(0, open);
    segment.suffix = text.substr(close + 1);
    auto name = text.substr(open + 1, close - open - 1);
    if (name.ends_with("...")) {
        segment.rest = true;
        name.remove_suffix(3);
    }
    segment.name = name;
    return segment;
}

struct Node {
    Segment segment;
    std::vector<std::unique_ptr<Node>> children;  // most literal first
    std::map<Method, Handler> handlers;
};

using Parts = std::vector<std::pair<std::string_view, std::string_view>>;

struct Search {
    Method method;
    Parts parts, found_parts;
    const Node* found = nullptr;
    std::vector<const Node*> others;  // match the path, not the method

    // A HEAD is a GET whose body is not sent.
    static const Handler* handler(const Node& node, Method method) {
        auto at = node.handlers.find(method);
        if (at == node.handlers.end() && method == Method::head) at = node.handlers.find(Method::get);
        return at == node.handlers.end() ? nullptr : &at->second;
    }

    void arrive(const Node& node) {
        if (node.handlers.empty()) return;
        if (handler(node, method)) {
            found = &node;
            found_parts = parts;
        } else {
            others.push_back(&node);
        }
    }

    // `rest` begins behind the slash; the first fit in order of literalness wins.
    void descend(const Node& node, std::string_view rest) {
        const auto slash = rest.find('/');
        const auto text = rest.substr(0, slash);
        for (const auto& child : node.children) {
            if (found) return;
            const auto& segment = child->segment;
            if (segment.rest) {
                if (rest.empty()) continue;
                parts.emplace_back(segment.name, rest);
                arrive(*child);
                parts.pop_back();
                continue;
            }
            if (!segment.matches(text)) continue;
            if (segment.part)
                parts.emplace_back(segment.name, text.substr(segment.prefix.size(), text.size() - segment.prefix.size() - segment.suffix.size()));
            if (slash == std::string_view::npos) arrive(*child);
            else descend(*child, rest.substr(slash + 1));
            if (segment.part) parts.pop_back();
        }
    }
};

std::string allowed(const std::vector<const Node*>& nodes) {
    bool known[std::size(method_names)] = {};
    for (const auto* node : nodes)
        for (const auto& [method, handler] : node->handlers) {
            known[static_cast<int>(method)] = true;
            if (method == Method::get) known[static_cast<int>(Method::head)] = true;
        }
    known[static_cast<int>(Method::options)] = true;
    std::string text;
    for (std::size_t i = 0; i < std::size(method_names); ++i)
        if (known[i]) text += (text.empty() ? "" : ", ") + std::string(method_names[i]);
    return text;
}

}  // namespace

struct Router::Impl {
    Node root;
    std::function<int(const std::exception&)> status_of;
    std::function<Response(const Request&, int)> fallback = [](const Request&, int status) {
        return Response::text(std::to_string(status) + " " + std::string(status_text(status)) + "\n", status);
    };

    Response route(Request& request) const {
        if (request.target == "*") return no_content(allowed({}));
        Search search{.method = request.method, .parts = {}, .found_parts = {}, .found = nullptr, .others = {}};
        const std::string path = request.path;  // a handler may change the request
        search.descend(root, std::string_view(path).substr(1));
        if (search.found) {
            request.parts.clear();
            for (const auto& [name, text] : search.found_parts) request.parts.emplace(name, text);
            return (*Search::handler(*search.found, request.method))(request);
        }
        if (search.others.empty()) return fallback(request, 404);
        if (request.method == Method::options) return no_content(allowed(search.others));
        return fallback(request, 405).with("Allow", allowed(search.others));
    }

    static Response no_content(std::string allow) {
        Response response;
        response.status = 204;
        response.with("Allow", std::move(allow));
        return response;
    }
};

Router::Router() : impl_(std::make_unique<Impl>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string pattern, Handler handler) {
    if (pattern.empty() || pattern.front() != '/') throw std::invalid_argument("route \"" + pattern + "\" does not begin with /");
    Node* node = &impl_->root;
    for (std::string_view rest = std::string_view(pattern).substr(1);;) {
        const auto slash = rest.find('/');
        auto segment = parse_segment(rest.substr(0, slash), pattern);
        if (segment.rest && slash != std::string_view::npos) throw std::invalid_argument("route \"" + pattern + "\" goes on behind {...}");
        auto at = node->children.begin();
        while (at != node->children.end() && (*at)->segment != segment) ++at;
        if (at == node->children.end()) {
            const int literalness = segment.literalness();
            at = node->children.begin();
            while (at != node->children.end() && (*at)->segment.literalness() >= literalness) ++at;
            auto child = std::make_unique<Node>();
            child->segment = std::move(segment);
            at = node->children.insert(at, std::move(child));
        }
        node = at->get();
        if (slash == std::string_view::npos) break;
        rest = rest.substr(slash + 1);
    }
    if (!node->handlers.emplace(method, std::move(handler)).second)
        throw std::invalid_argument("route " + std::string(method_name(method)) + " \"" + pattern + "\" stands twice");
}

void Router::fallback(std::function<Response(const Request&, int status)> fn) { impl_->fallback = std::move(fn); }

void Router::status_of(std::function<int(const std::exception&)> fn) { impl_->status_of = std::move(fn); }

Response Router::dispatch(Request& request) const {
    // Requests made by hand may bring a target alone.
    if (request.path.empty()) {
        const std::string_view target = request.target;
        const auto question = target.find('?');
        const auto path = decode_path(target.substr(0, question));
        if (!path && target != "*") return impl_->fallback(request, 400);
        request.path = path.value_or("*");
        if (question != std::string_view::npos) request.query = target.substr(question + 1);
    }
    std::string fault = "unknown";
    int status = 500;
    try {
        return impl_->route(request);
    } catch (const std::exception& exception) {
        fault = exception.what();
        if (impl_->status_of) status = impl_->status_of(exception);
    } catch (...) {
    }
    log::error("request failed", {{"id", request.id}, {"method", method_name(request.method)}, {"fault", fault}});
    try {
        auto response = impl_->fallback(request, status);
        if (status == 503) response.with("Retry-After", "5");
        return response;
    } catch (const std::exception& exception) {
        log::error("the error page failed", {{"id", request.id}, {"fault", exception.what()}});
        return Response::text("500 Internal Server Error\n", 500);
    }
}

}  // namespace verbatim::http
