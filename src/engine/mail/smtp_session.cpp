#include "engine/mail/smtp_session.h"

#include <charconv>

#include "engine/mail/smtp_data.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return out;
}

// 4xx: later. 5xx: never; but not when the server means us: it wants authentication or encryption (RFC 4954 section 6,
// RFC 3207 section 4), which is the operator's to mend and no fault of the recipient.
Delivery verdict(const Reply& reply) {
    if (reply.code / 100 != 5 || reply.code == 530 || reply.code == 535 || reply.code == 538) return Delivery::retry;
    return Delivery::refused;
}

std::string mail_line(const Envelope& envelope, bool size_offered) {
    std::string line = "MAIL FROM:<" + envelope.sender + ">";
    if (size_offered) line += " SIZE=" + std::to_string(envelope.data.size());
    return line += "\r\n";
}

}  // namespace

asio::awaitable<Reply> Session::answer(std::string_view name, std::chrono::milliseconds patience) {
    Reply reply = co_await wire_->reply(name, patience);
    if (reply.code == 421) wire_->fail(reply.last_line());  // RFC 5321 section 3.8: the server is closing
    co_return reply;
}

asio::awaitable<Reply> Session::command(std::string_view name, std::string_view line) {
    co_await wire_->write(line);
    co_return co_await answer(name, settings_.timeout);
}

asio::awaitable<bool> Session::open() {
    if (!co_await wire_->connect()) co_return false;
    if (settings_.tls_first && !co_await wire_->start_tls()) co_return false;
    const Reply greeting = co_await wire_->reply("greeting", settings_.timeout);
    if (!greeting.good()) {
        wire_->fail("greeting: " + greeting.last_line());
        co_return false;
    }
    if (!co_await hello() || !co_await secure()) co_return false;
    co_return co_await authenticate();
}

asio::awaitable<bool> Session::hello() {
    std::string name = settings_.helo;
    if (name.empty()) {
        std::error_code error;
        name = asio::ip::host_name(error);
        if (name.find('.') == std::string::npos || !valid_address("postmaster@" + name)) name = wire_->local_address();
    }
    const std::string ehlo = "EHLO " + name + "\r\n", helo = "HELO " + name + "\r\n";
    Reply reply = co_await command("EHLO", ehlo);
    read_features(reply);
    if (reply.code / 100 == 5) reply = co_await command("HELO", helo);
    if (!reply.good()) wire_->fail("EHLO: " + reply.last_line());
    co_return !wire_->failed();
}

void Session::read_features(const Reply& ehlo) {
    extended_ = ehlo.good();
    pipelining_ = tls_offered_ = auth_plain_ = auth_login_ = size_offered_ = false;
    size_limit_ = 0;
    if (!extended_) return;
    const std::string text = upper(ehlo.text);
    std::string_view rest(text);
    while (rest.find('\n') != std::string_view::npos) {  // the first line is the server's name
        rest.remove_prefix(rest.find('\n') + 1);
        const std::string_view line = rest.substr(0, rest.find('\n'));
        if (line == "PIPELINING") pipelining_ = true;
        if (line == "STARTTLS") tls_offered_ = true;
        if (line.substr(0, 4) == "SIZE" && (line.size() == 4 || line[4] == ' ')) {
            size_offered_ = true;
            if (line.size() > 5) std::from_chars(line.data() + 5, line.data() + line.size(), size_limit_);
        }
        if (line.substr(0, 5) == "AUTH " || line.substr(0, 5) == "AUTH=") {
            const std::string padded = " " + std::string(line.substr(5)) + " ";
            auth_plain_ |= padded.find(" PLAIN ") != std::string::npos;
            auth_login_ |= padded.find(" LOGIN ") != std::string::npos;
        }
    }
}

asio::awaitable<bool> Session::secure() {
    if (settings_.tls_first || settings_.tls == Tls::none) co_return true;
    if (!tls_offered_) {
        if (settings_.tls == Tls::require) wire_->fail("the server offers no STARTTLS, and tls=require");
        co_return !wire_->failed();
    }
    const Reply ready = co_await command("STARTTLS", "STARTTLS\r\n");
    if (ready.code != 220) wire_->fail("STARTTLS: " + ready.last_line());
    if (!co_await wire_->start_tls()) co_return false;
    co_return co_await hello();  // what was offered in the clear does not count (RFC 3207 section 4.2)
}

asio::awaitable<bool> Session::authenticate() {
    if (settings_.user.empty()) co_return true;
    if (!wire_->encrypted() && settings_.tls != Tls::none) {
        wire_->fail("the server offers no encryption, so the password was not sent; tls=none sends it in the clear");
        co_return false;
    }
    Reply reply;
    if (auth_plain_) {
        const std::string nul(1, '\0');
        const std::string line = "AUTH PLAIN " + to_base64(nul + settings_.user + nul + settings_.password) + "\r\n";
        reply = co_await command("AUTH", line);
    } else if (auth_login_) {
        const std::string user = to_base64(settings_.user) + "\r\n", password = to_base64(settings_.password) + "\r\n";
        reply = co_await command("AUTH", "AUTH LOGIN\r\n");
        if (reply.more()) reply = co_await command("AUTH", user);
        if (reply.more()) reply = co_await command("AUTH", password);
    } else {
        wire_->fail("the server offers neither AUTH PLAIN nor AUTH LOGIN, and a user is set");
    }
    if (!reply.good()) wire_->fail("AUTH: " + reply.last_line());
    co_return !wire_->failed();
}

