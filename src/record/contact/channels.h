// Other ways to a person than mail, behind the same gate: topic, consent, suppression, one row a message, the same history. Here the gate
// itself and SMS, over the HTTP gateway of whoever carries it; paper.h has letters, calls.h the telephone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "ground/base/result.h"
#include "record/contact/contact.h"

namespace verbatim::contact {

// E.164: "+" and 8 to 15 digits. What people write between them (blanks, dots, dashes, brackets) goes; a number without its country
// is not guessed at: "".
std::string normal_phone(std::string_view phone);

// What a channel (mail | sms | paper | call) reaches this person by: mailbox, number, or the postal address in one line; "" where none is
// known. And all of them: whoever leaves, leaves by each.
std::string address_for(storage::Tx& tx, const Customer& person, std::string_view channel);
std::vector<std::string> addresses_of(storage::Tx& tx, const Customer& person);

// A suppression of a channel rather than of a topic: "channel:call". A wish against mail spares what its person is owed (service); a wish
// against the others holds for everything, for mail is left.
std::string closed_channel(std::string_view channel);

// May this channel reach this person about this topic now? queued: it may. no_address: there is none, what was sent there came back, or a
// dealer named the person and nobody told so yet, for which SMS and call have no room (GDPR 14, norm GDP-2). opted_out (norms EML-4, EML-10).
Queued may_reach(storage::Tx& tx, const Customer& person, std::string_view channel, std::string_view topic);

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
