#include "engine/intake/rejected.h"

#include <unistd.h>

#include <array>

#include "ground/base/log.h"
#include "ground/formats/csv.h"
#include "ground/formats/utf8.h"

namespace verbatim::intake {

Rejected::Rejected(std::string path) : path_(std::move(path)) {
    if (!path_.empty()) ::unlink(path_.c_str());
}

Rejected::~Rejected() {
    if (file_ && file_ != stderr && std::fclose(file_) != 0) log::warning("rejected_rows_incomplete", {{"file", path_}});
}

void Rejected::add(std::size_t line, std::string_view reason, std::string_view row) {
    if (!file_) {
        file_ = path_.empty() ? stderr : std::fopen(path_.c_str(), "wb");
        if (!file_) {
            log::warning("rejected_rows_go_to_stderr", {{"cannot_write", path_}});
            file_ = stderr;
        }
        std::fputs("line,reason,row\r\n", file_);
    }
    const std::string number = std::to_string(line), text = repair_utf8(row);
    const std::array<std::string_view, 3> fields{number, reason, text};
    const std::string record = csv_row(fields);
    std::fwrite(record.data(), 1, record.size(), file_);
}

Progress::Progress(bool wanted) : wanted_(wanted && ::isatty(STDERR_FILENO) == 1), start_(std::chrono::steady_clock::now()), last_(start_) {}

Progress::~Progress() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
}

void Progress::show(std::uint64_t rows, const Input& input) {
    if (!wanted_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::seconds(1)) return;
    last_ = now;
    shown_ = true;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    std::fprintf(stderr, "\r\x1b[K%llu rows, %.0f a second", static_cast<unsigned long long>(rows), static_cast<double>(rows) / seconds);
    if (const auto size = input.size(); size && *size > 0)
        std::fprintf(stderr, ", %.0f %%", 100.0 * static_cast<double>(input.position()) / static_cast<double>(*size));
}

}  // namespace verbatim::intake
