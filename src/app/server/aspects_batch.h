// The part of `verbatim analyse` that answers for given targets ("aspects" of a line), and that reads categories as learned by
// `verbatim train aspects`.
#pragma once

#include "ground/understand/aspects.h"
#include "ground/understand/understanding.h"

#include <optional>
#include <string>

namespace verbatim::server {

class AspectsBatch {
public:
    // The folder of `--models`; without an aspects.model in it the polarity's model is asked for the clause of each target.
    // Throws where the file is no model.
    AspectsBatch(const std::string& folder, const understand::Understanding& understanding);

    bool learned() const { return aspects_.has_value(); }
    // Appends `,"aspects":[…]`.
    void answer(const understand::AspectExample& asked, const std::string& lang, std::string& row) const;
    // What the learned categories find, in the place of themes: the whole of a short text, sentence by sentence of a longer one.
    std::vector<understand::ThemeSpan> themes(std::string_view text, const std::string& lang, const std::string& domain) const;
    static bool holds_model(const std::string& folder);

private:
    std::string unlearned(const understand::Tokens& tokens, const understand::Target& target, double& degree) const;
    const understand::Understanding& understanding_;
    std::optional<understand::Aspects> aspects_;
};

}  // namespace verbatim::server
