#include "ground/understand/categories.h"

#include "ground/understand/aspect_features.h"
#include "ground/understand/logistic.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr std::string_view heading = "categories ";

// What words seen lately add to the machines' sums: frequent words are most of any text. One thread's, of one model; a word by the
// language and domain it is read for.
struct KnownWords {
    static constexpr std::size_t most = 16384, parts = 1 + CategoryFeatures::steps;  // its pieces in a sentence; itself (with its pieces) and beside others
    struct Word {
        std::uint32_t hash = 0, reading = 0, size = 0;  // `reading`: of the language and domain
        bool known = false;
        std::array<std::uint16_t, parts> places{};
    };
    std::uint64_t of = 0;
    std::vector<Word> words;
    std::vector<std::int16_t> sums;  // a word's parts, `stride` each: no part has more than 2 * 126 places, of 127 each at most
};

std::uint64_t next_number() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

float held(float score) { return std::clamp(score, -3.0f, 3.0f); }

}  // namespace

Categories::Categories() : number_(next_number()) {}

std::size_t Categories::Domain::language(std::string_view lang) const {
    return static_cast<std::size_t>(std::find(langs.begin(), langs.end(), lang) - langs.begin());
}

std::size_t Categories::width(const Domain& domain) { return own_terms + 2 * std::min(most_others, domain.heads.size()) + language_terms * domain.langs.size(); }

void Categories::mixed(const Domain& domain, std::size_t of, const Scores& scores, std::size_t language, std::vector<float>& row) {
    row.assign(width(domain), 0);
    const float whole = held(scores.whole[domain.heads[of]]), surest = held(scores.surest[domain.heads[of]]);
    std::size_t at = 0;
    for (const float own : {1.0f, whole, surest, whole * surest, whole * whole, surest * surest, std::log(1 + static_cast<float>(scores.words)) - 2.5f}) row[at++] = own;
    for (std::size_t other = 0; other < std::min(most_others, domain.heads.size()); ++other, at += 2) {
        if (other == of) continue;
        row[at] = held(scores.whole[domain.heads[other]]);
        row[at + 1] = held(scores.surest[domain.heads[other]]);
    }
    if (language >= domain.langs.size()) return;
    at += language_terms * language;
    row[at] = 1;
    row[at + 1] = whole;
    row[at + 2] = surest;
}

std::vector<std::string> Categories::domains() const {
    std::vector<std::string> names;
    for (const auto& [name, unused] : domains_) names.push_back(name);
    return names;
}

