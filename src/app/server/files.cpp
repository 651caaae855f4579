#include "app/server/files.h"

#include <fstream>
#include <stdexcept>

#include "ground/formats/lines.h"

namespace verbatim::server {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path.string() + ": is the disk full?");
}

void each_line(const std::string& path, const std::function<void(std::string_view)>& take) {
    auto input = Input::open(path);
    if (!input) throw std::runtime_error(input.error().message);
    LineReader reader(**input);
    LineReader::Line line;
    while (reader.next(line)) {
        if (line.too_long) throw std::runtime_error(path + ": line " + std::to_string(line.number) + " is longer than 1 MiB");
        take(line.text);
    }
    if ((*input)->fault()) throw std::runtime_error(path + ": " + (*input)->fault()->message);
}

}  // namespace verbatim::server
