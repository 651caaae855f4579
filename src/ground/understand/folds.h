// Which fold an example belongs to, by a hash of its words: copies, whatever their signs, capitals and blanks, stay together, so that
// nothing is asked about that was learned from; and a file whose examples alternate is parted as well as any other.
#pragma once

#include "ground/understand/tokens.h"

namespace verbatim::understand {

inline std::uint32_t words_hash(const Tokens& tokens) {
    std::uint32_t hash = hash_start;
    for (const Token& token : tokens.all)
        if (token.kind == TokenKind::word || token.kind == TokenKind::number) hash = hash_pair(hash, token.hash);
    if (hash == hash_start)  // signs alone
        for (const Token& token : tokens.all) hash = hash_pair(hash, token.hash);
    return spread(hash);
}

inline unsigned fold_of(const Tokens& tokens, unsigned folds) { return words_hash(tokens) % folds; }

}  // namespace verbatim::understand
