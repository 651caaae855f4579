#include "app/server/plan.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "ground/formats/toml.h"
#include "life/plan/default_plan.h"
#include "life/plan/read.h"

namespace verbatim::server {
namespace {

// The file's text, at most a byte more than a plan may have, so that a longer one is refused by name and not read whole.
std::optional<std::string> text_of(const std::string& file, std::ostream& err) {
    std::string text(toml::largest_file + 1, '\0');
    std::ifstream opened;
    if (file != "-") {
        opened.open(file, std::ios::binary);
        if (!opened) {
            err << "verbatim: " << file << " cannot be read\n";
            return std::nullopt;
        }
    }
    std::istream& input = file == "-" ? std::cin : opened;
    input.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(input.gcount()));
    if (input.bad() || (text.empty() && !input.eof())) {
        err << "verbatim: " << file << " cannot be read\n";
        return std::nullopt;
    }
    return text;
}

}  // namespace

int plan_check(const std::string& file, std::ostream& out, std::ostream& err) {
    const auto text = text_of(file, err);
    if (!text) return 2;
    const auto reading = plan::read_plan(*text);
    for (const auto& fault : reading.faults) out << file << ":" << fault.line << ": " << fault.message << "\n";
    if (!reading.good()) {
        out << reading.faults.size() << (reading.faults.size() == 1 ? " mistake\n" : " mistakes\n");
        return 1;
    }
    out << "plan " << reading.plan.version << ": " << reading.plan.campaigns.size() << " campaigns, " << reading.plan.templates.size() << " templates in " << reading.plan.languages.size() << " languages, "
        << reading.plan.countries.size() << " countries; 0 mistakes\n";
    return 0;
}

int plan_default(std::ostream& out) {
    out << plan::default_plan();
    return out.flush() ? 0 : 2;
}

}  // namespace verbatim::server
