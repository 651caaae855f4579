#include "app/server/bounce_imap.h"

#include <map>
#include <ostream>
#include <stdexcept>

#include "app/server/files.h"
#include "record/contact/bounces.h"

namespace verbatim::server {
namespace {

constexpr int try_again = 75;
constexpr std::size_t at_once = 200;

std::string take(storage::Db& db, Seconds now, const std::string& bytes) {
    const auto returned = mail::read_returned(bytes);
    if (returned.kind == mail::Returned::Kind::nothing) return "no_report";
    return db.write([&](storage::Tx& tx) { return contact::take_returned(tx, now, returned).done; });
}

std::string in_words(const std::map<std::string, std::size_t>& counts, std::size_t all) {
    if (all == 0) return {};
    std::string said = std::to_string(all) + " read";
    for (const auto& [what, count] : counts) said += ", " + std::to_string(count) + " " + what;
    return said;
}

}  // namespace

std::optional<mail::ImapSettings> mailbox_of(const network::Settings& settings) {
    const auto url = settings.text("mail.bounce_imap");
    if (url.empty()) return std::nullopt;
    auto box = mail::parse_imap_url(url);
    if (!box) throw std::runtime_error(box.error().message);
    if (const auto file = settings.text("mail.bounce_imap_password_file"); !file.empty()) box->password = read_file(file);
    while (!box->password.empty() && (box->password.back() == '\n' || box->password.back() == '\r')) box->password.pop_back();
    box->ca_file = settings.text("mail.bounce_imap_ca");
    return *box;
}

Result<std::string> take_mailbox(storage::Db& db, const Clock& clock, const mail::ImapSettings& settings, const std::atomic<bool>& stop) {
    auto opened = mail::ImapBox::open(settings);
    if (!opened) return opened.error();
    auto& box = **opened;
    std::map<std::string, std::size_t> counts;
    std::size_t all = 0;
    for (std::uint32_t before = 0; !stop;) {
        const auto unseen = box.unseen(at_once);
        if (!unseen) return unseen.error();
        // A server that forgets what is seen would hand the same out for ever.
        if (unseen->empty() || unseen->back() <= before) break;
        for (const auto uid : *unseen) {
            if (stop) break;
            const auto bytes = box.fetch(uid);
            if (!bytes) return bytes.error();
            if (!bytes->empty()) ++counts[take(db, clock.now(), *bytes)], ++all;
            if (const auto marked = box.mark_seen(uid); !marked) return marked.error();
            before = uid;
        }
    }
    return in_words(counts, all);
}

int bounce_imap(storage::Db& db, const Clock& clock, const network::Settings& settings, std::ostream& out, std::ostream& err) {
    const auto box = mailbox_of(settings);
    if (!box) {
        err << "verbatim: mail.bounce_imap names no mailbox\n";
        return 2;
    }
    const std::atomic<bool> stop = false;
    const auto done = take_mailbox(db, clock, *box, stop);
    if (!done) {
        err << "verbatim: " << done.error().message << "\n";
        return try_again;
    }
    out << (done->empty() ? "0 read" : *done) << "\n";
    return out.flush() ? 0 : 2;
}

}  // namespace verbatim::server
