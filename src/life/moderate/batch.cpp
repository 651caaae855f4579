#include "life/moderate/batch.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <istream>
#include <ostream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace verbatim::moderate {
namespace {

using nlohmann::json;

constexpr std::size_t longest_line = 1 << 20;  // as for imports (contract.md)

std::string quoted(const std::string& text) { return json(text).dump(-1, ' ', false, json::error_handler_t::replace); }

std::string hundredths(double value) { return json(std::round(value * 100) / 100).dump(); }

struct Line {
    std::string id, lang, text;  // id as JSON
};

// Why the line cannot be used, or "" when it can.
std::string read_line(const std::string& bytes, Line& line) {
    if (bytes.size() > longest_line) return "longer than 1 MiB";
    if (!text::valid_utf8(bytes)) return "not valid UTF-8";
    const json value = json::parse(bytes, nullptr, false);
    if (value.is_discarded() || !value.is_object()) return "not a JSON object";
    const auto id = value.find("id"), words = value.find("text"), lang = value.find("lang");
    if (id == value.end() || !(id->is_string() || id->is_number_integer())) return "\"id\" is missing or neither text nor a whole number";
    if (words == value.end() || !words->is_string()) return "\"text\" is missing or not text";
    if (lang != value.end() && !lang->is_string() && !lang->is_null()) return "\"lang\" is not text";
    line.id = id->dump();
    line.text = words->get<std::string>();
    line.lang = lang != value.end() && lang->is_string() ? lang->get<std::string>() : std::string();
    return "";
}

void write_line(std::ostream& out, const Line& line, const std::vector<text::Finding>& findings) {
    std::string row = "{\"id\":" + line.id + ",\"verdict\":\"" + (findings.empty() ? "publish" : "human") + "\",\"findings\":[";
    for (const text::Finding& finding : findings) {
        if (row.back() == '}') row += ',';
        row += "{\"reason\":" + quoted(finding.reason) + ",\"start\":" + std::to_string(finding.start) + ",\"end\":" + std::to_string(finding.end) +
               ",\"text\":" + quoted(finding.text) + ",\"confidence\":" + hundredths(finding.confidence) + ",\"rule\":" + quoted(finding.rule) + "}";
    }
    row += "]}\n";
    out.write(row.data(), static_cast<std::streamsize>(row.size()));
}

}  // namespace

int moderate_batch(std::istream& in, std::ostream& out, std::ostream& err, const text::Detectors& detectors) {
    std::string bytes;
    Line line;
    text::Context context;
    bool broken = false;
    for (std::size_t number = 1; std::getline(in, bytes); ++number) {
        if (!bytes.empty() && bytes.back() == '\r') bytes.pop_back();
        if (bytes.find_first_not_of(" \t") == std::string::npos) continue;
        if (const std::string why = read_line(bytes, line); !why.empty()) {
            err << "line " << number << ": " << why << '\n';
            broken = true;
            continue;
        }
        context.lang = line.lang.empty() ? text::detect_language(line.text, "") : line.lang;
        write_line(out, line, detectors.find(line.text, context));
    }
    out.flush();
    if (!out) {
        err << "the output cannot be written\n";
        return 1;
    }
    return broken ? 1 : 0;
}

std::shared_ptr<const text::Detectors> detectors_from(const std::string& folder) {
    if (folder.empty()) return text::Detectors::shipped();
    const std::string path = folder + "/moderation.model";
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    if (!file) throw std::runtime_error(path + " cannot be read: make it with `verbatim train moderation --out " + folder + "`");
    auto detectors = text::Detectors::with_model(std::move(bytes));
    if (!detectors) throw std::runtime_error(path + ": " + detectors.error().message);
    return *detectors;
}

}  // namespace verbatim::moderate
