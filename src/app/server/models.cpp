#include "app/server/models.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <stdexcept>

#include "app/server/files.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::server {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;
using understand::Understanding;

constexpr std::int64_t fewest_of_language = 30;  // held reviews: fewer say nothing of a language
constexpr double surely_worse = 0.05;
constexpr int at_once = 2000;

constexpr Sql select_reviews(R"sql(
SELECT id, body, COALESCE(lang, ''), rating, published_at FROM review
WHERE id > $1 AND state = 'published' AND origin <> 'gathered' AND rating IS NOT NULL AND body IS NOT NULL AND body <> '' ORDER BY id LIMIT $2)sql");

struct Text {
    std::string id, body, lang;
    int rating = 0;
    Seconds at = 0;
};
// All of our own with stars and words, a batch at a time.
template <class F>
void each_review(storage::Db& db, F&& use) {
    std::string after;
    for (;;) {
        std::vector<Text> batch;
        db.read([&](Tx& tx) {
            batch.clear();
            tx.each(select_reviews, [&](const Row& row) {
                batch.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), static_cast<int>(row.integer(3)), row.integer(4)});
            }, after, at_once);
        });
        if (batch.empty()) return;
        for (const auto& one : batch) use(one);
        after = batch.back().id;
    }
}

// Of the reviews on which the two differ: the better one's and the other's, in each language. Sign test, exact, on one side.
struct Apart {
    std::int64_t lost = 0, won = 0;  // the candidate's
    double p_worse() const {
        const auto n = lost + won;
        if (n == 0) return 1;
        double p = 0;
        for (auto k = lost; k <= n; ++k) {
            p += std::exp(std::lgamma(static_cast<double>(n + 1)) - std::lgamma(static_cast<double>(k + 1)) - std::lgamma(static_cast<double>(n - k + 1)) - static_cast<double>(n) * std::log(2.0));
        }
        return std::min(1.0, p);
    }
};

struct Judged {
    ModelFigures now, candidate;
    std::map<std::string, Apart> apart;  // "" for all
};

void count(ModelFigures& into, const Text& text, const understand::Reading& read) {
    if (read.stars != 0) {
        ++into.stars_reviews;
        into.stars_error += std::abs(read.stars - text.rating);
    }
    if (text.rating == 3) return;
    const std::size_t wanted = text.rating > 3 ? 1 : 0, said = read.polarity > 0 ? 1 : 0;
    for (auto* side : {&into.all, &into.by_language[text.lang]}) {
        ++side->reviews;
        side->right += wanted == said ? 1 : 0;
        ++side->said[wanted][said];
    }
}

Judged judge(storage::Db& db, const Understanding& now, const Understanding& candidate) {
    Judged out;
    each_review(db, [&](const Text& text) {
        if (!held_out(text.id)) return;
        const auto one = now.read(text.body, text.lang), other = candidate.read(text.body, text.lang);
        count(out.now, text, one);
        count(out.candidate, text, other);
        if (text.rating == 3) return;
        const bool right = (one.polarity > 0) == (text.rating > 3), right_too = (other.polarity > 0) == (text.rating > 3);
        if (right == right_too) return;
        for (auto* apart : {&out.apart[""], &out.apart[text.lang]}) ++(right ? apart->lost : apart->won);
    });
    return out;
}

// Why it must not be activated; empty: it may.
std::vector<std::string> faults(const Judged& judged, std::int64_t fewest) {
    std::vector<std::string> why;
    char text[200];
    if (judged.now.all.reviews < fewest) {
        std::snprintf(text, sizeof text, "only %lld held reviews have a side, %lld are needed to tell", static_cast<long long>(judged.now.all.reviews), static_cast<long long>(fewest));
        return {text};
    }
    if (judged.candidate.all.macro_f1() < judged.now.all.macro_f1()) {
        std::snprintf(text, sizeof text, "polarity is worse: macro F1 %.3f, now %.3f", judged.candidate.all.macro_f1(), judged.now.all.macro_f1());
        why.emplace_back(text);
    }
    if (judged.candidate.mean_error() > judged.now.mean_error()) {
        std::snprintf(text, sizeof text, "stars are worse: mean error %.3f, now %.3f", judged.candidate.mean_error(), judged.now.mean_error());
        why.emplace_back(text);
    }
    for (const auto& [language, figures] : judged.now.by_language) {
        const auto apart = judged.apart.find(language);
        if (language.empty() || figures.reviews < fewest_of_language || apart == judged.apart.end() || apart->second.p_worse() >= surely_worse) continue;
        std::snprintf(text, sizeof text, "%s is worse: %lld reviews lost, %lld won, p %.4f", language.c_str(), static_cast<long long>(apart->second.lost), static_cast<long long>(apart->second.won), apart->second.p_worse());
        why.emplace_back(text);
    }
    return why;
}

json figures_json(const ModelFigures& figures) {
    json out = {{"reviews", figures.all.reviews}, {"macro_f1", figures.all.macro_f1()}, {"stars_error", figures.mean_error()}, {"languages", json::object()}};
    for (const auto& [language, side] : figures.by_language) out["languages"][language.empty() ? "und" : language] = {{"reviews", side.reviews}, {"macro_f1", side.macro_f1()}};
    return out;
}

