// verbatim train insult-words: the weights of the model of unknown words (ground/text/word_model.h).
#pragma once

#include <string>
#include <vector>

namespace verbatim::server {

struct WordTraining {
    std::vector<std::string> insults;   // tab-separated with a head line that has "word", or one word a line
    std::vector<std::string> ordinary;  // JSON Lines with "text" (and labels), or any text
    std::string out;
    double alarms = 0.01;
};

int train_insult_words(const WordTraining& wish);

}  // namespace verbatim::server
