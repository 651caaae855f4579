#include "ground/understand/model.h"

#include <bit>
#include <charconv>
#include <cmath>

namespace verbatim::understand {
namespace {

constexpr std::string_view first_line = "verbatim understanding 1";
constexpr std::size_t longest_head = 16 * 1024;
constexpr std::size_t known_words = 4096;

Error bad(const std::string& why) { return {ErrorKind::invalid, "bad_model", why, ""}; }

std::string shortest(float value) {
    char text[48];
    std::snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
    return text;
}

std::vector<float> numbers_in(std::string_view text) {
    std::vector<float> all;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        float value = 0;
        const auto read = std::from_chars(at, end, value);
        if (read.ec != std::errc() || !std::isfinite(value)) return {};
        all.push_back(value);
        at = read.ptr;
        while (at < end && *at == ' ') ++at;
    }
    return all;
}

std::string name_in(const std::map<std::string, std::string>& notes, const std::string& name) {
    const auto found = notes.find(name);
    return found == notes.end() ? std::string() : found->second;
}

}  // namespace

Result<LinearModel> LinearModel::open(std::string bytes, std::string_view task) {
    LinearModel model;
    model.owned_ = std::make_shared<const std::string>(std::move(bytes));
    auto read = model.read(*model.owned_, task);
    if (!read.ok()) return read.error();
    return model;
}

Result<LinearModel> LinearModel::open_lasting(std::string_view bytes, std::string_view task) {
    LinearModel model;
    auto read = model.read(bytes, task);
    if (!read.ok()) return read.error();
    return model;
}

Result<void> LinearModel::read(std::string_view bytes, std::string_view task) {
    const auto gap = bytes.substr(0, longest_head).find("\n\n");
    if (gap == std::string_view::npos || !bytes.starts_with(first_line)) return bad("this is no model of `verbatim train`");
    std::string_view head = bytes.substr(0, gap);
    head.remove_prefix(std::min(head.size(), first_line.size() + 1));
    while (!head.empty()) {
        const auto end = std::min(head.find('\n'), head.size());
        const auto line = head.substr(0, end);
        const auto equals = line.find(" = ");
        if (equals == std::string_view::npos) return bad("a line of its head is not \"name = value\"");
        notes_[std::string(line.substr(0, equals))] = std::string(line.substr(equals + 3));
        head.remove_prefix(std::min(head.size(), end + 1));
    }
    if (name_in(notes_, "task") != task) return bad("this model is for \"" + name_in(notes_, "task") + "\", not for \"" + std::string(task) + "\"");
    version_ = name_in(notes_, "version");
    const auto shape = numbers_in(name_in(notes_, "shape"));  // bits words-in-a-row shortest longest
    if (shape.size() != 4 || shape[0] < 8 || shape[0] > static_cast<float>(most_bits) || shape[2] < 1 || shape[3] < 0 || shape[3] > 8) return bad("its shape is not understood");
    shape_ = {static_cast<unsigned>(shape[0]), shape[1] >= 2, shape[1] >= 3, static_cast<unsigned>(shape[2]), static_cast<unsigned>(shape[3])};
    std::string_view names = notes_["heads"];
    const auto biases = numbers_in(name_in(notes_, "biases")), scales_read = numbers_in(name_in(notes_, "scales"));
    while (!names.empty()) {
        const auto end = std::min(names.find(' '), names.size());
        heads_.push_back({std::string(names.substr(0, end)), 0, 1});
        names.remove_prefix(std::min(names.size(), end + 1));
    }
    if (heads_.empty() || heads_.size() > most_heads || biases.size() != heads_.size() || scales_read.size() != heads_.size()) return bad("its heads are not understood");
    for (std::size_t h = 0; h < heads_.size(); ++h) {
        heads_[h].bias = biases[h];
        heads_[h].scale = scales_read[h];
    }
    stride_ = std::bit_ceil(heads_.size());
    const auto weights = bytes.substr(gap + 2);
    if (weights.size() != stride_ << shape_.bits) return bad("it is cut or too long");
    weights_ = reinterpret_cast<const std::int8_t*>(weights.data());
    static std::atomic<std::uint64_t> opened{0};
    number_ = ++opened;
    return {};
}

