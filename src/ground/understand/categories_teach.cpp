#include "ground/understand/aspect_features.h"
#include "ground/understand/categories.h"
#include "ground/understand/folds.h"
#include "ground/understand/logistic.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace verbatim::understand {
namespace {

constexpr unsigned folds = 4;
constexpr std::size_t table = std::size_t{1} << aspect_bits, word_table = std::size_t{1} << word_bits;
constexpr std::size_t enough_of_a_language = 300;    // sentences, for terms of its own
constexpr std::size_t most_word_rows = 1'000'000;    // of more, a part of the sentences teaches words

// Of many rows fewer rounds are enough: a translated set of a hundred thousand sentences is learned in minutes.
unsigned rounds_of(std::size_t rows) { return rows > 30'000 ? 5 : 10; }

// Copies and translations of a sentence belong to one fold.
class Kin {
public:
    std::uint64_t root(std::uint64_t one) {
        auto at = parents_.try_emplace(one, one).first;
        if (at->second == one) return one;
        const std::uint64_t up = root(at->second);
        return parents_[one] = up;
    }
    void join(std::uint64_t one, std::uint64_t other) {
        const std::uint64_t a = root(one), b = root(other);
        parents_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::unordered_map<std::uint64_t, std::uint64_t> parents_;
};

// The likelihood to count from, so that the F1 over all pairs is best. Of the cuts as good as the best the middle one: the best alone is chance.
float best_cut(std::vector<std::pair<double, bool>> seen) {
    constexpr double as_good = 0.0015;
    std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    double truths = 0, right = 0, best = 0;
    for (const auto& one : seen) truths += one.second ? 1 : 0;
    std::vector<std::pair<double, double>> cuts;  // where, how good
    for (std::size_t i = 0; i < seen.size(); ++i) {
        right += seen[i].second ? 1 : 0;
        if (i + 1 < seen.size() && seen[i + 1].first == seen[i].first) continue;
        const double f1 = 2 * right / (truths + static_cast<double>(i) + 1);
        cuts.push_back({(seen[i].first + (i + 1 < seen.size() ? seen[i + 1].first : 0)) / 2, f1});
        best = std::max(best, f1);
    }
    double from = 1, to = 0;
    for (const auto& [cut, f1] : cuts) {
        if (f1 < best - as_good) continue;
        from = std::min(from, cut);
        to = std::max(to, cut);
    }
    return best == 0 ? 0.5f : static_cast<float>((from + to) / 2);
}

}  // namespace

class CategoryLessons {
public:
    CategoryLessons(const std::vector<AspectExample>& examples, const CategoryTeaching& how) : examples_(examples), how_(how) {}
    Categories teach() {
        name_heads();
        if (names_.empty()) return std::move(taught_);
        if (how_.groups) learn_groups();
        make_rows();
        learn_machines();
        for (auto& [name, domain] : taught_.domains_) learn_mixing(name, domain);
        return std::move(taught_);
    }

private:
    struct Sentence {
        const AspectExample* example = nullptr;
        std::uint64_t is = 0;          // a bit a head
        std::uint64_t kin = 0;
        unsigned fold = 0;
        std::uint32_t length = 0;                 // words
        std::uint32_t first_word = 0, words = 0;  // of word_rows_; none where it does not teach words
        bool teaches_words = false;
    };

    void name_heads() {
        std::map<std::string, std::map<std::string, std::size_t>> counts;
        for (const AspectExample& example : examples_) {
            if (!example.has_categories) continue;
            std::set<std::string> of;
            for (const Target& target : example.targets)
                if (!target.category.empty()) of.insert(target.category);
            for (const std::string& name : of) ++counts[name][example.domain];
        }
        std::vector<std::pair<std::size_t, std::string>> order;
        for (auto& [name, by_domain] : counts) {
            std::size_t all = 0;
            for (const auto& [domain, count] : by_domain)
                if (count >= how_.fewest) all += count;
            if (all > 0) order.push_back({all, name});
        }
        std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
        if (order.size() > Categories::most_categories) order.resize(Categories::most_categories);
        for (const auto& [count, name] : order) {
            for (const auto& [domain, of_domain] : counts[name])
                if (of_domain >= how_.fewest && taught_.domains_.size() < Categories::most_domains) taught_.domains_[domain].heads.push_back(static_cast<std::uint32_t>(names_.size()));
            names_.push_back(name);
        }
    }

    void learn_groups() {
        std::vector<WordGroups::Sentence> sentences;
        std::unordered_map<std::string, std::uint64_t> same;
        Tokens tokens;
        for (const AspectExample& example : examples_) {
            const std::string key = example.same.empty() ? example.lang + "\t" + example.text : example.same;
            const std::uint64_t number = same.try_emplace(key, same.size()).first->second;
            tokenize(example.text, tokens);
            WordGroups::Sentence sentence{WordGroups::language_hash(example.lang), number, {}};
            for (const Token& token : tokens.all)
                if (token.kind == TokenKind::word) sentence.words.push_back(token.hash);
            sentences.push_back(std::move(sentence));
        }
        taught_.groups_ = WordGroups::learn(sentences, how_.seed);
    }

    void make_rows() {
        Tokens tokens;
        std::vector<std::uint32_t> row;
        Kin kin;
        std::size_t words = 0;
        for (const AspectExample& example : examples_) {
            if (!example.has_categories || !taught_.domains_.contains(example.domain)) continue;
            tokenize(example.text, tokens);
            Sentence sentence;
            sentence.example = &example;
            sentence.kin = words_hash(tokens);
            if (!example.same.empty()) kin.join(sentence.kin, std::uint64_t{1} << 32 | WordGroups::language_hash(example.same));
            CategoryFeatures(tokens, example.lang, example.domain, taught_.groups_).sentence(row);
            rows_.add(row);
            for (const Token& token : tokens.all) sentence.length += CategoryFeatures::is_word(token) ? 1 : 0;
            words += sentence.length;
            sentences_.push_back(sentence);
        }
        const std::uint64_t share = words <= most_word_rows ? 1000 : 1000 * most_word_rows / words;
        for (Sentence& sentence : sentences_) {
            const AspectExample& example = *sentence.example;
            sentence.kin = kin.root(sentence.kin);
            sentence.fold = static_cast<unsigned>(spread(static_cast<std::uint32_t>(sentence.kin)) % folds);
            sentence.teaches_words = spread(static_cast<std::uint32_t>(sentence.kin) ^ 0x5EEDu) % 1000 < share;
            tokenize(example.text, tokens);
            std::vector<std::uint64_t> marked(tokens.all.size());
            for (const Target& target : example.targets) {
                const auto head = std::find(names_.begin(), names_.end(), target.category);
                if (head == names_.end()) continue;
                const std::uint64_t bit = std::uint64_t{1} << (head - names_.begin());
                sentence.is |= bit;
                for (std::size_t i = 0; i < marked.size(); ++i)
                    if (tokens.all[i].begin < target.end && tokens.all[i].end > target.start) marked[i] |= bit;
            }
            if (!sentence.teaches_words || !how_.words) continue;
            const CategoryFeatures features(tokens, example.lang, example.domain, taught_.groups_);
            sentence.first_word = static_cast<std::uint32_t>(word_rows_.size());
            for (std::size_t i = 0; i < marked.size(); ++i) {
                if (!CategoryFeatures::is_word(tokens.all[i])) continue;
                features.word(i, row);
                word_rows_.add(row);
                marked_.push_back(marked[i]);
            }
            sentence.words = static_cast<std::uint32_t>(word_rows_.size()) - sentence.first_word;
        }
    }

    bool knows(const Sentence& sentence, std::uint32_t head) const {
        const auto& heads = taught_.domains_.find(sentence.example->domain)->second.heads;
        return std::find(heads.begin(), heads.end(), head) != heads.end();
    }

    // Each machine of a category, learned from the domains that have it; what it says of sentences it did not see, into whole_ and surest_.
    void learn_machines() {
        const std::size_t heads = names_.size();
        whole_.assign(sentences_.size() * heads, 0);
        surest_.assign(sentences_.size() * heads, how_.words ? -3.0f : 0.0f);
        std::vector<Line> wholes, words;
        for (std::uint32_t h = 0; h < heads; ++h) {
            const std::uint64_t bit = std::uint64_t{1} << h;
            std::vector<std::int8_t> targets(rows_.size()), word_targets(word_rows_.size());
            for (std::size_t i = 0; i < sentences_.size(); ++i) targets[i] = (sentences_[i].is & bit) != 0 ? 1 : -1;
            for (std::size_t i = 0; i < marked_.size(); ++i) word_targets[i] = (marked_[i] & bit) != 0 ? 1 : -1;
            const bool any_word = std::count(word_targets.begin(), word_targets.end(), std::int8_t{1}) >= static_cast<std::ptrdiff_t>(how_.fewest);
            for (unsigned fold = 0; fold <= folds; ++fold) {
                std::vector<std::uint32_t> learned, word_learned;
                for (std::uint32_t i = 0; i < sentences_.size(); ++i) {
                    const Sentence& sentence = sentences_[i];
                    if (sentence.fold == fold || !knows(sentence, h)) continue;
                    learned.push_back(i);
                    // Of what has nothing of the category, a third says enough.
                    if ((sentence.is & bit) == 0 && spread(static_cast<std::uint32_t>(sentence.kin) ^ h) % 3 != 0) continue;
                    for (std::uint32_t w = 0; w < sentence.words; ++w) word_learned.push_back(sentence.first_word + w);
                }
                Line whole{std::vector<float>(table), -1}, word{std::vector<float>(word_table), -1};
                if (!learned.empty()) whole = separate(rows_, targets, table, {how_.seed, how_.cost, rounds_of(learned.size()), how_.scaling, false}, learned);
                if (any_word && !word_learned.empty())
                    word = separate(word_rows_, word_targets, word_table, {how_.seed, how_.word_cost, rounds_of(word_learned.size()), how_.word_scaling, false}, word_learned);
                if (fold == folds) {
                    wholes.push_back(std::move(whole));
                    words.push_back(std::move(word));
                    break;
                }
                for (std::uint32_t i = 0; i < sentences_.size(); ++i) {
                    const Sentence& sentence = sentences_[i];
                    if (sentence.fold != fold || !knows(sentence, h)) continue;
                    whole_[i * heads + h] = whole.score(rows_[i]);
                    for (std::uint32_t w = 0; w < sentence.words; ++w) surest_[i * heads + h] = std::max(surest_[i * heads + h], word.score(word_rows_[sentence.first_word + w]));
                }
            }
        }
        taught_.whole_ = Heads(aspect_bits, names_, wholes);
        if (how_.words) taught_.words_ = Heads(word_bits, names_, words);
    }

    void learn_mixing(const std::string& name, Categories::Domain& domain) {
        std::vector<std::uint32_t> own;
        std::map<std::string, std::size_t> langs;
        for (std::uint32_t i = 0; i < sentences_.size(); ++i)
            if (sentences_[i].example->domain == name && (sentences_[i].teaches_words || !how_.words)) {
                own.push_back(i);
                ++langs[sentences_[i].example->lang];
            }
        for (const auto& [lang, count] : langs)
            if (count >= enough_of_a_language && !lang.empty()) domain.langs.push_back(lang);
        const std::size_t heads = names_.size(), wide = Categories::width(domain), from_langs = wide - Categories::language_terms * domain.langs.size();
        std::vector<double> penalties(wide, 2);
        for (std::size_t d = 0; d < Categories::own_terms; ++d) penalties[d] = d == 0 ? 0.01 : 0.3;
        if (!how_.others)
            for (std::size_t d = 1; d < from_langs; ++d) penalties[d] = d == 1 || d == 2 ? 0.3 : 1e9;
        std::vector<std::vector<std::pair<double, bool>>> seen(domain.langs.size() + 1);
        std::vector<float> row;
        for (std::size_t k = 0; k < domain.heads.size(); ++k) {
            DenseRows rows;
            rows.width = wide;
            std::vector<bool> truth;
            for (const std::uint32_t i : own) {
                Categories::Scores scores;
                scores.whole.assign(whole_.begin() + static_cast<std::ptrdiff_t>(i * heads), whole_.begin() + static_cast<std::ptrdiff_t>((i + 1) * heads));
                scores.surest.assign(surest_.begin() + static_cast<std::ptrdiff_t>(i * heads), surest_.begin() + static_cast<std::ptrdiff_t>((i + 1) * heads));
                scores.words = sentences_[i].length;
                Categories::mixed(domain, k, scores, domain.language(sentences_[i].example->lang), row);
                rows.values.insert(rows.values.end(), row.begin(), row.end());
                truth.push_back((sentences_[i].is >> domain.heads[k] & 1) != 0);
            }
            std::vector<std::uint32_t> all, learned;
            for (unsigned fold = 0; fold <= folds; ++fold) {
                learned.clear();
                for (std::uint32_t n = 0; n < own.size(); ++n)
                    if (sentences_[own[n]].fold != fold) learned.push_back(n);
                const auto weights = logistic(rows, truth, learned, penalties);
                if (fold == folds) {
                    domain.weights.push_back(weights);
                    break;
                }
                for (std::uint32_t n = 0; n < own.size(); ++n) {
                    if (sentences_[own[n]].fold != fold) continue;
                    const std::pair<double, bool> one{likelihood(weights, rows[n]), truth[n]};
                    const std::size_t language = domain.language(sentences_[own[n]].example->lang);
                    if (language < domain.langs.size()) seen[language].push_back(one);
                    seen.back().push_back(one);
                }
            }
        }
        for (auto& scores : seen) domain.cuts.push_back(best_cut(std::move(scores)));
    }

    const std::vector<AspectExample>& examples_;
    const CategoryTeaching& how_;
    Categories taught_;
    std::vector<std::string> names_;
    std::vector<Sentence> sentences_;
    Rows rows_, word_rows_;
    std::vector<std::uint64_t> marked_;  // by row of words: a bit for each category it was marked for
    std::vector<float> whole_, surest_;  // by sentence, a number a head: not learned from that sentence
};

Categories Categories::teach(const std::vector<AspectExample>& examples, const CategoryTeaching& how) { return CategoryLessons(examples, how).teach(); }

}  // namespace verbatim::understand
