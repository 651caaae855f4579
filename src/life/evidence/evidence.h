// The certification pack: every requirement of docs/law with what shows it today, or the human duty with its last proof.
// Reproducible: the same database, moment and period give the same bytes. What the log's key signs is the digests of the files.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/jobs.h"
#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "life/evidence/law.h"
#include "record/ledger/ledger.h"
#include "record/links/links.h"

namespace verbatim::evidence {

std::span<const storage::Migration> migrations();

struct Period {
    Seconds from = 0, to = 0;  // from <= x < to
};

// What the platform itself answers: a page as a reader gets it, a mail as it would leave, the log as a stranger checks it.
struct CheckResult {
    std::string kind;                       // page | mail | log | setting | schema
    std::optional<std::int64_t> value, of;  // nothing: could not be asked
    std::string says;                       // one line: what was looked at and found
};
using Checks = std::map<std::string, std::function<CheckResult(Period, Seconds now)>, std::less<>>;

inline constexpr int statement_limit = 50'000;             // of one export through a door
inline constexpr std::size_t proof_limit = 10 << 20;  // bytes of a proof's file

// What a human laid down for a duty.
struct Proof {
    std::int64_t id = 0;
    std::string duty, happened_on, by, note, file_name, content_type, digest;  // digest: SHA-256 in hex
    Seconds kept_at = 0;
};
struct NewProof {
    std::string duty, happened_on, note, file_name, content_type, bytes;
};

struct Options {
    std::string brand, operator_name, version, base_url;
};

class Evidence {
public:
    Evidence(storage::Db& db, const Clock& clock, const ledger::Ledger& log, Options options);
    void checks(Checks checks) { checks_ = std::move(checks); }

    // Everything as one JSON object in RFC 8785 form (contract "Evidence"; docs/formats.md).
    std::string report(Period period, Seconds at) const;
    // The same for readers of paper, from the report's bytes.
    static std::string to_pdf(std::string_view report);
    // Signed note by the log's key over the digests of both files, so that either can be checked alone.
    std::string sign(std::string_view report, std::string_view pdf) const;

    // Kept once a day. What was met by the last one and is not any more is mailed to auditors and headquarters.
    void keep_today();
    void schedule(jobs::Runner& runner);
    struct Kept {
        std::string report, note, day;
        Seconds at = 0;
    };
    std::optional<Kept> newest() const;

    // One requirement's results, newest first, before that day ("": from the newest).
    struct DayResult {
        std::string day, result;
        std::optional<std::int64_t> value, of;
    };
    std::vector<DayResult> history(std::string_view requirement, std::string_view before, int limit) const;

    // The statements of reasons of one month ("2026-11"), one JSON object a line without anybody's words (norm MOD-14). invalid
    // "bad_month"; too_many "too_many" where they are more than `statement_limit`: the command line exports those.
    Result<std::string> statements(std::string_view month) const;

    // For people with the role auditor, hq or admin, or the command line. invalid "duty_unknown", "bad_date", "too_large";
    // forbidden for others.
    Result<std::int64_t> keep_proof(const Actor& actor, const NewProof& proof);
    std::vector<Proof> proofs() const;
    struct File {
        std::string name, content_type, bytes;
    };
    std::optional<File> proof_file(std::int64_t id) const;

    // A link to the auditor's page (`/audit/{token}`) for 30 days. Who gave it to whom stands in the program's log.
    std::string issue_link(const Actor& actor, std::string_view email, std::string_view role);
    Result<Actor> actor_of(std::string_view token) const;

private:
    void tell(storage::Tx& tx, const nlohmann::json& lost, Seconds now) const;
    storage::Db& db_;
    const Clock& clock_;
    const ledger::Ledger& log_;
    Options options_;
    Checks checks_;
    mutable std::mutex measuring_;  // checks remember what they saw within one report
};

}  // namespace verbatim::evidence