void Categories::score(const Tokens& tokens, std::string_view lang, std::string_view domain, Scores& all) const {
    thread_local KnownWords known;
    thread_local std::vector<std::uint32_t> row, words;
    float scores[Heads::most_heads], surest[Heads::most_heads];  // no std::array: checked places are not added sixteen at a time
    const std::size_t stride = whole_.stride();
    if (known.of != number_) {
        known.of = number_;
        known.words.assign(KnownWords::most, {});
        known.sums.assign(KnownWords::most * KnownWords::parts * stride, 0);
    }
    const CategoryFeatures features(tokens, lang, domain, groups_);
    const std::uint32_t reading = hash_pair(features.own_domain(), WordGroups::language_hash(lang));
    const auto sums_of = [&](std::size_t slot, std::size_t part) { return known.sums.data() + (slot * KnownWords::parts + part) * stride; };
    const auto keep = [&](const Heads& heads, std::size_t slot, std::size_t part) {
        std::array<std::int32_t, Heads::most_heads> sums{};
        heads.add(row, sums.data());
        std::int16_t* const into = sums_of(slot, part);
        for (std::size_t h = 0; h < stride; ++h) into[h] = static_cast<std::int16_t>(into[h] + sums[h]);
        known.words[slot].places[part] = static_cast<std::uint16_t>(known.words[slot].places[part] + row.size());
    };
    // The slot of the word at `i`, filled where another had it: asked for again before each use, for a later word may take it.
    const auto slot_at = [&](std::size_t i) {
        const Token* const token = i < tokens.all.size() ? &tokens.all[i] : nullptr;
        const std::uint32_t hash = token != nullptr ? token->hash : CategoryFeatures::no_word, size = token != nullptr ? token->size : 0;
        const std::size_t slot = hash_pair(reading, hash) & (KnownWords::most - 1);
        KnownWords::Word& word = known.words[slot];
        if (word.known && word.hash == hash && word.reading == reading && word.size == size) return slot;
        word = {hash, reading, size, true, {}};
        std::fill_n(sums_of(slot, 0), KnownWords::parts * stride, std::int16_t{0});
        if (token != nullptr && token->kind == TokenKind::word && token->size <= longest_word) {
            features.sentence_pieces(*token, row);
            keep(whole_, slot, 0);
        }
        if (words_.size() == 0) return slot;
        for (std::uint32_t step = 0; step < CategoryFeatures::steps; ++step) {
            features.word_at_step(step, hash, token != nullptr ? features.numbers(i) : WordGroups::Numbers{}, row);
            keep(words_, slot, 1 + step);
        }
        if (token != nullptr) {
            features.word_pieces(*token, row);
            keep(words_, slot, 1 + CategoryFeatures::middle);
        }
        return slot;
    };
    std::int32_t sums[Heads::most_heads];
    std::size_t places = 0;
    const auto put = [&](std::size_t slot, std::size_t part) {
        const std::int16_t* const from = sums_of(slot, part);
        for (std::size_t first = 0; first < stride; first += Heads::block)
            for (std::size_t h = first; h < first + Heads::block; ++h) sums[h] += from[h];
        places += known.words[slot].places[part];
    };
    const auto put_row = [&](const Heads& heads) {
        heads.add(row, sums);
        places += row.size();
    };
    const auto begin = [&] {
        std::fill_n(sums, stride, 0);
        places = 0;
    };
    all.words = 0;
    std::fill_n(surest, stride, words_.size() > 0 ? -3.0f : 0.0f);
    for (std::size_t i = 0; i < tokens.all.size(); ++i) {
        if (!CategoryFeatures::is_word(tokens.all[i])) continue;
        ++all.words;
        if (words_.size() == 0) continue;
        begin();
        for (std::uint32_t step = 0; step < CategoryFeatures::steps; ++step) put(slot_at(i + step - CategoryFeatures::middle), 1 + step);
        features.word_pairs(i, row);
        put_row(words_);
        words_.score_sums(sums, places, scores);
        for (std::size_t first = 0; first < stride; first += Heads::block)
            for (std::size_t h = first; h < first + Heads::block; ++h) surest[h] = std::max(surest[h], scores[h]);
    }
    begin();
    features.around(row, words);
    put_row(whole_);
    for (const std::uint32_t at : words) put(slot_at(at), 0);
    whole_.score_sums(sums, places, scores);
    all.whole.assign(scores, scores + whole_.size());
    all.surest.assign(surest, surest + whole_.size());
}

void Categories::find(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<Found>& found) const {
    thread_local std::vector<float> dense;
    thread_local Scores all;
    found.clear();
    const auto known = domains_.find(domain);
    if (known == domains_.end()) return;
    const Domain& own = known->second;
    score(tokens, lang, domain, all);
    const std::size_t language = own.language(lang);
    for (std::size_t k = 0; k < own.heads.size(); ++k) {
        mixed(own, k, all, language, dense);
        const double over = likelihood(own.weights[k], dense) - static_cast<double>(own.cuts[language]);
        if (over >= 0) found.push_back({whole_.names()[own.heads[k]], over});
    }
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.score != b.score ? a.score > b.score : a.category < b.category; });
}