std::string LinearModel::write(std::string_view task, std::string_view version, const Shape& shape, const std::vector<std::pair<std::string, Line>>& heads, const std::map<std::string, std::string>& more) {
    const std::size_t table = std::size_t{1} << shape.bits, stride = std::bit_ceil(heads.size());
    std::string weights(table * stride, '\0'), names, biases, scales_text;
    for (std::size_t h = 0; h < heads.size(); ++h) {
        const Line& line = heads[h].second;
        // By the heaviest: to cut the heaviest off so that the light ones keep finer differences was tried, and errs more.
        float most = 1e-12f;
        for (const float weight : line.weights) most = std::max(most, std::fabs(weight));
        const float scale = most / 127;
        for (std::size_t place = 0; place < table; ++place)
            weights[place * stride + h] = static_cast<char>(static_cast<std::int8_t>(std::clamp(std::lround(line.weights[place] / scale), -127l, 127l)));
        const std::string gap = h == 0 ? "" : " ";
        names += gap + heads[h].first;
        biases += gap + shortest(line.bias);
        scales_text += gap + shortest(scale);
    }
    std::string head = std::string(first_line) + "\ntask = " + std::string(task) + "\nversion = " + std::string(version) + "\nshape = " + std::to_string(shape.bits) + (shape.triples ? " 3 " : shape.pairs ? " 2 " : " 1 ") +
                       std::to_string(shape.shortest) + " " + std::to_string(shape.longest) + "\nheads = " + names + "\nbiases = " + biases + "\nscales = " + scales_text + "\n";
    for (const auto& [name, value] : more) head += name + " = " + value + "\n";
    return head + "\n" + weights;
}

std::string LinearModel::note(const std::string& name) const { return name_in(notes_, name); }
std::vector<float> LinearModel::numbers(const std::string& name) const { return numbers_in(name_in(notes_, name)); }

std::size_t LinearModel::score(const Tokens& tokens, std::size_t begin, std::size_t end, Scratch& scratch, std::array<float, most_heads>& scores) const {
    const std::uint32_t mask = (1u << shape_.bits) - 1;
    std::array<std::int32_t, most_heads> sums{};
    std::size_t count = 0;
    const auto add = [&](std::array<std::int32_t, most_heads>& into, std::uint32_t hash) {
        const std::int8_t* weights = weights_ + static_cast<std::size_t>(hash & mask) * stride_;
        for (std::size_t h = 0; h < stride_; ++h) into[h] += weights[h];
    };
    auto& known = scratch.known_[number_];
    if (known.empty()) known.resize(known_words);
    each_feature(
        tokens, begin, end, shape_, scratch.distinct,
        [&](const Token& token) {
            Scratch::Known& word = known[token.hash & (known_words - 1)];
            if (word.hash != token.hash || word.letters != token.size) {
                word = {token.hash, static_cast<std::uint16_t>(token.size), 0, {}};
                each_piece(tokens.letters.data() + token.from, token.size, shape_, [&](std::uint32_t hash) {
                    add(word.sums, hash);
                    ++word.pieces;
                });
            }
            for (std::size_t h = 0; h < stride_; ++h) sums[h] += word.sums[h];
            count += word.pieces;
        },
        [&](std::uint32_t hash) {
            add(sums, hash);
            ++count;
        });
    const float length = length_of(count);
    for (std::size_t h = 0; h < heads_.size(); ++h) scores[h] = heads_[h].bias + heads_[h].scale * static_cast<float>(sums[h]) / length;
    return count;
}

}  // namespace verbatim::understand
