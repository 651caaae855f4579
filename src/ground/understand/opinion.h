// What a text says of its writer: for or against, how many stars, man or machine. Linear models, learned from labelled texts.
#pragma once

#include "ground/understand/examples.h"
#include "ground/understand/model.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace verbatim::understand {

struct Teaching {
    std::uint64_t seed = 1;
    std::string version = "1";
    Shape shape{18, true, true, 3, 5};
    Descent descent{1, 0.5, 30, 0.6, false};
    bool choose_cost = false;  // twice descent.cost where that tells texts that were not learned from better, by more than chance
    double expected = 0;  // share of the first side among the whole texts that will be read; 0: whole texts are parted where the examples part best
};

struct Taught {
    std::string model;             // the file
    std::size_t examples = 0, left_out = 0;
    std::string note;              // for the card
};

// Two sides: for and against (task "polarity"), a machine and a person ("machine"), not there and there ("deceptive"). `side` says
// on which an example is; nothing: it is not learned from.
using Side = std::function<std::optional<bool>(const Example&)>;
Result<Taught> teach_sides(std::string_view task, const std::vector<Example>& examples, const Side& side, const Teaching& how);
// Seven machines ("more than k stars", "exactly k") and a regression; what their scores, two by two and beside the text's length,
// mean is learned on the folds they did not see.
Result<Taught> teach_stars(const std::vector<Example>& examples, const Teaching& how);

class Sides {
public:
    static Result<Sides> open(LinearModel model);
    double of(const Tokens& tokens, Scratch& scratch) const { return of(tokens, 0, tokens.all.size(), scratch); }
    double of(const Tokens& tokens, std::size_t begin, std::size_t end, Scratch& scratch) const;  // -1..1: twice the likelihood of the first side, less one; 0 where nothing is read
    // The same of a whole text by somebody who gave his opinion: who is satisfied on the whole finds fault as well, and most are satisfied.
    double of_whole(const Tokens& tokens, Scratch& scratch) const;
    const LinearModel& model() const { return model_; }

private:
    double likely(const Tokens& tokens, std::size_t begin, std::size_t end, double prior, Scratch& scratch) const;
    LinearModel model_;
    float steepness_ = 1, prior_ = 0;  // prior: log-odds of the first side before a word is read
};

class Stars {
public:
    static Result<Stars> open(LinearModel model);
    // How likely 1..5 are; the median is the answer that errs least on average.
    std::array<double, 5> shares(const Tokens& tokens, Scratch& scratch) const;
    static int median(const std::array<double, 5>& shares);
    const LinearModel& model() const { return model_; }

private:
    LinearModel model_;
    std::vector<float> mixing_;  // a row for each star
};

}  // namespace verbatim::understand
