#include "ground/understand/heads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace verbatim::understand {

Heads::Heads(unsigned bits, std::vector<std::string> names, const std::vector<Line>& lines) : bits_(bits), names_(std::move(names)) {
    const std::size_t table = std::size_t{1} << bits_, heads = lines.size();
    stride_ = padded(heads);
    weights_.resize(table * stride_);
    for (std::size_t h = 0; h < heads; ++h) {
        float most = 1e-9f;
        for (const float weight : lines[h].weights) most = std::max(most, std::fabs(weight));
        const float scale = most / 127;
        for (std::size_t place = 0; place < table; ++place) weights_[place * stride_ + h] = static_cast<std::int8_t>(std::lround(lines[h].weights[place] / scale));
        biases_.push_back(lines[h].bias);
        scales_.push_back(scale);
    }
    biases_.resize(stride_);
    scales_.resize(stride_);
}

void Heads::add(std::span<const std::uint32_t> row, std::int32_t* sums) const {
    constexpr std::size_t at_once = 256;  // 256 * 127 is no more than 16 bits hold
    for (std::size_t from = 0; from < row.size(); from += at_once) {
        const auto part = row.subspan(from, std::min(at_once, row.size() - from));
        for (std::size_t first = 0; first < stride_; first += block) {
            std::int16_t sum[block] = {};
            for (const std::uint32_t place : part) {
                const std::int8_t* weights = weights_.data() + static_cast<std::size_t>(place & mask()) * stride_ + first;
                for (std::size_t h = 0; h < block; ++h) sum[h] = static_cast<std::int16_t>(sum[h] + weights[h]);
            }
            for (std::size_t h = 0; h < block; ++h) sums[first + h] += sum[h];
        }
    }
}

void Heads::score_sums(const std::int32_t* sums, std::size_t places, float* scores) const {
    const float length = length_of(places);
    const float *const biases = biases_.data(), *const scales = scales_.data();  // checked places are not added sixteen at a time
    for (std::size_t first = 0; first < stride_; first += block)
        for (std::size_t h = first; h < first + block; ++h) scores[h] = biases[h] + scales[h] * static_cast<float>(sums[h]) / length;
}

void Heads::score(std::span<const std::uint32_t> row, std::vector<float>& scores) const {
    std::array<std::int32_t, most_heads> sums{};
    add(row, sums.data());
    scores.resize(stride_);
    score_sums(sums.data(), row.size(), scores.data());
    scores.resize(names_.size());
}

void Heads::write(std::string& into) const {
    std::ostringstream head;
    head.precision(9);
    head << "heads " << bits_ << ' ' << names_.size();
    for (std::size_t h = 0; h < names_.size(); ++h) head << '\t' << names_[h] << '\t' << biases_[h] << '\t' << scales_[h];
    into += head.str() + "\n";
    for (std::size_t place = 0; place <= mask(); ++place) into.append(reinterpret_cast<const char*>(weights_.data() + place * stride_), names_.size());
}

Result<Heads> Heads::read(std::string_view& bytes) {
    const auto bad = [](const char* why) { return Error{ErrorKind::invalid, "bad_model", why, ""}; };
    const auto end = bytes.substr(0, 64 * 1024).find('\n');
    if (end == std::string_view::npos || !bytes.starts_with("heads ")) return bad("no heads where they should stand");
    std::istringstream head{std::string(bytes.substr(6, end - 6))};
    bytes.remove_prefix(end + 1);
    Heads read;
    std::size_t heads = 0;
    std::string part;
    if (!(head >> read.bits_ >> heads) || read.bits_ < 8 || read.bits_ > most_bits || heads == 0 || heads > most_heads) return bad("the size of its heads is not understood");
    std::getline(head, part, '\t');
    for (std::size_t h = 0; h < heads; ++h) {
        std::string name, bias, scale;
        if (!std::getline(head, name, '\t') || !std::getline(head, bias, '\t') || !std::getline(head, scale, '\t')) return bad("its heads are cut");
        const float bias_read = std::strtof(bias.c_str(), nullptr), scale_read = std::strtof(scale.c_str(), nullptr);
        if (!std::isfinite(bias_read) || !std::isfinite(scale_read)) return bad("a head's bias is no number");
        read.names_.push_back(name);
        read.biases_.push_back(bias_read);
        read.scales_.push_back(scale_read);
    }
    const std::size_t size = heads << read.bits_;
    if (bytes.size() < size) return bad("its weights are cut");
    read.stride_ = padded(heads);
    read.biases_.resize(read.stride_);
    read.scales_.resize(read.stride_);
    read.weights_.resize(read.stride_ << read.bits_);
    for (std::size_t place = 0; place <= read.mask(); ++place)
        std::copy_n(bytes.data() + place * heads, heads, reinterpret_cast<char*>(read.weights_.data() + place * read.stride_));
    bytes.remove_prefix(size);
    return read;
}

}  // namespace verbatim::understand
