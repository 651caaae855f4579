// How long what is kept (norms GDP-5, MOD-16, PUB-8): one value for the purge, the rules page and the privacy notice.
#pragma once

#include "record/network/settings.h"

namespace verbatim::network {

struct Retention {
    int review = 120;      // months a published review stays online
    int refused = 12;      // refused, removed, withdrawn words
    int identity = 36;     // name and addresses, after the last contact
    int unanswered = 24;   // experiences: whose they were, vehicle, proofs
    int message = 12;      // which mails were sent
    int consent = 60;      // proofs of consent, after their person is gone
    int notice = 12;       // notices, complaints, reports of pressure
    int call = 24;         // notes of calls
    int event = 24;        // what happened, as pages and integrators see it: no words, no names
    int delivery = 3;      // to webhooks

    static Retention from(const Settings& settings) {
        const auto months = [&](const char* key) { return static_cast<int>(settings.number(key)); };
        return {months("retention.review_months"), months("retention.refused_months"), months("retention.identity_months"), months("retention.unanswered_months"),
                months("retention.message_months"), months("retention.consent_months"), months("retention.notice_months"), months("retention.call_months"),
                months("retention.event_months"), months("retention.delivery_months")};
    }
};

}  // namespace verbatim::network
