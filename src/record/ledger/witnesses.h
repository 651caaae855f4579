// Asking witnesses for cosignatures on the log's checkpoints (C2SP tlog-witness, norm TLG-7). Nothing waits for them: a
// checkpoint is published when it is durable, and cosignatures are added to it as they come. How a witness is reached is the
// caller's: this module speaks no HTTP.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "ground/merkle/policy.h"
#include "record/ledger/ledger.h"

namespace verbatim::ledger {

struct WitnessAnswer {
    int status = 0;
    std::string body;
};
// POSTs the body to policy.witnesses[witness]'s add-checkpoint. Called by one thread for each witness, one call at a time.
using AskWitness = std::function<Result<WitnessAnswer>(std::size_t witness, const std::string& body)>;

class Witnesses {
public:
    // Both must outlive this. Witnesses without a URL are known and not asked.
    Witnesses(storage::Db& db, const Clock& clock, Ledger& ledger, merkle::Policy policy, AskWitness ask);
    ~Witnesses();

    // A thread for each witness: asks when there is a new checkpoint, at most twice a second; after a failure it waits, from a
    // second up to a minute, and asks again.
    void start();
    void stop();
    void wake();  // there is a new checkpoint

    // One turn with one witness, for the newest checkpoint: true where it has cosigned (now or before), else why not.
    Result<bool> ask(std::size_t witness);

    struct Standing {
        std::string name;         // in the policy
        std::int64_t size = 0;    // entries in the newest checkpoint it cosigned
        Seconds at = 0;           // when; 0: never
        std::string trouble;      // of the last question; empty: none
    };
    std::vector<Standing> standing() const;
    const merkle::Policy& policy() const;
    // The newest checkpoint that met the quorum: entries, and when the last cosignature of it was made.
    struct Quorum {
        std::int64_t size = 0;
        Seconds at = 0;
    };
    std::optional<Quorum> quorum() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;  // the ledger's listener holds it too
};

}  // namespace verbatim::ledger
