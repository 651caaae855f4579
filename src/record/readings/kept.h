// What the readers of words are made of beside what ships: themes taught by examples, and versions of models. Bytes here, their
// meaning is known above. Each change counts up, so that every process notices that its readers are not the newest.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::readings {

// Counts up with every change of what reads; 0: as shipped.
std::int64_t reader_change(storage::Tx& tx);

inline constexpr std::size_t most_taught_themes = 50;
// Without the sentences it was taught by.
struct TaughtTheme {
    std::string id;  // "taught.k3v9x2", the theme's id everywhere
    std::string name, model, author;
    Seconds at = 0;
    std::int64_t number = 0, found_again = 0, others = 0, false_finds = 0;  // what the machine says of itself
};
// Oldest first. `models`: with the machines' bytes.
std::vector<TaughtTheme> taught_themes(storage::Tx& tx, bool models);
// conflict: the name is taken, or there are most_taught_themes.
Result<void> add_taught(storage::Tx& tx, const TaughtTheme& theme);
bool remove_taught(storage::Tx& tx, Seconds now, std::string_view id);

// The newest reviews that were read, published in (from, to], of the subjects on `branch`.
struct Body {
    std::string review, subject, lang, body;
    std::optional<int> rating;
    Seconds at = 0;
};
std::vector<Body> newest_bodies(storage::Tx& tx, std::string_view branch, Seconds from, Seconds to, int limit);

// Reading::meaning of every review on the branch that has one, in no order. A branch of few subjects costs its own reviews, any other a
// look at each row: half a microsecond.
void each_meaning(storage::Tx& tx, std::string_view branch, const std::function<void(std::string_view review, std::string_view meaning)>& fn);
// Of those that are public, newest first.
std::vector<Body> bodies_of(storage::Tx& tx, std::span<const std::string> reviews);

struct ModelVersion {
    std::string version, state;  // active | retired | refused
    Seconds kept_at = 0, activated_at = 0;
    std::string figures;         // JSON, as measured when it was held against the one before
};
using ModelFiles = std::vector<std::pair<std::string, std::string>>;  // "polarity" -> bytes
std::vector<ModelVersion> model_versions(storage::Tx& tx);            // newest first
std::optional<std::string> active_models(storage::Tx& tx);            // none: the shipped ones
ModelFiles files_of_models(storage::Tx& tx, std::string_view version);
void keep_models(storage::Tx& tx, Seconds now, std::string_view version, const ModelFiles& files, std::string_view state, std::string_view figures);
// "": back to the shipped ones.
void activate_models(storage::Tx& tx, Seconds now, std::string_view version);

}  // namespace verbatim::readings
