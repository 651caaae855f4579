// How processes that share a SQLite file tell each other something: each subscriber has a datagram socket in the folder
// FILE.wake, and a commit sends to all of them. The folder also holds the turn, a lock by which writers queue fairly.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/storage/engines.h"

namespace verbatim::storage {

class SqliteWake {
public:
    explicit SqliteWake(const std::string& database);
    ~SqliteWake();
    SqliteWake(const SqliteWake&) = delete;
    SqliteWake& operator=(const SqliteWake&) = delete;

    void subscribe(Subscriber fn);
    // To this object's subscribers and to every other socket of the folder; a socket nobody listens on is removed.
    void send(std::span<const Notification> notifications);

    // A process waits for its turn, then for the write lock, and gives the turn on as soon as it has the lock. So one that
    // writes without pause stands behind one that waits.
    void take_turn();
    void give_turn();

private:
    void listen();
    void run();
    void deliver(const Notification& notification);

    int folder_ = -1;
    int turn_ = -1;
    int socket_ = -1;
    int bell_ = -1;
    std::string name_;
    std::atomic<bool> listening_{false};
    std::mutex mutex_;
    bool stopping_ = false;
    std::deque<Notification> local_;
    std::vector<Subscriber> subscribers_;
    std::thread thread_;
};

}  // namespace verbatim::storage
