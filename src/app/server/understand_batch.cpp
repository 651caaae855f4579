#include "app/server/understand_batch.h"

#include "app/server/aspects_batch.h"
#include "ground/text/detectors.h"
#include "ground/understand/copies.h"
#include "ground/understand/understanding.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <istream>
#include <ostream>
#include <stdexcept>

namespace verbatim::server {
namespace {

using nlohmann::json;

constexpr std::size_t longest_line = 1 << 20;  // as for imports (contract.md)

struct Line {
    std::string id, lang, text;  // id as JSON
    std::optional<int> rating;
    std::optional<understand::AspectExample> asked;  // where the line has "aspects": what is said of each is asked
    std::string domain;
};

// Why the line cannot be used, or "" when it can.
std::string read_line(const std::string& bytes, Line& line) {
    if (bytes.size() > longest_line) return "longer than 1 MiB";
    if (!text::valid_utf8(bytes)) return "not valid UTF-8";
    const json value = json::parse(bytes, nullptr, false);
    if (value.is_discarded() || !value.is_object()) return "not a JSON object";
    const auto id = value.find("id"), words = value.find("text"), lang = value.find("lang"), rating = value.find("rating");
    if (id == value.end() || !(id->is_string() || id->is_number_integer())) return "\"id\" is missing or neither text nor a whole number";
    if (words == value.end() || !words->is_string()) return "\"text\" is missing or not text";
    if (lang != value.end() && !lang->is_string() && !lang->is_null()) return "\"lang\" is not text";
    if (rating != value.end() && !rating->is_number() && !rating->is_null()) return "\"rating\" is not a number";
    line.id = id->dump();
    line.text = words->get<std::string>();
    line.lang = lang != value.end() && lang->is_string() ? lang->get<std::string>() : std::string();
    line.asked.reset();
    const auto domain = value.find("domain");
    line.domain = domain != value.end() && domain->is_string() ? domain->get<std::string>() : std::string();
    if (value.contains("aspects")) {
        std::string why;
        line.asked.emplace();
        if (!understand::read_aspects(bytes, *line.asked, why)) line.asked.reset();
    }
    line.rating.reset();
    if (rating != value.end() && rating->is_number()) line.rating = static_cast<int>(std::lround(std::clamp(rating->get<double>(), 1.0, 5.0)));
    return "";
}

std::string thousandths(double value) {
    const double rounded = std::round(value * 1000) / 1000;
    return json(rounded == 0 ? 0.0 : rounded).dump();
}

template <class Answer>
int each(std::istream& in, std::ostream& out, std::ostream& err, Answer&& answer) {
    std::string bytes, row;
    Line line;
    bool broken = false;
    for (std::size_t number = 1; std::getline(in, bytes); ++number) {
        if (!bytes.empty() && bytes.back() == '\r') bytes.pop_back();
        if (bytes.find_first_not_of(" \t") == std::string::npos) continue;
        if (const std::string why = read_line(bytes, line); !why.empty()) {
            err << "line " << number << ": " << why << '\n';
            broken = true;
            continue;
        }
        row.clear();
        answer(line, row);
        row += '\n';
        out.write(row.data(), static_cast<std::streamsize>(row.size()));
    }
    out.flush();
    if (!out) {
        err << "the output cannot be written\n";
        return 1;
    }
    return broken ? 1 : 0;
}

understand::Understanding models_from(const std::string& folder) {
    if (folder.empty()) return understand::Understanding::shipped();
    auto loaded = understand::Understanding::load(folder);
    // A folder with aspects alone: the rest is read as shipped.
    if (!loaded.ok() && loaded.error().kind == ErrorKind::not_found && AspectsBatch::holds_model(folder)) return understand::Understanding::shipped();
    if (!loaded.ok()) throw std::runtime_error(loaded.error().message);
    return std::move(*loaded);
}

}  // namespace

int analyse_batch(std::istream& in, std::ostream& out, std::ostream& err, const std::string& models) {
    const auto understanding = models_from(models);
    const AspectsBatch aspects(models, understanding);
    return each(in, out, err, [&](const Line& line, std::string& row) {
        // The language is read from the words alone here: whoever gave one wants to know.
        auto reading = understanding.read(line.text, line.lang, line.rating);
        // What was learned, was learned by language: the one the line names is believed there.
        const std::string lang = line.lang.empty() ? reading.lang : line.lang.substr(0, 2);
        if (aspects.learned()) reading.themes = aspects.themes(line.text, lang, line.domain);
        row += "{\"id\":" + line.id + ",\"lang\":\"" + reading.lang + "\",\"stars\":" + (reading.stars == 0 ? "null" : std::to_string(reading.stars)) + ",\"polarity\":" + thousandths(reading.polarity);
        if (line.rating) row += std::string(",\"contradiction\":") + (reading.contradiction ? "true" : "false");
        row += ",\"themes\":[";
        bool first = true;
        for (const auto& span : reading.themes) {
            row += std::string(first ? "" : ",") + "{\"theme\":" + json(span.theme).dump() + ",\"polarity\":" + thousandths(span.polarity) + ",\"start\":" + std::to_string(span.start) + ",\"end\":" + std::to_string(span.end) + "}";
            first = false;
        }
        row += "]";
        if (line.asked) aspects.answer(*line.asked, lang, row);
        row += "}";
    });
}

int authenticity_batch(std::istream& in, std::ostream& out, std::ostream& err, const std::string& models) {
    const auto understanding = models_from(models);
    understand::Copies copies;
    return each(in, out, err, [&](const Line& line, std::string& row) {
        auto found = understanding.judge(line.text);
        if (const auto copy = copies.look(line.id, line.text)) {
            const double weight = std::min(0.9, 0.3 + 0.1 * static_cast<double>(copy->copies)) * copy->likeness;
            found.score = 1 - (1 - found.score) * (1 - weight);
            found.signals.push_back({"near_copy", weight, std::to_string(std::lround(copy->likeness * 100)) + " % of its runs of four words stand in " + copy->id + ", copy number " + std::to_string(copy->copies)});
        }
        row += "{\"id\":" + line.id + ",\"score\":" + thousandths(found.score) + ",\"signals\":[";
        bool first = true;
        for (const auto& signal : found.signals) {
            row += std::string(first ? "" : ",") + "{\"name\":\"" + signal.name + "\",\"weight\":" + thousandths(signal.weight) + ",\"why\":" + json(signal.why).dump() + "}";
            first = false;
        }
        row += "]}";
    });
}

}  // namespace verbatim::server
