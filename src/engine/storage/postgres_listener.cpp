#include "engine/storage/postgres_listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "ground/base/log.h"

namespace verbatim::storage {

using namespace std::chrono_literals;

PostgresListener::PostgresListener(std::string url) : url_(std::move(url)), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (bell_ < 0) throw Failure("cannot make an event descriptor");
}

PostgresListener::~PostgresListener() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    ::eventfd_write(bell_, 1);
    if (thread_.joinable()) thread_.join();
    ::close(bell_);
}

void PostgresListener::start() {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void PostgresListener::subscribe(Subscriber fn) {
    std::unique_lock lock(mutex_);
    subscribers_.push_back(std::move(fn));
    start();
    ::eventfd_write(bell_, 1);
    changed_.wait_for(lock, 5s, [&] { return listening_; });
}

void PostgresListener::send(std::span<const Notification> notifications) {
    if (notifications.empty()) return;
    const std::lock_guard lock(mutex_);
    if (pending_.size() > 10000) return;  // the server has been away for long
    for (const auto& one : notifications) add_notification(pending_, one.channel, one.payload);
    start();
    ::eventfd_write(bell_, 1);
}

void PostgresListener::run() {
    auto pause = 200ms;
    for (;;) {
        try {
            PostgresConnection connection(url_, 5s);
            pause = 200ms;
            serve(connection);
            return;
        } catch (const std::exception& failure) {
            log::warning("notifications interrupted", {{"error", failure.what()}});
        }
        std::unique_lock lock(mutex_);
        listening_ = false;
        if (changed_.wait_for(lock, pause, [&] { return stopping_; })) return;
        pause = std::min<std::chrono::milliseconds>(pause * 2, 5s);
    }
}

void PostgresListener::serve(PostgresConnection& connection) {
    for (;;) {
        std::vector<Notification> list;
        bool listen = false;
        bool last = false;
        {
            const std::lock_guard lock(mutex_);
            last = stopping_;
            list.swap(pending_);
            listen = !subscribers_.empty() && !listening_;
        }
        if (listen) {
            connection.execute("LISTEN verbatim");
            {
                const std::lock_guard lock(mutex_);
                listening_ = true;
            }
            changed_.notify_all();
        }
        if (!list.empty()) tell(connection, list);
        if (last) return;
        if (PQconsumeInput(connection.handle()) == 0) throw ConnectionLost("the connection for notifications is lost");
        while (PGnotify* heard = PQnotifies(connection.handle())) {
            const std::unique_ptr<PGnotify, decltype(&PQfreemem)> kept(heard, &PQfreemem);
            if (heard->be_pid == PQbackendPID(connection.handle())) continue;  // told here already
            const std::string_view message = heard->extra;
            const auto middle = message.find('\n');
            if (middle != std::string_view::npos) deliver(message.substr(0, middle), message.substr(middle + 1));
        }
        pollfd waits[] = {{bell_, POLLIN, 0}, {PQsocket(connection.handle()), POLLIN, 0}};
        ::poll(waits, 2, -1);
        eventfd_t rings = 0;
        ::eventfd_read(bell_, &rings);
    }
}

void PostgresListener::tell(PostgresConnection& connection, const std::vector<Notification>& list) {
    std::string messages = "[";
    for (const auto& one : list) {
        if (messages.size() > 1) messages += ',';
        log::append_json_string(messages, one.channel + "\n" + one.payload);
        deliver(one.channel, one.payload);
    }
    messages += ']';
    const Parameter parameters[] = {std::string_view(messages)};
    connection.run("SELECT pg_notify('verbatim', value) FROM json_array_elements_text(CAST($1 AS JSON))", parameters, nullptr);
}

void PostgresListener::deliver(std::string_view channel, std::string_view payload) {
    std::vector<Subscriber> subscribers;
    {
        const std::lock_guard lock(mutex_);
        subscribers = subscribers_;
    }
    for (const auto& subscriber : subscribers) {
        try {
            subscriber(channel, payload);
        } catch (const std::exception& failure) {
            log::error("a subscriber failed", {{"channel", channel}, {"error", failure.what()}});
        }
    }
}

}  // namespace verbatim::storage
