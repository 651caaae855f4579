#include "app/server/export.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/server/files.h"
#include "ground/base/calendar.h"
#include "ground/merkle/tile.h"
#include "edge/api/json.h"
#include "record/reviews/statement.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::ostream& open(std::ofstream& file, const std::string& path) {
    if (path.empty() || path == "-") return std::cout;
    file.open(path, std::ios::binary | std::ios::trunc);
    if (!file) throw std::runtime_error("cannot write " + path);
    return file;
}

// One JSON object a line, in the form `import reviews` reads, with what the public knows besides.
int reviews_out(House& house, const ExportWish& wish) {
    std::ofstream file;
    auto& out = open(file, wish.out);
    std::int64_t count = 0;
    house.publish->each_public([&](const publish::Line& line) {
        json row = {{"id", line.id}, {"source", line.source.empty() ? house.settings.text("brand.name") : line.source}, {"lang", line.lang},
                    {"subject", line.subject}, {"rating_max", 5}, {"title", line.title}, {"body", line.body}, {"date", format_date(line.published_at)},
                    {"author", line.author}, {"origin", line.origin}, {"service", line.service}, {"experience_on", line.experience_on}};
        row["rating"] = line.rating ? json(*line.rating) : json(nullptr);
        if (line.reply) row["reply"] = {{"body", line.reply->body}, {"author", line.reply->author}, {"published_at", format_moment(line.reply->published_at)}};
        out << row.dump() << '\n';
        ++count;
    });
    out.flush();
    if (!out) throw std::runtime_error("cannot write the export: is the disk full?");
    std::cerr << count << " reviews\n";
    return 0;
}

int person_out(House& house, const ExportWish& wish) {
    if (wish.email.empty()) throw std::runtime_error("export person needs --email");
    std::ofstream file;
    auto& out = open(file, wish.out);
    const auto found = house.collect->export_by_email(wish.email);
    if (!found) throw std::runtime_error(found.error().message);
    out << *found << '\n';
    return 0;
}

Seconds day_or(const std::string& text, const char* option, Seconds otherwise) {
    if (text.empty()) return otherwise;
    const auto moment = parse_moment(text);
    if (!moment) throw std::runtime_error(std::string(option) + " is a day like 2026-11-27, not \"" + text + "\"");
    return *moment;
}

// Statements of reasons for the yearly report and the European database, one JSON object a line, without anybody's words (norm MOD-14).
int statements_out(House& house, const ExportWish& wish) {
    std::ofstream file;
    auto& out = open(file, wish.out);
    const auto now = house.clock.now();
    const auto from = day_or(wish.from, "--from", months_before(now, 12)), to = day_or(wish.to, "--to", now + 1);
    std::int64_t count = 0;
    house.db->read([&](storage::Tx& tx) {
        reviews::each_statement(tx, from, to, [&](const reviews::Statement& statement) {
            out << reviews::anonymous_statement_json(statement) << '\n';
            ++count;
        });
    });
    out.flush();
    if (!out) throw std::runtime_error("cannot write the export: is the disk full?");
    std::cerr << count << " statements\n";
    return 0;
}

// Laid out like /log/, with the displayed ratings beside it.
int log_out(House& house, const ExportWish& wish) {
    if (wish.out.empty()) throw std::runtime_error("export log needs --out DIR");
    house.ledger->sequence();
    const fs::path folder(wish.out);
    const auto figures = house.figures->text();  // before the checkpoint, so that it counts nothing beyond
    const auto checkpoint = house.ledger->checkpoint();
    if (!checkpoint) throw std::runtime_error("the log is empty");
    const auto size = static_cast<std::uint64_t>(house.db->read([](storage::Tx& tx) { return ledger::size(tx); }));
    write_file(folder / "checkpoint", *checkpoint);
    write_file(folder / "key", house.ledger->verifier_key() + "\n");
    std::int64_t files = 2;
    const auto put = [&](const merkle::TilePath& tile) {
        const auto path = merkle::encode(tile);
        const auto bytes = house.ledger->tile(path);
        if (!bytes) throw std::runtime_error("the log lacks " + path);
        write_file(folder / path, *bytes);
        ++files;
    };
    for (int level = 0; level < static_cast<int>(merkle::tile_levels); ++level) {
        for (std::uint64_t index = 0;; ++index) {
            const auto tile = merkle::tile_at(size, level, index);
            if (!tile) break;
            put(*tile);
            if (level == 0) put({merkle::TilePath::entries, index, tile->width});
        }
    }
    std::string ratings = "[";
    for (const auto& subject : house.publish->subjects()) {
        if (ratings.size() > 1) ratings += ",\n";
        ratings += api::rating_json(house.publish->rating(subject), {});
    }
    write_file(folder / "ratings.json", ratings + "]\n");
    write_file(folder / "transparency.json", *figures);
    std::cerr << size << " entries in " << files << " files\n";
    return 0;
}

}  // namespace

int export_data(const Place& place, const ExportWish& wish) {
    const SystemClock clock;
    House house(place, clock);
    house.compose(place.base_url);
    if (wish.what == "reviews") return reviews_out(house, wish);
    if (wish.what == "person") return person_out(house, wish);
    if (wish.what == "statements") return statements_out(house, wish);
    return log_out(house, wish);
}

}  // namespace verbatim::server
