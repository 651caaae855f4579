#include "life/plan/touchpoints.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

// how: channel in the lowest three bits, variant + 1 above. PostgreSQL's columns stand in the order in which nothing is padded.
constexpr storage::Migration steps[] = {
    {"plan", 1, "touchpoints",
     {R"(
CREATE TABLE touchpoint_campaign (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE touchpoint (
    vehicle INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    at INTEGER NOT NULL,
    how INTEGER NOT NULL,
    PRIMARY KEY (vehicle, due_day, campaign)
) WITHOUT ROWID;
)",
      R"(
CREATE TABLE touchpoint_campaign (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE touchpoint (
    vehicle BIGINT NOT NULL,
    at BIGINT NOT NULL,
    due_day INTEGER NOT NULL,
    campaign SMALLINT NOT NULL,
    how SMALLINT NOT NULL,
    PRIMARY KEY (vehicle, due_day, campaign)
);
)"}},
};

constexpr storage::Sql insert_campaign("INSERT INTO touchpoint_campaign (number, id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
constexpr storage::Sql insert_touchpoint("INSERT INTO touchpoint (vehicle, at, due_day, campaign, how) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
constexpr storage::Sql of_vehicle("SELECT at, due_day, campaign, how FROM touchpoint WHERE vehicle = $1 ORDER BY due_day, campaign");
constexpr storage::Sql count_all("SELECT COUNT(*) FROM touchpoint");
constexpr storage::Sql bytes_on_disk("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", "SELECT pg_total_relation_size('touchpoint')");

}  // namespace

std::span<const storage::Migration> touchpoint_migrations() { return steps; }

void store_campaigns(Tx& tx, const Plan& plan) {
    for (std::size_t i = 0; i < plan.campaigns.size(); ++i) tx.exec(insert_campaign, static_cast<std::int64_t>(i), plan.campaigns[i].id);
}

std::int64_t store_touchpoints(Tx& tx, std::span<const std::pair<std::int64_t, Touch>> touchpoints) {
    std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>> rows;
    constexpr std::size_t at_once = 5000;
    std::int64_t stored = 0;
    for (std::size_t i = 0; i < touchpoints.size(); ++i) {
        const auto& [vehicle, touch] = touchpoints[i];
        rows.emplace_back(vehicle, touch.at, touch.due_day, touch.campaign, static_cast<int>(touch.channel) | (touch.variant + 1) << 3);
        if (rows.size() < at_once && i + 1 < touchpoints.size()) continue;
        stored += tx.exec_many(insert_touchpoint, rows);
        rows.clear();
    }
    return stored;
}

std::vector<Touch> touchpoints_of(Tx& tx, std::int64_t vehicle) {
    std::vector<Touch> found;
    tx.each(of_vehicle, [&](const storage::Row& row) {
        Touch touch;
        touch.at = row.integer(0);
        touch.due_day = static_cast<std::int32_t>(row.integer(1));
        touch.campaign = static_cast<std::int16_t>(row.integer(2));
        const auto how = row.integer(3);
        touch.channel = static_cast<Channel>(how & 7);
        touch.variant = static_cast<std::int8_t>((how >> 3) - 1);
        found.push_back(touch);
    }, vehicle);
    return found;
}

std::int64_t count_touchpoints(Tx& tx) { return tx.value<std::int64_t>(count_all); }
std::int64_t touchpoint_bytes(Tx& tx) { return tx.value<std::int64_t>(bytes_on_disk); }

}  // namespace verbatim::plan