// The next message this server may take; one over its limit (RFC 1870 section 6.1) is refused here.
Item* Session::take() {
    while (!spent()) {
        Item* item = queue_.take();
        if (item == nullptr || size_limit_ == 0 || item->envelope->data.size() <= size_limit_) {
            if (item != nullptr) ++messages_;
            return item;
        }
        queue_.settle(item, Delivery::refused, "the message has " + std::to_string(item->envelope->data.size()) +
                                                   " bytes, the server takes " + std::to_string(size_limit_));
    }
    return nullptr;
}

std::string Session::opening(const Envelope& envelope) const {
    return mail_line(envelope, size_offered_) + "RCPT TO:<" + envelope.recipient + ">\r\nDATA\r\n";
}

asio::awaitable<Session::Offer> Session::offer(const Envelope& envelope, bool asked) {
    Offer offer;
    const std::string group = pipelining_ ? opening(envelope) : mail_line(envelope, size_offered_);
    if (!asked) co_await wire_->write(group);
    const Reply mail = co_await answer("MAIL", settings_.timeout);
    offer.verdict = mail;
    if (!pipelining_ && !mail.good()) co_return offer;

    const std::string recipient = "RCPT TO:<" + envelope.recipient + ">\r\n";
    if (!pipelining_) co_await wire_->write(recipient);
    Reply rcpt = co_await answer("RCPT", settings_.timeout);
    if (mail.good()) offer.verdict = rcpt;
    if (!pipelining_ && !rcpt.good()) co_return offer;

    if (!pipelining_) co_await wire_->write("DATA\r\n");
    Reply data = co_await answer("DATA", settings_.timeout);
    offer.data_open = data.code == 354;
    if (mail.good() && rcpt.good()) offer.verdict = data;
    co_return offer;
}

// Nothing of the message can have been accepted. Another connection may try at once, but only one: a server that takes
// no message shall not see the same one again and again. A server that hangs has used up the caller's patience.
void Session::lost_before_data(Item* item) {
    if (wire_->timed_out() || item->tried) {
        queue_.settle(item, Delivery::retry, wire_->failure());
        return;
    }
    item->tried = true;
    queue_.give_back(item);
}

asio::awaitable<void> Session::turn_down(Item* item, Offer offer) {
    if (offer.data_open) {
        // DATA was taken although nobody is to receive it: an empty message closes it (RFC 2920 section 3.1).
        co_await wire_->write(".\r\n");
        co_await answer("end of data", settings_.data_timeout);
    }
    const Reply& reply = offer.verdict;
    queue_.settle(item, reply.good() || reply.more() ? Delivery::retry : verdict(reply), reply.last_line());
    progressed_ = true;
    // The next message starts afresh; a server that will not forget this one is left.
    const Reply reset = co_await command("RSET", "RSET\r\n");
    if (!reset.good()) wire_->fail("RSET: " + reset.last_line());
}

// The data of a message the server waits for, and in the same group the opening of the next one (RFC 2920 section 3.1),
// which is returned.
asio::awaitable<Item*> Session::send(Item* item) {
    std::string_view data = item->envelope->data;
    std::string copy;
    if (item->dots) data = copy = stuffed(data);
    Item* next = pipelining_ ? take() : nullptr;
    const std::string_view end = end_of_data(data);
    const std::string tail = std::string(end) + (next != nullptr ? opening(*next->envelope) : "");
    co_await wire_->write(data, tail);
    if (wire_->written() < data.size() + end.size()) {  // without the end no server may keep it (RFC 5321 section 4.1.1.4)
        lost_before_data(item);
    } else {
        const Reply reply = co_await answer("end of data", settings_.data_timeout);
        if (reply.code == 0) {
            queue_.settle(item, Delivery::retry, "maybe delivered: " + wire_->failure());
        } else {
            progressed_ = true;
            queue_.settle(item, reply.good() ? Delivery::sent : verdict(reply), reply.last_line());
        }
    }
    if (wire_->failed() && next != nullptr) {
        queue_.give_back(next);
        next = nullptr;
    }
    co_return next;
}

asio::awaitable<void> Session::work() {
    Item* item = take();
    bool asked = false;  // its opening went out with the data of the one before
    while (item != nullptr) {
        Offer offer = co_await this->offer(*item->envelope, asked);
        asked = false;
        if (wire_->failed()) {
            lost_before_data(item);
            co_return;
        }
        if (offer.verdict.code == 354) {
            item = co_await send(item);
            asked = item != nullptr;
        } else {
            co_await turn_down(item, std::move(offer));
            item = nullptr;
        }
        if (wire_->failed()) co_return;
        if (item == nullptr) item = take();
    }
}

asio::awaitable<void> Session::quit() {
    co_await wire_->write("QUIT\r\n");
    co_await wire_->reply("QUIT", std::min(settings_.timeout, glance));
    wire_->close();
}

}  // namespace verbatim::mail
