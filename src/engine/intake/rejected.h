// Where rejected rows go, and the progress line; for this module only.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include "engine/intake/intake.h"

namespace verbatim::intake {

// FILE.rejected.csv: line,reason,row. It exists only where a row was rejected; an older one is removed.
class Rejected {
public:
    // An empty path: stderr.
    explicit Rejected(std::string path);
    ~Rejected();
    Rejected(const Rejected&) = delete;
    Rejected& operator=(const Rejected&) = delete;
    void add(std::size_t line, std::string_view reason, std::string_view row);

private:
    std::string path_;
    std::FILE* file_ = nullptr;
};

class Progress {
public:
    explicit Progress(bool wanted);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void show(std::uint64_t rows, const Input& input);

private:
    using Time = std::chrono::steady_clock::time_point;
    bool shown_ = false, wanted_ = false;
    Time start_, last_;
};

}  // namespace verbatim::intake
