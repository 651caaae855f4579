#include "ground/understand/understanding.h"

#include <cmath>
#include <fstream>
#include <sstream>

extern "C" {
extern const char verbatim_language_model[], verbatim_language_model_end[], verbatim_polarity_model[], verbatim_polarity_model_end[], verbatim_stars_model[], verbatim_stars_model_end[],
    verbatim_machine_model[], verbatim_machine_model_end[];
}

namespace verbatim::understand {
namespace {

constexpr double sure = 0.75;           // of a guess at the language, against a form's word
constexpr double surely_other = 0.6;    // polarity that contradicts a rating

struct Reader {
    Tokens tokens;
    Scratch scratch;
};
Reader& reader() {
    thread_local Reader one;
    return one;
}

// "ok", "top": so few letters of an alphabet tell no language surely, however they are weighed.
bool in_many_languages(const Tokens& tokens) {
    constexpr std::size_t few = 3;
    std::size_t letters = 0;
    for (const Token& token : tokens.all) {
        if (token.kind != TokenKind::word) continue;
        if (tokens.letters[token.from] >= 0x250) return false;  // no Latin letter: a script says more
        letters += token.size;
    }
    return letters <= few;
}

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

template <class T>
T opened(Result<T> result) {
    if (!result.ok()) throw std::logic_error("a shipped model cannot be opened: " + result.error().message);
    return std::move(result).value();
}

std::optional<std::string> file_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

}  // namespace

const Understanding& Understanding::shipped() {
    static const Understanding once = [] {
        Understanding all;
        all.languages_ = opened(Languages::open(between(verbatim_language_model, verbatim_language_model_end)));
        all.polarity_ = opened(Sides::open(opened(LinearModel::open_lasting(between(verbatim_polarity_model, verbatim_polarity_model_end), "polarity"))));
        all.stars_ = opened(Stars::open(opened(LinearModel::open_lasting(between(verbatim_stars_model, verbatim_stars_model_end), "stars"))));
        all.machine_ = opened(Sides::open(opened(LinearModel::open_lasting(between(verbatim_machine_model, verbatim_machine_model_end), "machine"))));
        return all;
    }();
    return once;
}

Result<Understanding> Understanding::load(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto name : file_names) {
        if (auto bytes = file_of(folder / (std::string(name) + ".model"))) files.emplace(name, std::move(*bytes));
    }
    if (files.empty()) return Error{ErrorKind::not_found, "no_models", folder.string() + " holds no model: `verbatim train` makes language.model, polarity.model, stars.model, machine.model, deceptive.model", ""};
    auto read = of_files(std::move(files));
    if (read.ok()) return read;
    auto fault = read.error();
    fault.message = (folder / fault.message).string();
    return fault;
}

Result<Understanding> Understanding::of_files(std::map<std::string, std::string> files) {
    Understanding all = shipped();
    bool genuineness = false;
    Error fault;
    const auto take = [&](const char* name, auto&& use) {
        const auto found = files.find(name);
        if (found == files.end() || !fault.code.empty()) return;
        if (const auto error = use(std::move(found->second))) {
            fault = *error;
            fault.message = std::string(name) + ".model: " + fault.message;
        }
    };
    const auto sides = [](const char* task, std::optional<Sides>& into) {
        return [task, &into](std::string bytes) -> std::optional<Error> {
            auto model = LinearModel::open(std::move(bytes), task);
            if (!model.ok()) return model.error();
            auto read = Sides::open(std::move(*model));
            if (!read.ok()) return read.error();
            into = std::move(*read);
            return std::nullopt;
        };
    };
    take("language", [&](std::string bytes) -> std::optional<Error> {
        auto read = Languages::open_owned(std::move(bytes));
        if (!read.ok()) return read.error();
        all.languages_ = std::move(*read);
        return std::nullopt;
    });
    take("polarity", sides("polarity", all.polarity_));
    take("stars", [&](std::string bytes) -> std::optional<Error> {
        auto model = LinearModel::open(std::move(bytes), "stars");
        if (!model.ok()) return model.error();
        auto read = Stars::open(std::move(*model));
        if (!read.ok()) return read.error();
        all.stars_ = std::move(*read);
        return std::nullopt;
    });
    std::optional<Sides> machine, deceptive;
    take("machine", sides("machine", machine));
    take("deceptive", sides("deceptive", deceptive));
    genuineness = machine || deceptive;
    if (genuineness) {
        all.machine_ = std::move(machine);
        all.deceptive_ = std::move(deceptive);
    }
    if (!fault.code.empty()) return fault;
    return all;
}

Reading Understanding::read(std::string_view text, std::string_view lang_hint, std::optional<int> rating) const {
    Reading reading;
    Tokens& tokens = reader().tokens;
    Scratch& scratch = reader().scratch;
    const Guess guess = languages_->guess(text);
    const std::string_view hint = lang_hint.substr(0, lang_hint.find_first_of("-_"));
    reading.lang = guess.lang;
    reading.lang_confidence = guess.confidence;
    tokenize(text, tokens);
    if (!hint.empty() && (guess.lang.empty() || guess.confidence < sure || in_many_languages(tokens))) reading.lang = std::string(hint);
    if (std::none_of(tokens.all.begin(), tokens.all.end(), [](const Token& token) { return token.kind == TokenKind::word || token.kind == TokenKind::sign; })) return reading;
    reading.polarity = polarity_->of_whole(tokens, scratch);
    reading.stars = Stars::median(stars_->shares(tokens, scratch));
    if (rating) reading.contradiction = (*rating >= 4 && reading.polarity < -surely_other) || (*rating <= 2 && reading.polarity > surely_other);
    themes_->find(tokens, reading.lang, *polarity_, scratch, reading.themes);
    return reading;
}

Genuineness Understanding::judge(std::string_view text) const {
    Genuineness found;
    Tokens& tokens = reader().tokens;
    Scratch& scratch = reader().scratch;
    tokenize(text, tokens);
    if (tokens.all.empty()) return found;
    double genuine = 1;
    const auto ask = [&](const std::optional<Sides>& sides, const char* name, const char* how) {
        if (!sides) return;
        const double likely = (sides->of(tokens, scratch) + 1) / 2;
        genuine *= 1 - likely;
        if (likely >= 0.5) found.signals.push_back({name, likely, "the words and their order are " + percent(likely) + " like " + how});
    };
    ask(machine_, "machine_written", "those of texts written by a machine");
    ask(deceptive_, "not_there", "those of people who were paid to write of what they had not lived");
    found.score = 1 - genuine;
    return found;
}

std::string Understanding::version() const {
    std::string all = "language " + languages_->version() + ", polarity " + polarity_->model().version() + ", stars " + stars_->model().version() + ", themes " + themes_->version();
    if (machine_) all += ", machine " + machine_->model().version();
    if (deceptive_) all += ", deceptive " + deceptive_->model().version();
    return all;
}

}  // namespace verbatim::understand
