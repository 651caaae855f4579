// Arbitrary strings in every field of a message: the headers stay those we wrote, line by line, 7-bit, and SMTP takes them.
#include <cstdlib>

#include "engine/mail/dkim_canonical.h"
#include "engine/mail/mail.h"
#include "engine/mail/outbox.h"
#include "engine/mail/smtp_data.h"

using namespace verbatim::mail;

namespace {

// The fields are the input's pieces between 0xFF bytes, which no UTF-8 text holds.
std::string piece(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\xFF'), rest.size());
    std::string out(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return out;
}

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    Message message;
    message.subject = piece(rest);
    message.from.name = piece(rest);
    message.from.email = piece(rest);
    message.to.name = piece(rest);
    message.to.email = piece(rest);
    message.message_id = piece(rest);
    message.list_unsubscribe_url = piece(rest);
    message.list_unsubscribe_mailto = piece(rest);
    message.language = piece(rest);
    message.text = piece(rest);
    message.html = piece(rest);

    const std::string composed = compose(message);
    require(check_data(composed).fault.empty());
    require(!check_data(composed).dots);
    require(composed.substr(composed.size() - 2) == "\r\n");
    const Parsed parsed = parse_message(composed);
    std::set<std::string> names;
    for (const auto& field : parsed.fields) {
        const std::string line = relaxed_header(field.raw);
        require(names.insert(line.substr(0, line.find(':'))).second);
    }
    for (const char* name : {"from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type"}) require(names.erase(name) == 1);
    for (const char* name : {"content-language", "list-unsubscribe", "list-unsubscribe-post", "content-transfer-encoding"}) names.erase(name);
    require(names.empty());

    // Whatever arrives to be sent: the canonical forms are fixed points, the outbox's name is a plain file name.
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    const std::string body = relaxed_body(raw);
    require(relaxed_body(body) == body);
    const std::string name = outbox_name(raw);
    require(name.size() < 255 && name.front() != '.' && name.find('/') == std::string::npos);
    if (check_data(raw).fault.empty()) {
        require(check_data(raw).dots || stuffed(raw) == raw);
        const std::string wire = stuffed(raw) + std::string(end_of_data(raw));
        const std::size_t end = wire.find("\r\n.\r\n");
        require(wire == ".\r\n" || end == wire.size() - 5);
    }
    return 0;
}
