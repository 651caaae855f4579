// Which categories a sentence is of. Two machines a category: of the whole sentence, and of each word by itself ("is this a word the
// category was marked at?"), whose surest word counts. What both say, beside what they say of the other categories, becomes a
// likelihood by a logistic regression learned on folds that neither machine saw (Wolpert 1992, "Stacked generalization"), a
// domain at a time, each language with terms of its own; a likelihood counts from where the F1 over all pairs was best on such folds.
#pragma once

#include "ground/understand/aspect_examples.h"
#include "ground/understand/heads.h"
#include "ground/understand/tokens.h"
#include "ground/understand/word_groups.h"

#include <map>

namespace verbatim::understand {

struct CategoryTeaching {
    std::uint64_t seed = 1;
    double cost = 1, scaling = 0.3;
    double word_cost = 1, word_scaling = 0.3;
    std::size_t fewest = 15;                           // sentences of a category
    bool groups = true, words = true, others = true;   // false: without, for measuring
};

class Categories {
public:
    struct Found {
        std::string category;
        double score = 0;  // likelihood beyond where it counts
    };
    static constexpr std::size_t most_categories = 64, most_domains = 500;  // a bit of 64 says a category is there

    Categories();
    // Nothing is learned where no category stands often enough.
    static Categories teach(const std::vector<AspectExample>& examples, const CategoryTeaching& how);
    static Result<Categories> read(std::string_view& bytes);
    void write(std::string& into) const;

    bool empty() const { return domains_.empty(); }
    std::vector<std::string> domains() const;
    // `domain`: one of domains(), else nothing is found.
    void find(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<Found>& found) const;

private:
    friend class CategoryLessons;
    struct Domain {
        std::vector<std::uint32_t> heads;                  // its categories, the commonest first
        std::vector<std::string> langs;                    // those with terms and a cut of their own
        std::vector<std::vector<float>> weights;           // of mixed(), one a category
        std::vector<float> cuts;                           // where it counts: one a language, then one for every other
        std::size_t language(std::string_view lang) const;
    };
    struct Scores {
        std::vector<float> whole, surest;  // by head
        std::size_t words = 0;
    };
    // Of mixed(): one, both scores and their products, the length; both scores of the commonest others; one and both scores, a language each.
    static constexpr std::size_t own_terms = 7, most_others = 12, language_terms = 3;
    static std::size_t width(const Domain& domain);
    // What the regression of the domain's category `of` is told.
    static void mixed(const Domain& domain, std::size_t of, const Scores& scores, std::size_t language, std::vector<float>& row);

    void score(const Tokens& tokens, std::string_view lang, std::string_view domain, Scores& scores) const;

    std::uint64_t number_;  // another for each ever made; a copy says the same as what it was copied of
    std::map<std::string, Domain, std::less<>> domains_;
    Heads whole_, words_;
    WordGroups groups_;
};

}  // namespace verbatim::understand
