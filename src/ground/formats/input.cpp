#include "ground/formats/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>

namespace verbatim {

struct Input::Impl {
    std::string name;
    int descriptor = -1;
    std::string memory;  // the whole, where there is no descriptor
    std::size_t memory_at = 0;
    std::optional<std::uint64_t> size;
    std::uint64_t position = 0;
    std::string chunk = std::string(std::size_t{64} * 1024, '\0');  // stored bytes not yet given out: [begin, end)
    std::size_t begin = 0, end = 0;
    bool started = false, packed = false, between_members = false;
    z_stream unpacker{};

    ~Impl() {
        if (packed) inflateEnd(&unpacker);
        if (descriptor > STDERR_FILENO) ::close(descriptor);
    }

    // Fills the chunk behind what it still holds. False on an I/O error; at the end nothing is added.
    bool fill() {
        if (begin == end) begin = end = 0;
        std::size_t got = 0;
        if (descriptor < 0) {
            got = std::min(chunk.size() - end, memory.size() - memory_at);
            std::memcpy(chunk.data() + end, memory.data() + memory_at, got);
            memory_at += got;
        } else {
            ssize_t count = 0;
            do count = ::read(descriptor, chunk.data() + end, chunk.size() - end);
            while (count < 0 && errno == EINTR);
            if (count < 0) return false;
            got = static_cast<std::size_t>(count);
        }
        end += got;
        position += got;
        return true;
    }
};

Input::Input(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Input::~Input() = default;
std::uint64_t Input::position() const { return impl_->position; }
std::optional<std::uint64_t> Input::size() const { return impl_->size; }

Result<std::unique_ptr<Input>> Input::open(const std::string& path) {
    auto impl = std::make_unique<Impl>();
    impl->name = path == "-" ? "standard input" : path;
    impl->descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (impl->descriptor < 0) return not_found("cannot_open", path + ": " + std::strerror(errno));
    struct stat about {};
    if (::fstat(impl->descriptor, &about) == 0) {
        if (S_ISDIR(about.st_mode)) return invalid("cannot_open", path + " is a folder; name a file in it");
        if (S_ISREG(about.st_mode)) impl->size = static_cast<std::uint64_t>(about.st_size);
    }
    return std::unique_ptr<Input>(new Input(std::move(impl)));
}

std::unique_ptr<Input> Input::of_text(std::string bytes) {
    auto impl = std::make_unique<Impl>();
    impl->name = "text";
    impl->size = bytes.size();
    impl->memory = std::move(bytes);
    return std::unique_ptr<Input>(new Input(std::move(impl)));
}

std::string_view Input::peek(std::size_t most) {
    while (peeked_.size() - peeked_at_ < most) {
        const std::size_t held = peeked_.size();
        peeked_.resize(peeked_at_ + most);
        const std::size_t got = unpack(peeked_.data() + held, peeked_.size() - held);
        peeked_.resize(held + got);
        if (got == 0) break;
    }
    return std::string_view(peeked_).substr(peeked_at_, most);
}

std::size_t Input::read(char* into, std::size_t most) {
    if (peeked_at_ == peeked_.size()) return unpack(into, most);
    const std::size_t given = std::min(most, peeked_.size() - peeked_at_);
    std::memcpy(into, peeked_.data() + peeked_at_, given);
    peeked_at_ += given;
    return given;
}

std::size_t Input::unpack(char* into, std::size_t most) {
    Impl& in = *impl_;
    if (fault_ || most == 0) return 0;
    const auto fail = [&](const char* code, const std::string& why) {
        fault_ = Error{ErrorKind::unavailable, code, in.name + ": " + why, {}};
        return std::size_t{0};
    };
    if (!in.started) {
        in.started = true;
        // A pipe may hand over its first byte alone.
        for (std::size_t before = 1; in.end < 2 && before != in.end;) {
            before = in.end;
            if (!in.fill()) return fail("cannot_read", std::strerror(errno));
        }
        if (in.end >= 2 && in.chunk[0] == '\x1f' && in.chunk[1] == '\x8b') {
            if (inflateInit2(&in.unpacker, 15 + 16) != Z_OK) return fail("cannot_read", "no memory to unpack gzip");
            in.packed = true;
        }
    }
    for (;;) {
        if (in.begin == in.end && !in.fill()) return fail("cannot_read", std::strerror(errno));
        const std::size_t held = in.end - in.begin;
        if (!in.packed) {
            const std::size_t given = std::min(held, most);
            std::memcpy(into, in.chunk.data() + in.begin, given);
            in.begin += given;
            return given;
        }
        if (held == 0) return in.between_members ? 0 : fail("gzip_cut", "the gzip data ends before its time; was the copy complete?");
        if (in.between_members) {
            inflateReset(&in.unpacker);
            in.between_members = false;
        }
        in.unpacker.next_in = reinterpret_cast<Bytef*>(in.chunk.data() + in.begin);
        in.unpacker.avail_in = static_cast<uInt>(held);
        in.unpacker.next_out = reinterpret_cast<Bytef*>(into);
        const auto room = static_cast<uInt>(std::min<std::size_t>(most, 1u << 30));
        in.unpacker.avail_out = room;
        const int status = inflate(&in.unpacker, Z_NO_FLUSH);
        in.begin = in.end - in.unpacker.avail_in;
        if (status == Z_STREAM_END) in.between_members = true;
        else if (status != Z_OK && status != Z_BUF_ERROR) return fail("gzip_damaged", "the gzip data is damaged");
        if (const std::size_t given = room - in.unpacker.avail_out) return given;
    }
}

}  // namespace verbatim
