// The records of a file in batches, CSV or JSON Lines; for this module only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ground/base/result.h"
#include "ground/formats/input.h"

namespace verbatim::intake {

// Records in the order of the file; all their bytes lie in one string, so a batch is cheap to hand to another thread.
struct Batch {
    struct Place {
        std::size_t begin = 0, size = 0;
    };
    struct Record {
        std::size_t line = 0;
        Place raw;
        std::size_t first_field = 0;  // in `fields`; CSV only
        std::string fault;            // why it cannot be read; empty for a good one
    };
    std::string bytes;  // with LineReader::padding behind the last record
    std::vector<Place> fields;
    std::vector<Record> records;

    std::string_view at(Place place) const { return std::string_view(bytes).substr(place.begin, place.size); }
    Place keep(std::string_view text);
};

class Records {
public:
    // By the file's ending (.csv, .jsonl, .ndjson, .json, each also with .gz), else by its first byte.
    static Result<std::unique_ptr<Records>> of(const std::string& name, Input& input);
    virtual ~Records() = default;
    virtual bool json() const = 0;
    virtual const std::vector<std::string>& columns() const = 0;  // CSV only
    // False at the end.
    virtual bool next(Batch& batch) = 0;
};

}  // namespace verbatim::intake
