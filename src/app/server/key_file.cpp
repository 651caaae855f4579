#include "app/server/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::server {

KeyFile read_key_file(const std::filesystem::path& path, const std::string& whose) {
    std::ifstream file(path);
    KeyFile key;
    std::string hex;
    if (!std::getline(file, key.name) || !std::getline(file, hex)) throw std::runtime_error("cannot read " + whose + " " + path.string() + ": restore it from the backup");
    const auto seed = from_hex(hex);
    if (!seed || seed->size() != 32 || key.name.empty()) throw std::runtime_error(whose + " " + path.string() + " is damaged: restore it from the backup");
    key.seed = *seed;
    return key;
}

KeyFile make_key_file(const std::filesystem::path& path, const std::string& name) {
    const KeyFile key{name, crypto::random_bytes(32)};
    const auto text = key.name + "\n" + to_hex(key.seed) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot write " + path.string() + ": " + std::strerror(errno));
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!written) throw std::runtime_error("cannot write " + path.string() + ": is the disk full?");
    return key;
}

}  // namespace verbatim::server
