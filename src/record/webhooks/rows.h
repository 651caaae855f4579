// For this module only.
#pragma once

#include "record/webhooks/webhooks.h"

namespace verbatim::webhooks {

inline constexpr std::string_view job_kind = "webhook";

std::optional<Webhook> find_webhook(storage::Tx& tx, std::string_view id);
// Where it lies on the actor's branch.
std::optional<Webhook> find_own(storage::Tx& tx, const Actor& actor, std::string_view id);
Error unknown_webhook();

std::string sealed_place(std::string_view id);  // where its secrets lie, for the vault

// An event as the receiver gets it.
std::string body_of(const events::Event& event);

// Before the first webhook goes on: what happened while nobody listened is not told any more.
void begin_listening(storage::Tx& tx);
void enqueue(storage::Tx& tx, const Clock& clock, std::string_view webhook, events::Place event, Seconds at);

}  // namespace verbatim::webhooks
