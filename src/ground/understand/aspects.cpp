#include "ground/understand/aspects.h"

#include "ground/understand/aspect_features.h"

#include <cmath>
#include <sstream>

namespace verbatim::understand {
namespace {

constexpr const char* three[] = {"positive", "negative", "neutral"};
constexpr std::size_t table = std::size_t{1} << aspect_bits;
constexpr std::string_view first_line = "verbatim aspects 2\n";

Error bad(const std::string& why) { return {ErrorKind::invalid, "bad_model", why, ""}; }

// Of many rows fewer rounds are enough: a translated set of a hundred thousand sentences is learned in minutes.
Descent descent_of(const AspectTeaching& how, double cost, double scaling, std::size_t rows) { return {how.seed, cost, rows > 30'000 ? 8u : 30u, scaling, false}; }

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
    CategoryTeaching lessons = how.categories;
    lessons.seed = how.seed;
    taught.categories_ = Categories::teach(examples, lessons);
    if (const auto domains = taught.categories_.domains(); domains.size() > 1) {
        Rows plain;
        std::vector<const AspectExample*> of;
        for (const AspectExample& example : examples) {
            if (!example.has_categories) continue;
            tokenize(example.text, tokens);
            CategoryFeatures(tokens, "", "", {}).sentence(row);
            plain.add(row);
            of.push_back(&example);
        }
        std::vector<Line> lines;
        for (const std::string& domain : domains) {
            std::vector<std::int8_t> targets;
            for (const AspectExample* example : of) targets.push_back(example->domain == domain ? 1 : -1);
            lines.push_back(separate(plain, targets, table, descent_of(how, 0.3, 0, plain.size())));
        }
        taught.domain_ = Heads(aspect_bits, domains, lines);
    }
    return taught;
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
    CategoryFeatures(tokens, "", "", {}).sentence(row);
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
    found.clear();
    if (!categories_.empty()) categories_.find(tokens, lang, domain_of(tokens, lang, domain), found);
}

std::string Aspects::write() const {
    std::string bytes = std::string(first_line) + version_ + "\n" + std::to_string(polarity_.size() > 0) + " " + std::to_string(domain_.size() > 0) + " " + std::to_string(!categories_.empty()) + " " + std::to_string(parts_.size()) + "\n";
    for (const std::string& part : parts_) bytes += part + "\n";
    for (const Heads* heads : {&polarity_, &domain_})
        if (heads->size() > 0) heads->write(bytes);
    if (!categories_.empty()) categories_.write(bytes);
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
    if (bytes.starts_with("verbatim aspects 1\n")) return bad("it was made by an older `verbatim train aspects`: train it again");
    if (!bytes.starts_with(first_line)) return bad("this is no model of `verbatim train aspects`");
    bytes.remove_prefix(first_line.size());
    read.version_ = line();
    std::istringstream sizes(line());
    int polarity = 0, domain = 0, categories = 0;
    std::size_t known = 0;
    if (!(sizes >> polarity >> domain >> categories >> known) || cut || known > 5000) return bad("its head is not understood");
    for (std::size_t i = 0; i < known && !cut; ++i) read.parts_.insert(line());
    if (cut) return bad("what it was learned of is cut");
    const std::pair<int, Heads*> kinds[] = {{polarity, &read.polarity_}, {domain, &read.domain_}};
    for (const auto& [there, into] : kinds) {
        if (there != 1) continue;
        auto heads = Heads::read(bytes);
        if (!heads.ok()) return heads.error();
        *into = std::move(*heads);
    }
    if (categories == 1) {
        auto found = Categories::read(bytes);
        if (!found.ok()) return found.error();
        read.categories_ = std::move(*found);
    }
    if (!bytes.empty()) return bad("something follows its end");
    if (polarity == 1 && read.polarity_.size() != 3) return bad("its polarity has not three sides");
    return read;
}

}  // namespace verbatim::understand
