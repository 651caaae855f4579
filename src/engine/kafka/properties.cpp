#include <algorithm>
#include <array>

#include "engine/kafka/producer.h"

namespace verbatim::kafka {
namespace {

constexpr std::array<std::string_view, 7> ours{"acks", "bootstrap.servers", "enable.idempotence", "message.timeout.ms", "metadata.broker.list", "request.required.acks", "delivery.timeout.ms"};
constexpr std::string_view loads_code = "plugin.library.paths";

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

Error fault(int line, const std::string& what) { return {ErrorKind::invalid, "kafka_properties", "line " + std::to_string(line) + " of Kafka's properties " + what, {}}; }

}  // namespace

Result<Properties> read_properties(std::string_view text) {
    if (text.size() > most_properties_bytes) return Error{ErrorKind::invalid, "kafka_properties", "Kafka's properties are at most 64 KiB", {}};
    Properties all;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#') continue;
        const auto equals = line.find('=');
        const auto name = trimmed(line.substr(0, std::min(equals, line.size())));
        if (equals == std::string_view::npos || name.empty() || line.find('\0') != std::string_view::npos) return fault(number, "is not name=value");
        if (name == loads_code || std::find(ours.begin(), ours.end(), name) != ours.end()) return fault(number, "names what may not be set there");
        all.emplace_back(name, trimmed(line.substr(equals + 1)));
    }
    return all;
}

}  // namespace verbatim::kafka
