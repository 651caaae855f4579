#include "app/server/bounce.h"

#include "ground/base/log.h"

#include <filesystem>
#include <fstream>
#include <istream>
#include <map>
#include <ostream>

namespace verbatim::server {
namespace {

constexpr int try_again = 75;

std::string all_of(std::istream& in) {
    std::string bytes(mail::most_of_a_report, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    in.ignore(std::numeric_limits<std::streamsize>::max());  // a pipe that is closed early is an error to the mail server
    return bytes;
}

contact::TakenReturn take(storage::Db& db, Seconds now, std::string_view bytes, const std::string& recipient) {
    const auto returned = mail::read_returned(bytes);
    if (returned.kind == mail::Returned::Kind::nothing) return {{}, "no_report"};
    return db.write([&](storage::Tx& tx) { return contact::take_returned(tx, now, returned, recipient); });
}

}  // namespace

int take_bounce(storage::Db& db, Seconds now, std::istream& in, std::ostream& out, const std::string& recipient) {
    const auto bytes = all_of(in);
    try {
        const auto taken = take(db, now, bytes, recipient);
        out << (taken.message.empty() ? "no message of ours" : "message " + taken.message) << ": " << taken.done << "\n";
    } catch (const std::exception& broken) {
        log::warning("a report of undelivered mail waits", {{"why", broken.what()}});
        return try_again;
    }
    return 0;
}

int take_maildir(storage::Db& db, Seconds now, const std::string& folder, std::ostream& out) {
    namespace fs = std::filesystem;
    const fs::path fresh = fs::path(folder) / "new", done = fs::path(folder) / "cur";
    if (!fs::is_directory(fresh) || !fs::is_directory(done)) throw std::runtime_error(folder + " is no Maildir: it needs the folders new and cur");
    std::map<std::string, std::size_t> counts;
    std::size_t read = 0;
    for (const auto& file : fs::directory_iterator(fresh)) {
        if (!file.is_regular_file()) continue;
        std::ifstream in(file.path(), std::ios::binary);
        ++counts[take(db, now, all_of(in), {}).done];
        fs::rename(file.path(), done / (file.path().filename().string() + ":2,S"));
        ++read;
    }
    out << read << " read";
    for (const auto& [what, count] : counts) out << ", " << count << " " << what;
    out << "\n";
    return 0;
}

}  // namespace verbatim::server
