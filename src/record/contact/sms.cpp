#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/http/http.h"
#include "ground/base/log.h"
#include "record/contact/channels.h"
#include "record/contact/outbox.h"
#include "record/contact/pace.h"
#include "record/contact/topics.h"

namespace verbatim::contact {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_message("SELECT purpose, state, sealed FROM message WHERE id = $1");
constexpr Sql mark("UPDATE message SET state = $2, sent_at = $3, reply = $4, sealed = NULL WHERE id = $1");
constexpr Sql mark_retry("UPDATE message SET reply = $2 WHERE id = $1");

// Each of the words within strings of the template, whatever the strings' place.
void fill(json& value, const std::string& to, const std::string& text, const std::string& id) {
    if (value.is_structured()) {
        for (auto& part : value) fill(part, to, text, id);
        return;
    }
    if (!value.is_string()) return;
    const auto words = value.get<std::string>();
    std::string out;
    for (std::size_t at = 0; at < words.size();) {
        const auto rest = std::string_view(words).substr(at);
        const auto take = [&](std::string_view name, const std::string& by) {
            if (!rest.starts_with(name)) return false;
            out += by, at += name.size();
            return true;
        };
        if (!take("{to}", to) && !take("{text}", text) && !take("{id}", id)) out += words[at++];
    }
    value = out;
}

}  // namespace

std::string normal_phone(std::string_view phone) {
    std::string out;
    for (const char c : phone) {
        if (c >= '0' && c <= '9') out += c;
        else if (c == '+' && out.empty()) out += c;
        else if (std::string_view(" .-/()").find(c) == std::string_view::npos) return {};
    }
    if (out.starts_with("00")) out.replace(0, 2, "+");
    return out.starts_with('+') && out.size() >= 9 && out.size() <= 16 && out[1] != '0' ? out : std::string();
}

Queued queue_sms(Tx& tx, Seconds now, const Message& message, std::string_view topic, std::string_view base_url) {
    const auto person = find_customer(tx, message.customer);
    if (!person) return Queued::no_address;
    if (const auto gate = may_reach(tx, *person, "sms", topic); gate != Queued::queued) return gate;
    const auto phone = address_for(tx, *person, "sms");
    std::string text = message.data;
    if (may_leave(topic)) text += " Stop: " + std::string(base_url) + "/u/" + issue_way_out(tx, now, message.customer, topic);
    const auto id = keep_row(tx, now, message, topic, person->locale, "sms", {phone, person->email, text});
    if (id.empty()) return Queued::already_there;
    jobs::Wish wish;
    wish.max_attempts = mail_attempts;
    jobs::enqueue(tx, ManualClock(now), "sms", id, wish);
    return Queued::queued;
}

Result<void> check_gateway(const SmsGateway& gateway) {
    const bool web = gateway.url.starts_with("https://") || gateway.url.starts_with("http://");
    const auto body = json::parse(gateway.body, nullptr, false);
    const auto holds = [&](std::string_view name) { return gateway.body.find(name) != std::string::npos; };
    if (!web || !body.is_object() || !holds("{to}") || !holds("{text}"))
        return invalid("sms_gateway", "sms.url is an http address and sms.body a JSON object that holds {to} and {text} in its strings, as {\"to\":\"{to}\",\"text\":\"{text}\",\"id\":\"{id}\"}", "sms.body");
    return {};
}

struct SmsPost::Impl {
    storage::Db& db;
    const Clock& clock;
    SmsGateway gateway;

    Result<void> deliver(const jobs::Job& job) const {
        struct Waiting {
            std::string purpose;
            Letter letter;
            bool ready = false, unwanted = false;
        } one;
        db.read([&](Tx& tx) {
            one = {};
            tx.each(select_message, [&](const Row& row) {
                if (row.text(1) != "waiting" || row.is_null(2)) return;
                one.purpose = row.text(0), one.letter = open_letter(job.payload, row.bytes(2)), one.ready = true;
            }, job.payload);
            // Whoever left while it waited gets it no more (norm EML-4).
            if (one.ready) one.unwanted = suppressed_as(tx, one.letter.email, closed_channel("sms"));
            if (one.ready && may_leave(one.purpose)) one.unwanted = one.unwanted || suppressed_as(tx, one.letter.email, one.purpose) || (!one.letter.name.empty() && suppressed_as(tx, one.letter.name, one.purpose));
        });
        if (!one.ready) return {};
        if (one.unwanted) return finish(job, "cancelled", {});
        auto body = json::parse(gateway.body);
        fill(body, one.letter.email, one.letter.data, job.payload);
        const auto path_at = std::min(gateway.url.find_first_of("/?", gateway.url.find("://") + 3), gateway.url.size());
        auto target = gateway.url.substr(path_at);
        if (!target.starts_with('/')) target = "/" + target;
        http::ClientOptions options;
        options.ca_file = gateway.ca_file, options.silence_seconds = options.all_seconds = gateway.timeout_seconds;
        options.body_bytes = 4096, options.cut_body = true;
        http::Client client(gateway.url.substr(0, path_at), options);
        std::vector<http::Field> fields{{"Connection", "close"}, {"Idempotency-Key", job.payload}};
        if (!gateway.token.empty()) fields.push_back({"Authorization", "Bearer " + gateway.token});
        const auto answer = client.post(target, "application/json", body.dump(), fields);
        // Only the status is kept: gateways like to repeat the number and the words.
        const int status = answer ? answer->status : 0;
        const auto said = answer ? "HTTP " + std::to_string(status) : std::string("no answer");
        if (status >= 200 && status < 300) return finish(job, "sent", said);
        if (status == 0 || status == 408 || status == 429 || status >= 500) {
            db.write([&](Tx& tx) { tx.exec(mark_retry, job.payload, said); });
            return Error{ErrorKind::unavailable, "sms_later", "the SMS gateway did not take it", {}};
        }
        log::warning("SMS refused", {{"message", job.payload}, {"reply", said}});
        return finish(job, "refused", said);
    }

    Result<void> finish(const jobs::Job& job, std::string_view state, const std::string& reply) const {
        db.write([&](Tx& tx) {
            tx.exec(mark, job.payload, state, clock.now(), reply);
            jobs::finish(tx, job);
        });
        return {};
    }
};

SmsPost::SmsPost(storage::Db& db, const Clock& clock, SmsGateway gateway) : impl_(new Impl{db, clock, std::move(gateway)}) {}
SmsPost::~SmsPost() = default;

void SmsPost::handle(jobs::Runner& runner) {
    runner.handle("sms", [this](const jobs::Job& job) { return impl_->deliver(job); });
}

}  // namespace verbatim::contact
