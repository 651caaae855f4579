// Requests sent twice: a program that heard no answer sends the same again, with the same Idempotency-Key, and gets the first one's
// answer; the act happens once. Kept for a day, the answer sealed, for it may hold a secret shown once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::repeats {

std::span<const storage::Migration> migrations();

struct Answer {
    int status = 200;
    std::string content_type, etag, body;
};

class Repeats {
public:
    Repeats(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    enum class Begun {
        first,      // go on, and say finish() or forget()
        repeated,   // here is the answer
        running,    // the first one is still under way, or was cut off: nobody can say whether it was done
        other,      // the key was used for another request
    };
    struct Found {
        Begun begun = Begun::first;
        Answer answer;
    };
    // `who`: the session's or key's id; `what`: method, target and body.
    Found begin(std::string_view who, std::string_view key, std::string_view what) const;
    void finish(std::string_view who, std::string_view key, const Answer& answer) const;
    void forget(std::string_view who, std::string_view key) const;   // it failed on our side: the next one is a first one again

    static bool is_key(std::string_view key);  // 1 to 200 visible ASCII characters
    static std::int64_t purge(storage::Tx& tx, Seconds before, int limit);
    static constexpr Seconds kept = 24 * 3600;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::repeats
