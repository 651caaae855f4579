#include "ground/understand/categories.h"

#include "ground/understand/aspect_features.h"
#include "ground/understand/logistic.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr std::string_view heading = "categories ";

float held(float score) { return std::clamp(score, -3.0f, 3.0f); }

}  // namespace

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

void Categories::find(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<Found>& found) const {
    thread_local std::vector<std::uint32_t> row;
    thread_local std::vector<float> scores, dense;
    thread_local Scores all;
    found.clear();
    const auto known = domains_.find(domain);
    if (known == domains_.end()) return;
    const Domain& own = known->second;
    const CategoryFeatures features(tokens, lang, domain, groups_);
    features.sentence(row);
    whole_.score(row, all.whole);
    all.surest.assign(whole_.size(), words_.size() > 0 ? -3.0f : 0.0f);
    all.words = 0;
    for (std::size_t i = 0; i < tokens.all.size(); ++i) {
        if (!CategoryFeatures::is_word(tokens.all[i])) continue;
        ++all.words;
        if (words_.size() == 0) continue;
        features.word(i, row);
        words_.score(row, scores);
        for (std::size_t h = 0; h < scores.size(); ++h) all.surest[h] = std::max(all.surest[h], scores[h]);
    }
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
