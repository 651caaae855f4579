#include "ground/understand/aspects.h"

#include "ground/understand/aspect_features.h"

#include <cmath>
#include <limits>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr const char* three[] = {"positive", "negative", "neutral"};
constexpr std::size_t table = std::size_t{1} << aspect_bits;
constexpr unsigned folds = 3;
constexpr std::size_t most_categories = 64, enough_rows = 400;
constexpr std::string_view first_line = "verbatim aspects 1\n";

Error bad(const std::string& why) { return {ErrorKind::invalid, "bad_model", why, ""}; }

// Of many rows fewer rounds are enough: a translated set of a hundred thousand sentences is learned in minutes.
Descent descent_of(const AspectTeaching& how, double cost, double scaling, std::size_t rows) { return {how.seed, cost, rows > 30'000 ? 8u : 30u, scaling, false}; }

// Where to part "of this category" from "not" on scores not learned from. The F1 over all categories grows with each pair that is
// right with more than half of that F1's likelihood, about 0.36; a category of its own best F1 would take anything where it is rare.
float threshold_of(std::vector<std::pair<float, bool>> seen) {
    constexpr double worth = 0.36;
    std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    double gain = 0, best = 0;
    float threshold = seen.empty() ? 0 : seen.front().first + 0.1f;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        gain += (seen[i].second ? 1 : 0) - worth;
        if (gain <= best) continue;
        best = gain;
        threshold = i + 1 < seen.size() ? (seen[i].first + seen[i + 1].first) / 2 : seen[i].first;
    }
    return threshold;
}

bool is_of(const AspectExample& example, const std::string& category) {
    return std::any_of(example.targets.begin(), example.targets.end(), [&](const Target& target) { return target.category == category; });
}

}  // namespace

