#include "ground/understand/tokens.h"

#include "ground/understand/alphabet.h"

namespace verbatim::understand {

void tokenize(std::string_view utf8, Tokens& out) {
    const Alphabet& table = Alphabet::known();
    out.all.clear();
    out.letters.clear();
    const auto* at = reinterpret_cast<const unsigned char*>(utf8.data());
    const auto* const end = at + utf8.size();
    std::uint32_t place = 0, letters = 0, capitals = 0;
    Token open;
    bool in_word = false;
    const auto close = [&] {
        if (!in_word) return;
        in_word = false;
        open.size = static_cast<std::uint32_t>(out.letters.size()) - open.from;
        open.hash = spread(open.kind == TokenKind::number ? hash_letter(hash_start ^ 0x23u, static_cast<char16_t>(std::min(open.size, 6u))) : open.hash);
        out.all.push_back(open);
    };
    const auto single = [&](TokenKind kind, std::uint32_t point) {
        close();
        if (!out.all.empty() && kind != TokenKind::word) {
            Token& last = out.all.back();
            if (last.kind == kind && last.end == place && out.letters.size() == last.from + 1 && out.letters.back() == static_cast<char16_t>(point)) {
                last.hash = spread(hash_letter(last.hash, 0x2B));  // "!!!" is more than "!", and longer runs are the same
                last.end = place + 1;
                return;
            }
        }
        Token one;
        one.kind = kind;
        one.begin = place;
        one.end = place + 1;
        one.from = static_cast<std::uint32_t>(out.letters.size());
        one.size = 1;
        out.letters.push_back(static_cast<char16_t>(point));
        one.hash = spread(hash_letter(hash_letter(hash_start, static_cast<char16_t>(point)), static_cast<char16_t>(point >> 16)));
        out.all.push_back(one);
    };
    while (at < end && place < most_code_points) {
        const std::uint32_t point = next_point(at, end);
        if (point == 0) break;
        const std::uint8_t what = table.what(point);
        switch (what) {
            case Alphabet::letter:
            case Alphabet::digit: {
                const TokenKind kind = what == Alphabet::letter ? TokenKind::word : TokenKind::number;
                if (in_word && open.kind != kind) close();
                if (!in_word) {
                    in_word = true;
                    open = {};
                    open.kind = kind;
                    open.hash = hash_start;
                    open.begin = place;
                    open.from = static_cast<std::uint32_t>(out.letters.size());
                }
                const char16_t folded = point < Alphabet::size ? table.folded[point] : static_cast<char16_t>(point);
                if (what == Alphabet::letter && point < Alphabet::size) {
                    ++letters;
                    capitals += table.capital[point] ? 1 : 0;
                }
                open.hash = hash_letter(open.hash, folded);
                open.end = place + 1;
                out.letters.push_back(folded);
                break;
            }
            case Alphabet::joining: break;
            case Alphabet::ideograph: single(TokenKind::word, point); break;
            case Alphabet::picture: single(TokenKind::sign, point); break;
            case Alphabet::mark: single(TokenKind::sign, point); break;
            case Alphabet::stopping: single(TokenKind::stop, point); break;
            default: close();
        }
        ++place;
    }
    close();
    out.code_points = place;
    out.shouting = letters >= 20 && capitals * 2 > letters;
}

std::uint32_t word_hash(std::string_view utf8) {
    Tokens tokens;
    tokenize(utf8, tokens);
    return tokens.all.empty() ? 0 : tokens.all.front().hash;
}

}  // namespace verbatim::understand
