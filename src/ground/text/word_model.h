// A guess at words no pack knows: does this one look like an insult? Runs of two to five letters of the word, each with a weight
// learned from open lists of insults against ordinary words (assets/models/insult_words.md says which). Asked only of a single
// word that is thrown at somebody (alone.h), and it only asks a human.
#pragma once

#include "ground/text/names.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

class WordModel {
public:
    static constexpr std::size_t weight_count = 1 << 15;

    // The bytes must outlive the model. False when they are none.
    bool open(std::string_view bytes);
    bool ready() const { return weights_ != nullptr; }
    // Above 0: looks like one. Letters a-z.
    double score(std::string_view word) const;
    std::string_view version() const { return version_; }

private:
    const signed char* weights_ = nullptr;
    double scale_ = 0, bias_ = 0;
    std::string version_;
};

// The places of the runs of letters of a word among the weights.
template <class Visit>
void each_run(std::string_view word, Visit&& visit) {
    const auto at = [&](std::size_t i) { return i == 0 ? '^' : i <= word.size() ? word[i - 1] : '$'; };
    const std::size_t size = word.size() + 2;
    for (std::size_t i = 0; i + 1 < size; ++i) {
        std::uint32_t hash = 2166136261u;
        for (std::size_t n = 0; n < 5 && i + n < size; ++n) {
            hash = (hash ^ static_cast<unsigned char>(at(i + n))) * 16777619u;
            if (n > 0) visit((hash ^ hash >> 15) % WordModel::weight_count);
        }
    }
}

struct WordLists {
    std::vector<std::string> insults, ordinary;  // any spelling; folded here
};
struct Trained {
    std::string bytes;         // what WordModel opens
    std::size_t insults = 0, ordinary = 0;
    double found = 0, alarms = 0;  // of the tenth of the words that was left out when the threshold was chosen
};
// The same lists give the same bytes. `alarm_share`: how many of the ordinary words left out may be taken for insults.
Trained train_word_model(const WordLists& lists, double alarm_share);

// Single unknown words standing alone.
void find_unknown_words(const WordModel& model, const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks);

}  // namespace verbatim::text
