// Everything of one running platform, composed once: database, log, stages, post, jobs. Commands and the server share it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/server/figures.h"
#include "app/server/life.h"
#include "app/server/readers.h"
#include "engine/http/shop_window.h"
#include "engine/jobs/jobs.h"
#include "engine/render/render.h"
#include "engine/storage/storage.h"
#include "life/analyse/findings.h"
#include "life/collect/collect.h"
#include "life/evidence/evidence.h"
#include "life/invite/invite.h"
#include "life/moderate/moderate.h"
#include "life/oversee/oversee.h"
#include "life/plan/run.h"
#include "life/publish/publish.h"
#include "life/recover/cases.h"
#include "life/recover/recover.h"
#include "life/recover/win_back.h"
#include "life/reply/answers.h"
#include "life/reply/inbox.h"
#include "life/reply/reply.h"
#include "life/report/report.h"
#include "record/access/access.h"
#include "record/contact/channels.h"
#include "record/contact/contact.h"
#include "record/events/follow.h"
#include "record/ledger/ledger.h"
#include "record/ledger/witnesses.h"
#include "record/network/organisation.h"
#include "record/network/settings.h"
#include "record/webhooks/webhooks.h"

namespace verbatim::server {

struct Place {
    std::string data;      // folder
    std::string database;  // "sqlite" or postgresql://...
    std::string mail = "none";
    std::string base_url;
    std::map<std::string, std::string> overrides;  // --set
    bool create = false;   // init and demo make what is missing; serve and import refuse an empty folder
};

class House {
public:
    // Opens the database, brings its tables up to date, reads the log's key and the settings.
    House(const Place& place, const Clock& clock);
    ~House();
    // Makes the stages; `base_url` stands in every link from here on.
    void compose(const std::string& base_url);
    contact::Sender sender() const;
    void carry_sms();

    const Clock& clock;
    Place place;
    std::unique_ptr<storage::Db> db;
    network::Settings settings;
    std::unique_ptr<render::Renderer> renderer;
    std::unique_ptr<access::Access> access;
    std::unique_ptr<network::Organisation> organisation;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<ledger::Witnesses> witnesses;  // null without log.witnesses; the ledger must stop first
    std::unique_ptr<invite::Invite> invite;
    std::unique_ptr<collect::Collect> collect;
    std::unique_ptr<moderate::Moderate> moderate;
    std::unique_ptr<publish::Publish> publish;
    std::unique_ptr<LogFigures> figures;
    std::unique_ptr<reply::Reply> reply;
    std::unique_ptr<reply::Inbox> inbox;
    std::unique_ptr<reply::Answers> answers;
    std::unique_ptr<recover::Recover> recover;
    std::unique_ptr<Readers> readers;
    std::unique_ptr<analyse::Findings> findings;
    std::unique_ptr<recover::Cases> cases;
    std::unique_ptr<recover::RootCauses> root_causes;
    std::unique_ptr<recover::WinBack> win_back;
    std::unique_ptr<report::Reports> reports;
    std::unique_ptr<evidence::Evidence> evidence;
    std::unique_ptr<oversee::Oversee> oversee;
    std::unique_ptr<plan::Run> plan;
    std::unique_ptr<contact::Desk> contact_desk;
    std::unique_ptr<contact::Post> post;       // null without --mail
    std::unique_ptr<contact::SmsPost> sms;     // null without sms.url
    std::unique_ptr<events::Follower> follower;
    std::unique_ptr<webhooks::Webhooks> webhooks;
    std::unique_ptr<jobs::Runner> runner;
    std::unique_ptr<jobs::Runner> mail_runner;     // its own: a mail server may be slow, and its pauses are settings
    std::unique_ptr<jobs::Runner> webhook_runner;  // its own: a receiver may be slow
};

// Every table of every module, in ring order.
std::vector<storage::Migration> all_migrations();

}  // namespace verbatim::server
