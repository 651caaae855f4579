// What the two engines share inside this module; nobody outside includes it.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"

namespace verbatim::storage {

std::unique_ptr<Db> open_sqlite(const std::string& path, const Options& options);
std::unique_ptr<Db> open_postgresql(const std::string& url, const Options& options);

// Text of a migration in an engine's words: BLOB and SERIAL_KEY as whole words outside quotes and comments.
std::string in_dialect(std::string_view text, Engine engine);

// Text parameters are UTF-8 without NUL on both engines (PostgreSQL could not keep anything else). Throws Failure.
void check_text(std::string_view text);

// The highest number applied, by module.
using Applied = std::map<std::string, int>;
// What of the list is still to do, in its order. Throws Failure for a database that is newer than the list, std::logic_error
// for a list whose numbers have gaps.
std::vector<const Migration*> missing_migrations(const Applied& applied, std::span<const Migration> migrations);

struct Notification {
    std::string channel;
    std::string payload;
    friend bool operator==(const Notification&, const Notification&) = default;
};
// Keeps each notification once. Throws std::logic_error for a payload over 1,000 bytes.
void add_notification(std::vector<Notification>& list, std::string_view channel, std::string_view payload);
using Subscriber = std::function<void(std::string_view channel, std::string_view payload)>;

// What both engines' transactions keep beside their statements.
class EngineTx : public Tx {
public:
    void after_commit(std::function<void()> fn) override { callbacks.push_back(std::move(fn)); }
    void notify(std::string_view channel, std::string_view payload) override { add_notification(notifications, channel, payload); }
    // Throws where an earlier statement failed and its function swallowed that.
    void refuse_failed() const {
        if (!failure_.empty()) throw Failure("the transaction failed earlier: " + failure_);
    }

    std::vector<std::function<void()>> callbacks;
    std::vector<Notification> notifications;

protected:
    // Runs one statement; after one that failed, none.
    template <class F>
    auto guarded(F&& fn) {
        refuse_failed();
        try {
            return fn();
        } catch (const Failure& failure) {
            if (failure_.empty()) failure_ = failure.what();
            throw;
        }
    }

private:
    std::string failure_;
};

// Says that this thread is inside a transaction of that database; throws std::logic_error when it already was.
class Inside {
public:
    explicit Inside(const Db* db);
    ~Inside();
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

private:
    const Db* before_;
};
void refuse_inside(const Db* db);

// Runs the callbacks after a commit; one that throws is logged, for its caller's work is durable.
void run_after_commit(std::vector<std::function<void()>>& callbacks);

}  // namespace verbatim::storage
