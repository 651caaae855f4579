#include "app/server/replay.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <thread>

#include "app/server/doors.h"
#include "app/verify/verify.h"
#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "life/publish/nights.h"

namespace verbatim::server {
namespace {

constexpr std::size_t report_limit = 4000;
constexpr std::size_t window_bytes = 1 << 20;  // a window of its own: what is shown tonight, not what was shown before

// The doors as a reader reaches them, without the wire.
class Reader {
public:
    explicit Reader(House& house) : window_(window_bytes) { open_doors(router_, house, window_); }

    Result<std::string> get(const std::string& path) const {
        http::Request request;
        request.target = request.path = path;
        request.id = "replay";
        auto response = router_.dispatch(request);
        if (response.status == 404) return not_found("not_there", path + " is not there");
        if (response.status != 200) return Error{ErrorKind::unavailable, "not_served", path + " answers " + std::to_string(response.status), {}};
        return std::move(response.body);
    }

private:
    http::ShopWindow window_;
    http::Router router_;
};

// "a%20b" in a path the checker wrote; it encodes nothing else than single bytes.
std::string decoded(std::string_view path) {
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto byte = path[i] == '%' && i + 2 < path.size() ? from_hex(path.substr(i + 1, 2)) : std::nullopt;
        out += byte ? (*byte)[0] : path[i];
        if (byte) i += 2;
    }
    return out;
}

// The tables against the figures. Both are read while others write, so a difference counts only when it stays.
std::string tables_differ(House& house) {
    std::string found;
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(500));
        house.ledger->sequence();
        const auto states = house.db->read([](storage::Tx& tx) { return publish::own_states(tx); });
        const auto total = nlohmann::json::parse(*house.figures->text())["total"];
        const auto of = [&](const char* state) {
            const auto one = states.find(state);
            return one == states.end() ? std::int64_t{0} : one->second;
        };
        found.clear();
        const auto hold = [&](const char* what, std::int64_t in_tables, std::int64_t in_log) {
            if (in_tables != in_log) found += "fault: the tables have " + std::to_string(in_tables) + " reviews that are " + what + ", the log makes " + std::to_string(in_log) + "\n";
        };
        hold("public", of("published"), total["visible"]);
        hold("waiting", of("collected") + of("held") + of("rephrase"), total["pending"]);
        if (found.empty()) return found;
    }
    return found;
}

void tell_people(House& house, const publish::Night& night) {
    house.db->write([&](storage::Tx& tx) {
        for (const char* role : {"hq", "auditor"}) {
            for (const auto& person : network::people_with_role(tx, role)) {
                contact::Message message;
                message.purpose = contact::Purpose::staff;
                message.key = "replay:" + night.day + ":" + person.email;
                message.email = person.email;
                message.name = person.name;
                message.locale = person.locale;
                message.mail_template = "replay";
                message.data = nlohmann::json({{"DAY", night.day}, {"REPORT", night.report}, {"LINK", house.place.base_url + "/transparency.json"}}).dump();
                contact::queue(tx, night.at, message);
            }
        }
    });
}

}  // namespace

bool replay_tonight(House& house, std::ostream& out) {
    const Reader reader(house);
    publish::Night night;
    night.at = house.clock.now();
    night.day = format_date(night.at);
    house.ledger->sequence();

    verify::Source source;
    source.log = [&](std::string_view path) -> Result<std::string> {
        auto bytes = path == "checkpoint" ? house.ledger->checkpoint() : path == "key" ? std::optional(house.ledger->verifier_key() + "\n") : house.ledger->tile(path);
        if (!bytes) return not_found("not_there", std::string(path) + " is not there");
        return std::move(*bytes);
    };
    source.site = [&](std::string_view path) { return reader.get("/" + decoded(path)); };
    source.pause = [&] { house.ledger->sequence(); };
    verify::Options options;
    options.key = house.ledger->verifier_key();
    std::ostringstream report;
    night.same = verify::run(source, options, night.at, report) == 0;
    if (const auto differ = tables_differ(house); !differ.empty()) {
        night.same = false;
        report << differ;
    }

    // Each public page as it stands tonight, in one digest: with the database of a night the same pages make the same one.
    std::string lines;
    const auto addresses = house.publish->addresses();
    for (const auto& address : addresses) {
        const auto page = reader.get("/en/" + address);
        if (!page) continue;
        lines += to_hex(crypto::sha256(*page)) + " /en/" + address + "\n";
        ++night.pages;
    }
    night.pages_digest = to_hex(crypto::sha256(lines));
    const auto figures = house.figures->text();
    night.figures_digest = to_hex(crypto::sha256(*figures));
    night.log_size = house.db->read([](storage::Tx& tx) { return ledger::size(tx); });
    if (!night.same || night.day.ends_with("-01")) night.figures = *figures;
    night.report = report.str();
    if (night.report.size() > report_limit) night.report.erase(0, night.report.size() - report_limit);  // the verdict is its end
    house.db->write([&](storage::Tx& tx) { publish::keep_night(tx, night); });
    if (!night.same) {
        log::warning("replay_differs", {{"day", night.day}, {"report", night.report}});
        tell_people(house, night);
    }
    out << report.str() << night.day << ": " << (night.same ? "same" : "DIFFERS") << ", " << night.pages << " pages, log of " << night.log_size << " entries\n";
    return night.same;
}

}  // namespace verbatim::server
