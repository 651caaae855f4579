// What is said of a target in a sentence, and which categories a sentence is of: learned from labelled sentences by
// `verbatim train aspects` (docs/understanding.md). Linear machines over words near the target, of its clause, and of the sentence.
#pragma once

#include "ground/understand/aspect_examples.h"
#include "ground/understand/categories.h"
#include "ground/understand/heads.h"
#include "ground/understand/tokens.h"

#include <set>

namespace verbatim::understand {

struct AspectTeaching {
    std::uint64_t seed = 1;
    std::string version = "1";
    double cost = 1, scaling = 0.3;        // of the polarity's machines
    CategoryTeaching categories;           // its seed is this one's
};

class Aspects {
public:
    using Found = Categories::Found;

    // `only`: "" learns both; "polarity" or "category" that one alone (measuring).
    static Result<Aspects> teach(const std::vector<AspectExample>& examples, const AspectTeaching& how, std::string_view only = {});
    static Result<Aspects> read(std::string_view bytes);
    std::string write() const;

    // `leaning`: what another model says of the target's clause, -1..1, times the weight it is to have.
    // positive, negative or neutral; of the whole text where the target has no place in it. -1..1 into `degree`.
    std::string polarity(const Tokens& tokens, std::string_view lang, std::string_view domain, const Target& target, double* degree = nullptr, double leaning = 0) const;
    // The categories of a sentence. `domain`: which set of categories; "" or unknown: the one whose words these are.
    void categories(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<Found>& found) const;
    const std::string& version() const { return version_; }

private:
    std::string domain_of(const Tokens& tokens, std::string_view lang, std::string_view domain) const;
    std::string version_;
    Heads polarity_, domain_;
    Categories categories_;
    std::set<std::string, std::less<>> parts_;  // each domain, and each domain/language, something was learned of
};

}  // namespace verbatim::understand
