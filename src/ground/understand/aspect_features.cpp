#include "ground/understand/aspect_features.h"

#include "ground/understand/themes.h"

namespace verbatim::understand {
namespace {

constexpr std::uint32_t mask = (1u << aspect_bits) - 1;
constexpr Shape pieces{aspect_bits, true, false, 3, 5};

// How far a word stands from the target, before it and after it apart.
std::uint32_t distance(std::size_t at, std::size_t begin, std::size_t end) {
    const std::size_t away = at < begin ? begin - at : at - end + 1;
    const std::uint32_t near = away <= 1 ? 1 : away <= 2 ? 2 : away <= 4 ? 3 : away <= 8 ? 4 : 5;
    return near + (at < begin ? 0 : 8);
}

std::uint32_t name_hash(std::string_view name) {
    std::uint32_t hash = hash_start;
    for (const char c : name) hash = hash_letter(hash, static_cast<unsigned char>(c));
    return spread(hash);
}

}  // namespace

void target_features(const Tokens& tokens, std::string_view lang, std::string_view domain, const Target& target, std::vector<std::uint32_t>& row) {
    row.clear();
    const std::uint32_t own_domain = name_hash(lang) ^ name_hash(domain) * 3;
    std::size_t begin = tokens.all.size(), end = 0;
    if (target.end > target.start)
        for (std::size_t i = 0; i < tokens.all.size(); ++i)
            if (tokens.all[i].begin < target.end && tokens.all[i].end > target.start) {
                begin = std::min(begin, i);
                end = i + 1;
            }
    thread_local Distinct distinct;
    distinct.begin(40 * tokens.all.size() + 64);
    const auto put = [&](std::uint32_t kind, std::uint32_t hash) {
        const std::uint32_t mixed = hash_pair(kind, hash);
        if (!distinct.add(mixed)) return;
        row.push_back(mixed & mask);
        if (!domain.empty()) row.push_back(hash_pair(own_domain, mixed) & mask);
    };
    thread_local std::vector<Clause> clauses;
    clauses_of(tokens, clauses);
    std::size_t clause_begin = 0, clause_end = tokens.all.size();
    for (const Clause& clause : clauses)
        if (end > begin && begin >= clause.begin && begin < clause.end) {
            clause_begin = clause.begin;
            clause_end = std::max<std::size_t>(clause.end, end);
        }
    std::uint32_t before = 1, before_that = 2;
    for (std::size_t i = 0; i < tokens.all.size(); ++i) {
        const Token& token = tokens.all[i];
        put(1, token.hash);
        put(2, hash_pair(before, token.hash));
        const bool own = i >= clause_begin && i < clause_end, of_target = i >= begin && i < end;
        if (own) {
            put(3, token.hash);
            put(4, hash_pair(before, token.hash));
            put(5, hash_pair(before_that, hash_pair(before, token.hash)));
        }
        if (of_target) put(6, token.hash);
        else if (end > begin) {
            const std::uint32_t where = distance(i, begin, end);
            put(16 + where, token.hash);
            if ((where & 7) <= 3) put(40, token.hash);
        }
        if (token.kind == TokenKind::word && token.size <= longest_word)
            each_piece(tokens.letters.data() + token.from, token.size, pieces, [&](std::uint32_t hash) {
                put(7, hash);
                if (own) put(8, hash);
            });
        before_that = before;
        before = token.hash;
    }
    if (!target.category.empty()) put(9, name_hash(target.category));
}

void sentence_features(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<std::uint32_t>& row) {
    thread_local Distinct distinct;
    features_of(tokens, pieces, distinct, row);
    const std::size_t shared = row.size();
    if (domain.empty()) return;
    const std::uint32_t own_domain = name_hash(lang) ^ name_hash(domain) * 3;
    for (std::size_t i = 0; i < shared; ++i) row.push_back(hash_pair(own_domain, row[i]) & mask);
}

}  // namespace verbatim::understand
