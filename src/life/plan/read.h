// The plan's file (docs/plan.md): read, and every mistake in it named with its line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "life/plan/plan.h"

namespace verbatim::plan {

struct Fault {
    int line = 0;
    std::string message;
};

struct Reading {
    Plan plan;                  // as far as it could be read
    std::vector<Fault> faults;  // by line; empty: the plan may run
    bool good() const { return faults.empty(); }
};

// The file's words, then what they mean together: check_sense() below. At most 1 MiB (ground/formats/toml.h). Where the file is not
// TOML at all, the first place that is not is the only fault, for nothing behind it can be told.
Reading read_plan(std::string_view text);

// What is wrong though every word is right: conditions that can never hold, campaigns that can never fire, messages without a right to
// be sent (norms EML-4, EML-10, EML-11, INC-1 to INC-6, COL-7, GDP-1), words that are missing in a language.
void check_sense(const Plan& plan, std::vector<Fault>& faults);

// What asks for a given opinion in a text to customers, "" where nothing does (norm INC-5).
std::string leading_words(std::string_view text);

}  // namespace verbatim::plan
