#include "record/access/password_rules.h"

#include <algorithm>
#include <string>

#include "ground/crypto/password.h"
#include "ground/formats/utf8.h"

namespace verbatim::access {
namespace {

constexpr std::size_t shortest_word = 4;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

int characters(std::string_view text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

void add_words(std::vector<std::string>& words, std::string_view text) {
    std::string word;
    for (const char c : lower(text) + " ") {
        const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (inside) {
            word += c;
        } else {
            if (word.size() >= shortest_word) words.push_back(word);
            word.clear();
        }
    }
}

// "aaaa", "1234", "qwer", "azer": each further step of a run counts for nothing.
bool continues_run(char before, char now) {
    static constexpr std::string_view rows[] = {"1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm"};
    if (before == now) return true;
    return std::any_of(std::begin(rows), std::end(rows), [&](std::string_view row) {
        const auto at = row.find(before);
        if (at == std::string_view::npos) return false;
        return (at + 1 < row.size() && row[at + 1] == now) || (at > 0 && row[at - 1] == now);
    });
}

std::string without_runs(std::string_view text) {
    std::string out;
    int run = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        run = i > 0 && continues_run(text[i - 1], text[i]) ? run + 1 : 0;
        if (run < 2) out += text[i];
    }
    return out;
}

}  // namespace

std::vector<std::string> own_words(std::string_view email, std::string_view name, std::string_view brand) {
    std::vector<std::string> words;
    add_words(words, email);
    add_words(words, name);
    add_words(words, brand);
    std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    return words;
}

Result<void> check_password(std::string_view password, int least, const std::vector<std::string>& words) {
    if (!valid_utf8(password) || password.find('\0') != std::string_view::npos) return invalid("password_plain", "a password is text", "password");
    if (password.size() > crypto::longest_password) return invalid("password_long", "a password has at most " + std::to_string(crypto::longest_password) + " bytes", "password");
    if (characters(password) < least) return invalid("password_short", "a password has at least " + std::to_string(least) + " characters; a sentence is a good one", "password");
    auto rest = lower(password);
    for (const auto& word : words)
        for (auto at = rest.find(word); at != std::string::npos; at = rest.find(word, at)) rest.erase(at, word.size());
    // What is left must be hard to guess by itself: two thirds of the length.
    const int enough = least * 2 / 3;
    if (characters(rest) < enough) return invalid("password_own_words", "your name, address or brand do not count: add words that are not about you", "password");
    if (characters(without_runs(rest)) < enough) return invalid("password_plain", "repeated characters and rows of keys do not count: add words", "password");
    return {};
}

}  // namespace verbatim::access
