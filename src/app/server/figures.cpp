#include "app/server/figures.h"

#include "ground/merkle/note.h"
#include "ground/merkle/tile.h"
#include "life/collect/pressure.h"
#include "life/collect/pressure.h"
#include "record/network/network.h"

namespace verbatim::server {

LogFigures::LogFigures(storage::Db& db, const ledger::Ledger& log, std::int64_t max_delay_days) : db_(db), log_(log), max_delay_days_(max_delay_days) {}

void LogFigures::catch_up(std::uint64_t size) {
    while (figures_.size() < size) {
        const auto bundle = figures_.size() / merkle::tile_width;
        const auto path = *merkle::tile_at(size, merkle::TilePath::entries, bundle);
        const auto bytes = log_.tile(merkle::encode(path));
        const auto entries = bytes ? merkle::parse_bundle(*bytes, path.width) : std::nullopt;
        if (!entries) throw storage::Failure("the public log does not give " + merkle::encode(path));
        for (auto i = figures_.size() % merkle::tile_width; i < entries->size(); ++i) {
            const auto entry = verify::parse_entry((*entries)[i]);
            if (!entry) throw storage::Failure("entry " + std::to_string(figures_.size()) + " of the public log: " + entry.error().message);
            figures_.add(*entry);
        }
    }
}

verify::Declared LogFigures::declare() const {
    verify::Declared declared;
    declared.max_delay_days = max_delay_days_;
    db_.read([&](storage::Tx& tx) {
        std::string after;
        for (auto page = network::sites(tx, {}, after, 500); !page.empty(); page = network::sites(tx, {}, after, 500)) {
            for (const auto& site : page) declared.sites.push_back({site.code, site.name, site.country});
            after = page.back().code;
        }
        for (const auto& site : collect::pressure_by_site(tx)) {
            if (site.yes >= collect::pressure_shown_from) declared.pressure.emplace_back(site.site, site.yes);  // fewer would point at a person
        }
        for (const auto& site : collect::pressure_by_site(tx)) {
            if (site.yes >= collect::pressure_shown_from) declared.pressure.emplace_back(site.site, site.yes);
        }
    });
    return declared;
}

std::shared_ptr<const std::string> LogFigures::text() {
    const std::lock_guard lock(one_at_a_time_);
    const auto key = merkle::parse_verifier_key(log_.verifier_key());
    const auto note = log_.checkpoint();
    const auto checkpoint = note && key ? merkle::open_checkpoint(*note, *key) : Result<merkle::Checkpoint>(not_found("no_checkpoint", "the log is empty"));
    const auto before = figures_.size();
    catch_up(checkpoint ? checkpoint->size : 0);
    auto declared = declare();
    if (!text_ || figures_.size() != before || declared != declared_) {
        declared_ = std::move(declared);
        text_ = std::make_shared<const std::string>(figures_.write(key->name, declared_));
    }
    return text_;
}

}  // namespace verbatim::server
