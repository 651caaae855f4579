// A witness for other logs (C2SP tlog-witness, norm TLG-7): it remembers the newest checkpoint of each log it is told of, and
// cosigns a newer one only with a proof that nothing before it was changed. What it has once cosigned it never takes back.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/merkle/cosignature.h"

namespace verbatim::witness {

std::span<const storage::Migration> migrations();

struct Verdict {
    enum class Kind {
        cosigned,
        malformed,     // not an add-checkpoint body, or its old size is above the checkpoint's
        unknown_log,   // an origin it was not told of
        not_signed,    // by none of the log's keys
        stale,         // its record stands at another size than the old size given; or at the same size with another root
        inconsistent,  // the proof does not lead from the old tree to the new one
    };
    Kind kind = Kind::malformed;
    std::string lines;      // cosigned: the signature line
    std::int64_t size = 0;  // stale: the size it has recorded
    std::string why;        // for a human
};

class Witness {
public:
    // The database is migrated and must outlive this. Logs: their verifier keys; several may share an origin. Throws
    // std::invalid_argument for a name or seed that cannot be.
    Witness(storage::Db& db, const Clock& clock, std::string name, std::string_view seed, std::vector<merkle::VerifierKey> logs);

    // The record is durable before this returns, and checked and changed in one transaction.
    Verdict add_checkpoint(std::string_view body);

    std::string verifier_key() const;
    struct Seen {
        std::string origin;
        std::int64_t size = 0;
        Seconds at = 0;
    };
    std::vector<Seen> seen() const;

private:
    storage::Db& db_;
    const Clock& clock_;
    std::string name_;
    crypto::Ed25519Key key_;
    std::vector<merkle::VerifierKey> logs_;
};

}  // namespace verbatim::witness
