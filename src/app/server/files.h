// Whole files of the command line. Each throws std::runtime_error that names the file and says what to do.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace verbatim::server {

std::string read_file(const std::filesystem::path& path);
// Makes the folder where it is missing.
void write_file(const std::filesystem::path& path, std::string_view bytes);
// Line by line, .gz too, in bounded memory. A line longer than 1 MiB ends it.
void each_line(const std::string& path, const std::function<void(std::string_view line)>& take);

}  // namespace verbatim::server
