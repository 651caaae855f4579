// `verbatim log verify --follow`: keeps watching a log from outside (norms TLG-2, TLG-5, TLG-9, MOD-4, NOT-7). Each look reads
// what was added since the last one; the tree's edge, the reviews' replay and the last good checkpoint stay in memory. What is
// kept over a restart is the checkpoint alone: the log is read again from its beginning and must pass through it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/verify/figures.h"
#include "app/verify/ratings.h"
#include "app/verify/receipt.h"
#include "app/verify/verify.h"
#include "app/verify/witnesses.h"
#include "ground/merkle/tile.h"

namespace verbatim::verify {

// What was found wrong. A fault that lasts is told once, and again only after it had gone.
struct Alert {
    // unreachable  the log, a tile or a display could not be read      signature  the checkpoint is not the log's
    // fork         the log does not continue the checkpoint seen last  shrunk     it has fewer entries than it had
    // differs      entries, tiles and root do not fit each other       rule       an entry or a sum that may not be
    // late         a receipt's entry is not in the log in time         undecided  words not decided about in the announced time
    // display      a displayed rating or figure is not the recomputed  stale      nothing was added or cosigned for too long
    // uncosigned   too few of the trusted witnesses cosigned
    std::string kind;
    std::string message;
    std::string about;          // a review, a subject or an entry's place, where it is about one
    std::uint64_t entries = 0;  // of the last good checkpoint
    Seconds at = 0;
};
std::string to_json(const Alert& alert, std::string_view log);  // one line

class Monitor {
public:
    struct Options {
        int max_delay_days = 7;      // announced longest time to a decision
        Seconds merge_seconds = 60;  // how long a receipt's entry may take into the log
        Seconds max_age = 0;         // alert where newest entry and newest cosignature are older; 0: never
        TrustedWitnesses witnesses = {};  // whose cosignatures are asked for (norm TLG-7)
        std::size_t displays = 50;   // ratings looked at each time beside those whose subject changed
    };
    Monitor(Source source, merkle::VerifierKey key, Options options);

    Result<void> watch(std::string_view receipt);  // an author's receipt, to be found in the log
    // One look; what is newly wrong. Clock and network are the caller's.
    std::vector<Alert> look(Seconds now);

    bool sound() const { return told_.empty(); }  // nothing was wrong at the last look, told now or before

    // The last good checkpoint, as its signed note, and what was told: for the next start. "" before there is one.
    std::string state() const;
    Result<void> resume(std::string_view state);
    static std::string key_of(std::string_view state);  // the log's key that was held to; "" where there is none
    std::uint64_t entries() const { return held_ ? held_->size : 0; }

private:
    struct Wanted {
        Receipt receipt;
        bool found = false;
    };
    using Present = std::map<std::string, Alert>;  // by kind and what it is about

    bool advance(Present& present);
    bool continues(const merkle::Checkpoint& next, Present& present);
    bool read_to(const merkle::Checkpoint& next, Present& present);
    void see(std::uint64_t index, std::string_view leaf);
    void forget_entries();
    void check_cosignatures(Present& present);
    void check_promises(Seconds now, Present& present);
    void check_displays(Seconds now, Present& present);
    void read_figures(Present& present);
    void judge_figures();
    void check_figures(Seconds now, Present& present);
    std::vector<std::size_t> subjects_to_look_at();
    void tell(Present& present, std::string kind, std::string message, std::string about = {}) const;

    Source source_;
    merkle::VerifierKey key_;
    Options options_;
    std::optional<merkle::Checkpoint> held_;
    std::string held_note_;
    merkle::GrowingTree tree_;
    Replay replay_;
    Seconds newest_ = 0, cosigned_ = 0;           // of the entries read; of the cosignatures seen
    Present broken_;                              // rules that entries broke; they stay broken
    Figures figures_;
    std::optional<DisplayedFigures> shown_;       // the transparency page's, as read before the log
    std::optional<std::string> verdict_;          // on them, once the log was read up to what they counted; "" is good
    Seconds lagging_since_ = 0;                   // how long they count other entries than the log has
    std::map<std::string, Wanted> wanted_;        // by the leaf's hash
    std::set<std::size_t> changed_;               // subjects whose display is to be looked at
    std::size_t next_subject_ = 0;
    std::set<std::string> told_;
};

}  // namespace verbatim::verify