// A line says how many domains, and whether there are machines of words and groups; then five lines and one a category each; then the machines.
void Categories::write(std::string& into) const {
    std::ostringstream head;
    head.precision(9);
    head << heading << domains_.size() << ' ' << (words_.size() > 0) << ' ' << (groups_.size() > 0) << '\n';
    const auto line = [&](const auto& values) {
        for (std::size_t i = 0; i < values.size(); ++i) head << (i == 0 ? "" : " ") << values[i];
        head << '\n';
    };
    for (const auto& [name, domain] : domains_) {
        head << name << '\n';
        line(domain.heads);
        line(domain.langs);
        line(domain.cuts);
        for (const auto& weights : domain.weights) line(weights);
    }
    into += head.str();
    whole_.write(into);
    if (words_.size() > 0) words_.write(into);
    if (groups_.size() > 0) groups_.write(into);
}

Result<Categories> Categories::read(std::string_view& bytes) {
    const auto bad = [](const char* why) { return Error{ErrorKind::invalid, "bad_model", why, ""}; };
    bool cut = false;
    const auto line = [&] {
        const auto end = bytes.substr(0, 64 * 1024).find('\n');
        cut |= end == std::string_view::npos;
        const std::string one(bytes.substr(0, cut ? 0 : end));
        bytes.remove_prefix(cut ? bytes.size() : end + 1);
        return one;
    };
    const auto numbers = [&](auto& into) {
        using Number = typename std::remove_reference_t<decltype(into)>::value_type;
        const std::string text = line();
        const char *at = text.data(), *const end = at + text.size();
        while (at < end) {
            Number one{};
            const auto parsed = std::from_chars(at, end, one);
            if (parsed.ec != std::errc() || (parsed.ptr < end && *parsed.ptr != ' ') || !std::isfinite(static_cast<double>(one))) return void(cut = true);
            into.push_back(one);
            at = parsed.ptr + (parsed.ptr < end ? 1 : 0);
        }
    };
    if (!bytes.starts_with(heading)) return bad("no categories where they should stand");
    bytes.remove_prefix(heading.size());
    std::istringstream sizes(line());
    std::size_t count = 0;
    int words = 0, groups = 0;
    if (!(sizes >> count >> words >> groups) || cut || count == 0 || count > most_domains) return bad("its number of domains is not understood");
    Categories read;
    for (std::size_t i = 0; i < count && !cut; ++i) {
        const std::string name = line();
        Domain& domain = read.domains_[name];
        if (!domain.heads.empty()) return bad("a domain stands there twice");
        numbers(domain.heads);
        std::istringstream langs(line());
        for (std::string lang; langs >> lang;) domain.langs.push_back(lang);
        numbers(domain.cuts);
        if (domain.heads.empty() || domain.heads.size() > most_categories || domain.cuts.size() != domain.langs.size() + 1) return bad("a domain's categories or cuts are missing");
        for (std::size_t k = 0; k < domain.heads.size() && !cut; ++k) {
            numbers(domain.weights.emplace_back());
            if (domain.weights.back().size() != width(domain)) return bad("a domain's weights are not as many as they should be");
        }
    }
    if (cut) return bad("its domains are cut");
    const std::pair<bool, Heads*> kinds[] = {{true, &read.whole_}, {words == 1, &read.words_}};
    for (const auto& [there, into] : kinds) {
        if (!there) continue;
        auto heads = Heads::read(bytes);
        if (!heads.ok()) return heads.error();
        *into = std::move(*heads);
    }
    if (words == 1 && read.words_.size() != read.whole_.size()) return bad("its two kinds of machines do not go together");
    if (groups == 1) {
        auto known = WordGroups::read(bytes);
        if (!known.ok()) return known.error();
        read.groups_ = std::move(*known);
    }
    for (const auto& [name, domain] : read.domains_)
        for (const std::uint32_t head : domain.heads)
            if (head >= read.whole_.size()) return bad("a domain names a category that is not there");
    return read;
}

}  // namespace verbatim::understand
