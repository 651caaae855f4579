// The things search by meaning knows (assets/themes/meaning.concepts): which of them a word names, in any language.
#pragma once

#include "ground/base/result.h"
#include "ground/understand/tokens.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace verbatim::understand {

class Concepts {
public:
    struct Concept {
        std::string id, larger;
        std::uint64_t seed = 0, larger_seed = 0;
    };
    static constexpr std::size_t most_concepts = 1000, most_words = 50'000, most_bytes = 4u << 20;

    static const Concepts& shipped();
    // ErrorKind::invalid, code "bad_concepts": each mistake as "line N: what is wrong", joined by line ends.
    static Result<Concepts> parse(std::string_view file);

    // The whole word before its beginnings, the longest beginning first.
    std::optional<std::uint16_t> of(const Tokens& tokens, const Token& token) const;
    const std::vector<Concept>& all() const { return all_; }
    const std::string& version() const { return version_; }

private:
    std::vector<Concept> all_;
    std::unordered_map<std::uint32_t, std::uint16_t> words_, beginnings_;
    std::string version_;
};

}  // namespace verbatim::understand
