#include "ground/understand/aspect_features.h"

#include "ground/understand/themes.h"

namespace verbatim::understand {
namespace {

constexpr std::uint32_t mask = (1u << aspect_bits) - 1;
constexpr std::uint32_t word_mask = (1u << word_bits) - 1;
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

std::uint32_t own_hash(std::string_view lang, std::string_view domain) { return name_hash(lang) ^ name_hash(domain) * 3; }

}  // namespace

void target_features(const Tokens& tokens, std::string_view lang, std::string_view domain, const Target& target, std::vector<std::uint32_t>& row) {
    row.clear();
    const std::uint32_t own_domain = own_hash(lang, domain);
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

CategoryFeatures::CategoryFeatures(const Tokens& tokens, std::string_view lang, std::string_view domain, const WordGroups& groups) : tokens_(tokens) {
    if (!domain.empty()) own_domain_ = own_hash(lang, domain);
    numbers_.resize(tokens.all.size());
    if (groups.size() == 0) return;
    const std::uint32_t language = WordGroups::language_hash(lang);
    for (std::size_t i = 0; i < numbers_.size(); ++i)
        if (tokens.all[i].kind == TokenKind::word) numbers_[i] = groups.of(language, tokens.all[i].hash);
}

void CategoryFeatures::around(std::vector<std::uint32_t>& row, std::vector<std::uint32_t>& words) const {
    thread_local Distinct distinct;
    row.clear();
    words.clear();
    each_feature(
        tokens_, 0, tokens_.all.size(), pieces, distinct, [&](const Token& token) { words.push_back(static_cast<std::uint32_t>(&token - tokens_.all.data())); },
        [&](std::uint32_t hash) { row.push_back(hash & mask); });
    distinct.begin(4 * numbers_.size() + 1);
    const auto put = [&](std::uint32_t kind, std::uint32_t number) {
        const std::uint32_t mixed = hash_pair(kind, number);
        if (distinct.add(mixed)) row.push_back(mixed & mask);
    };
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
        if (numbers_[i][0] == WordGroups::none) continue;
        for (std::uint32_t level = 0; level < WordGroups::levels; ++level) put(50 + level, numbers_[i][level]);
        if (i > 0 && numbers_[i - 1][0] != WordGroups::none) put(55, hash_pair(numbers_[i - 1][0], numbers_[i][0]));
    }
    repeat_as_own(row);
}

void CategoryFeatures::sentence_pieces(const Token& token, std::vector<std::uint32_t>& row) const {
    row.clear();
    each_piece(tokens_.letters.data() + token.from, token.size, pieces, [&](std::uint32_t hash) { row.push_back(hash & mask); });
    repeat_as_own(row);
}

void CategoryFeatures::sentence(std::vector<std::uint32_t>& row) const {
    thread_local std::vector<std::uint32_t> words, part;
    around(row, words);
    for (const std::uint32_t at : words) {
        sentence_pieces(tokens_.all[at], part);
        row.insert(row.end(), part.begin(), part.end());
    }
}

void CategoryFeatures::word_at_step(std::uint32_t step, std::uint32_t hash, const WordGroups::Numbers& numbers, std::vector<std::uint32_t>& row) const {
    constexpr std::uint32_t kinds[steps] = {65, 61, 60, 62, 66};
    row.assign(1, hash_pair(kinds[step], hash) & mask);
    if (numbers[0] != WordGroups::none)
        for (std::uint32_t level = 0; level < WordGroups::levels; ++level) row.push_back(hash_pair(70 + 4 * step + level, numbers[level]) & mask);
    repeat_as_own(row);
    for (std::uint32_t& place : row) place &= word_mask;
}

void CategoryFeatures::word_pairs(std::size_t at, std::vector<std::uint32_t>& row) const {
    row.clear();
    row.push_back(hash_pair(63, hash_pair(hash_at(at - 1), hash_at(at))) & mask);
    row.push_back(hash_pair(64, hash_pair(hash_at(at), hash_at(at + 1))) & mask);
    repeat_as_own(row);
    for (std::uint32_t& place : row) place &= word_mask;
}

void CategoryFeatures::word_pieces(const Token& token, std::vector<std::uint32_t>& row) const {
    row.clear();
    if (token.kind != TokenKind::word || token.size > longest_word) return;
    each_piece(tokens_.letters.data() + token.from, token.size, pieces, [&](std::uint32_t hash) { row.push_back(hash_pair(67, hash) & word_mask); });
}

void CategoryFeatures::word(std::size_t at, std::vector<std::uint32_t>& row) const {
    thread_local std::vector<std::uint32_t> part;
    word_pairs(at, row);
    for (std::uint32_t step = 0; step < steps; ++step) {
        const std::size_t i = at + step - middle;
        word_at_step(step, hash_at(i), i < numbers_.size() ? numbers_[i] : WordGroups::Numbers{}, part);
        row.insert(row.end(), part.begin(), part.end());
    }
    word_pieces(tokens_.all[at], part);
    row.insert(row.end(), part.begin(), part.end());
}

void CategoryFeatures::repeat_as_own(std::vector<std::uint32_t>& row) const {
    if (own_domain_ == 0) return;
    const std::size_t shared = row.size();
    for (std::size_t i = 0; i < shared; ++i) row.push_back(hash_pair(own_domain_, row[i]) & mask);
}

}  // namespace verbatim::understand
