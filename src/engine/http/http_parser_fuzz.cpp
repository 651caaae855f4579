// Requests and chunked bodies: never a crash, and the same verdict in one piece and in two.
#include <cstdint>
#include <cstdlib>

#include "engine/http/negotiate.h"
#include "engine/http/parser.h"
#include "engine/http/percent.h"

using namespace verbatim::http;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

constexpr std::size_t most_head = 4096, most_body = 8192;

void check_head(const Head& head, std::string_view bytes) {
    const auto inside = [&](std::string_view view) { return view.empty() || (view.data() >= bytes.data() && view.data() + view.size() <= bytes.data() + bytes.size()); };
    // "http://host" alone is reduced to a "/" of our own
    require((inside(head.target) || head.target == "/") && inside(head.host) && inside(head.if_none_match));
    require(!head.target.empty() && (head.target.front() == '/' || head.target == "*"));
    require(!(head.chunked && head.content_length));
    for (const auto& field : head.fields) {
        require(inside(field.name) && inside(field.value) && !field.name.empty());
        require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    }
    accepted_codings(head.accept_encoding);
    names_etag(head.if_none_match, "\"a\"");
    if (const auto path = decode_path(head.target.substr(0, head.target.find('?')))) {
        require(valid_utf8(*path) && path->front() == '/');
        require((*path + "/").find("/../") == std::string::npos);
    }
}

// The body in pieces of the given size.
Step read_chunks(std::string_view bytes, std::size_t piece, std::string& body, std::size_t& taken, int& status) {
    ChunkedReader reader(most_body);
    Step step = Step::more;
    taken = 0;
    while (step == Step::more && taken < bytes.size()) {
        auto view = bytes.substr(taken, piece);
        const auto before = view.size();
        step = reader.feed(view, body);
        taken += before - view.size();
        require(step != Step::more || view.empty());
    }
    require(body.size() <= most_body);
    status = reader.status();
    return step;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t cut = data[0];
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

    HeadParser whole(most_head);
    const auto step = whole.parse(bytes);
    if (step == Step::done) check_head(whole.head(), bytes);

    // Growing by `cut` bytes at a time; refused means refused, with the same status.
    HeadParser grown(most_head);
    Step grown_step = Step::more;
    for (std::size_t length = std::min(cut + 1, bytes.size()); grown_step == Step::more; length = std::min(length + cut + 1, bytes.size())) {
        grown_step = grown.parse(bytes.substr(0, length));
        if (length == bytes.size()) break;
    }
    require(grown_step == step);
    if (step == Step::bad) require(grown.status() == whole.status());
    if (step == Step::done) require(grown.length() == whole.length() && grown.head().target == whole.head().target);

    const auto rest = step == Step::done && whole.head().chunked ? bytes.substr(whole.length()) : bytes;
    std::string one, many;
    std::size_t one_taken = 0, many_taken = 0;
    int one_status = 0, many_status = 0;
    const auto one_step = read_chunks(rest, rest.size(), one, one_taken, one_status);
    const auto many_step = read_chunks(rest, cut + 1, many, many_taken, many_status);
    require(one_step == many_step);
    if (one_step == Step::done) require(one == many && one_taken == many_taken);
    if (one_step == Step::bad) require(one_status == many_status);
    return 0;
}
