#include "app/server/plan_feed.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "life/plan/feed.h"

namespace verbatim::server {
namespace {

constexpr int lines_at_once = 500;
constexpr off_t longest_line = 64 << 10;

// Appends; what a kill left of a last line is cut off first.
class File {
public:
    // People stand in it, if under a pseudonym: nobody else's affair.
    explicit File(const std::string& path) : handle_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
    ~File() {
        if (handle_ >= 0) ::close(handle_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    bool good() const { return handle_ >= 0; }

    // The last whole line, "" where there is none; nothing where the file cannot be read.
    std::optional<std::string> begin() {
        struct stat is {};
        if (!good() || ::fstat(handle_, &is) != 0) return std::nullopt;
        const auto from = is.st_size > 2 * longest_line ? is.st_size - 2 * longest_line : 0;
        std::string tail(static_cast<std::size_t>(is.st_size - from), '\0');
        if (::pread(handle_, tail.data(), tail.size(), from) != static_cast<ssize_t>(tail.size())) return std::nullopt;
        const auto end = tail.rfind('\n');
        if (end == std::string::npos && from != 0) return std::nullopt;
        tail.resize(end == std::string::npos ? 0 : end + 1);
        if (::ftruncate(handle_, from + static_cast<off_t>(tail.size())) != 0 || ::lseek(handle_, 0, SEEK_END) < 0) return std::nullopt;
        if (tail.empty()) return std::string();
        tail.pop_back();
        const auto before = tail.rfind('\n');
        return before == std::string::npos ? tail : tail.substr(before + 1);
    }
    bool add(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(handle_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }
    bool keep() { return ::fsync(handle_) == 0; }

private:
    int handle_;
};

}  // namespace

int plan_feed(House& house, const FeedWish& wish, std::ostream& lines, std::ostream& said) {
    std::optional<File> file;
    std::string after = wish.after;
    if (!wish.out.empty()) {
        const auto last = file.emplace(wish.out).begin();
        if (!last) {
            said << "verbatim: " << wish.out << " cannot be read and written, or holds no lines of a feed\n";
            return 2;
        }
        const auto line = nlohmann::json::parse(*last, nullptr, false);
        if (after.empty() && !last->empty()) after = line.is_object() && line.contains("id") && line["id"].is_string() ? line["id"].get<std::string>() : "no id";
    }
    auto from = events::place_from(after);
    if (!from) {
        said << "verbatim: " << after << " is no line's id: 0-153\n";
        return 2;
    }
    std::int64_t told = 0;
    for (bool more = true; more;) {
        const auto page = house.db->read([&](storage::Tx& tx) { return plan::read_feed(tx, *from, lines_at_once); });
        std::string text;
        for (const auto& event : page.events) text += plan::feed_line(event);
        if (file ? !file->add(text) : !(lines << text)) {
            said << "verbatim: the lines cannot be written; go on behind the last whole one\n";
            return 2;
        }
        told += static_cast<std::int64_t>(page.events.size());
        from = page.next, more = page.more;
    }
    if (file ? !file->keep() : !lines.flush()) {
        said << "verbatim: the lines cannot be written; go on behind the last whole one\n";
        return 2;
    }
    said << told << (told == 1 ? " line" : " lines") << ", next " << events::to_text(*from) << "\n";
    return 0;
}

}  // namespace verbatim::server
