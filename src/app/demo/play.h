// Plays the generated months on a real platform: files are imported, invitations go out by the job queue, customers follow the
// link in their mail, moderators and dealers the links in theirs, and the clock is moved instead of waited for. What the demo
// then shows has come in through the gates of any customer's platform.
#pragma once

#include <functional>

#include "app/demo/life.h"
#include "engine/jobs/jobs.h"
#include "engine/render/render.h"
#include "engine/storage/storage.h"
#include "life/collect/collect.h"
#include "life/invite/invite.h"
#include "life/moderate/moderate.h"
#include "life/recover/recover.h"
#include "life/reply/reply.h"
#include "record/contact/contact.h"
#include "record/ledger/ledger.h"

namespace verbatim::demo {

// A platform composed with a clock that can be moved. `runner` has the stages' handlers and none for mail: the letters of the
// last day wait in the queue for whoever serves next.
struct Stage {
    storage::Db& db;
    ManualClock& clock;
    ledger::Ledger& ledger;
    jobs::Runner& runner;
    invite::Invite& invite;
    collect::Collect& collect;
    moderate::Moderate& moderate;
    recover::Recover& recover;
    reply::Reply& reply;
    const render::Renderer& renderer;
    contact::Sender sender;
};

struct Played {
    int experiences = 0, answers = 0, corrections = 0, withdrawals = 0, decisions = 0, notices = 0, complaints = 0, calls = 0, replies = 0, gathered = 0, letters = 0;
};

struct Wishes {
    std::uint64_t seed = 1;
    int months = 6;
    int experiences = experience_count;
    std::function<void(int percent)> progress;
    std::function<void()> each_noon;  // what else happens by day: the contact plan, which this module does not know
};

// The months before `now`, ending at it. The newcomer's own invitation (Generator::fresh_visit) is due then and still unsent.
// The database should be empty. An Error says which step failed; what was played until then stays.
Result<Played> play(const Stage& stage, Seconds now, const Wishes& wishes = {});

}  // namespace verbatim::demo
