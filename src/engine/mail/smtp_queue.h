// The messages that wait for a connection, and those who wait for the messages. Internal to engine/mail.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "engine/mail/mail.h"
#include "engine/mail/slow.h"

namespace verbatim::mail {

// One call of deliver(): it waits until every outcome is there.
class Batch {
public:
    explicit Batch(std::size_t size) : open_(size) {}
    void settled() {
        const std::scoped_lock lock(mutex_);  // notified under the lock: the waiter destroys this
        if (--open_ == 0) done_.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        done_.wait(lock, [this] { return open_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable done_;
    std::size_t open_;
};

struct Item {
    const Envelope* envelope = nullptr;
    Outcome* outcome = nullptr;
    Batch* batch = nullptr;
    bool dots = false;   // its data needs stuffing
    bool tried = false;  // a connection was lost with it once, before its data was sent
    std::string domain = {};  // of its recipient, lower case
    std::chrono::steady_clock::time_point taken = {};
    bool slow = false;   // under way, and its domain was known to be slow
};

// Used on the transport's one thread only. Messages to one domain have at most `of_domain` connections at once (0: as many as there
// are), so that one mailbox provider is not flooded and the others have room. A domain that let a message wait for `slow_after` counts
// as slow for a while: all slow domains together then have one connection, and what does not get it is given back at once instead of
// holding up whoever waits for the rest of its batch.
class Queue {
public:
    explicit Queue(int of_domain = 0) : of_domain_(of_domain) {}
    static constexpr std::chrono::seconds slow_after{5};
    static constexpr std::chrono::minutes slow_for{10};

    // Nothing may be taken now; there may be messages all the same, for domains that have all the connections they get.
    bool empty() const { return next() == waiting_.end(); }
    std::size_t size() const { return waiting_.size(); }
    void add(Item* item) {
        const auto at = item->envelope->recipient.rfind('@');
        item->domain = at == std::string::npos ? std::string() : item->envelope->recipient.substr(at + 1);
        for (char& c : item->domain) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        waiting_.push_back(item);
    }
    void give_back(Item* item) {
        leave(item);
        waiting_.push_front(item);
    }
    Item* take() {
        const auto found = next();
        if (found == waiting_.end()) return nullptr;
        Item* item = *found;
        waiting_.erase(found);
        auto& domain = domains_[item->domain];
        item->taken = Clock::now();
        if (domain.under_way++ == 0) domain.since = item->taken;
        item->slow = domain.slow(item->taken);
        slow_under_way_ += item->slow ? 1 : 0;
        return item;
    }
    void settle(Item* item, Delivery delivery, std::string reply) {
        leave(item);
        *item->outcome = {delivery, std::move(reply)};
        item->batch->settled();
    }
    void settle_all(Delivery delivery, const std::string& reply) {
        while (!waiting_.empty()) finish(waiting_.begin(), delivery, reply);
    }
    // Those of slow domains that will not have their turn soon. True while somebody waits.
    bool give_up_slow() {
        const auto now = Clock::now();
        std::erase_if(domains_, [&](const auto& one) { return one.second.under_way == 0 && !one.second.slow(now); });
        for (auto& [name, domain] : domains_)
            if (domain.under_way > 0 && now - domain.since > slow_after) domain.slow_until = now + slow_for;
        for (auto at = waiting_.begin(); at != waiting_.end();) {
            const auto known = domains_.find((*at)->domain);
            if (known == domains_.end() || !known->second.slow(now) || slow_under_way_ + known->second.under_way == 0) ++at;
            else at = finish(at, Delivery::retry, std::string(domain_is_slow));
        }
        return !waiting_.empty();
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Domain {
        int under_way = 0;
        Clock::time_point since = {};       // the last time something of it moved
        Clock::time_point slow_until = {};
        bool slow(Clock::time_point now) const { return slow_until > now; }
    };
    using Place = std::deque<Item*>::iterator;

    Place next() const {
        auto& waiting = const_cast<std::deque<Item*>&>(waiting_);
        if (domains_.empty()) return waiting.begin();
        const auto now = Clock::now();
        return std::find_if(waiting.begin(), waiting.end(), [&](const Item* item) {
            const auto known = domains_.find(item->domain);
            if (known == domains_.end()) return true;
            if (known->second.slow(now)) return slow_under_way_ + known->second.under_way == 0;
            return of_domain_ == 0 || known->second.under_way < of_domain_;
        });
    }
    Place finish(Place at, Delivery delivery, const std::string& reply) {
        Item* item = *at;
        const auto after = waiting_.erase(at);
        *item->outcome = {delivery, reply};
        item->batch->settled();
        return after;
    }
    // It is not under way any more.
    void leave(Item* item) {
        if (std::exchange(item->slow, false)) --slow_under_way_;
        const auto known = domains_.find(item->domain);
        if (known == domains_.end()) return;
        auto& domain = known->second;
        const auto now = Clock::now();
        if (now - item->taken > slow_after) domain.slow_until = now + slow_for;
        domain.since = now;
        if (--domain.under_way == 0 && !domain.slow(now)) domains_.erase(known);
    }

    int of_domain_;
    int slow_under_way_ = 0;
    std::deque<Item*> waiting_;
    std::map<std::string, Domain> domains_;  // with something under way, or slow
};

}  // namespace verbatim::mail
