// Notifications on PostgreSQL: one thread with a connection of its own that listens and tells. They are sent after the commit,
// not in it: a transaction that notifies holds a lock over the whole database until its commit is durable, so that such
// commits could not share an fsync. What a killed process did not send any more is lost: a notification is a hint.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/storage/postgres_connection.h"

namespace verbatim::storage {

class PostgresListener {
public:
    explicit PostgresListener(std::string url);
    ~PostgresListener();
    PostgresListener(const PostgresListener&) = delete;
    PostgresListener& operator=(const PostgresListener&) = delete;

    // Returns when the server hears for this process (or after five seconds, when it cannot be reached; it is tried again).
    void subscribe(Subscriber fn);
    void send(std::span<const Notification> notifications);

private:
    void start();
    void run();
    void serve(PostgresConnection& connection);
    void tell(PostgresConnection& connection, const std::vector<Notification>& list);
    void deliver(std::string_view channel, std::string_view payload);

    const std::string url_;
    int bell_ = -1;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    bool listening_ = false;
    std::vector<Notification> pending_;
    std::vector<Subscriber> subscribers_;
    std::thread thread_;
};

}  // namespace verbatim::storage
