// Every question a dashboard asks, asked many times with changing branches and periods; and beside some of them the same figure counted
// from the raw rows.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/storage/storage.h"

namespace verbatim::bench {

struct Timing {
    std::string name;
    double p50 = 0, p99 = 0;            // milliseconds
    double cpu = 0;                     // at p99, of the asking thread: what an idle machine would take on SQLite
    double raw = 0;                     // of the same figure from the rows; 0: not counted so
};
// `times` asks of each question.
std::vector<Timing> ask_everything(storage::Db& db, int sites, int times, bool raw, const std::function<void(const Timing&)>& each = {});
std::string heading();
std::string to_line(const Timing& timing, double limit);

}  // namespace verbatim::bench
