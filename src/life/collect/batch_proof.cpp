// The author's proof that his visit was counted among those who could be asked, before anybody was (norm COL-7).
#include <nlohmann/json.hpp>

#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"
#include "life/collect/collect.h"
#include "record/experiences/batches.h"

namespace verbatim::collect {

using nlohmann::json;
using storage::Tx;

Result<std::string> Collect::batch_json(std::string_view token) const {
    const auto view = author(token);
    if (!view) return view.error();
    const auto none = not_found("no_batch", "these words belong to no visit that was committed to, or its salt was erased");
    // Who wrote unasked proved a visit by its invoice; what else is known of it is not told to whoever holds this link.
    if (view->review.origin != "invited" || view->review.experience.empty()) return none;
    return db_.read([&](Tx& tx) -> Result<std::string> {
        const auto member = experiences::membership(tx, view->review.experience);
        const auto leaf = member ? ledger::leaf_of(tx, member->entry) : std::nullopt;
        if (!leaf) return none;
        json path = json::array();
        for (const auto& hash : member->path) path.push_back(to_base64(merkle::bytes_of(hash)));
        json proof = {{"leaf", *leaf}, {"salt", to_base64(member->salt)}, {"content", json::parse(member->content)}, {"index", member->index},
                      {"size", member->size}, {"path", path}};
        if (const auto place = ledger::index_of(tx, member->entry)) proof["log_index"] = *place;
        return canonical_json(proof);
    });
}

}  // namespace verbatim::collect
