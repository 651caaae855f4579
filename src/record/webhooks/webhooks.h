// Webhooks: what happened, told to other programs as it happens. A webhook lies on a branch and hears of nothing beside it. Each
// event is one delivery, kept until the receiver said 2xx: at least once, in no promised order; the same event always carries the
// same webhook-id. Tried again for about three days; who answers 410, or fails all that time, is switched off and its owner told.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/http/http.h"
#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/result.h"
#include "record/events/events.h"

namespace verbatim::webhooks {

std::span<const storage::Migration> migrations();

struct Webhook {
    std::string id, branch, url;
    std::string kinds;         // "review.*,case.opened"; empty: all
    std::string description;
    std::string state;         // on | off (by hand) | disabled (by us)
    std::string owner;         // who made it: is told when it is disabled
    std::string why;           // disabled: gone | failing
    Seconds created_at = 0, changed_at = 0;
    Seconds failing_since = 0; // 0: the last delivery worked
    Seconds old_secret_until = 0;  // two secrets sign until then
    int version = 1;
};

// What may be set; what is absent stays.
struct Wish {
    std::optional<std::string> url, kinds, description, branch;
    std::optional<bool> on;
};

struct Attempt {
    int number = 1;
    Seconds at = 0;
    int status = 0;            // 0: no answer came
    int milliseconds = 0;
    std::string answer;        // its first kilobyte
    std::string fault;         // why no answer came
};

struct Delivery {
    events::Place event;
    std::string kind, subject, ref;
    std::string state;         // waiting | delivered | failed
    int attempts = 0;          // since it was last asked for
    Seconds created_at = 0, next_at = 0, last_at = 0;
    int status = 0, milliseconds = 0;  // of the last attempt
    std::string body;          // find_delivery() only
    std::vector<Attempt> tried;    // find_delivery() only
};

struct Options {
    std::string agent = "Verbatim";
    bool plain_http = false;       // http:// addresses too
    bool private_addresses = false;
    int timeout_seconds = 15;
    std::string ca_file = {};      // PEM certificates to trust; empty: the system's
};

class Webhooks {
public:
    Webhooks(storage::Db& db, const Clock& clock, Options options);
    ~Webhooks();

    struct Made {
        Webhook webhook;
        std::string secret;        // shown once
    };
    // On the caller's branch or one within it.
    Result<Made> create(const Actor& actor, const Wish& wish) const;
    // `version`: the one the caller saw; another is a conflict "changed_meanwhile". 0: whatever it is.
    Result<Webhook> change(const Actor& actor, std::string_view id, const Wish& wish, int version) const;
    Result<void> remove(const Actor& actor, std::string_view id) const;
    // A new secret; the old one signs beside it for a day.
    Result<Made> rotate(const Actor& actor, std::string_view id) const;
    std::vector<Webhook> list(const Actor& actor) const;
    std::optional<Webhook> find(const Actor& actor, std::string_view id) const;
    // Sends it an event of kind webhook.test.
    Result<void> test(const Actor& actor, std::string_view id) const;

    // Newest first; `before`: the last one seen. state: "" or one of a delivery's.
    Result<std::vector<Delivery>> deliveries(const Actor& actor, std::string_view id, std::string_view state, std::optional<events::Place> before, int limit) const;
    std::optional<Delivery> find_delivery(const Actor& actor, std::string_view id, events::Place event) const;
    // Once more, whatever came of it before.
    Result<void> replay(const Actor& actor, std::string_view id, events::Place event) const;
    // Every event of [from, to) that the webhook wants, at most most_replayed of them, those that failed alone where `failed`. How many.
    Result<int> replay_range(const Actor& actor, std::string_view id, Seconds from, Seconds to, bool failed) const;
    static constexpr int most_replayed = 5000;

    // The jobs that deliver; on a runner of their own, for a receiver may be slow.
    void handle(jobs::Runner& runner);
    // Makes the deliveries of what happened since; true where there is more to do now.
    bool spread() const;
    // A thread that does so all the time, until stop().
    void start();
    void stop();

    // Norm GDP-5: deliveries made before that moment go.
    static std::int64_t purge_old(storage::Tx& tx, Seconds before, int limit);
    static std::int64_t older_than(storage::Tx& tx, Seconds before);

private:
    Result<void> deliver(const jobs::Job& job) const;
    Result<void> check(storage::Tx& tx, const Actor& actor, const Wish& wish) const;

    storage::Db& db_;
    const Clock& clock_;
    const Options options_;
    std::thread spreader_;
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool stop_ = false;
};

}  // namespace verbatim::webhooks
