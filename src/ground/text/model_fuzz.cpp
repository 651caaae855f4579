#include "ground/text/learn.h"
#include "ground/text/model.h"

#include <cstdint>
#include <cstdlib>

// A model file and a labelled line from outside.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::text;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    LabelledText text;
    if (read_labelled(bytes, text).empty() && (text.lang.size() != 2 || text.text.empty())) std::abort();
    const auto model = Model::open(bytes);
    if (!model.ok()) return 0;
    Folded folded;
    fold("One sentence, and another! A third.", folded);
    std::vector<Mark> marks;
    for (const Model::Language& language : model->languages()) model->find(folded, language.code, marks);
    for (const Mark& mark : marks) {
        if (mark.start >= mark.end || mark.end > folded.size()) std::abort();
    }
    return 0;
}
