// A linear model as a file: head lines "name = value", an empty line, then the weights, one signed byte for each place and head,
// the heads of a place side by side. Small enough to lie in the program, quick because a place is one load for every head.
#pragma once

#include "ground/base/result.h"
#include "ground/understand/features.h"
#include "ground/understand/learning.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct Head {
    std::string name;
    float bias = 0, scale = 1;  // score = bias + scale * sum of bytes / length_of(features)
};

// What one thread reads with, kept between texts: no memory is asked for in the steady state. The sums of a word's pieces are
// kept for the words that come again, which in any language is most of them.
class Scratch {
public:
    Distinct distinct;

private:
    friend class LinearModel;
    struct Known {
        std::uint32_t hash = 0;
        std::uint16_t letters = 0, pieces = 0;
        std::array<std::int32_t, 8> sums{};
    };
    std::map<std::uint64_t, std::vector<Known>> known_;  // by model
};

class LinearModel {
public:
    static constexpr unsigned most_bits = 22;
    static constexpr std::size_t most_heads = 8;

    // Owns the bytes. ErrorKind::invalid, code "bad_model", where they are no model of that task.
    static Result<LinearModel> open(std::string bytes, std::string_view task);
    // The bytes must outlive the model.
    static Result<LinearModel> open_lasting(std::string_view bytes, std::string_view task);
    // `more`: lines beside those every model has, read back by note().
    static std::string write(std::string_view task, std::string_view version, const Shape& shape, const std::vector<std::pair<std::string, Line>>& heads, const std::map<std::string, std::string>& more);

    // One score a head, in the heads' order; the number of features read.
    std::size_t score(const Tokens& tokens, Scratch& scratch, std::array<float, most_heads>& scores) const { return score(tokens, 0, tokens.all.size(), scratch, scores); }
    // Of the tokens [begin, end) alone.
    std::size_t score(const Tokens& tokens, std::size_t begin, std::size_t end, Scratch& scratch, std::array<float, most_heads>& scores) const;

    const std::vector<Head>& heads() const { return heads_; }
    const Shape& shape() const { return shape_; }
    const std::string& version() const { return version_; }
    std::string note(const std::string& name) const;        // "" where it has none
    std::vector<float> numbers(const std::string& name) const;  // of a note with blanks between numbers

private:
    Result<void> read(std::string_view bytes, std::string_view task);
    std::shared_ptr<const std::string> owned_;
    std::uint64_t number_ = 0;  // another for each model ever opened: an address may come again, what is known of words must not
    std::string version_;
    Shape shape_;
    std::vector<Head> heads_;
    std::size_t stride_ = 1;
    std::map<std::string, std::string> notes_;
    const std::int8_t* weights_ = nullptr;
};

}  // namespace verbatim::understand
