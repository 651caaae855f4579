#include "app/server/import.h"

#include <iostream>

#include "life/gather/gather.h"
#include "life/invite/experience_file.h"
#include "record/network/import.h"

namespace verbatim::server {
namespace {

Result<intake::Counts> run(House& house, const ImportWish& wish) {
    intake::Options options;
    if (wish.kind == "sites") return network::import_sites(*house.db, house.clock, wish.file, options);
    if (wish.kind == "products") return network::import_products(*house.db, house.clock, wish.file, options);
    if (wish.kind == "people") return network::import_people(*house.db, wish.file, options);
    if (wish.kind == "experiences") return intake::run(*house.db, wish.file, invite::experience_kind(*house.invite, house.clock), options);
    gather::Options gathering;
    if (wish.create_subjects == "site") gathering.create_subjects = gather::Create::site;
    if (wish.create_subjects == "product") gathering.create_subjects = gather::Create::product;
    gathering.inspect = [&house](const reviews::Content& content) { return house.moderate->inspect(content); };
    gathering.intake = options;
    gathering.intake.parsers = 2;  // reading and looking at the words is most of the work; the writer is the other core's
    auto report = gather::import_reviews(*house.db, house.clock, wish.file, gathering);
    if (!report) return report.error();
    house.db->write([&](storage::Tx& tx) {
        for (const auto& [source, held] : report->held) house.moderate->ask_for_many(tx, held, source);
    });
    return report->counts;
}

}  // namespace

int import_file(const Place& place, const ImportWish& wish) {
    const SystemClock clock;
    House house(place, clock);
    const auto kept = house.settings.text("server.base_url");
    house.compose(!place.base_url.empty() ? place.base_url : kept.empty() ? "http://127.0.0.1:8080" : kept);
    if (wish.kind == "experiences") house.invite->adopt();
    const auto counts = run(house, wish);
    if (!counts) {
        std::cerr << "verbatim: " << counts.error().message << "\n";
        return 1;
    }
    // What came in gets its place in the log now; a serving process on the same database would do it as well.
    house.invite->commit_batches();
    house.ledger->sequence();
    std::cout << intake::summary(*counts) << "\n";
    return intake::exit_code(*counts);
}

}  // namespace verbatim::server
