// Model files are somebody's: whatever their bytes are, they are refused or read within their bounds.
#include "ground/understand/language.h"
#include "ground/understand/opinion.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::understand;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    if (auto languages = Languages::open_owned(bytes); languages.ok()) (void)languages->guess("Où est la gare ? Wo ist der Bahnhof?");
    for (const char* task : {"polarity", "stars"}) {
        auto model = LinearModel::open(bytes, task);
        if (!model.ok()) continue;
        Tokens tokens;
        Scratch scratch;
        tokenize("Très bien, merci ! Never again ... 12 km", tokens);
        std::array<float, LinearModel::most_heads> scores{};
        (void)model->score(tokens, scratch, scores);
        if (auto stars = Stars::open(*model); stars.ok()) (void)Stars::median(stars->shares(tokens, scratch));
        if (auto sides = Sides::open(std::move(*model)); sides.ok()) (void)sides->of(tokens, scratch);
    }
    return 0;
}
