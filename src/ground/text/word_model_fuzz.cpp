#include "ground/text/word_model.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::text;
    // The weights are any bytes; what stands before them is what may be wrong.
    std::string bytes(reinterpret_cast<const char*>(data), size);
    WordModel model;
    if (model.open(bytes)) std::abort();  // no fuzzer input is as long as a model
    bytes.resize(bytes.size() + WordModel::weight_count, 'x');
    if (model.open(bytes) && !(model.score("connard") < 1e9)) std::abort();
    return 0;
}
