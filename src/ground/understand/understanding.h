// What a review says, read on this machine: language, polarity, stars, themes, each in the customer's own words. Decisions depend on
// the text and on the models' versions alone, so that they can be made again.
#pragma once

#include "ground/understand/language.h"
#include "ground/understand/opinion.h"
#include "ground/understand/themes.h"

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct Reading {
    std::string lang;
    double lang_confidence = 0;  // 0..1
    int stars = 0;               // 1..5 as the words say, the rating given is not looked at; 0: nothing to read
    double polarity = 0;         // -1..1
    bool contradiction = false;  // the words are surely of the other mind than the rating given: a five-star "never again"
    std::vector<ThemeSpan> themes;
};

// What the text itself says of whether a customer wrote it. A score never refuses: it asks a human, with its reasons.
struct Signal {
    std::string name;   // machine_written, not_there
    double weight = 0;  // 0..1
    std::string why;    // English, for the moderator's desk and the API
};
struct Genuineness {
    double score = 0;  // 0..1; 1 is surely no genuine customer
    std::vector<Signal> signals;
};

class Understanding {
public:
    static const Understanding& shipped();
    // The models of a folder of `verbatim train`, the shipped ones for what it does not hold; whether a text is genuine is then judged
    // by the folder's alone. ErrorKind::invalid where a file is no model; not_found where the folder holds none.
    static Result<Understanding> load(const std::filesystem::path& folder);
    // The same from bytes by name ("polarity"); names that are none of a model's are passed over.
    static Result<Understanding> of_files(std::map<std::string, std::string> files);
    static constexpr std::array<std::string_view, 5> file_names = {"language", "polarity", "stars", "machine", "deceptive"};

    // `lang_hint`: what the form said; believed where the text is too short to tell. Thread-safe.
    Reading read(std::string_view text, std::string_view lang_hint = {}, std::optional<int> rating = {}) const;
    Genuineness judge(std::string_view text) const;
    // Of all models that take part, e.g. "language 1, polarity 1, stars 1, themes 1".
    std::string version() const;

    const Languages& languages() const { return *languages_; }
    const Sides& polarity() const { return *polarity_; }

private:
    std::optional<Languages> languages_;
    std::optional<Sides> polarity_, machine_, deceptive_;
    std::optional<Stars> stars_;
    const Themes* themes_ = &Themes::shipped();
};

}  // namespace verbatim::understand
