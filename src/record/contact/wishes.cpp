#include "record/contact/wishes.h"

#include <algorithm>

#include "record/contact/agreed.h"
#include "record/contact/channels.h"
#include "record/contact/clicks.h"
#include "record/contact/consents.h"
#include "record/contact/reach.h"
#include "record/contact/topics.h"
#include "record/links/links.h"

namespace verbatim::contact {
namespace {

using storage::Tx;

constexpr std::array<std::string_view, 5> topic_words{"invitation", "survey", "marketing", data_platform, measuring};
constexpr std::array<std::string_view, 4> channel_words{"mail", "sms", "paper", "call"};

std::optional<Customer> person_of(Tx& tx, Seconds now, std::string_view token) {
    const auto link = links::find(tx, now, links::Purpose::unsubscribe, token);
    return link ? find_customer(tx, std::string_view(link->holder).substr(0, link->holder.find(' '))) : std::nullopt;
}

std::string masked(Tx& tx, const Customer& person) {
    const auto at = person.email.find('@');
    if (at != std::string::npos && at != 0) return person.email.substr(0, 1) + "…" + person.email.substr(at);
    const auto phone = address_for(tx, person, "call");
    return "…" + phone.substr(phone.size() - std::min<std::size_t>(2, phone.size()));
}

// An invitation needs no yes (norm INC-6 asks the country); news and surveys are wanted by who said so.
bool wants_topic(Tx& tx, const Customer& person, std::span<const Consent> said, std::string_view topic) {
    if (topic == data_platform || topic == measuring) return agreed(tx, person.id, topic);
    for (const auto& address : addresses_of(tx, person))
        if (suppressed_as(tx, address, topic)) return false;
    const auto newest = std::find_if(said.rbegin(), said.rend(), [&](const Consent& one) { return one.purpose == topic; });
    if (newest == said.rend() || newest->basis == "none") return topic == "invitation";
    return newest->basis != "no" || topic == "invitation";  // whom an import calls unwilling, the import's basis stops, and no wish
}

Wishes read_wishes(Tx& tx, const Customer& person) {
    Wishes out{masked(tx, person), person.locale, {}, {}};
    const auto said = consents_of(tx, person.id);
    for (const auto topic : topic_words) out.topics.push_back({std::string(topic), wants_topic(tx, person, said, topic)});
    for (const auto channel : channel_words) {
        const auto address = address_for(tx, person, channel);
        if (!address.empty()) out.channels.push_back({std::string(channel), !suppressed_as(tx, address, closed_channel(channel))});
    }
    return out;
}

}  // namespace

std::optional<Wishes> WishDesk::wishes(std::string_view token) const {
    return db_->read([&](Tx& tx) -> std::optional<Wishes> {
        const auto person = person_of(tx, clock_->now(), token);
        return person ? std::optional(read_wishes(tx, *person)) : std::nullopt;
    });
}

bool WishDesk::set(std::string_view token, const std::set<std::string, std::less<>>& topics, const std::set<std::string, std::less<>>& channels) const {
    return db_->write([&](Tx& tx) {
        const auto now = clock_->now();
        const auto person = person_of(tx, now, token);
        if (!person) return false;
        const auto before = read_wishes(tx, *person);
        std::vector<Consent> said;
        const auto say = [&](std::string purpose, bool wanted) { said.push_back({person->id, std::move(purpose), wanted ? "yes" : "no", std::string(privacy_notice_version), "preference_page", {}, now}); };
        for (const auto& [code, wanted] : before.topics) {
            const bool wants = topics.contains(code);
            if (wants == wanted) continue;
            // Nothing is sent by these two, so number and postal address, which a household shares, are left out.
            const bool sends = code != data_platform && code != measuring;
            const auto addresses = sends ? addresses_of(tx, *person) : person->email.empty() ? std::vector<std::string>() : std::vector{person->email};
            for (const auto& address : addresses) {
                if (wants) allow_as(tx, address, code);
                else suppress_as(tx, now, address, code, "unsubscribed");
            }
            say(code, wants);
        }
        for (const auto& [code, wanted] : before.channels) {
            const bool wants = channels.contains(code);
            if (wants == wanted) continue;
            const auto address = address_for(tx, *person, code);
            if (wants) allow_as(tx, address, closed_channel(code));
            else suppress_as(tx, now, address, closed_channel(code), "unsubscribed");
            say(std::string(channel_wish) + code, wants);
        }
        note_consents(tx, said);
        return true;
    });
}

}  // namespace verbatim::contact
