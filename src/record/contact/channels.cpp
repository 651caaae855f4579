#include "record/contact/channels.h"

#include "record/contact/outbox.h"
#include "record/contact/postal.h"
#include "record/contact/topics.h"

namespace verbatim::contact {

using storage::Tx;

std::string address_for(Tx& tx, const Customer& person, std::string_view channel) {
    if (channel == "mail") return person.email;
    if (channel != "paper") return normal_phone(person.phone);
    const auto address = postal_of(tx, person.id);
    return address ? postal_line(*address, person.country) : std::string();
}

std::vector<std::string> addresses_of(Tx& tx, const Customer& person) {
    std::vector<std::string> all;
    for (const char* channel : {"mail", "sms", "paper"})
        if (auto address = address_for(tx, person, channel); !address.empty()) all.push_back(std::move(address));
    return all;
}

std::string closed_channel(std::string_view channel) { return "channel:" + std::string(channel); }

Queued may_reach(Tx& tx, const Customer& person, std::string_view channel, std::string_view topic) {
    const bool leave = may_leave(topic), mail = channel == "mail", spoken = channel == "sms" || channel == "call";
    const auto address = address_for(tx, person, channel);
    if (address.empty() || (channel == "paper" && came_back(tx, address))) return Queued::no_address;
    if (spoken && owes_notice(tx, person)) return Queued::no_address;
    if ((leave || !mail) && suppressed_as(tx, address, closed_channel(channel))) return Queued::opted_out;
    if (!leave) return Queued::queued;
    if (mail) return suppressed_as(tx, address, topic) ? Queued::opted_out : Queued::queued;  // what is mailed asks the mailbox alone
    for (const auto& one : addresses_of(tx, person))
        if (suppressed_as(tx, one, topic)) return Queued::opted_out;
    return Queued::queued;
}

}  // namespace verbatim::contact
