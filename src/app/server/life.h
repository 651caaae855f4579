// The life of a review as one table: what happened -> who listens. Stages never see each other; here they meet.
#pragma once

#include "app/server/readers.h"
#include "engine/jobs/jobs.h"
#include "life/analyse/findings.h"
#include "life/collect/collect.h"
#include "life/invite/invite.h"
#include "life/moderate/moderate.h"
#include "life/recover/recover.h"
#include "life/reply/reply.h"

namespace verbatim::server {

struct Stages {
    collect::Collect& collect;
    moderate::Moderate& moderate;
    recover::Recover& recover;
    invite::Invite& invite;
    reply::Reply& reply;
    analyse::Findings& findings;
    const Readers& readers;
};

// Registers kind "life": each event in one transaction with everything it causes, many events in one commit.
void listen(jobs::Runner& runner, storage::Db& db, Stages stages);

}  // namespace verbatim::server
