// Lists by rule: who got a campaign's letter, did or did not click, and did not come. For whoever writes to them by other means: people who
// agreed to marketing and did not take it back, by the importer's number, and nothing else of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/result.h"
#include "life/plan/followed.h"

namespace verbatim::plan {

enum class Did : std::uint8_t { anything, clicked, not_clicked };
struct ListWish {
    std::string campaign;
    Seconds from = 0, until = 0;
    Did did = Did::clicked;
    std::vector<Anchor> lacks;  // of order, delivery, service, review: none of them within `days` of the letter
    int days = 30;
    std::int64_t after = 0;     // the last person seen
    int limit = 1000;
};
struct Listed {
    std::string number;         // the importer's
    std::string variant;        // "1", "2"; "" where there is none
    Seconds at = 0;
    bool clicked = false;
};
struct List {
    std::vector<Listed> people;
    std::int64_t next = 0;      // read on after it; 0: that is all
};
// "visit,order" as anchors; nothing where a word is another. visit is a service.
std::optional<std::vector<Anchor>> read_lacks(std::string_view words);
// A person once, with the newest letter. Whose days are not over yet is left out: he may still come.
List list_people(storage::Tx& tx, const ListWish& wish, Seconds now);

}  // namespace verbatim::plan
