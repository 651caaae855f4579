#include "engine/intake/records.h"

#include "ground/formats/csv.h"
#include "ground/formats/lines.h"
#include "ground/formats/utf8.h"

namespace verbatim::intake {
namespace {

// Of a record that cannot be read at all, so much is shown.
constexpr std::size_t shown = 4096;

class CsvRecords final : public Records {
public:
    explicit CsvRecords(Input& input) : reader_(input) {}
    Result<void> read_header() { return reader_.read_header(); }
    bool json() const override { return false; }
    const std::vector<std::string>& columns() const override { return reader_.columns(); }

    bool next(Batch& batch) override {
        if (!reader_.next(record_)) return false;
        Batch::Record kept{record_.line, {}, batch.fields.size(), std::string(record_.fault)};
        const bool cut = !record_.fault.empty() && record_.raw.size() >= CsvReader::longest_record;
        kept.raw = batch.keep(cut ? record_.raw.substr(0, shown) : record_.raw);
        for (const std::string_view field : record_.fields) {
            const bool inside = field.data() >= record_.raw.data() && field.data() <= record_.raw.data() + record_.raw.size();
            if (!inside) batch.fields.push_back(batch.keep(field));  // it had doubled quotes
            else batch.fields.push_back({kept.raw.begin + static_cast<std::size_t>(field.data() - record_.raw.data()), field.size()});
        }
        batch.records.push_back(std::move(kept));
        return true;
    }

private:
    CsvReader reader_;
    CsvReader::Record record_;
};

class JsonRecords final : public Records {
public:
    explicit JsonRecords(Input& input) : reader_(input) {}
    bool json() const override { return true; }
    const std::vector<std::string>& columns() const override { return none_; }

    bool next(Batch& batch) override {
        LineReader::Line line;
        do {
            if (!reader_.next(line)) return false;
        } while (line.text.find_first_not_of(" \t\r") == std::string_view::npos);
        Batch::Record kept{line.number, {}, 0, {}};
        if (line.too_long) kept.fault = "the line is longer than 1 MiB";
        else if (!valid_utf8(line.text)) kept.fault = "not UTF-8";
        kept.raw = batch.keep(line.too_long ? line.text.substr(0, shown) : line.text);
        batch.records.push_back(std::move(kept));
        return true;
    }

private:
    LineReader reader_;
    std::vector<std::string> none_;
};

bool ends_with(std::string_view name, std::string_view ending) { return name.size() >= ending.size() && name.substr(name.size() - ending.size()) == ending; }

bool looks_like_json(std::string_view name, Input& input) {
    if (ends_with(name, ".gz")) name.remove_suffix(3);
    if (ends_with(name, ".csv")) return false;
    for (const std::string_view ending : {".jsonl", ".ndjson", ".json"})
        if (ends_with(name, ending)) return true;
    std::string_view start = input.peek(256);
    if (start.substr(0, 3) == "\xef\xbb\xbf") start.remove_prefix(3);
    const std::size_t first = start.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && start[first] == '{';
}

}  // namespace

Batch::Place Batch::keep(std::string_view text) {
    if (bytes.size() >= LineReader::padding) bytes.resize(bytes.size() - LineReader::padding);
    const Place place{bytes.size(), text.size()};
    bytes += text;
    bytes.append(LineReader::padding, '\0');
    return place;
}

Result<std::unique_ptr<Records>> Records::of(const std::string& name, Input& input) {
    if (looks_like_json(name, input)) return std::unique_ptr<Records>(std::make_unique<JsonRecords>(input));
    auto csv = std::make_unique<CsvRecords>(input);
    if (auto header = csv->read_header(); !header.ok()) {
        Error error = header.error();
        if (error.kind == ErrorKind::invalid) error.message = name + ": " + error.message;
        return error;
    }
    return std::unique_ptr<Records>(std::move(csv));
}

}  // namespace verbatim::intake
