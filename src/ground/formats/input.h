// Bytes of a file, of standard input or of a text, unpacked where they begin with gzip's magic (RFC 1952; several members in
// a row are one stream). Memory is bounded whatever the size.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/result.h"

namespace verbatim {

class Input {
public:
    // "-" is standard input. An error says which file and why it cannot be read.
    static Result<std::unique_ptr<Input>> open(const std::string& path);
    static std::unique_ptr<Input> of_text(std::string bytes);
    ~Input();

    // Up to `most` bytes; 0 at the end, and at a fault.
    std::size_t read(char* into, std::size_t most);
    // The first bytes (up to `most`, fewer in a shorter file), still to be read.
    std::string_view peek(std::size_t most);
    // Why reading ended early: an I/O error, or damaged or cut gzip data.
    const std::optional<Error>& fault() const { return fault_; }

    // For progress: bytes taken from the file as it is stored, and its size where that is known.
    std::uint64_t position() const;
    std::optional<std::uint64_t> size() const;

private:
    struct Impl;
    explicit Input(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
    std::size_t unpack(char* into, std::size_t most);
    std::optional<Error> fault_;
    std::string peeked_;
    std::size_t peeked_at_ = 0;
};

}  // namespace verbatim
