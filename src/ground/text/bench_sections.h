// The sections of `./dev bench moderation`, one file each. A section prints its figures beside their targets and skips, saying so,
// where its data are absent (VERBATIM_DATA or ../shared/data).
#pragma once

#include "ground/text/bench_data.h"

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text::bench {

struct Wishes {
    std::string list;  // which findings or misses to print one by one: a reason, "missed", "all", or nothing
};

void time_section(const Detectors& detectors, const Wishes& wishes);
void insult_section(const Detectors& detectors, const Wishes& wishes);
void alarm_section(const Detectors& detectors, const Wishes& wishes);
void hatecheck_section(const Detectors& detectors, const Wishes& wishes);
void labelled_section(const Detectors& detectors, const Wishes& wishes);
void names_section(const Detectors& detectors, const Wishes& wishes);

// "0.812 (target 0.770, ratio 1.05: met)"; `least` false where smaller is better.
std::string beside(double reached, double target, bool least = true);

struct Labelled {
    std::string lang, source, group, text;
    bool positive = false;
};
// Rows of a labelled file; `group` is the functionality or the fine label.
std::vector<Labelled> labelled_rows(const std::string& path);

// What the detectors say of a text, in the two readings of a moderation test.
struct Verdict {
    bool hate = false;   // a finding with reason hate or threat
    bool human = false;  // any finding
};
Verdict verdict(const Detectors& detectors, const Labelled& row);

struct Confusion {
    std::size_t hit = 0, missed = 0, alarm = 0, passed = 0;
    void note(bool positive, bool said) { ++(positive ? (said ? hit : missed) : (said ? alarm : passed)); }
    std::size_t rows() const { return hit + missed + alarm + passed; }
    double accuracy() const;
    double macro_f1() const;
    std::string text() const;  // "hit 10 missed 2 alarm 3 passed 20"
};

}  // namespace verbatim::text::bench
