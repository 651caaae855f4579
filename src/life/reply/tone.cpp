#include "life/reply/tone.h"

#include <algorithm>
#include <set>

#include "ground/formats/utf8.h"
#include "ground/text/folded.h"
#include "record/reviews/search.h"

namespace verbatim::reply {
namespace {

using reviews::Token;

struct Phrase {
    std::string_view lang, words;  // folded; a word that ends in '*' is the beginning of one
};

// Sentences that lay it at the customer's door. Each is what one hears in the trade, not a list of anybody's.
constexpr Phrase blame[] = {
    {"fr", "vous auriez du"}, {"fr", "vous n auriez pas du"}, {"fr", "votre faute"}, {"fr", "il fallait"}, {"fr", "vous n avez pas"}, {"fr", "vous avez oublie"},
    {"fr", "vous deviez"}, {"fr", "aviez qu a"},
    {"en", "you should have"}, {"en", "your fault"}, {"en", "you failed to"}, {"en", "you forgot"}, {"en", "you did not"}, {"en", "you didn t"}, {"en", "had you"},
    {"de", "ihre schuld"}, {"de", "selbst schuld"}, {"de", "sie hatten uns"}, {"de", "sie hatten sich"}, {"de", "sie haben vergessen"}, {"de", "sie haben versaumt"},
    {"de", "sie haben nicht"}, {"de", "wie vereinbart hatten sie"},
    {"es", "deberia haber"}, {"es", "debio haber"}, {"es", "tendria que haber"}, {"es", "culpa suya"}, {"es", "su culpa"}, {"es", "usted no"}, {"es", "se le olvido"},
    {"it", "avrebbe dovuto"}, {"it", "colpa sua"}, {"it", "sua colpa"}, {"it", "lei non ha"}, {"it", "ha dimenticato"}, {"it", "bastava"},
    {"pt", "deveria ter"}, {"pt", "devia ter"}, {"pt", "culpa sua"}, {"pt", "sua culpa"}, {"pt", "esqueceu se"}, {"pt", "nao cumpriu"},
    {"nl", "u had moeten"}, {"nl", "uw schuld"}, {"nl", "eigen schuld"}, {"nl", "u bent vergeten"}, {"nl", "u heeft niet"}, {"nl", "u hebt niet"},
    {"pl", "powinien pan"}, {"pl", "powinna pani"}, {"pl", "panstwa wina"}, {"pl", "pana wina"}, {"pl", "pani wina"}, {"pl", "trzeba bylo"}, {"pl", "zapomnial pan"},
    {"pl", "zapomniala pani"},
};

// A promise of money in public is one to everybody who reads it; it belongs on the telephone.
constexpr Phrase money[] = {
    {"fr", "rembours*"}, {"fr", "geste commercial"}, {"fr", "bon d achat"}, {"fr", "gratuit*"}, {"fr", "offert*"}, {"fr", "remise"}, {"fr", "dedommag*"}, {"fr", "a nos frais"},
    {"en", "refund*"}, {"en", "voucher*"}, {"en", "free of charge"}, {"en", "compensat*"}, {"en", "discount*"}, {"en", "goodwill"}, {"en", "at our expense"},
    {"de", "erstatt*"}, {"de", "gutschein*"}, {"de", "gutschrift*"}, {"de", "kostenlos*"}, {"de", "kostenfrei*"}, {"de", "rabatt*"}, {"de", "entschadig*"}, {"de", "auf unsere kosten"},
    {"es", "reembols*"}, {"es", "gratis"}, {"es", "gratuit*"}, {"es", "descuento*"}, {"es", "compensac*"}, {"es", "indemniz*"}, {"es", "a nuestro cargo"},
    {"it", "rimbors*"}, {"it", "gratis"}, {"it", "gratuit*"}, {"it", "sconto"}, {"it", "buono"}, {"it", "risarc*"}, {"it", "a nostre spese"},
    {"pt", "reembols*"}, {"pt", "gratis"}, {"pt", "gratuit*"}, {"pt", "desconto*"}, {"pt", "indemniz*"}, {"pt", "compensac*"}, {"pt", "por nossa conta"},
    {"nl", "terugbetal*"}, {"nl", "vergoed*"}, {"nl", "tegoedbon*"}, {"nl", "gratis"}, {"nl", "kosteloos"}, {"nl", "korting*"}, {"nl", "op onze kosten"},
    {"pl", "zwrot kosztow"}, {"pl", "zwrocimy"}, {"pl", "rabat*"}, {"pl", "gratis"}, {"pl", "bezplatn*"}, {"pl", "odszkodowan*"}, {"pl", "na nasz koszt"},
};

std::string slice(std::string_view body, std::size_t start, std::size_t end) {
    const auto from = truncate_code_points(body, start).size();
    return truncate_code_points(body.substr(from), end - start);
}

bool fits(std::string_view word, std::string_view token) {
    return word.ends_with('*') ? token.starts_with(word.substr(0, word.size() - 1)) : token == word;
}

// Where the phrase begins at token i, how many tokens it takes; 0: not here.
std::size_t length_at(const std::vector<Token>& tokens, std::size_t i, std::string_view phrase) {
    std::size_t count = 0;
    while (!phrase.empty()) {
        const auto word = phrase.substr(0, phrase.find(' '));
        phrase.remove_prefix(std::min(phrase.size(), word.size() + 1));
        if (i + count >= tokens.size() || !fits(word, tokens[i + count].text)) return 0;
        ++count;
    }
    return count;
}

template <std::size_t N>
void look_for(std::vector<Advice>& out, std::string_view body, std::string_view lang, const std::vector<Token>& tokens, const Phrase (&phrases)[N], const char* rule) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::size_t longest = 0;
        for (const auto& phrase : phrases) {
            if (phrase.lang == lang) longest = std::max(longest, length_at(tokens, i, phrase.words));
        }
        if (longest == 0) continue;
        const auto start = tokens[i].start, end = tokens[i + longest - 1].end;
        out.push_back({rule, false, start, end, slice(body, start, end)});
        i += longest - 1;
    }
}

