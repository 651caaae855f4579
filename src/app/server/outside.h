// Servers of others that the platform asks or tells by itself, each of which may be slow or away: a runner of their own keeps the rest moving.
#pragma once

#include <memory>

#include "app/server/house.h"

namespace verbatim::server {

class Outside {
public:
    virtual ~Outside() = default;
    virtual void start() = 0;
    virtual void stop() = 0;  // within seconds
};

// Kafka (plan.kafka_*) and the mailbox of what came back (mail.bounce_imap*), where they are set. Throws std::runtime_error where settings cannot be used: said at the start, not at the first event.
std::unique_ptr<Outside> make_outside(House& house);

}  // namespace verbatim::server
