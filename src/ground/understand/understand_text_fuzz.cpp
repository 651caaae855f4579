// Any bytes as a review, and as a file of themes: spans lie within the text, clauses follow each other, nothing is read beyond.
#include "ground/understand/themes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::understand;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Tokens tokens;
    tokenize(bytes, tokens);
    std::uint32_t end = 0;
    for (const Token& token : tokens.all) {
        if (token.begin < end || token.end <= token.begin || token.end > tokens.code_points || token.from + token.size > tokens.letters.size()) __builtin_trap();
        end = token.end;
    }
    std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    std::uint32_t last = 0;
    for (const Clause& clause : clauses) {
        if (clause.begin < last || clause.end <= clause.begin || clause.end > tokens.all.size()) __builtin_trap();
        last = clause.end;
    }
    (void)Themes::parse(bytes);
    return 0;
}
