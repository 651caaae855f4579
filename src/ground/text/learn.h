// Learning the classifier (model.h) from labelled texts: logistic regression by adaptive gradient steps, two heads (offence at
// all; hate among the offensive), weights of one byte. The same examples in the same order and the same seed give the same bytes.
#pragma once

#include "ground/text/detectors.h"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace verbatim::text {

struct LabelledText {
    std::string lang, text;
    bool offensive = false;
    bool hateful = false;  // offensive by hate
};

struct Learning {
    std::uint64_t seed = 1;
    unsigned bits = 18;
    unsigned rounds = 16;
    double plain_alarms = 0.001;  // at most this share of `plain` may be found by the model alone
    std::string version = "1";
};

struct Learned {
    std::string model;  // the bytes of the model file
    struct Figures {
        std::string lang;
        std::size_t texts = 0, offensive = 0, plain = 0, plain_alarms = 0;
        double threshold = 0;
        double f1_model = 0, f1_together = 0;  // macro F1 of the model alone, and of model or detectors, five folds
    };
    std::vector<Figures> figures;
};

// `plain` are texts that ask for nobody (clean reviews): learned as such and held to. `detectors` (without a model) say what is found
// without it: the threshold of a language is where both together are best on the folds, never below what `plain` allows.
Learned learn(const std::vector<LabelledText>& texts, const std::vector<LabelledText>& plain, const Detectors& detectors, const Learning& how);

// Our own plain sentences (assets/models/plain.tsv) put together to texts of one to five.
std::vector<LabelledText> plain_texts(std::uint64_t seed);

// One line of a labelled file, JSON: {"lang","text", and "label" or "labels" or "hate" and "abuse"}. Why it is no example, or "".
// A line with "functionality" is of a test suite (HateCheck) and refused: a test is never learned from.
std::string read_labelled(std::string_view line, LabelledText& out);

}  // namespace verbatim::text
