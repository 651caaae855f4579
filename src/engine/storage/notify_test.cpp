// What a commit tells is heard by every subscriber, in this process and in others; a rollback tells nothing.
#include <sys/socket.h>
#include <sys/un.h>

#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <mutex>

#include "engine/storage/child_process.h"
#include "engine/storage/conformance.h"

namespace verbatim::storage {
namespace {

using namespace std::chrono_literals;

// Collects what is heard. Waiting has an end only so that a broken engine fails instead of hanging.
class Ear {
public:
    std::function<void(std::string_view, std::string_view)> hearing() {
        return [this](std::string_view channel, std::string_view payload) {
            const std::lock_guard lock(mutex_);
            heard_.push_back(std::string(channel) + ":" + std::string(payload));
            changed_.notify_all();
        };
    }
    std::vector<std::string> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, 20s, [&] { return heard_.size() >= count; });
        return heard_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> heard_;
};

class Notify : public OnBothEngines {};
VERBATIM_ON_BOTH_ENGINES(Notify);

TEST_P(Notify, IsHeardAfterTheCommitAndNeverAfterARollback) {
    Ear ear;
    db->subscribe(ear.hearing());
    EXPECT_THROW(db->write([](Tx& tx) {
        tx.notify("cars", "never");
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    db->write([](Tx& tx) {
        tx.notify("cars", "one");
        tx.notify("cars", "one");
        tx.notify("cars", "");
        tx.notify("sites", std::string(1000, 'x'));
    });
    EXPECT_EQ(ear.wait_for(3), (std::vector<std::string>{"cars:one", "cars:", "sites:" + std::string(1000, 'x')})) << "each once";
    EXPECT_THROW(db->write([](Tx& tx) { tx.notify("sites", std::string(1001, 'x')); }), std::logic_error);
    db.reset();  // before the ear
}

TEST_P(Notify, ReachesEverySubscriberOfEveryDb) {
    Ear first, second, third;
    const auto other = scratch->open();
    db->subscribe(first.hearing());
    db->subscribe(second.hearing());
    other->subscribe(third.hearing());
    db->write([](Tx& tx) { tx.notify("a", "1"); });
    for (Ear* ear : {&first, &second, &third}) EXPECT_EQ(ear->wait_for(1), (std::vector<std::string>{"a:1"}));
    other->write([](Tx& tx) { tx.notify("a", "ü\n\"2"); });
    for (Ear* ear : {&first, &second, &third}) EXPECT_EQ(ear->wait_for(2), (std::vector<std::string>{"a:1", "a:ü\n\"2"}));
    db.reset();
}

// The database may go while its last notifications are still being sent.
TEST_P(Notify, TheDatabaseCanCloseRightAfterACommit) {
    for (int i = 0; i < 30; ++i) {
        const auto brief = scratch->open();
        if (i % 2 == 0) brief->subscribe([](std::string_view, std::string_view) {});
        for (int n = 0; n < 3; ++n) brief->write([&](Tx& tx) { tx.notify("a", std::to_string(n)); });
    }
}

TEST(NotifyChild, DISABLED_Answers) {
    const auto db = Db::open(ChildProcess::url());
    Ear ear;
    db->subscribe(ear.hearing());
    ChildProcess::report("ready");
    ChildProcess::report(ear.wait_for(1)[0]);
    db->write([](Tx& tx) { tx.notify("back", "from the child"); });
    ear.wait_for(2);
}

TEST_P(Notify, CrossesProcesses) {
    Ear ear;
    db->subscribe(ear.hearing());
    ChildProcess child("NotifyChild.DISABLED_Answers", scratch->url());
    ASSERT_EQ(child.line(), "ready");
    db->write([](Tx& tx) { tx.notify("there", "from the parent"); });
    EXPECT_EQ(child.line(), "there:from the parent");
    EXPECT_EQ(ear.wait_for(2), (std::vector<std::string>{"there:from the parent", "back:from the child"}));
    EXPECT_EQ(child.wait(), 0);
    db.reset();
}

TEST(SqliteNotify, ASocketOfAKilledProcessIsRemoved) {
    const ScratchDatabase scratch(Engine::sqlite);
    const auto db = scratch.open();
    ChildProcess child("NotifyChild.DISABLED_Answers", scratch.url());
    ASSERT_EQ(child.line(), "ready");
    child.kill();
    child.wait();
    const auto sockets = [&] {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(scratch.folder() + "/scratch.db.wake")) count += entry.path().extension() == ".sock" ? 1 : 0;
        return count;
    };
    EXPECT_EQ(sockets(), 1);
    db->write([](Tx& tx) { tx.notify("a", "b"); });
    EXPECT_EQ(sockets(), 0);
}

TEST(SqliteNotify, MalformedDatagramsAreIgnored) {
    const ScratchDatabase scratch(Engine::sqlite);
    Ear ear;
    auto db = scratch.open();
    db->subscribe(ear.hearing());
    const int sender = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    for (const auto& entry : std::filesystem::directory_iterator(scratch.folder() + "/scratch.db.wake")) {
        if (entry.path().extension() != ".sock") continue;
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        ASSERT_LT(entry.path().string().size(), sizeof address.sun_path);
        std::strcpy(address.sun_path, entry.path().c_str());
        for (const std::string& message : {std::string(), std::string("no separator"), std::string(5000, 'x'), std::string("good\0one", 8)}) {
            EXPECT_EQ(::sendto(sender, message.data(), message.size(), 0, reinterpret_cast<const sockaddr*>(&address), sizeof address), static_cast<ssize_t>(message.size()));
        }
    }
    ::close(sender);
    EXPECT_EQ(ear.wait_for(1), (std::vector<std::string>{"good:one"}));
    db.reset();
}

}  // namespace
}  // namespace verbatim::storage
