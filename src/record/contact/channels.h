// Other ways to a person than mail, behind the same gate: topic, consent, suppression, one row a message, the same history. So far SMS,
// over the HTTP gateway of whoever carries it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/jobs/jobs.h"
#include "ground/base/result.h"
#include "record/contact/contact.h"

namespace verbatim::contact {

// E.164: "+" and 8 to 15 digits. What people write between them (blanks, dots, dashes, brackets) goes; a number without its country
// is not guessed at: "".
std::string normal_phone(std::string_view phone);

// `message.data` is the text; behind it comes the way out, a link a message, as in a mail. no_address: there is no such number; or the
// person was named by a dealer and not told so yet, for which an SMS has no room (GDPR 14, norm GDP-2): a mail must have been first.
Queued queue_sms(storage::Tx& tx, Seconds now, const Message& message, std::string_view topic, std::string_view base_url);

struct SmsGateway {
    std::string url;    // https://gateway.example/v1/messages
    std::string token;  // sent as "Authorization: Bearer ..."; empty: none
    std::string body;   // JSON with {to}, {text} and {id} inside strings
    std::string ca_file;
    int timeout_seconds = 15;
};
// Is it JSON with a recipient and a text? Error "sms_gateway".
Result<void> check_gateway(const SmsGateway& gateway);

// Sends what is queued. 2xx: sent; 408, 429, 5xx and silence: later; any other answer: refused for good. {id} is the row's, the same at a
// second try, so that a gateway that knows it makes no second message.
class SmsPost {
public:
    SmsPost(storage::Db& db, const Clock& clock, SmsGateway gateway);
    ~SmsPost();
    void handle(jobs::Runner& runner);  // registers kind "sms"

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::contact
