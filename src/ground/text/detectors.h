// What in a text must be looked at by a human before it is published: insults, hate, threats, obscenities, people's names,
// personal data, links. Functions of a text and of rule packs (assets/packs, built into the program); no sentiment anywhere:
// MOD-3. A finding never refuses, it only asks a human.
#pragma once

#include "ground/base/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

// One place in the text, [start, end) in Unicode code points and [byte_start, byte_end) in bytes; never half a character.
struct Finding {
    std::string reason;  // insult, hate, threat, obscene, name, personal_data, link, spam: the public list of contract.md
    std::size_t start = 0, end = 0;
    std::size_t byte_start = 0, byte_end = 0;
    std::string text;         // the words themselves, as written
    double confidence = 0;    // 0..1
    std::string rule;         // which rule spoke, e.g. "fr.insult.connard" or "phone.FR"
};

// What is known of the place the text speaks of. Lists may hold any spelling; they are folded like the text.
struct Context {
    std::string lang;                  // ISO 639-1, "" when unknown; a region ("fr-BE") is ignored
    std::vector<std::string> staff;    // full names of the site's and group's people, e.g. "Anna Becker"
    std::vector<std::string> allowed;  // brand, site, town and model names: never a finding
};

// Thread-safe: one object serves every thread. Texts beyond 20,000 code points are read to there only.
class Detectors {
public:
    // The packs of assets/packs, compiled into the program: costs no start and no memory of its own.
    static std::shared_ptr<const Detectors> shipped();
    // The same without the classifier: what a new one is trained beside.
    static std::shared_ptr<const Detectors> shipped_without_model();
    // The shipped packs and frames with another classifier: the bytes of a model file (model.h). Errors as Model::open.
    static Result<std::shared_ptr<const Detectors>> with_model(std::string model);
    // Packs given as texts (format: pack.h). Errors name the pack by its place in the list and the line.
    // `word_model`: what word_model.h opens, or none.
    static Result<std::shared_ptr<const Detectors>> from_packs(const std::vector<std::string>& pack_texts, std::string word_model = {});

    ~Detectors();
    Detectors(const Detectors&) = delete;
    Detectors& operator=(const Detectors&) = delete;

    // In the order of the text, without overlap of the same reason. Malformed UTF-8 gives no finding: refuse it before (valid_utf8).
    std::vector<Finding> find(std::string_view utf8, const Context& context) const;
    // Changes whenever a pack or a detector changes: MOD-1 asks which version decided.
    std::string version() const;

private:
    struct Parts;
    static Result<std::shared_ptr<const Detectors>> with(std::string model, std::string_view lasting_model);
    explicit Detectors(std::unique_ptr<const Parts> parts);
    std::unique_ptr<const Parts> parts_;
};

// Unicode 15 table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
bool valid_utf8(std::string_view text);
// ISO 639-1. The hint (the form's language) where the text is too short or mixed to be sure; "" where there is no hint either.
std::string detect_language(std::string_view utf8, std::string_view hint);

}  // namespace verbatim::text
