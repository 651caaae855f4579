// Which language a text is in, short ones too: a linear model over letters as they are written (marks kept) in runs of one to
// four, and over whole short words. Reads the beginning only: whoever writes 120 letters in one language goes on in it.
#pragma once

#include "ground/understand/examples.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct Guess {
    std::string lang;       // ISO 639-1; "" where nothing is read that has a language
    double confidence = 0;  // 0..1
};

class Languages {
public:
    static constexpr std::size_t most = 32;
    static constexpr unsigned bits = 16;
    static constexpr std::size_t read_points = 120;

    static Result<Languages> open(std::string_view lasting_bytes);
    static Result<Languages> open_owned(std::string bytes);

    Guess guess(std::string_view utf8) const;
    const std::vector<std::string>& codes() const { return codes_; }
    const std::string& version() const { return version_; }

private:
    std::shared_ptr<const std::string> owned_;
    std::string version_;
    std::uint64_t number_ = 0;  // another for each model ever opened
    std::vector<std::string> codes_;
    std::vector<float> biases_;
    float scale_ = 1;
    const std::int8_t* weights_ = nullptr;
};

struct LanguageTeaching {
    std::uint64_t seed = 1;
    std::string version = "1";
    unsigned rounds = 6;
    unsigned turns = 4;                       // learned so often, of other pieces in another order; what is kept is the mean
    unsigned left_out = 50;                   // of a hundred features, another half each round
    std::size_t most_of_a_language = 20'000;  // pieces
};
// Texts are cut to pieces of 8 to 80 code points, as short as what a customer writes.
Result<std::string> teach_languages(const std::vector<Example>& examples, const LanguageTeaching& how);

}  // namespace verbatim::understand