// "150 €", "€150", "EUR 150".
void look_for_sums(std::vector<Advice>& out, std::string_view body, const std::vector<Token>& tokens) {
    const auto number = [](const Token& token) { return !token.text.empty() && token.text.find_first_not_of("0123456789") == std::string::npos; };
    const auto currency = [](std::string_view text) { return text == "eur" || text == "euro" || text == "euros" || text == "chf" || text == "gbp" || text == "pln" || text == "zl"; };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!number(tokens[i])) continue;
        const auto around = slice(body, tokens[i].start > 2 ? tokens[i].start - 2 : 0, tokens[i].end + 2);
        const bool sign = around.find("€") != std::string::npos || around.find("£") != std::string::npos || around.find('$') != std::string::npos;
        const bool word = (i > 0 && currency(tokens[i - 1].text)) || (i + 1 < tokens.size() && currency(tokens[i + 1].text));
        if (sign || word) out.push_back({"money", false, tokens[i].start, tokens[i].end, slice(body, tokens[i].start, tokens[i].end)});
    }
}

void look_for_shouting(std::vector<Advice>& out, std::string_view body, const std::vector<Token>& tokens) {
    text::Folded folded;
    text::fold(body, folded);
    std::vector<bool> loud;
    std::size_t at = 0, points = 0;
    // Folded characters and code points walk on together: the offsets are bytes.
    const auto all_capitals = [&](const Token& token) {
        std::size_t letters = 0, capitals = 0;
        const auto from = truncate_code_points(body, token.start).size(), to = truncate_code_points(body, token.end).size();
        while (at < folded.size() && folded.offset(at) < from) ++at;
        for (points = at; points < folded.size() && folded.offset(points) < to; ++points) {
            if (!text::is_letter(folded.chars[points])) continue;
            ++letters;
            capitals += folded.is_upper(points);
        }
        return letters >= 2 && capitals == letters;
    };
    for (const auto& token : tokens) loud.push_back(all_capitals(token));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::size_t end = i;
        while (end < tokens.size() && loud[end]) ++end;
        const bool long_one = end == i + 1 && tokens[i].end - tokens[i].start >= 8;
        // "ABS", "BMW AG" are names; a run of some length is a raised voice.
        if ((end >= i + 2 && tokens[end - 1].end - tokens[i].start >= 8) || long_one) out.push_back({"shouting", false, tokens[i].start, tokens[end - 1].end, slice(body, tokens[i].start, tokens[end - 1].end)});
        if (end > i) i = end - 1;
    }
    std::size_t place = 0, marks = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if ((static_cast<unsigned char>(body[i]) & 0xC0) == 0x80) continue;
        if (body[i] == '!') {
            ++marks;
        } else {
            if (marks >= 2) out.push_back({"shouting", false, place - marks, place, std::string(marks, '!')});
            marks = 0;
        }
        ++place;
    }
    if (marks >= 2) out.push_back({"shouting", false, place - marks, place, std::string(marks, '!')});
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (auto& token : reviews::search_tokens(text)) words.push_back(std::move(token.text));
    return words;
}

