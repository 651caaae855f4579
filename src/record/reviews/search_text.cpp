// Words as the search index knows them.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "ground/formats/utf8.h"
#include "record/reviews/search.h"

namespace verbatim::reviews {
namespace {

constexpr std::size_t longest_token = 40;  // bytes
constexpr std::size_t lead = 60;           // code points shown before the first find

// Letters whose stroke or ligature is no accent and does not fall apart by itself.
std::string_view plain(UChar32 c) {
    switch (c) {
        case 0x142: return "l";   // ł
        case 0xF8: return "o";    // ø
        case 0x111: return "d";   // đ
        case 0xDF: return "ss";   // ß
        case 0x153: return "oe";  // œ
        case 0xE6: return "ae";   // æ
        case 0x131: return "i";   // ı
        default: return {};
    }
}

void append_utf8(std::string& out, UChar32 c) {
    char bytes[4];
    int32_t length = 0;
    UBool error = false;
    U8_APPEND(reinterpret_cast<uint8_t*>(bytes), length, 4, c, error);
    if (!error) out.append(bytes, static_cast<std::size_t>(length));
}

void append_folded(std::string& out, UChar32 c, const icu::Normalizer2& decompose) {
    icu::UnicodeString parts;
    const bool apart = decompose.getDecomposition(c, parts);
    const int32_t count = apart ? parts.countChar32() : 1;
    for (int32_t i = 0, at = 0; i < count; ++i) {
        const UChar32 part = u_tolower(apart ? parts.char32At(at) : c);
        at += U16_LENGTH(apart ? parts.char32At(at) : c);
        const auto type = u_charType(part);
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || !u_isalnum(part)) continue;
        if (const auto letters = plain(part); !letters.empty()) out += letters;
        else append_utf8(out, part);
    }
}

// What one types is the beginning of what is meant: inflected ends are left off longer words.
std::string stem_of(const std::string& word) {
    const auto length = code_points(word);
    const auto keep = length >= 7 ? length - 2 : length >= 5 ? length - 1 : length;
    return truncate_code_points(word, keep);
}

}  // namespace

std::vector<Token> search_tokens(std::string_view utf8, std::size_t most) {
    std::vector<Token> tokens;
    if (!valid_utf8(utf8)) return tokens;
    UErrorCode status = U_ZERO_ERROR;
    static const auto* decompose = icu::Normalizer2::getNFKDInstance(status);
    const auto* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
    const auto size = static_cast<int32_t>(std::min<std::size_t>(utf8.size(), 200'000));
    Token token;
    std::size_t place = 0;
    const auto close = [&](std::size_t end) {
        token.end = end;
        if (!token.text.empty()) {
            if (token.text.size() > longest_token) token.text = token.text.substr(0, longest_token);
            while (!valid_utf8(token.text)) token.text.pop_back();
            tokens.push_back(std::move(token));
        }
        token = {};
    };
    for (int32_t i = 0; i < size && tokens.size() < most; ++place) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        const auto type = c < 0 ? U_UNASSIGNED : static_cast<UCharCategory>(u_charType(c));
        const bool mark = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
        if (c >= 0 && (u_isalnum(c) || mark)) {
            if (token.text.empty()) token.start = place;
            if (!mark) append_folded(token.text, c, *decompose);
        } else {
            close(place);
        }
    }
    if (tokens.size() < most) close(place);
    return tokens;
}

Snippet snippet(std::string_view body, std::string_view looked_for, std::size_t length) {
    Snippet out;
    std::vector<std::string> wanted;
    for (const auto& token : search_tokens(looked_for, 12)) wanted.push_back(stem_of(token.text));
    const auto tokens = search_tokens(body);
    const auto hit = [&](const Token& token) {
        return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& word) { return token.text.rfind(word, 0) == 0; });
    };
    std::size_t from = 0;
    const auto whole = code_points(body);
    if (whole > length) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (!hit(tokens[i])) continue;
            const auto wish = tokens[i].start > lead ? tokens[i].start - lead : 0;
            for (std::size_t k = i + 1; k-- > 0 && tokens[k].start >= wish;) from = tokens[k].start;  // begin with a word
            if (wish == 0) from = 0;
            break;
        }
    }
    const auto front = truncate_code_points(body, from).size();
    out.text = truncate_code_points(body.substr(front), length);
    out.cut_before = from > 0;
    out.cut_after = from + length < whole;
    for (const auto& token : tokens) {
        if (token.start >= from && token.end <= from + length && hit(token)) out.marks.emplace_back(token.start - from, token.end - from);
    }
    return out;
}

std::string search_stem(const std::string& word) { return stem_of(word); }

}  // namespace verbatim::reviews
