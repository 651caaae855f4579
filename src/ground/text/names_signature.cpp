// Who signs a review names himself: "Cordialement, M. Dupont". That he may publish.
#include "ground/text/names.h"

#include <algorithm>

namespace verbatim::text {
namespace {

constexpr std::size_t longest_signature = 60;  // characters from the name to the end of the text
constexpr std::size_t shortest_review = 30;    // before a signature without a closing formula

class Signature {
public:
    Signature(const Lexicon& lexicon, const Folded& text, std::uint16_t language) : lexicon_(lexicon), text_(text), language_(language) {}

    enum class Place { elsewhere, behind_closing, behind_sentence };

    Place of(const Mark& mark) const {
        const std::string& chars = text_.chars;
        if (text_.size() - mark.end > longest_signature) return Place::elsewhere;
        std::size_t words = 0;
        for (std::size_t i = mark.end; i < text_.size(); ++i) {
            // A full stop ends the signature, what comes then is a text again; a number is the contract's or the postcode.
            if (is_letter(chars[i]) && starts_word(text_, i)) ++words;
        }
        std::size_t at = titles_before(mark.start);
        const std::size_t begin = at;
        bool broken = false, blank = false;
        while (at > 0 && !is_word(chars[at - 1])) {
            const char c = chars[at - 1];
            broken = broken || c == '.' || c == '!' || c == '?' || c == '\n' || c == other_sign;
            blank = blank || (c == ' ' && at >= 2 && chars[at - 2] == ' ');
            --at;
        }
        if (at == 0) return Place::elsewhere;
        if (words <= 3 && says_before(at, Kind::closing)) return Place::behind_closing;
        if (words > 1 || !(broken || blank)) return Place::elsewhere;
        if (says_before(at, Kind::thanks)) return Place::behind_closing;
        return words == 0 && begin >= shortest_review ? Place::behind_sentence : Place::elsewhere;
    }

private:
    // Before "Monsieur et Madame", "M." and first names that the finding left out.
    std::size_t titles_before(std::size_t start) const {
        const std::string& chars = text_.chars;
        std::size_t at = start;
        for (int words = 0; words < 4; ++words) {
            std::size_t end = at;
            while (end > 0 && (chars[end - 1] == ' ' || (chars[end - 1] == '.' && words < 3))) --end;
            std::size_t begin = end;
            while (begin > 0 && is_letter(chars[begin - 1])) --begin;
            if (begin == end || !title(std::string_view(chars).substr(begin, end - begin))) return at;
            at = begin;
        }
        return at;
    }
    static bool title(std::string_view word) {
        constexpr std::string_view titles[] = {"m", "mr", "mrs", "ms", "mme", "mmes", "mlle", "monsieur", "madame", "mademoiselle", "messieurs", "et", "dr", "docteur", "miss", "mister", "herr", "frau", "familie",
                                               "family", "famille", "sr", "sra", "senor", "senora", "don", "dona", "sig", "signor", "signora", "senhor", "senhora", "dhr", "mevr", "meneer", "mevrouw", "pan", "pani", "signe"};
        return std::find(std::begin(titles), std::end(titles), word) != std::end(titles);
    }
    // Do the one to four words before `end` make such a formula?
    bool says_before(std::size_t end, Kind kind) const {
        constexpr std::size_t most = 48;
        const std::string& chars = text_.chars;
        char words[most];
        std::size_t begin = most;
        for (int count = 0; count < 4 && end > 0; ++count) {
            if (begin < most) words[--begin] = ' ';
            while (end > 0 && (chars[end - 1] == ' ' || chars[end - 1] == '\'' || chars[end - 1] == '-' || chars[end - 1] == '\n')) --end;
            const std::size_t last = begin;
            while (end > 0 && is_letter(chars[end - 1]) && begin > 1) words[--begin] = chars[--end];
            if (begin == last || begin <= 1) return false;
            if (lexicon_.is(std::string_view(words + begin, most - begin), kind, language_)) return true;
        }
        return false;
    }

    const Lexicon& lexicon_;
    const Folded& text_;
    std::uint16_t language_;
};

}  // namespace

void drop_signature(const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks) {
    const auto is_name = [](const Mark& mark) { return mark.reason == "name" && mark.rule != "name.staff"; };
    if (std::none_of(marks.begin(), marks.end(), is_name)) return;
    const bool abusive = std::any_of(marks.begin(), marks.end(), [](const Mark& mark) { return mark.reason != "name" && mark.reason != "personal_data" && mark.reason != "link"; });
    const Signature signature(lexicon, text, language);
    // What the staff list knows of this place is a finding whatever stands before it.
    const auto staff = [&](const Mark& mark) {
        return std::any_of(marks.begin(), marks.end(), [&](const Mark& other) { return other.rule == "name.staff" && other.start < mark.end && mark.start < other.end; });
    };
    std::vector<std::pair<std::size_t, std::size_t>> passed;
    for (const Mark& mark : marks) {
        if (!is_name(mark) || staff(mark)) continue;
        const Signature::Place place = signature.of(mark);
        if (place == Signature::Place::behind_closing || (place == Signature::Place::behind_sentence && !abusive)) passed.emplace_back(mark.start, mark.end);
    }
    if (passed.empty()) return;
    marks.erase(std::remove_if(marks.begin(), marks.end(), [&](const Mark& mark) {
        return is_name(mark) && std::any_of(passed.begin(), passed.end(), [&](const auto& one) { return mark.start < one.second && one.first < mark.end; });
    }), marks.end());
}

}  // namespace verbatim::text
