// `verbatim log verify`: checks a brand's public log from outside with nothing else at hand, and the displayed stars
// against it (contract "log verify").
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/verify/log_check.h"
#include "ground/base/clock.h"

namespace verbatim::verify {

// Where the log and the displayed ratings are read.
struct Source {
    Fetch log;                   // below the log: "checkpoint", "key", "tile/..."
    Fetch site;                  // below the site: "api/v1/sites/A1/rating"; empty for a folder
    std::string ratings;         // a folder's ratings.json, where it has one
    std::string figures;         // a folder's transparency.json, where it has one
    std::function<void()> pause; // before reading again what may have changed meanwhile: a second or two; may be empty
};
// DIR laid out like /log/ (or holding such a folder named log), with ratings.json beside the checkpoint where there is one.
// Error where the folder holds no checkpoint.
Result<Source> folder_source(const std::string& folder);
// "https://brand.example/", "http://127.0.0.1:8080/log" -> the site's base address without a slash at its end.
std::string site_address(std::string_view url);
bool is_address(std::string_view argument);  // starts with http:// or https://
// A live site: `get` takes a path with its leading slash.
Source live_source(Fetch get, std::function<void()> pause);

struct Options {
    std::string key;          // the pinned verifier key; empty: the log's own word is taken, and said to be
    std::string ca_file;      // https: PEM certificates to trust; empty: the system's
    std::vector<std::string> witnesses;  // verifier keys of witnesses the caller trusts
    std::size_t quorum = 0;              // how many of them must have cosigned; 0: all of them
    bool all_subjects = false;
};
// Prints what was found, line by line, the last line "verified ..." or "fault: ...". Returns the exit code: 0, 1 on any
// fault, 2 where the key given cannot be read.
int run(const Source& source, const Options& options, Seconds now, std::ostream& out);

// `verbatim log figures`: the figures of the transparency page as JSON, counted from the log. What is not in the log (names and
// countries of places, the announced delay) is taken from the displayed figures where there are some. To `out` the JSON alone,
// faults to `complaints`; the exit code as above.
int print_figures(const Source& source, const Options& options, std::ostream& out, std::ostream& complaints);

}  // namespace verbatim::verify
