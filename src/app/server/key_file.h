// A key's file: two lines, the name it signs under and an Ed25519 seed in hex; readable by its owner only.
#pragma once

#include <filesystem>
#include <string>

namespace verbatim::server {

struct KeyFile {
    std::string name, seed;
};
// `whose` stands in the error: "the log's key", "the witness's key".
KeyFile read_key_file(const std::filesystem::path& path, const std::string& whose);
// With a fresh seed; the file must not be there yet.
KeyFile make_key_file(const std::filesystem::path& path, const std::string& name);

}  // namespace verbatim::server
