#include "ground/text/model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

extern "C" {
extern const char verbatim_model[], verbatim_model_end[];
}

namespace verbatim::text {
namespace {

constexpr std::size_t short_message = 320;  // folded chars; what the sets to learn from are made of
constexpr std::size_t fewest_features = 100;  // about eight words; fewer say too little and are the packs' work
constexpr std::string_view magic = "verbatim model 1";

constexpr std::uint32_t mix(std::uint32_t hash, unsigned char c) { return (hash ^ c) * 16777619u; }

// FNV spreads its low bits badly: one more round before the bits are cut.
constexpr std::uint32_t finish(std::uint32_t hash) {
    hash ^= hash >> 16;
    hash *= 0x7feb352du;
    hash ^= hash >> 15;
    hash *= 0x846ca68bu;
    return hash ^ (hash >> 16);
}

bool part_of_word(char c) { return is_word(c) || c == '@' || c == '#'; }

bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?' || c == '\n'; }

Error bad(const std::string& message) { return {ErrorKind::invalid, "bad_model", message, {}}; }

bool number(std::string_view text, float& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(out);
}

}  // namespace

void features_of(const Folded& text, std::size_t from, std::size_t to, std::string_view language, Features& out) {
    out.all.clear();
    std::uint32_t seed = 2166136261u;
    for (const char c : language) seed = mix(seed, static_cast<unsigned char>(c));
    std::uint32_t before = mix(seed, '^');
    for (std::size_t i = from; i < to;) {
        if (!part_of_word(text.chars[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < to && part_of_word(text.chars[end])) ++end;
        const auto at = static_cast<std::uint32_t>(i);
        std::uint32_t word = mix(seed, 'w');
        for (std::size_t k = i; k < end; ++k) word = mix(word, static_cast<unsigned char>(text.chars[k]));
        out.all.push_back({finish(word), at});
        out.all.push_back({finish(mix(before, '_') ^ word * 31), at});
        before = word;
        // Pieces of the word with its two borders.
        const std::size_t size = end - i + 2;
        const auto letter = [&](std::size_t k) { return k == 0 || k + 1 == size ? static_cast<unsigned char>(' ') : static_cast<unsigned char>(text.chars[i + k - 1]); };
        for (std::size_t k = 0; k + 3 <= size; ++k) {
            std::uint32_t piece = mix(seed, 'p');
            for (std::size_t n = 0; n < 5 && k + n < size; ++n) {
                piece = mix(piece, letter(k + n));
                if (n >= 2) out.all.push_back({finish(piece), at});
            }
        }
        i = end;
    }
}

void windows_of(const Folded& text, std::vector<Window>& out) {
    out.clear();
    std::size_t from = 0, last_end = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!ends_sentence(text.chars[i]) && i + 1 != text.size()) continue;
        if (i + 1 - from > short_message && last_end > from) {
            out.push_back({from, last_end});
            from = last_end;
        }
        last_end = i + 1;
    }
    if (from < text.size()) out.push_back({from, text.size()});
}

Result<Model> Model::open(std::string_view bytes) {
    Model model;
    const std::size_t head_end = bytes.find("\n\n");
    if (head_end == std::string_view::npos || head_end > 16'384 || bytes.substr(0, magic.size()) != magic) return bad("not a model file of this program");
    std::string_view head = bytes.substr(magic.size(), head_end - magic.size());
    while (!head.empty()) {
        head.remove_prefix(1);  // the line's end
        const std::size_t end = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end);
        const std::size_t equals = line.find(" = ");
        if (equals == std::string_view::npos) return bad("a head line without \" = \"");
        const std::string_view name = line.substr(0, equals);
        std::string_view value = line.substr(equals + 3);
        float read = 0;
        if (name == "version") {
            model.version_ = std::string(value);
        } else if (name == "bits" && number(value, read) && read >= 8 && read <= most_bits) {
            model.bits_ = static_cast<unsigned>(read);
        } else if (name == "scale" && number(value, read) && read > 0) {
            model.scale_ = read;
        } else if (name == "language" && value.size() > 3 && value[2] == ' ' && model.languages_.size() < 64) {
            Language language;
            language.code = std::string(value.substr(0, 2));
            value.remove_prefix(3);
            for (float* field : {&language.bias, &language.hate_bias, &language.threshold}) {
                const std::size_t space = std::min(value.find(' '), value.size());
                if (!number(value.substr(0, space), *field)) return bad("a language needs three numbers");
                value.remove_prefix(std::min(space + 1, value.size()));
            }
            model.languages_.push_back(language);
        } else {
            return bad("an unknown or wrong head line \"" + std::string(name) + "\"");
        }
    }
    model.weights_ = bytes.substr(head_end + 2);
    if (model.version_.empty() || model.bits_ == 0 || model.scale_ == 0) return bad("version, bits and scale must stand at the head");
    if (model.weights_.size() != std::size_t{2} << model.bits_) return bad("the weights are cut short or too many");
    return model;
}

std::string Model::write(const std::string& version, unsigned bits, float scale, const std::vector<Language>& languages, const std::vector<std::int8_t>& weights) {
    std::string out(magic);
    const auto text = [](float value) {
        char buffer[32];
        const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
        return std::string(buffer, error == std::errc{} ? end : buffer);
    };
    out += "\nversion = " + version + "\nbits = " + std::to_string(bits) + "\nscale = " + text(scale);
    for (const Language& language : languages) out += "\nlanguage = " + language.code + " " + text(language.bias) + " " + text(language.hate_bias) + " " + text(language.threshold);
    out += "\n\n";
    out.append(reinterpret_cast<const char*>(weights.data()), weights.size());
    return out;
}

const Model::Language* Model::language(std::string_view code) const {
    for (const Language& language : languages_) {
        if (language.code == code.substr(0, 2)) return &language;
    }
    return nullptr;
}

Model::Score Model::score(const Features& features, const Language& language) const {
    const std::uint32_t mask = (1u << bits_) - 1;
    const auto* weights = reinterpret_cast<const std::int8_t*>(weights_.data());
    std::int64_t offence = 0, hate = 0;
    for (const Features::One& one : features.all) {
        offence += weights[one.hash & mask];
        hate += weights[(one.hash & mask) + mask + 1];
    }
    const float length = features.all.empty() ? 1.0f : std::sqrt(static_cast<float>(features.all.size()));
    return {language.bias + scale_ * static_cast<float>(offence) / length, language.hate_bias + scale_ * static_cast<float>(hate) / length};
}

void Model::find(const Folded& text, std::string_view code, std::vector<Mark>& marks) const {
    const Language* known = language(code);
    if (known == nullptr) return;
    thread_local std::vector<Window> windows;
    thread_local Features features;
    windows_of(text, windows);
    const std::uint32_t mask = (1u << bits_) - 1;
    const auto* weights = reinterpret_cast<const std::int8_t*>(weights_.data());
    for (const Window& window : windows) {
        features_of(text, window.from, window.to, known->code, features);
        if (features.all.size() < fewest_features) continue;
        const Score said = score(features, *known);
        if (said.offence <= known->threshold) continue;
        // The sentence with most of the weight.
        std::size_t best_from = window.from, best_to = window.to, from = window.from, next = 0;
        std::int64_t best = -1;
        for (std::size_t i = window.from; i < window.to; ++i) {
            if (!ends_sentence(text.chars[i]) && i + 1 != window.to) continue;
            std::int64_t sum = 0;
            for (; next < features.all.size() && features.all[next].at <= i; ++next) sum += weights[features.all[next].hash & mask];
            if (sum > best) {
                best = sum;
                best_from = from;
                best_to = ends_sentence(text.chars[i]) ? i : i + 1;
            }
            from = i + 1;
        }
        while (best_from < best_to && !part_of_word(text.chars[best_from])) ++best_from;
        while (best_to > best_from && !part_of_word(text.chars[best_to - 1])) --best_to;
        if (best_from == best_to) continue;
        const double confidence = 1 / (1 + std::exp(-static_cast<double>(said.offence)));
        marks.push_back({best_from, best_to, said.hate > 0 ? "hate" : "insult", confidence, "model.moderation.1"});
    }
}

std::string_view shipped_model() { return {verbatim_model, static_cast<std::size_t>(verbatim_model_end - verbatim_model)}; }

}  // namespace verbatim::text
