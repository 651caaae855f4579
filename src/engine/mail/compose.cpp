// A Message as RFC 5322 text: one order of headers, multipart/alternative when there is HTML, multipart/mixed around it when files
// travel along, nothing that depends on
// anything but the Message.
#include <openssl/sha.h>

#include "engine/mail/body_text.h"
#include "engine/mail/compose_parts.h"
#include "engine/mail/header_text.h"
#include "engine/mail/mail.h"
#include "ground/base/calendar.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

constexpr std::size_t url_limit = 900;  // a URL cannot be folded; RFC 5322 section 2.1.1 ends lines at 998

std::string digest(std::string_view bytes) {
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
    return to_hex({reinterpret_cast<const char*>(hash), 16});
}

bool id_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

// The id as given when it has the form of RFC 5322 section 3.6.4, else a digest of it: still stable, still unique.
std::string safe_message_id(const std::string& id) {
    const auto at = id.find('@');
    bool good = id.size() <= 250 && at != std::string::npos && at > 0 && at + 1 < id.size();
    for (std::size_t i = 0; good && i < id.size(); ++i) good = i == at || id_character(id[i]);
    return good ? id : digest(id) + "@invalid";
}

// "=_" occurs in no quoted-printable or base64 text (RFC 2045 section 6.7), so no body can hold the boundary.
std::string boundary(const std::string& message_id) {
    return "=_" + digest("boundary " + message_id);
}

void append_header(std::string& out, std::string_view name, std::string_view ascii) {
    ((out += name) += ": ") += ascii;
    out += "\r\n";
}

// A URL's bytes that may stand between angle brackets; all others become %XX.
std::string safe_url(std::string_view url) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char c : url) {
        const auto value = static_cast<unsigned char>(c);
        if (value > ' ' && value < 0x7F && c != '<' && c != '>' && c != '"') out += c;
        else ((out += '%') += digits[value >> 4]) += digits[value & 15];
    }
    return out;
}

bool starts_with_any_case(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
           });
}

// RFC 2369 section 3.2 and RFC 8058 section 3.1: exactly one web address; only it makes one click possible.
void append_unsubscribe(std::string& out, const Message& message) {
    const std::string& url = message.list_unsubscribe_url;
    const bool web = starts_with_any_case(url, "https://") || starts_with_any_case(url, "http://");
    std::string value;
    if (web && safe_url(url).size() <= url_limit) value = "<" + safe_url(url) + ">";
    const bool one_click = !value.empty();
    if (!message.list_unsubscribe_mailto.empty()) {
        std::string mailto = safe_url(message.list_unsubscribe_mailto);
        if (!starts_with_any_case(mailto, "mailto:")) mailto.insert(0, "mailto:");
        if (mailto.size() <= url_limit) value += (value.empty() ? "<" : ",\r\n <") + mailto + ">";
    }
    if (!value.empty()) append_header(out, "List-Unsubscribe", value);
    if (one_click) append_header(out, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

bool language_tag(std::string_view tag) {
    return !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void append_part(std::string& out, std::string_view type, std::string_view text) {
    const std::string body = canonical_text(text);
    const Coding coding = shorter_coding(body);
    append_part_head(out, type, coding);
    append_coded(out, body, coding);
}

std::string safe_file_name(std::string_view name) {
    std::string out;
    for (const char c : name.substr(0, 100)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        out += plain ? c : '_';
    }
    return out.empty() ? "file" : out;
}

// RFC 2045 section 6.8; the type is ours, never a stranger's.
void append_attachment(std::string& out, const Attachment& file) {
    const auto name = safe_file_name(file.name);
    append_header(out, "Content-Type", file.type + ";\r\n name=\"" + name + "\"");
    append_header(out, "Content-Disposition", "attachment;\r\n filename=\"" + name + "\"");
    append_header(out, "Content-Transfer-Encoding", "base64");
    out += "\r\n";
    append_coded(out, file.bytes, Coding::base64);
}

void append_text(std::string& out, const std::string& id, const PartWriter& text, const PartWriter& html) {
    if (!html) return text(out);
    const std::string mark = boundary(id);
    append_header(out, "Content-Type", "multipart/alternative;\r\n boundary=\"" + mark + "\"");
    out += "\r\n--" + mark + "\r\n";
    text(out);
    out += "\r\n--" + mark + "\r\n";
    html(out);
    out += "\r\n--" + mark + "--\r\n";
}

}  // namespace

void append_part_head(std::string& out, std::string_view type, Coding coding) {
    append_header(out, "Content-Type", std::string(type) + "; charset=utf-8");
    append_header(out, "Content-Transfer-Encoding", coding_name(coding));
    out += "\r\n";
}

std::string compose(const Message& message) {
    const PartWriter text = [&](std::string& out) { append_part(out, "text/plain", message.text); };
    const PartWriter html = [&](std::string& out) { append_part(out, "text/html", message.html); };
    return compose_with(message, message.text.size() * 3 / 2 + message.html.size() * 3 / 2, text, message.html.empty() ? PartWriter() : html);
}

std::string compose_with(const Message& message, std::size_t size, const PartWriter& text, const PartWriter& html) {
    std::string out;
    out.reserve(2048 + size);
    const std::string id = safe_message_id(message.message_id);
    append_address_header(out, "From", message.from.name, message.from.email);
    append_address_header(out, "To", message.to.name, message.to.email);
    if (message.reply_to) append_address_header(out, "Reply-To", message.reply_to->name, message.reply_to->email);
    append_text_header(out, "Subject", message.subject);
    append_header(out, "Date", format_mail_date(message.date));
    append_header(out, "Message-ID", "<" + id + ">");
    if (language_tag(message.language)) append_header(out, "Content-Language", message.language);
    if (message.automatic) append_header(out, "Auto-Submitted", "auto-generated");
    append_unsubscribe(out, message);
    append_header(out, "MIME-Version", "1.0");
    if (message.attachments.empty()) {
        append_text(out, id, text, html);
        return out;
    }
    const std::string mark = boundary("files " + id);
    append_header(out, "Content-Type", "multipart/mixed;\r\n boundary=\"" + mark + "\"");
    out += "\r\n--" + mark + "\r\n";
    append_text(out, id, text, html);
    for (const auto& file : message.attachments) {
        out += "\r\n--" + mark + "\r\n";
        append_attachment(out, file);
    }
    out += "\r\n--" + mark + "--\r\n";
    return out;
}

}  // namespace verbatim::mail
