#include "ground/text/hate.h"

#include "ground/text/hate_frames.h"
#include "ground/text/hate_text.h"

#include <map>
#include <mutex>
#include <stdexcept>

extern "C" {
extern const char verbatim_hate_words[], verbatim_hate_words_end[];
}

namespace verbatim::text {
namespace {

std::string_view head_value(std::string_view words, std::string_view name) {
    const std::size_t at = words.find("\n" + std::string(name) + " = ");
    if (at == std::string_view::npos) return {};
    const std::size_t from = at + name.size() + 4;
    return words.substr(from, words.find('\n', from) - from);
}

}  // namespace

struct HateRules::Parts {
    struct Language {
        std::string code, version;
        std::string_view source;  // empty when the frames are there from the beginning
        mutable std::once_flag once;
        mutable std::unique_ptr<HateFrames> frames;
    };
    std::map<std::string, Language, std::less<>> languages;
};

HateRules::HateRules(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
HateRules::~HateRules() = default;

const HateRules& HateRules::shipped() {
    static const HateRules rules = [] {
        auto parts = std::make_unique<Parts>();
        // The files lie one behind the other, each ended by a zero byte.
        std::string_view all(verbatim_hate_words, static_cast<std::size_t>(verbatim_hate_words_end - verbatim_hate_words));
        while (!all.empty()) {
            const std::size_t end = std::min(all.find('\0'), all.size());
            const std::string_view words = all.substr(0, end);
            const std::string code(head_value(words, "words"));
            if (code.empty()) throw std::runtime_error("the hate words built into the program are damaged: build the program again");
            Parts::Language& language = parts->languages[code];
            language.code = code;
            language.version = head_value(words, "version");
            language.source = words;
            all.remove_prefix(std::min(end + 1, all.size()));
        }
        return HateRules(std::move(parts));
    }();
    return rules;
}

Result<std::unique_ptr<HateRules>> HateRules::from_words(std::string_view words) {
    auto read = HateWords::parse(words);
    if (!read) return read.error();
    auto parts = std::make_unique<Parts>();
    Parts::Language& language = parts->languages[read->language()];
    language.code = read->language();
    language.version = read->version();
    language.frames = std::make_unique<HateFrames>(std::move(*read));
    return std::unique_ptr<HateRules>(new HateRules(std::move(parts)));
}

void HateRules::find(std::string_view utf8, const Folded& folded, std::string_view language, std::vector<Mark>& marks) const {
    const auto found = parts_->languages.find(language.substr(0, 2));
    if (found == parts_->languages.end()) return;
    const Parts::Language& place = found->second;
    if (!place.source.empty()) {
        std::call_once(place.once, [&] {
            auto read = HateWords::parse(place.source);
            if (!read) throw std::runtime_error("hate words " + place.code + ": " + read.error().message);
            std::optional<HateWords> sounds;
            if (place.code == "ar") sounds = HateWords::parse(place.source, true).value();
            place.frames = std::make_unique<HateFrames>(std::move(*read), std::move(sounds));
        });
    }
    place.frames->find(utf8, folded, marks);
}

std::string HateRules::version() const {
    std::string all;
    for (const auto& [code, language] : parts_->languages) all += (all.empty() ? "" : " ") + code + "-" + language.version;
    return all;
}

std::vector<std::string> HateRules::languages() const {
    std::vector<std::string> codes;
    for (const auto& [code, language] : parts_->languages) codes.push_back(code);
    return codes;
}

}  // namespace verbatim::text
