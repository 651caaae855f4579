// The reviews a caller reaches: found, read whole, exported; answered with templates, advice and the reply itself.
#pragma once

#include "edge/api/gate.h"
#include "life/recover/cases.h"
#include "life/reply/answers.h"
#include "life/reply/inbox.h"

namespace verbatim::api {

struct InboxHouse {
    const reply::Inbox& inbox;
    reply::Answers& answers;
    reply::Reply& replies;
    const recover::Cases& cases;
};
// Everything given must outlive the router.
void inbox_routes(Gate& gate, InboxHouse house);

}  // namespace verbatim::api
