#include "app/demo/postman.h"

#include <algorithm>

#include "ground/formats/text_codes.h"

namespace verbatim::demo {
namespace {

constexpr std::size_t token_length = 22;

bool token_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

// RFC 2045 section 6.7, as far as an address needs it: soft line breaks and "=XX".
std::string from_quoted_printable(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            plain += text[i];
        } else if (text.substr(i + 1, 2) == "\r\n") {
            i += 2;
        } else if (const auto byte = from_hex([&] {
                       std::string digits(text.substr(i + 1, 2));
                       for (char& c : digits) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
                       return digits;
                   }())) {
            plain += *byte;
            i += 2;
        }
    }
    return plain;
}

std::string from_base64_lines(std::string_view text) {
    std::string code;
    for (const char c : text) {
        if (c != '\r' && c != '\n') code += c;
    }
    return from_base64(code).value_or(std::string());
}

void find_links(std::string_view text, std::vector<Link>& links) {
    for (const std::string_view kind : {"r", "case", "moderate"}) {
        const std::string path = "/" + std::string(kind) + "/";
        for (std::size_t at = text.find(path); at != std::string_view::npos; at = text.find(path, at + 1)) {
            const std::string_view token = text.substr(at + path.size(), token_length);
            if (token.size() != token_length || !std::all_of(token.begin(), token.end(), token_letter)) continue;
            const std::size_t end = at + path.size() + token_length;
            if (end < text.size() && token_letter(text[end])) continue;
            const bool known = std::any_of(links.begin(), links.end(), [&](const Link& link) { return link.token == token; });
            if (!known) links.push_back({std::string(kind), std::string(token)});
        }
    }
}

}  // namespace

std::vector<Link> links_in(std::string_view message) {
    // Parts begin behind a blank line; what is no body part decodes to nothing of interest.
    std::vector<Link> links;
    std::size_t at = 0;
    while (at < message.size()) {
        const std::size_t head_end = std::min(message.find("\r\n\r\n", at), message.size());
        const std::string_view head = message.substr(at, head_end - at);
        const std::size_t body = std::min(head_end + 4, message.size());
        const std::size_t boundary = std::min(message.find("\r\n--", body), message.size());
        const std::string_view text = message.substr(body, boundary - body);
        find_links(head.find("base64") != std::string_view::npos ? from_base64_lines(text) : from_quoted_printable(text), links);
        at = boundary + 4;
    }
    return links;
}

class LetterBox::Postman final : public mail::Transport {
public:
    explicit Postman(LetterBox& box) : box_(box) {}
    std::vector<mail::Outcome> deliver(const std::vector<mail::Envelope>& envelopes) override {
        const std::lock_guard lock(box_.mutex_);
        for (const mail::Envelope& envelope : envelopes) {
            ++box_.letters_;
            for (Link& link : links_in(envelope.data)) box_.links_.push_back(std::move(link));
        }
        return std::vector<mail::Outcome>(envelopes.size(), {mail::Delivery::sent, "250 in the letter box"});
    }

private:
    LetterBox& box_;
};

std::unique_ptr<mail::Transport> LetterBox::transport() { return std::make_unique<Postman>(*this); }

std::vector<Link> LetterBox::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(links_, {});
}

}  // namespace verbatim::demo
