#include "engine/mail/outbox.h"

#include <fcntl.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <cerrno>

#include "engine/mail/dkim_canonical.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

class File {
public:
    File(const std::filesystem::path& path, int flags) : handle_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
    ~File() {
        if (handle_ >= 0) ::close(handle_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool open() const { return handle_ >= 0; }
    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t done = ::write(handle_, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR) continue;
            if (done <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
        return true;
    }
    bool sync() { return ::fsync(handle_) == 0; }

private:
    int handle_;
};

class Outbox final : public Transport {
public:
    explicit Outbox(std::filesystem::path directory) : directory_(std::move(directory)) {}

    std::vector<Outcome> deliver(const std::vector<Envelope>& envelopes) override {
        std::vector<Outcome> outcomes;
        for (const auto& envelope : envelopes) outcomes.push_back(write(envelope));
        // One sync of the directory makes all the new names last.
        File directory(directory_, O_RDONLY | O_DIRECTORY);
        if (!directory.open() || !directory.sync()) {
            const Outcome failed = failure("sync", directory_);
            for (auto& outcome : outcomes) outcome = failed;
        }
        return outcomes;
    }

private:
    static Outcome failure(const char* step, const std::filesystem::path& path) {
        return {Delivery::retry, "cannot " + std::string(step) + " " + path.string() + ": " + std::strerror(errno)};
    }

    Outcome write(const Envelope& envelope) {
        const std::string name = outbox_name(envelope.data);
        const auto unfinished = directory_ / ".tmp" / (name + "." + std::to_string(::getpid()) + "." + std::to_string(next_++));
        const auto finished = directory_ / name;
        {
            File file(unfinished, O_WRONLY | O_CREAT | O_TRUNC);
            if (!file.open()) return failure("create", unfinished);
            if (!file.write(envelope.data) || !file.sync()) {
                const Outcome outcome = failure("write", unfinished);
                ::unlink(unfinished.c_str());
                return outcome;
            }
        }
        if (::rename(unfinished.c_str(), finished.c_str()) != 0) {
            const Outcome outcome = failure("rename to", finished);
            ::unlink(unfinished.c_str());
            return outcome;
        }
        return {Delivery::sent, name};
    }

    std::filesystem::path directory_;
    std::atomic<unsigned> next_{0};
};

}  // namespace

std::string outbox_name(std::string_view data) {
    std::string_view id;
    const Parsed message = parse_message(data);
    for (const auto& field : message.fields) {
        if (relaxed_header(field.raw).compare(0, 11, "message-id:") == 0) id = field.raw.substr(std::min<std::size_t>(11, field.raw.size()));
    }
    const std::string_view whole = id;
    while (!id.empty() && std::string_view(" \t\r\n<").find(id.front()) != std::string_view::npos) id.remove_prefix(1);
    while (!id.empty() && std::string_view(" \t\r\n>").find(id.back()) != std::string_view::npos) id.remove_suffix(1);
    std::string name;
    for (char c : id.substr(0, 180)) {
        const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view(".@_+-").find(c) != std::string_view::npos;
        name += safe && !(name.empty() && c == '.') ? c : '_';
    }
    if (name != id || name.empty()) {
        const std::string_view source = id.empty() ? data : whole;
        unsigned char hash[SHA256_DIGEST_LENGTH];
        SHA256(reinterpret_cast<const unsigned char*>(source.data()), source.size(), hash);
        name += (name.empty() ? "" : "-") + to_hex({reinterpret_cast<const char*>(hash), 8});
    }
    return name + ".eml";
}

Result<std::unique_ptr<Transport>> make_outbox(const std::filesystem::path& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory / ".tmp", error);
    if (error || ::access((directory / ".tmp").c_str(), W_OK) != 0) {
        const std::string why = error ? error.message() : std::strerror(errno);
        return Error{ErrorKind::unavailable, "mail_outbox", "outbox " + directory.string() + " cannot be written: " + why + "; choose another folder or its rights", "mail"};
    }
    return std::unique_ptr<Transport>(std::make_unique<Outbox>(directory));
}

}  // namespace verbatim::mail