Result<Aspects> Aspects::teach(const std::vector<AspectExample>& examples, const AspectTeaching& how, std::string_view only) {
    Aspects taught;
    taught.version_ = how.version;
    Tokens tokens;
    std::vector<std::uint32_t> row;
    for (const AspectExample& example : examples) {
        if (example.targets.empty() && !example.has_categories) continue;
        taught.parts_.insert(example.domain);
        taught.parts_.insert(example.domain + "/" + example.lang);
    }
    if (only != "category") {
        Rows rows;
        std::vector<std::size_t> classes;
        for (const AspectExample& example : examples) {
            tokenize(example.text, tokens);
            for (const Target& target : example.targets) {
                const auto side = std::find(std::begin(three), std::end(three), target.polarity);
                if (side == std::end(three)) continue;
                target_features(tokens, example.lang, example.domain, target, row);
                rows.add(row);
                classes.push_back(static_cast<std::size_t>(side - std::begin(three)));
            }
        }
        if (rows.size() < 30) return Error{ErrorKind::invalid, "too_few", "too few targets with a polarity: at least 30", ""};
        std::vector<Line> lines;
        for (std::size_t side = 0; side < 3; ++side) {
            std::vector<std::int8_t> targets;
            for (const std::size_t one : classes) targets.push_back(one == side ? 1 : -1);
            lines.push_back(separate(rows, targets, table, descent_of(how, how.cost, how.scaling, rows.size())));
        }
        taught.polarity_ = Heads(aspect_bits, {three[0], three[1], three[2]}, lines);
    }
    if (only == "polarity") return taught;
    // Categories: one machine each, learned from every domain that has it.
    std::map<std::string, std::map<std::string, std::size_t>> counts;
    for (const AspectExample& example : examples)
        if (example.has_categories)
            for (const Target& target : example.targets)
                if (!target.category.empty()) ++counts[target.category][example.domain];
    std::vector<std::pair<std::size_t, std::string>> order;
    std::map<std::string, std::vector<std::string>> domains;  // of a category
    for (auto& [name, by_domain] : counts) {
        std::size_t most = 0;
        for (const auto& [domain, count] : by_domain)
            if (count >= how.fewest) domains[name].push_back(domain), most += count;
        if (most > 0) order.push_back({most, name});
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    if (order.size() > most_categories) order.resize(most_categories);
    if (order.empty()) return taught;
    Rows rows;
    std::vector<const AspectExample*> of;
    std::map<std::string, std::size_t> rows_of;
    for (const AspectExample& example : examples) {
        if (!example.has_categories) continue;
        tokenize(example.text, tokens);
        sentence_features(tokens, example.lang, example.domain, row);
        rows.add(row);
        of.push_back(&example);
        ++rows_of[example.domain];
        ++rows_of[example.domain + "/" + example.lang];
    }
    for (const auto& [part, count] : rows_of)
        if (part.find('/') == std::string::npos || count >= enough_rows) taught.thresholds_[part].assign(order.size(), std::numeric_limits<float>::infinity());
    const Descent descent = descent_of(how, how.category_cost, how.category_scaling, rows.size());
    std::vector<std::string> names;
    std::vector<Line> lines;
    for (std::size_t h = 0; h < order.size(); ++h) {
        const std::string& name = order[h].second;
        const auto& known = domains[name];
        std::vector<std::int8_t> targets(rows.size());
        std::vector<std::uint32_t> use;
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            targets[i] = is_of(*of[i], name) ? 1 : -1;
            if (std::find(known.begin(), known.end(), of[i]->domain) != known.end()) use.push_back(i);
        }
        std::map<std::string, std::vector<std::pair<float, bool>>> seen;
        for (unsigned fold = 0; fold < folds; ++fold) {
            std::vector<std::uint32_t> learned;
            for (const std::uint32_t i : use)
                if (i % folds != fold) learned.push_back(i);
            const Line line = separate(rows, targets, table, descent, learned);
            for (const std::uint32_t i : use) {
                if (i % folds != fold) continue;
                const std::pair<float, bool> one{line.score(rows[i]), targets[i] > 0};
                seen[of[i]->domain].push_back(one);
                seen[of[i]->domain + "/" + of[i]->lang].push_back(one);
            }
        }
        for (auto& [part, scores] : seen)
            if (auto at = taught.thresholds_.find(part); at != taught.thresholds_.end()) at->second[h] = threshold_of(std::move(scores));
        lines.push_back(separate(rows, targets, table, descent, use));
        names.push_back(name);
    }
    taught.categories_ = Heads(aspect_bits, std::move(names), lines);
    if (taught.domains().size() > 1) {
        lines.clear();
        Rows plain;
        for (const AspectExample* example : of) {
            tokenize(example->text, tokens);
            sentence_features(tokens, example->lang, "", row);
            plain.add(row);
        }
        for (const std::string& domain : taught.domains()) {
            std::vector<std::int8_t> targets;
            for (const AspectExample* example : of) targets.push_back(example->domain == domain ? 1 : -1);
            lines.push_back(separate(plain, targets, table, descent_of(how, 0.3, 0, plain.size())));
        }
        taught.domain_ = Heads(aspect_bits, taught.domains(), lines);
    }
    return taught;
}

std::vector<std::string> Aspects::domains() const {
    std::vector<std::string> names;
    for (const auto& [part, unused] : thresholds_)
        if (part.find('/') == std::string::npos) names.push_back(part);
    return names;
}

// The one named where it was learned in that language, else its plain form ("restaurants" of "restaurants terms"), else the one whose
// words these are.
std::string Aspects::domain_of(const Tokens& tokens, std::string_view lang, std::string_view domain) const {
    const std::string_view plain = domain.substr(0, domain.find(' '));
    for (const std::string_view one : {domain, plain})
        if (parts_.contains(std::string(one) + "/" + std::string(lang))) return std::string(one);
    for (const std::string_view one : {domain, plain})
        if (parts_.contains(one)) return std::string(one);
    if (domain_.size() == 0) return parts_.empty() ? std::string() : *parts_.begin();
    thread_local std::vector<std::uint32_t> row;
    thread_local std::vector<float> scores;
    sentence_features(tokens, "", "", row);
    domain_.score(row, scores);
    return domain_.names()[static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin())];
}

std::string Aspects::polarity(const Tokens& tokens, std::string_view lang, std::string_view domain, const Target& target, double* degree, double leaning) const {
    thread_local std::vector<std::uint32_t> row;
    thread_local std::vector<float> scores;
    if (degree != nullptr) *degree = 0;
    if (polarity_.size() == 0) return "neutral";
    target_features(tokens, lang, domain_of(tokens, lang, domain), target, row);
    polarity_.score(row, scores);
    scores[0] += static_cast<float>(leaning);
    scores[1] -= static_cast<float>(leaning);
    if (degree != nullptr) *degree = std::tanh(1.5 * static_cast<double>(scores[0] - scores[1]));
    return three[std::max_element(scores.begin(), scores.end()) - scores.begin()];
}

