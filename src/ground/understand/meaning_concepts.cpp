#include "ground/understand/meaning_concepts.h"

#include <stdexcept>

extern "C" {
extern const char verbatim_meaning_concepts[], verbatim_meaning_concepts_end[];
}

namespace verbatim::understand {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::uint64_t hash_of(std::string_view bytes) {
    std::uint64_t hash = 1469598103934665603ull;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return hash;
}

bool is_name(std::string_view name) { return !name.empty() && name.size() <= 40 && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos; }

std::uint32_t hash_of(const char16_t* letters, std::size_t size) {
    std::uint32_t hash = hash_start;
    for (std::size_t i = 0; i < size; ++i) hash = hash_letter(hash, letters[i]);
    return hash;
}

}  // namespace

const Concepts& Concepts::shipped() {
    static const Concepts once = [] {
        auto read = parse({verbatim_meaning_concepts, static_cast<std::size_t>(verbatim_meaning_concepts_end - verbatim_meaning_concepts)});
        if (!read.ok()) throw std::logic_error("the shipped concepts: " + read.error().message);
        return std::move(*read);
    }();
    return once;
}

Result<Concepts> Concepts::parse(std::string_view file) {
    if (file.size() > most_bytes) return Error{ErrorKind::invalid, "bad_concepts", "the file is longer than 4 MiB", ""};
    Concepts read;
    std::string faults;
    std::size_t number = 0, words = 0;
    const auto fault = [&](const std::string& what) {
        if (faults.size() < 10'000) faults += "line " + std::to_string(number) + ": " + what + "\n";
    };
    char version[20];
    std::snprintf(version, sizeof version, "%08x", static_cast<unsigned>(hash_of(file) ^ hash_of(file) >> 32));
    read.version_ = version;
    Tokens tokens;
    while (!file.empty()) {
        const auto end = std::min(file.find('\n'), file.size());
        std::string_view line = trimmed(file.substr(0, end));
        file.remove_prefix(std::min(file.size(), end + 1));
        ++number;
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[') {
            const auto inner = line.substr(1, line.size() - 2);
            const auto arrow = inner.find('>');
            const auto id = trimmed(inner.substr(0, arrow)), larger = arrow == std::string_view::npos ? id : trimmed(inner.substr(arrow + 1));
            if (line.back() != ']' || line.size() < 3 || !is_name(id) || !is_name(larger)) fault("a thing is [name] or [name > larger]");
            else if (read.all_.size() == most_concepts) fault("more than 1,000 things");
            else read.all_.push_back({std::string(id), std::string(larger), hash_of("thing " + std::string(id)), hash_of("larger " + std::string(larger))});
            continue;
        }
        if (read.all_.empty() || line.size() < 4 || line[2] != ' ') {
            fault("this is neither [thing] nor a language and its words");
            continue;
        }
        line.remove_prefix(3);
        while (!line.empty()) {
            const auto stop = std::min(line.find(';'), line.size());
            std::string_view word = trimmed(line.substr(0, stop));
            line.remove_prefix(std::min(line.size(), stop + 1));
            if (word.empty()) continue;
            const bool open = word.ends_with('*');
            if (open) word.remove_suffix(1);
            tokenize(word, tokens);
            if (++words > most_words) {
                fault("more than 50,000 words");
                break;
            }
            if (tokens.all.size() != 1 || tokens.all[0].kind != TokenKind::word || word.find('*') != std::string_view::npos || (open && tokens.letters.size() < 2)) {
                fault("\"" + std::string(word) + "\" is not one word, or a beginning of less than two letters");
                continue;
            }
            // Where two things want a word, the first has it.
            const auto index = static_cast<std::uint16_t>(read.all_.size() - 1);
            (open ? read.beginnings_ : read.words_).try_emplace(hash_of(tokens.letters.data(), tokens.letters.size()), index);
        }
    }
    if (read.all_.empty()) faults += "there is no thing\n";
    if (!faults.empty()) return Error{ErrorKind::invalid, "bad_concepts", faults.substr(0, faults.size() - 1), ""};
    return read;
}

std::optional<std::uint16_t> Concepts::of(const Tokens& tokens, const Token& token) const {
    const char16_t* letters = tokens.letters.data() + token.from;
    std::uint32_t hash = hash_start;
    std::optional<std::uint16_t> found;
    for (std::size_t n = 1; n <= token.size && n <= 40; ++n) {
        hash = hash_letter(hash, letters[n - 1]);
        if (n < 2) continue;
        if (const auto at = beginnings_.find(hash); at != beginnings_.end()) found = at->second;
        if (n == token.size)
            if (const auto at = words_.find(hash); at != words_.end()) found = at->second;
    }
    return found;
}

}  // namespace verbatim::understand
