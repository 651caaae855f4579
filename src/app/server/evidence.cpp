#include "app/server/evidence.h"

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/server/doors.h"
#include "app/server/evidence_checks.h"
#include "app/server/files.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "ground/merkle/note.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Seconds moment_of(const std::string& text, const char* option) {
    const auto moment = parse_moment(text);
    if (!moment) throw std::runtime_error(std::string(option) + " is a day (2026-11-27) or a moment (2026-11-27T10:00:00Z), not \"" + text + "\"");
    return *moment;
}

// A house with its doors, as the checks want it.
struct Open {
    House house;
    http::ShopWindow window{std::size_t{16} << 20};
    http::Router router;

    Open(const Place& place, const Clock& clock) : house(place, clock) {
        house.compose(place.base_url.empty() ? house.settings.text("server.base_url") : place.base_url);
        open_doors(router, house, window);
        house.evidence->checks(evidence_checks(house, router, window));
    }
};

}  // namespace

int evidence_pack(const Place& place, const EvidenceWish& wish) {
    const SystemClock system;
    const Seconds at = wish.at.empty() ? system.now() : moment_of(wish.at, "--at");
    const evidence::Period period{wish.from.empty() ? months_before(at, 12) : moment_of(wish.from, "--from"), wish.to.empty() ? at : moment_of(wish.to, "--to")};
    if (period.from >= period.to) throw std::runtime_error("--from must come before --to");
    const ManualClock clock(at);  // pages and windows of time as of that moment
    Open open(place, clock);
    open.house.ledger->sequence();
    const auto report = open.house.evidence->report(period, at);
    const auto pdf = evidence::Evidence::to_pdf(report);
    write_file(fs::path(wish.out) / "evidence.json", report);
    write_file(fs::path(wish.out) / "evidence.pdf", pdf);
    write_file(fs::path(wish.out) / "evidence.note", open.house.evidence->sign(report, pdf));
    const auto made = json::parse(report);
    for (const auto& one : made.at("requirements")) {
        const auto& found = one.at("evidence");
        if (found.is_null() || (found.at("result") != "not_met" && found.at("result") != "not_measured")) continue;
        std::cout << one.at("id").get<std::string>() << " " << found.at("result").get<std::string>() << ": " << found.at("says").get<std::string>();
        if (!found.at("value").is_null()) std::cout << ": " << found.at("value") << " " << found.at("expects").get<std::string>();
        std::cout << "\n";
    }
    const auto& counts = made.at("counts");
    std::cout << made.at("requirements").size() << " requirements: " << counts.at("met") << " met, " << counts.at("not_met") << " not met, " << counts.at("figure") << " figures, "
              << counts.at("nothing_yet") << " nothing to measure yet, " << counts.at("not_measured") << " not measured; human duties: " << counts.at("duty_done") << " in time, "
              << counts.at("duty_overdue") << " overdue, " << counts.at("duty_missing") << " without proof\n"
              << "written to " << wish.out << ": evidence.json, evidence.pdf, evidence.note\n";
    return 0;
}

int evidence_duties(const Place& place) {
    const SystemClock clock;
    House house(place, clock);
    house.compose(place.base_url);
    const auto proofs = house.evidence->proofs();
    for (const auto& one : evidence::shipped_law()) {
        if (one.who.empty()) continue;
        std::string last = "no proof yet";
        for (const auto& proof : proofs) {
            if (proof.duty == one.id) last = "last " + proof.happened_on + " by " + proof.by;
        }
        std::cout << one.id << "  " << one.who << ", every " << one.every_months << " months: " << one.what << "  (" << last << ")\n";
    }
    return 0;
}

int evidence_proof(const Place& place, const EvidenceWish& wish) {
    const SystemClock clock;
    House house(place, clock);
    house.compose(place.base_url);
    evidence::NewProof given{wish.duty, wish.on, wish.note, {}, {}, {}};
    if (!wish.file.empty()) {
        given.bytes = read_file(wish.file);
        given.file_name = fs::path(wish.file).filename().string();
        given.content_type = given.file_name.ends_with(".pdf") ? "application/pdf" : given.file_name.ends_with(".txt") ? "text/plain" : "application/octet-stream";
    }
    const auto kept = house.evidence->keep_proof({ActorKind::staff, wish.by, "admin", "*"}, given);
    if (!kept) throw std::runtime_error(kept.error().message);
    std::cout << "kept as proof " << *kept << " of " << wish.duty << "\n";
    return 0;
}

int evidence_link(const Place& place, const EvidenceWish& wish) {
    if (!plausible_mailbox(wish.email)) throw std::runtime_error("--email must be an address");
    const SystemClock clock;
    House house(place, clock);
    house.compose(place.base_url.empty() ? house.settings.text("server.base_url") : place.base_url);
    const auto token = house.evidence->issue_link(Actor::system("command line"), wish.email, wish.role);
    std::cout << house.place.base_url << "/audit/" << token << "\n";
    return 0;
}

int evidence_check(const EvidenceWish& wish) {
    const fs::path folder(wish.out);
    const auto key = merkle::parse_verifier_key(wish.key);
    if (!key) throw std::runtime_error("--key is the log's verifier key, as /log/key shows it: " + key.error().message);
    const auto text = merkle::open_note(read_file(folder / "evidence.note"), std::span(&*key, 1));
    if (!text) {
        std::cout << "fault: evidence.note is not signed by this key: " << text.error().message << "\n";
        return 1;
    }
    for (const char* name : {"evidence.json", "evidence.pdf"}) {
        if (text->find(std::string(name) + " " + to_hex(crypto::sha256(read_file(folder / name))) + "\n") != std::string::npos) continue;
        std::cout << "fault: " << name << " is not the file that was signed\n";
        return 1;
    }
    std::cout << "verified evidence of " << json::parse(read_file(folder / "evidence.json")).at("generated_at").get<std::string>() << "\n";
    return 0;
}

}  // namespace verbatim::server
