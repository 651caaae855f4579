#include "app/demo/content.h"

#include <algorithm>
#include <stdexcept>

#include "engine/render/embedded.h"
#include "ground/formats/csv.h"

extern "C" const verbatim::render::EmbeddedFile verbatim_demo[];
extern "C" const std::uint64_t verbatim_demo_count;

namespace verbatim::demo {
namespace {

using Row = std::map<std::string, std::string, std::less<>>;

std::vector<Row> read_table(std::string_view name) {
    const std::unique_ptr<Input> input = Input::of_text(std::string(file(name)));
    CsvReader reader(*input);
    const Result<void> header = reader.read_header();
    if (!header) throw std::logic_error("demo: " + std::string(name) + ": " + header.error().message);
    std::vector<Row> rows;
    CsvReader::Record record;
    while (reader.next(record)) {
        if (!record.fault.empty()) throw std::logic_error("demo: " + std::string(name) + " line " + std::to_string(record.line) + ": " + std::string(record.fault));
        Row row;
        for (std::size_t i = 0; i < record.fields.size(); ++i) row[reader.columns()[i]] = record.fields[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

template <class T>
T value_or_throw(Result<T> result, std::string_view name) {
    if (!result) throw std::logic_error("demo: " + std::string(name) + ": " + result.error().message);
    return std::move(result.value());
}

}  // namespace

std::string_view file(std::string_view name) {
    for (const render::EmbeddedFile& entry : std::span(verbatim_demo, verbatim_demo_count)) {
        if (entry.name == name) return entry.content();
    }
    return {};
}

Content Content::load() {
    Content content;
    for (const Row& row : read_table("sites.csv")) {
        const std::string& services = row.at("services");
        const auto offers = [&](std::string_view service) { return services.find(service) != std::string::npos; };
        content.sites.push_back({row.at("code"), row.at("name"), row.at("group"), row.at("country"), row.at("locale"), row.at("postcode"), row.at("city"), offers("new_car"), offers("used_car"), offers("workshop")});
    }
    for (const Row& row : read_table("products.csv")) {
        if (row.at("kind") != "model") continue;
        std::string name = row.at("name");
        if (name.starts_with(brand)) name.erase(0, brand.size() + 1);
        content.models.push_back({row.at("code"), name, row.at("energy") == "electric"});
    }
    for (const Row& row : read_table("products.csv")) {
        if (row.at("kind") != "version") continue;
        const auto model = std::find_if(content.models.begin(), content.models.end(), [&](const Model& one) { return one.code == row.at("parent"); });
        if (model == content.models.end()) throw std::logic_error("demo: " + row.at("code") + " is a version of no model");
        model->versions.push_back({row.at("code"), row.at("energy") == "electric"});
    }
    for (const Row& row : read_table("people.csv")) {
        if (row.at("role") != "adviser") continue;
        const std::string& name = row.at("name");
        content.advisers.push_back({row.at("email"), name.substr(0, name.find(' ')), row.at("scope"), row.at("department")});
    }
    for (const std::string_view language : languages) {
        const std::string name = "sentences/" + std::string(language) + ".txt";
        content.sentences.emplace(language, value_or_throw(Sections::parse(file(name)), name));
    }
    content.names = value_or_throw(Sections::parse_words(file("names.txt")), "names.txt");
    return content;
}

const Site& Content::site(std::string_view code) const {
    const auto found = std::find_if(sites.begin(), sites.end(), [&](const Site& site) { return site.code == code; });
    if (found == sites.end()) throw std::out_of_range("demo: no site " + std::string(code));
    return *found;
}

}  // namespace verbatim::demo