void print(std::ostream& out, const Judged& judged) {
    char text[200];
    std::snprintf(text, sizeof text, "%-28s %10s %10s\n", "held part of our reviews", "now", "candidate");
    out << text;
    std::snprintf(text, sizeof text, "%-28s %10.3f %10.3f\n", ("polarity, macro F1, " + std::to_string(judged.now.all.reviews)).c_str(), judged.now.all.macro_f1(), judged.candidate.all.macro_f1());
    out << text;
    std::snprintf(text, sizeof text, "%-28s %10.3f %10.3f\n", ("stars, mean error, " + std::to_string(judged.now.stars_reviews)).c_str(), judged.now.mean_error(), judged.candidate.mean_error());
    out << text;
    for (const auto& [language, side] : judged.now.by_language) {
        const auto other = judged.candidate.by_language.find(language);
        if (other == judged.candidate.by_language.end()) continue;
        std::snprintf(text, sizeof text, "  %-26s %10.3f %10.3f\n", ((language.empty() ? "und" : language) + ", " + std::to_string(side.reviews)).c_str(), side.macro_f1(), other->second.macro_f1());
        out << text;
    }
}

}  // namespace

bool held_out(std::string_view review) { return static_cast<unsigned char>(crypto::sha256(review)[0]) % 5 == 0; }

double SideFigures::macro_f1() const {
    double sum = 0;
    for (std::size_t side = 0; side < 2; ++side) {
        const auto hits = static_cast<double>(said[side][side]), misses = static_cast<double>(said[side][1 - side] + said[1 - side][side]);
        if (hits > 0) sum += 2 * hits / (2 * hits + misses);
    }
    return sum / 2;
}

int list_models(const Place& place, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    const auto versions = house.db->read([](Tx& tx) { return readings::model_versions(tx); });
    const bool shipped = std::none_of(versions.begin(), versions.end(), [](const auto& one) { return one.state == "active"; });
    out << "shipped  " << (shipped ? "active   " : "         ") << Understanding::shipped().version() << "\n";
    for (const auto& one : versions) {
        out << one.version << "  " << one.state << "  kept " << format_moment(one.kept_at);
        if (one.activated_at != 0) out << "  activated " << format_moment(one.activated_at);
        const auto figures = json::parse(one.figures);
        if (figures.contains("candidate")) out << "  macro F1 " << figures.at("candidate").at("macro_f1") << " (then active " << figures.at("now").at("macro_f1") << ")";
        out << "\n";
    }
    return 0;
}

int activate_models(const Place& place, const ModelsWish& wish, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    readings::ModelFiles files;
    std::string version = wish.candidate;
    if (wish.candidate != "shipped") {
        files = house.db->read([&](Tx& tx) { return readings::files_of_models(tx, wish.candidate); });
        if (files.empty()) {
            std::string all;
            for (const auto name : Understanding::file_names) {
                const auto path = std::filesystem::path(wish.candidate) / (std::string(name) + ".model");
                if (!std::filesystem::exists(path)) continue;
                files.emplace_back(name, read_file(path.string()));
                all += std::string(name) + "\n" + files.back().second;
            }
            if (files.empty()) throw std::runtime_error(wish.candidate + " is no kept version and holds no model of `verbatim train`");
            version = to_hex(crypto::sha256(all)).substr(0, 10);
        }
    }
    auto candidate = files.empty() ? Result<Understanding>(Understanding::shipped()) : Understanding::of_files({files.begin(), files.end()});
    if (!candidate) throw std::runtime_error(wish.candidate + ": " + candidate.error().message);
    const auto judged = judge(*house.db, *house.readers->now()->models, *candidate);
    print(out, judged);
    const auto why = faults(judged, wish.fewest);
    const auto figures = json({{"now", figures_json(judged.now)}, {"candidate", figures_json(judged.candidate)}, {"faults", why}}).dump();
    house.db->write([&](Tx& tx) {
        const auto active = readings::active_models(tx);
        // What is active already stays so, whatever today's figures say.
        if (!files.empty() && active != version) readings::keep_models(tx, clock.now(), version, files, why.empty() ? "retired" : "refused", figures);
        if (why.empty()) readings::activate_models(tx, clock.now(), files.empty() ? std::string_view() : std::string_view(version));
    });
    for (const auto& one : why) out << "not activated: " << one << "\n";
    if (!why.empty()) return 1;
    out << "activated " << version << "; what is published is read again in the background, `verbatim reanalyse` does it now\n";
    return 0;
}

int models_data(const Place& place, const std::string& file, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    std::ofstream into(file, std::ios::binary);
    std::int64_t written = 0, held = 0;
    each_review(*house.db, [&](const Text& text) {
        if (held_out(text.id)) {
            ++held;
            return;
        }
        into << json({{"text", text.body}, {"rating", text.rating}, {"rating_max", 5}, {"lang", text.lang}}).dump() << "\n";
        ++written;
    });
    into.flush();
    if (!into) throw std::runtime_error(file + " cannot be written");
    out << written << " reviews to learn from, " << held << " are held out\n";
    return 0;
}

}  // namespace verbatim::server