std::set<std::string> runs_of(const std::vector<std::string>& words) {
    std::set<std::string> runs;
    for (std::size_t i = 0; i + 2 < words.size(); ++i) runs.insert(words[i] + " " + words[i + 1] + " " + words[i + 2]);
    return runs;
}

// Words of the text that stand in no run of three the other has too: what somebody wrote himself.
std::size_t own_words(std::string_view text, std::string_view other) {
    const auto words = words_of(text);
    const auto runs = runs_of(words_of(other));
    std::vector<bool> covered(words.size(), false);
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
        if (runs.count(words[i] + " " + words[i + 1] + " " + words[i + 2]) != 0) covered[i] = covered[i + 1] = covered[i + 2] = true;
    }
    return static_cast<std::size_t>(std::count(covered.begin(), covered.end(), false));
}

}  // namespace

double shared_runs(std::string_view text, std::string_view other) {
    const auto mine = runs_of(words_of(text)), theirs = runs_of(words_of(other));
    if (mine.empty()) return 0;
    const auto both = std::count_if(mine.begin(), mine.end(), [&](const std::string& run) { return theirs.count(run) != 0; });
    return static_cast<double>(both) / static_cast<double>(mine.size());
}

std::vector<Advice> tone_of(std::string_view body, std::string_view lang, const std::vector<std::string>& templates, const std::vector<std::string>& last) {
    constexpr std::size_t short_words = 6, own_least = 6;
    constexpr double copied = 0.6, same = 0.7;
    std::vector<Advice> out;
    const auto tokens = reviews::search_tokens(body);
    const auto language = lang.substr(0, lang.find('-'));
    look_for_shouting(out, body, tokens);
    look_for(out, body, language, tokens, blame, "blame");
    look_for(out, body, language, tokens, money, "money");
    look_for_sums(out, body, tokens);
    // "{personal}" and its like: somebody has still to write there.
    bool open = false;
    for (std::size_t from = body.find('{'); from != std::string_view::npos; from = body.find('{', from + 1)) {
        const auto to = body.find('}', from);
        if (to == std::string_view::npos || to - from > 40) continue;
        const auto start = code_points(body.substr(0, from)), end = code_points(body.substr(0, to + 1));
        const auto word = body.substr(from, to + 1 - from);
        open = open || word == "{personal}";
        out.push_back({word == "{personal}" ? "personal_missing" : "placeholder", false, start, end, std::string(word)});
    }
    for (const auto& one : templates) {
        // So much of it stands in the template, and so little does not.
        if (open || shared_runs(body, one) < copied || own_words(body, one) >= own_least + 4) continue;
        out.push_back({"copied", false, 0, 0, {}});
        break;
    }
    for (const auto& one : last) {
        if (shared_runs(body, one) < same) continue;
        out.push_back({"same_again", false, 0, 0, {}});
        break;
    }
    if (tokens.size() < short_words) out.push_back({"short", false, 0, 0, {}});
    std::stable_sort(out.begin(), out.end(), [](const Advice& a, const Advice& b) { return a.start < b.start; });
    return out;
}

}  // namespace verbatim::reply
