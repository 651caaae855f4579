#include "engine/storage/sqlite_wake.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "ground/base/log.h"

namespace verbatim::storage {
namespace {

// The folder is named through its descriptor, because a socket's path may have 107 bytes only.
sockaddr_un address_of(int folder, const std::string& name) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder) + "/" + name;
    if (path.size() >= sizeof address.sun_path) throw Failure("a socket's name is too long: " + name);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

[[noreturn]] void broken(const std::string& doing) { throw Failure(doing + ": " + std::strerror(errno)); }

}  // namespace

SqliteWake::SqliteWake(const std::string& database) {
    const std::string folder = database + ".wake";
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) broken("cannot make the folder " + folder);
    folder_ = ::open(folder.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC);
    if (folder_ < 0) broken("cannot open the folder " + folder);
    turn_ = ::openat(folder_, "turn", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (turn_ < 0) {
        ::close(folder_);
        broken("cannot open " + folder + "/turn");
    }
}

SqliteWake::~SqliteWake() {
    if (thread_.joinable()) {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        ::eventfd_write(bell_, 1);
        thread_.join();
        ::unlinkat(folder_, name_.c_str(), 0);
        ::close(socket_);
        ::close(bell_);
    }
    ::close(turn_);
    ::close(folder_);
}

void SqliteWake::take_turn() {
    while (::flock(turn_, LOCK_EX) != 0) {
        if (errno != EINTR) broken("cannot wait for the turn to write");
    }
}

void SqliteWake::give_turn() { ::flock(turn_, LOCK_UN); }

void SqliteWake::subscribe(Subscriber fn) {
    const std::lock_guard lock(mutex_);
    subscribers_.push_back(std::move(fn));
    if (!thread_.joinable()) listen();
}

void SqliteWake::listen() {
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bell_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (socket_ < 0 || bell_ < 0) broken("cannot make a socket for notifications");
    for (int number = 0;; ++number) {
        name_ = std::to_string(::getpid()) + "-" + std::to_string(number) + ".sock";
        const auto address = address_of(folder_, name_);
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) break;
        if (errno != EADDRINUSE || number == 10000) broken("cannot bind a socket for notifications");
    }
    listening_ = true;
    thread_ = std::thread([this] { run(); });
}

void SqliteWake::send(std::span<const Notification> notifications) {
    if (notifications.empty()) return;
    if (listening_) {
        {
            const std::lock_guard lock(mutex_);
            local_.insert(local_.end(), notifications.begin(), notifications.end());
        }
        ::eventfd_write(bell_, 1);
    }
    const int copy = ::openat(folder_, ".", O_DIRECTORY | O_RDONLY | O_CLOEXEC);
    if (copy < 0) return;
    DIR* entries = ::fdopendir(copy);
    if (entries == nullptr) {
        ::close(copy);
        return;
    }
    int sender = -1;
    while (const dirent* entry = ::readdir(entries)) {
        const std::string name = entry->d_name;
        if (!name.ends_with(".sock") || (listening_ && name == name_)) continue;
        if (sender < 0) sender = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (sender < 0) break;
        const auto address = address_of(folder_, name);
        for (const auto& one : notifications) {
            const std::string message = one.channel + '\0' + one.payload;
            if (::sendto(sender, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), sizeof address) >= 0) continue;
            if (errno == ECONNREFUSED) ::unlinkat(folder_, entry->d_name, 0);  // its process was killed
            break;  // a full buffer loses the rest: a notification is a hint
        }
    }
    if (sender >= 0) ::close(sender);
    ::closedir(entries);
}

void SqliteWake::run() {
    char buffer[2048];
    for (;;) {
        pollfd waits[] = {{bell_, POLLIN, 0}, {socket_, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0 && errno != EINTR) return;
        eventfd_t rings = 0;
        ::eventfd_read(bell_, &rings);
        std::deque<Notification> found;
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
            found.swap(local_);
        }
        for (;;) {
            const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
            if (size < 0) break;
            const std::string_view message(buffer, static_cast<std::size_t>(size));
            const auto middle = message.find('\0');
            if (middle == std::string_view::npos) continue;
            found.push_back({std::string(message.substr(0, middle)), std::string(message.substr(middle + 1))});
        }
        for (const auto& one : found) deliver(one);
    }
}

void SqliteWake::deliver(const Notification& notification) {
    std::vector<Subscriber> subscribers;
    {
        const std::lock_guard lock(mutex_);
        subscribers = subscribers_;
    }
    for (const auto& subscriber : subscribers) {
        try {
            subscriber(notification.channel, notification.payload);
        } catch (const std::exception& failure) {
            log::error("a subscriber failed", {{"channel", notification.channel}, {"error", failure.what()}});
        }
    }
}

}  // namespace verbatim::storage
