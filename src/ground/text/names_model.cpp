#include "ground/text/names_model.h"

#include <cmath>
#include <cstring>
#include <stdexcept>

extern "C" const char verbatim_names_model[], verbatim_names_model_end[];

namespace verbatim::text {
namespace {

// The mark, one float a kind (what its weights are multiplied with), one float a kind (its bias), then a signed byte for each
// bucket and kind.
struct Model {
    std::array<float, looks_count> scale{}, bias{};
    const signed char* weights = nullptr;
};

const Model& shipped_model() {
    static const Model model = [] {
        Model read;
        const auto size = static_cast<std::size_t>(verbatim_names_model_end - verbatim_names_model);
        const std::size_t head = names_model_mark.size();
        if (size != head + sizeof read.scale + sizeof read.bias + names_model_buckets * looks_count || std::string_view(verbatim_names_model, head) != names_model_mark) {
            throw std::runtime_error("the model of names built into the program is damaged: build the program again");
        }
        std::memcpy(read.scale.data(), verbatim_names_model + head, sizeof read.scale);
        std::memcpy(read.bias.data(), verbatim_names_model + head + sizeof read.scale, sizeof read.bias);
        read.weights = reinterpret_cast<const signed char*>(verbatim_names_model + head + sizeof read.scale + sizeof read.bias);
        return read;
    }();
    return model;
}

}  // namespace

Likelihoods looks_of(std::string_view folded_word) {
    const Model& model = shipped_model();
    std::array<int, looks_count> sums{};
    for_letter_groups(folded_word, [&](std::uint32_t bucket) {
        const signed char* weights = model.weights + bucket * looks_count;
        for (std::size_t i = 0; i < looks_count; ++i) sums[i] += weights[i];
    });
    Likelihoods likely{};
    float most = -1e30f, sum = 0;
    for (std::size_t i = 0; i < looks_count; ++i) {
        likely[i] = static_cast<float>(sums[i]) * model.scale[i] + model.bias[i];
        most = std::max(most, likely[i]);
    }
    for (float& value : likely) sum += value = std::exp(value - most);
    for (float& value : likely) value /= sum;
    return likely;
}

}  // namespace verbatim::text
