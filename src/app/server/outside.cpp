#include "app/server/outside.h"

#include <stdexcept>

#include "app/server/bounce_imap.h"
#include "app/server/files.h"
#include "ground/base/log.h"
#include "life/plan/topic.h"

namespace verbatim::server {
namespace {

std::unique_ptr<plan::Topic> make_topic(House& house) {
    kafka::Options options{house.settings.text("plan.kafka_brokers"), house.settings.text("plan.kafka_topic"), {}};
    if (options.brokers.empty()) return nullptr;
    if (const auto file = house.settings.text("plan.kafka_config_file"); !file.empty()) {
        auto more = kafka::read_properties(read_file(file));
        if (!more) throw std::runtime_error(file + ": " + more.error().message);
        options.more = std::move(more).value();
    }
    if (const auto tried = kafka::Producer::make(options); !tried) throw std::runtime_error(tried.error().message);
    return std::make_unique<plan::Topic>(*house.db, std::move(options));
}

class Servers : public Outside {
public:
    explicit Servers(House& house) : runner_(*house.db, house.clock, options()), topic_(make_topic(house)), mailbox_(mailbox_of(house.settings)) {
        if (topic_) topic_->handle(runner_);
        if (mailbox_) runner_.every("bounce_imap", house.settings.number("mail.bounce_imap_minutes") * one_minute, [this, &house] { look(house); });
    }
    void start() override {
        if (topic_ || mailbox_) runner_.start();
    }
    void stop() override {
        stop_ = true;
        if (topic_) topic_->stop();
        runner_.stop();
    }

private:
    static jobs::Runner::Options options() {
        jobs::Runner::Options made;
        made.threads = 2;
        return made;
    }
    void look(House& house) {
        const auto done = take_mailbox(*house.db, house.clock, *mailbox_, stop_);
        if (!done) log::warning("undelivered mail waits in its mailbox", {{"why", done.error().message}});
        else if (!done->empty()) log::info("undelivered mail was read", {{"what", *done}});
    }
    std::atomic<bool> stop_ = false;
    jobs::Runner runner_;
    std::unique_ptr<plan::Topic> topic_;
    std::optional<mail::ImapSettings> mailbox_;
};

}  // namespace

std::unique_ptr<Outside> make_outside(House& house) { return std::make_unique<Servers>(house); }

}  // namespace verbatim::server
