// Words found elsewhere (contract "reviews (from elsewhere)"): read, looked at by the same detectors, stored, logged and shown
// with their source, never mixed into the platform's own ratings.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/intake/intake.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "life/gather/words.h"
#include "record/reviews/reviews.h"

namespace verbatim::gather {

enum class Create { nothing, site, product };

struct Options {
    Create create_subjects = Create::nothing;  // what an unknown subject becomes; its name is the text in the file
    // What a human must look at, as a JSON array; empty when clean. Called on several threads at once. Without it nothing is held.
    std::function<std::string(const reviews::Content&)> inspect;
    intake::Options intake;
};

struct Report {
    intake::Counts counts;
    std::map<std::string, std::vector<std::string>> held;  // ids of the held reviews by source, for one request to the moderators
};

// Subjects are "site:CODE", "product:CODE", or a bare code or name where it fits one of them only; codes made by an earlier
// import from a name are found again by that name. A review whose source and id are there already is left as it is.
// Windows are told on channel "subject" with each subject whose words changed, after each batch.
Result<Report> import_reviews(storage::Db& db, const Clock& clock, const std::string& path, const Options& options = {});

}  // namespace verbatim::gather
