#include "life/moderate/signals.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "ground/stats/poisson.h"
#include "ground/text/sketch.h"

namespace verbatim::moderate {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int looked_at_a_band = 50;  // newest first: a template used a thousand times needs no more to be seen
constexpr Seconds burst_days = 90;

// Words gathered elsewhere are no copies: customers say on two sites what they think.
constexpr Sql select_in_band(R"sql(
SELECT b.review, s.sketch, r.subject, COALESCE(r.customer, ''), r.submitted_at FROM review_band b JOIN review_sketch s ON s.review = b.review JOIN review r ON r.id = b.review
WHERE b.band = $1 AND b.review <> $2 ORDER BY b.at DESC, b.review LIMIT $3)sql");
constexpr Sql keep_sketch("INSERT INTO review_sketch (review, at, sketch) VALUES ($1, $2, $3)");
constexpr Sql keep_band("INSERT INTO review_band (band, at, review) VALUES ($1, $2, $3)");
constexpr Sql find_sketch("SELECT at, sketch FROM review_sketch WHERE review = $1");
constexpr Sql drop_band("DELETE FROM review_band WHERE band = $1 AND at = $2 AND review = $3");
constexpr Sql drop_sketch("DELETE FROM review_sketch WHERE review = $1");
constexpr Sql drop_signals("DELETE FROM review_signal WHERE review = $1");
constexpr Sql keep_signal("INSERT INTO review_signal (review, name, weight, why, version, at, asked) VALUES ($1, $2, $3, $4, $5, $6, $7)");
constexpr Sql count_spontaneous(R"sql(
SELECT COALESCE(SUM(CASE WHEN submitted_at > $2 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN submitted_at <= $2 THEN 1 ELSE 0 END), 0)
FROM review WHERE submitted_at > $3 AND submitted_at <= $4 AND subject = $1 AND origin = 'spontaneous')sql");
constexpr Sql select_history(R"sql(
SELECT rating FROM review WHERE customer = $1 AND id <> $2 AND rating IS NOT NULL AND origin <> 'gathered' AND state = 'published' ORDER BY submitted_at DESC LIMIT 50)sql");
// A human's last word on the review: nothing where none was said.
constexpr Sql select_figures(R"sql(
SELECT name, COUNT(*), SUM(asked), SUM(CASE WHEN decision IN ('refuse', 'remove') THEN 1 ELSE 0 END), SUM(CASE WHEN decision = 'publish' THEN 1 ELSE 0 END) FROM (
  SELECT s.name, s.asked, (SELECT d.decision FROM moderation_decision d WHERE d.review = s.review AND d.final = 1 AND d.decision IN ('publish', 'refuse', 'remove')
                             AND s.asked = 1 ORDER BY d.id DESC LIMIT 1) AS decision
  FROM review_signal s JOIN review r ON r.id = s.review JOIN branch_subject b ON b.branch = $1 AND b.subject = r.subject WHERE s.at > $2
) AS decided GROUP BY name ORDER BY name)sql");

struct Copy {
    std::string review, subject, customer;
    Seconds at = 0;
    double alike = 0;
};

std::vector<Copy> copies(Tx& tx, const text::Sketch& mine, const reviews::Review& review) {
    std::vector<Copy> all;
    std::set<std::string> seen;
    for (const auto band : text::bands(mine)) {
        tx.each(select_in_band, [&](const Row& row) {
            if (!seen.insert(std::string(row.text(0))).second) return;
            if (!review.customer.empty() && row.text(3) == review.customer) return;
            if (row.text(0) == review.parent) return;  // the same visit's words, on the vehicle
            const auto other = text::sketch_from(row.bytes(1));
            if (!other) return;
            const double alike = text::resemblance(mine, *other);
            if (alike >= near_copy) all.push_back({std::string(row.text(0)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), alike});
        }, band, review.id, looked_at_a_band);
    }
    std::sort(all.begin(), all.end(), [](const Copy& a, const Copy& b) { return std::pair(-a.alike, a.review) < std::pair(-b.alike, b.review); });
    return all;
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

}  // namespace

double combined(const std::vector<Signal>& signals) {
    double rest = 1;
    for (const auto& one : signals) rest *= 1 - std::clamp(one.weight, 0.0, 1.0);
    return 1 - rest;
}

std::vector<Signal> look(Tx& tx, Seconds now, const reviews::Review& review, const reviews::Content& content) {
    std::vector<Signal> all;
    if (review.origin == "gathered") return all;
    forget_signals(tx, review.id);  // a correction is other words
    if (const auto mine = text::sketch(content.body)) {
        const auto found = copies(tx, *mine, review);
        if (!found.empty()) {
            const auto& nearest = found.front();
            std::set<std::string> authors, subjects;
            for (const auto& one : found) {
                authors.insert(one.customer.empty() ? one.review : one.customer);
                subjects.insert(one.subject);
            }
            const auto percent = static_cast<int>(std::lround(nearest.alike * 100));
            all.push_back({"copy", nearest.alike, std::to_string(percent) + " % of the words as in review " + nearest.review + " of another author, " + nearest.subject + ", " + format_date(nearest.at)});
            if (authors.size() >= template_copies) {
                all.push_back({"template", 0.5, std::to_string(authors.size()) + " other authors have the same words, on " + std::to_string(subjects.size()) + (subjects.size() == 1 ? " subject" : " subjects")});
            }
        }
        tx.exec(keep_sketch, review.id, review.submitted_at, Blob{text::to_bytes(*mine)});
        std::vector<std::tuple<std::int64_t, std::int64_t, std::string>> rows;
        for (const auto band : text::bands(*mine)) rows.emplace_back(band, review.submitted_at, review.id);
        tx.exec_many(keep_band, rows);
    }
    // Invited answers come in waves, as the invitations do; nobody sends those who come by themselves.
    if (review.origin == "spontaneous") {
        const auto counts = tx.row<std::int64_t, std::int64_t>(count_spontaneous, content.subject, now - one_day, now - burst_days * one_day, now);
        const auto [today, before] = *counts;
        const double usual = (static_cast<double>(before) + 1) / (burst_days - 1);
        if (today >= burst_least && stats::poisson_at_least(today, usual) < burst_chance) {
            all.push_back({"burst", 0.5, std::to_string(today) + " uninvited reviews within a day, where " + number(usual) + " are usual"});
        }
    }
    if (!review.customer.empty() && content.rating) {
        const auto earlier = tx.rows<std::int64_t>(select_history, review.customer, review.id);
        if (earlier.size() >= 3) {
            const auto [least, most] = std::minmax_element(earlier.begin(), earlier.end());
            const int from = static_cast<int>(*least), to = static_cast<int>(*most), rating = *content.rating;
            if (to - from <= 1 && (rating <= from - 3 || rating >= to + 3)) {
                all.push_back({"out_of_line", 0.2, std::to_string(rating) + " stars, where the author's " + std::to_string(earlier.size()) + " earlier ratings lie from " + std::to_string(from) + " to " + std::to_string(to)});
            }
        }
    }
    return all;
}

void add_signals(Tx& tx, Seconds now, const reviews::Review& review, const std::vector<Signal>& signals, std::string_view version, std::string& findings) {
    if (signals.empty()) return;
    const bool asks = combined(signals) >= asks_a_human;
    for (const auto& one : signals) tx.exec(keep_signal, review.id, one.name, one.weight, one.why, version, now, asks ? 1 : 0);
    if (!asks) return;
    auto list = findings.empty() ? nlohmann::json::array() : nlohmann::json::parse(findings);
    for (const auto& one : signals) {
        list.push_back({{"field", "body"}, {"reason", "not_lived"}, {"start", 0}, {"end", 0}, {"text", one.why}, {"confidence", one.weight}, {"rule", "signal." + one.name}});
    }
    findings = list.dump();
}

void forget_signals(Tx& tx, std::string_view review) {
    if (const auto kept = tx.row<std::int64_t, Blob>(find_sketch, review)) {
        const auto& [at, bytes] = *kept;
        if (const auto sketch = text::sketch_from(bytes.bytes)) {
            for (const auto band : text::bands(*sketch)) tx.exec(drop_band, band, at, review);
        }
        tx.exec(drop_sketch, review);
    }
    tx.exec(drop_signals, review);
}

std::vector<SignalFigure> signal_figures(Tx& tx, std::string_view branch, Seconds since) {
    std::vector<SignalFigure> all;
    tx.each(select_figures, [&](const Row& row) {
        all.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
    }, branch, since);
    return all;
}

}  // namespace verbatim::moderate