void Aspects::categories(const Tokens& tokens, std::string_view lang, std::string_view domain, std::vector<Found>& found) const {
    thread_local std::vector<std::uint32_t> row;
    thread_local std::vector<float> scores;
    found.clear();
    if (categories_.size() == 0) return;
    const std::string own = domain_of(tokens, lang, domain);
    auto thresholds = thresholds_.find(own + "/" + std::string(lang));
    if (thresholds == thresholds_.end()) thresholds = thresholds_.find(own);
    if (thresholds == thresholds_.end()) return;
    sentence_features(tokens, lang, own, row);
    categories_.score(row, scores);
    for (std::size_t h = 0; h < scores.size(); ++h)
        if (scores[h] >= thresholds->second[h]) found.push_back({categories_.names()[h], scores[h] - thresholds->second[h]});
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.score != b.score ? a.score > b.score : a.category < b.category; });
}

std::string Aspects::write() const {
    std::ostringstream head;
    head.precision(9);
    head << first_line << version_ << '\n' << (polarity_.size() > 0) << ' ' << (domain_.size() > 0) << ' ' << (categories_.size() > 0) << ' ' << thresholds_.size() << ' ' << parts_.size() << '\n';
    for (const std::string& part : parts_) head << part << '\n';
    for (const auto& [part, thresholds] : thresholds_) {
        head << part;
        for (const float threshold : thresholds) {
            head << '\t';
            if (std::isfinite(threshold)) head << threshold;
            else head << '-';
        }
        head << '\n';
    }
    std::string bytes = head.str();
    for (const Heads* heads : {&polarity_, &domain_, &categories_})
        if (heads->size() > 0) heads->write(bytes);
    return bytes;
}

Result<Aspects> Aspects::read(std::string_view bytes) {
    Aspects read;
    bool cut = false;
    const auto line = [&] {
        const auto end = bytes.substr(0, 64 * 1024).find('\n');
        cut |= end == std::string_view::npos;
        const std::string one(bytes.substr(0, end));
        bytes.remove_prefix(cut ? bytes.size() : end + 1);
        return one;
    };
    if (!bytes.starts_with(first_line)) return bad("this is no model of `verbatim train aspects`");
    bytes.remove_prefix(first_line.size());
    read.version_ = line();
    std::istringstream sizes(line());
    int polarity = 0, domain = 0, categories = 0;
    std::size_t parts = 0, known = 0;
    if (!(sizes >> polarity >> domain >> categories >> parts >> known) || cut || parts > 2000 || known > 5000) return bad("its head is not understood");
    for (std::size_t i = 0; i < known && !cut; ++i) read.parts_.insert(line());
    for (std::size_t i = 0; i < parts && !cut; ++i) {
        std::istringstream head(line());
        std::string name, number;
        std::getline(head, name, '\t');
        auto& thresholds = read.thresholds_[name];
        while (std::getline(head, number, '\t')) thresholds.push_back(number == "-" ? std::numeric_limits<float>::infinity() : std::strtof(number.c_str(), nullptr));
    }
    if (cut) return bad("its thresholds are cut");
    const std::pair<int, Heads*> kinds[] = {{polarity, &read.polarity_}, {domain, &read.domain_}, {categories, &read.categories_}};
    for (const auto& [there, into] : kinds) {
        if (there != 1) continue;
        auto heads = Heads::read(bytes);
        if (!heads.ok()) return heads.error();
        *into = std::move(*heads);
    }
    if (!bytes.empty()) return bad("something follows its end");
    if (polarity == 1 && read.polarity_.size() != 3) return bad("its polarity has not three sides");
    if (categories == 1 && read.thresholds_.empty()) return bad("it has no thresholds");
    for (const auto& [part, thresholds] : read.thresholds_)
        if (thresholds.size() != read.categories_.size()) return bad("its thresholds do not fit its categories");
    for (const std::string& name : read.domain_.names())
        if (!read.thresholds_.contains(name)) return bad("it names a domain it does not hold");
    return read;
}

}  // namespace verbatim::understand
