#include "ground/text/hate_words.h"

#include "ground/text/detectors.h"
#include "ground/text/hate_sound.h"
#include "ground/text/hate_text.h"

#include <algorithm>
#include <map>
#include <optional>

namespace verbatim::text {
namespace {

constexpr std::string_view names[role_count] = {"group", "slur", "emotion", "bad", "vermin", "violence", "exclude", "imply", "swear", "curse", "good", "fond", "no", "counter", "say", "they", "will", "plain", "own", "common"};
constexpr std::size_t most_forms = 200'000, most_of_an_entry = 20'000, longest_form = 120;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

using Forms = std::vector<std::string>;

// The Arabic letters' bytes without their top bit are none of a-z, digits and signs in use: seven bits tell all letters apart.
std::size_t pair(unsigned char first, unsigned char second) { return (first & 0x7Fu) * 128 + (second & 0x7Fu); }

}  // namespace

std::string_view role_name(Role role) { return names[static_cast<std::size_t>(role)]; }

class HateWordsReader {
public:
    explicit HateWordsReader(bool by_sound) : by_sound_(by_sound) {}
    Result<HateWords> read(std::string_view text) {
        std::size_t line = 0;
        while (!text.empty() && problem_.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            ++line;
            read_line(trimmed(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        if (problem_.empty() && (words_.language_.empty() || words_.version_.empty() || words_.source_.empty() || words_.licence_.empty())) problem_ = "words, version, source and licence must stand at the head";
        if (!problem_.empty()) return Error{ErrorKind::invalid, "bad_words", "line " + std::to_string(line) + ": " + problem_, {}};
        words_.finish();
        return std::move(words_);
    }

private:
    void read_line(std::string_view line) {
        if (!valid_utf8(line)) {
            problem_ = "not UTF-8";
            return;
        }
        if (line.empty() || line.front() == '#') return;
        if (line.front() == '[') {
            const std::string_view name = line.substr(1, line.size() - 1 - (line.back() == ']' ? 1 : 0));
            const auto* found = std::find(std::begin(names), std::end(names), name);
            if (line.back() != ']' || found == std::end(names)) {
                problem_ = "unknown section \"" + std::string(name) + "\"";
                return;
            }
            role_ = static_cast<Role>(found - std::begin(names));
        } else if (line.substr(0, 4) == "let ") {
            const std::size_t equals = line.find('=');
            if (equals == std::string_view::npos) {
                problem_ = "expected let name = piece";
                return;
            }
            std::string name(trimmed(line.substr(4, equals - 4)));
            if (const auto forms = expand(trimmed(line.substr(equals + 1)))) pieces_[std::move(name)] = *forms;
        } else if (!role_) {
            read_head(line);
        } else {
            read_entries(line);
        }
    }

    void read_head(std::string_view line) {
        const std::size_t equals = line.find('=');
        const std::string_view name = trimmed(line.substr(0, std::min(equals, line.size())));
        std::string* field = name == "words" ? &words_.language_ : name == "version" ? &words_.version_ : name == "source" ? &words_.source_ : name == "licence" ? &words_.licence_ : nullptr;
        if (equals == std::string_view::npos || field == nullptr || !field->empty()) {
            problem_ = "unknown head line \"" + std::string(name) + "\"";
            return;
        }
        *field = std::string(trimmed(line.substr(equals + 1)));
        if (field == &words_.language_ && field->size() != 2) problem_ = "the language must be two small letters (ISO 639-1)";
    }

    void read_entries(std::string_view line) {
        while (!line.empty() && problem_.empty()) {
            const std::size_t end = std::min(line.find(','), line.size());
            std::string_view entry = trimmed(line.substr(0, end));
            line.remove_prefix(std::min(end + 1, line.size()));
            if (entry.empty()) {
                if (!trimmed(line).empty()) problem_ = "an empty entry between commas";
                continue;
            }
            const bool open = entry.back() == '*';
            if (open) entry.remove_suffix(1);
            const auto forms = expand(trimmed(entry));
            if (!forms) return;
            for (const std::string& form : *forms) {
                std::string letters = hate_letters(form, words_.language_ == "en");
                if (by_sound_) {
                    letters = sound_of(letters);
                    // Two consonants are too many words.
                    if (letters.size() < 3) continue;
                    words_.add(letters, open && letters.find(' ') == std::string::npos && letters.size() > 3, *role_);
                    continue;
                }
                if (letters.empty() || letters.size() > longest_form) {
                    problem_ = "\"" + form + "\" is empty or too long";
                    return;
                }
                words_.add(letters, open, *role_);
                add_single_words(letters, open);
            }
            if (words_.forms_ > most_forms) problem_ = "too many forms";
        }
    }

    // The words of an entry of several are words of the language too.
    void add_single_words(std::string_view letters, bool open) {
        while (letters.find(' ') != std::string_view::npos) {
            const std::size_t end = letters.find(' ');
            if (end > 1) words_.add(letters.substr(0, end), false, Role::common);
            letters.remove_prefix(end + 1);
            if (!open && letters.find(' ') == std::string_view::npos && letters.size() > 1) words_.add(letters, false, Role::common);
        }
    }

    // All strings the piece stands for; none after a problem.
    std::optional<Forms> expand(std::string_view piece) {
        std::size_t at = 0;
        auto forms = alternatives(piece, at, 0);
        if (forms && at != piece.size()) problem_ = "a ) without its (";
        return problem_.empty() ? std::move(forms) : std::nullopt;
    }

    std::optional<Forms> alternatives(std::string_view piece, std::size_t& at, int depth) {
        if (depth > 20) {
            problem_ = "brackets too deep";
            return std::nullopt;
        }
        Forms all, row{""};
        while (at < piece.size() && piece[at] != ')') {
            const char c = piece[at];
            if (c == '|') {
                ++at;
                all.insert(all.end(), row.begin(), row.end());
                row = {""};
                continue;
            }
            Forms next;
            if (c == '(') {
                ++at;
                auto inner = alternatives(piece, at, depth + 1);
                if (!inner) return std::nullopt;
                if (at >= piece.size()) {
                    problem_ = "a ( without its )";
                    return std::nullopt;
                }
                ++at;
                next = std::move(*inner);
            } else if (c == '{') {
                const std::size_t end = piece.find('}', at);
                const auto found = end == std::string_view::npos ? pieces_.end() : pieces_.find(std::string(piece.substr(at + 1, end - at - 1)));
                if (found == pieces_.end()) {
                    problem_ = "an unknown piece in { }";
                    return std::nullopt;
                }
                next = found->second;
                at = end + 1;
            } else {
                const std::size_t end = std::min(piece.find_first_of("(){}|", at + 1), piece.size());
                next = {std::string(piece.substr(at, end - at))};
                at = end;
            }
            if (row.size() * next.size() + all.size() > most_of_an_entry) {
                problem_ = "an entry with too many forms";
                return std::nullopt;
            }
            Forms joined;
            for (const std::string& left : row) {
                for (const std::string& right : next) joined.push_back(left + right);
            }
            row = std::move(joined);
        }
        all.insert(all.end(), row.begin(), row.end());
        return all;
    }

    HateWords words_;
    bool by_sound_ = false;
    std::optional<Role> role_;
    std::map<std::string, Forms> pieces_;
    std::string problem_;
};

Result<HateWords> HateWords::parse(std::string_view text, bool by_sound) { return HateWordsReader(by_sound).read(text); }

void HateWords::add(std::string_view letters, bool open, Role role) {
    std::uint32_t node = 0;
    for (const char c : letters) {
        std::uint32_t next = child(node, static_cast<unsigned char>(c));
        if (next == 0) {
            next = static_cast<std::uint32_t>(nodes_.size());
            nodes_.push_back({0, nodes_[node].child, 0, 0, static_cast<unsigned char>(c)});
            nodes_[node].child = next;
        }
        node = next;
    }
    (open ? nodes_[node].open : nodes_[node].whole) |= bit(role);
    ++forms_;
}

void HateWords::finish() {
    pairs_.assign(128 * 128, 0);
    for (std::uint32_t first = nodes_[0].child; first != 0; first = nodes_[first].sibling) {
        for (std::uint32_t second = nodes_[first].child; second != 0; second = nodes_[second].sibling) pairs_[pair(nodes_[first].letter, nodes_[second].letter)] = second;
    }
}

std::uint32_t HateWords::child(std::uint32_t node, unsigned char letter) const {
    std::uint32_t next = nodes_[node].child;
    while (next != 0 && nodes_[next].letter != letter) next = nodes_[next].sibling;
    return next;
}

// The node behind the two letters at `at`. No entry has fewer, save the space-ended ones found by the slow way.
std::uint32_t HateWords::entry(std::string_view letters, std::size_t at) const {
    return pairs_[pair(static_cast<unsigned char>(letters[at]), static_cast<unsigned char>(letters[at + 1]))];
}

HateWords::Found HateWords::longest(std::string_view letters, std::size_t at) const {
    Found found;
    std::size_t i = at;
    std::uint32_t node = 0;
    if (at + 1 < letters.size()) {
        node = entry(letters, at);
        i = at + 2;
    } else if (at < letters.size()) {
        node = child(0, static_cast<unsigned char>(letters[at]));
        i = at + 1;
    }
    const auto ends = [&](std::size_t end) { return end >= letters.size() || letters[end] == ' '; };
    // A word of one letter ("n'" of French) ends where the second letter would be.
    if (at + 1 < letters.size() && letters[at + 1] == ' ') {
        const std::uint32_t single = child(0, static_cast<unsigned char>(letters[at]));
        if (single != 0 && (nodes_[single].whole & ~bit(Role::common)) != 0) found = {nodes_[single].whole & ~bit(Role::common), 1, 1};
    }
    for (; node != 0; ++i) {
        const Node& here = nodes_[node];
        if (here.open != 0) {
            const std::size_t end = std::min(letters.find(' ', i), letters.size());
            found = end - at > found.length ? Found{here.open, end - at, i - at} : Found{found.roles | here.open, found.length, i - at};
        }
        if (const std::uint32_t whole = here.whole & ~bit(Role::common); whole != 0 && ends(i)) {
            // A word of its own keeps what its stem says too, unless it is there to be left alone.
            const bool same = found.length == i - at && (whole & bit(Role::plain)) == 0;
            found = {whole | (same ? found.roles : 0), i - at, i - at};
        }
        if (i >= letters.size()) break;
        node = child(node, static_cast<unsigned char>(letters[i]));
    }
    return found;
}

HateWords::Found HateWords::inside(std::string_view letters, std::size_t at, std::size_t least) const {
    Found found;
    std::uint32_t node = 0, open = 0;
    for (std::size_t i = at; i < letters.size() && letters[i] != ' '; ++i) {
        std::uint32_t next = child(node, static_cast<unsigned char>(letters[i]));
        if (next == 0) {
            const std::uint32_t space = child(node, ' ');
            next = space == 0 ? 0 : child(space, static_cast<unsigned char>(letters[i]));
        }
        node = next;
        if (node == 0) break;
        open |= nodes_[node].open;
        const std::uint32_t whole = nodes_[node].whole & ~bit(Role::common);
        const std::uint32_t roles = whole != 0 ? whole | open : nodes_[node].open;
        if (roles != 0 && i + 1 - at >= least) found = {roles, i + 1 - at, i + 1 - at};
    }
    return found;
}

std::size_t HateWords::split(std::string_view letters, std::vector<std::uint32_t>& ends) const {
    // The cheapest way to each letter: a word costs less than its letters unknown, and few long words less than many short.
    struct Step {
        float cost = 1e9f;
        std::uint32_t from = 0;
        std::uint32_t unknown = 0;  // letters of the step
    };
    thread_local std::vector<Step> steps;
    steps.assign(letters.size() + 1, {});
    steps[0].cost = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto reach = [&](std::size_t end, float cost, std::uint32_t unknown) {
            if (steps[i].cost + cost < steps[end].cost) steps[end] = {steps[i].cost + cost, static_cast<std::uint32_t>(i), unknown};
        };
        reach(i + 1, 3, 1);
        std::uint32_t node = 0;
        for (std::size_t k = i; k < letters.size(); ++k) {
            node = child(node, static_cast<unsigned char>(letters[k]));
            if (node == 0) break;
            const std::size_t size = k + 1 - i;
            if (nodes_[node].whole != 0) reach(k + 1, size > 3 ? 1.5f : size == 3 ? 2.0f : size == 2 ? 2.5f : 3.0f, 0);
            // A stem may go on for the letters of an ending.
            for (std::size_t more = 0; nodes_[node].open != 0 && size >= 4 && more <= 4 && k + 1 + more <= letters.size(); ++more) reach(k + 1 + more, 1.6f + 0.5f * static_cast<float>(more), 0);
        }
    }
    ends.clear();
    std::size_t unknown = 0;
    bool before_unknown = false;
    for (std::size_t at = letters.size(); at != 0; at = steps[at].from) {
        unknown += steps[at].unknown;
        // Unknown letters side by side are one word.
        if (steps[at].unknown == 0 || !before_unknown) ends.push_back(static_cast<std::uint32_t>(at));
        before_unknown = steps[at].unknown != 0;
    }
    std::reverse(ends.begin(), ends.end());
    return unknown;
}

std::uint32_t HateWords::near(std::string_view before, std::string_view word, std::string_view rest, std::uint32_t wanted) const {
    if (word.size() < 3 || word.size() > 30) return 0;
    std::string tried(word);
    std::string whole;
    const auto look = [&]() -> std::uint32_t {
        whole = before;
        whole += tried;
        whole += rest;
        const Found found = longest(whole, 0);
        // A stem must be long enough to be no chance.
        return found.length >= before.size() + tried.size() && found.fixed >= before.size() + std::min<std::size_t>(tried.size(), 5) ? found.roles & wanted : 0;
    };
    for (std::size_t i = 0; i + 1 < word.size(); ++i) {
        if (word.size() < 4 || word[i] == word[i + 1]) continue;
        std::swap(tried[i], tried[i + 1]);
        if (const std::uint32_t roles = look(); roles != 0) return roles;
        std::swap(tried[i], tried[i + 1]);
    }
    // A letter left out, neither the first nor the last: try what the tree has at that place.
    std::uint32_t node = 0;
    for (const char c : before) node = node == 0 && c != before.front() ? 0 : child(node, static_cast<unsigned char>(c));
    if (!before.empty() && node == 0) return 0;
    node = child(node, static_cast<unsigned char>(word[0]));
    for (std::size_t i = 1; i < word.size() && node != 0; ++i) {
        for (std::uint32_t next = nodes_[node].child; next != 0; next = nodes_[next].sibling) {
            if (nodes_[next].letter == ' ') continue;
            tried.assign(word.substr(0, i));
            tried.push_back(static_cast<char>(nodes_[next].letter));
            tried.append(word.substr(i));
            if (tried.size() < 4) continue;
            // Short words have too many neighbours: only what is felt is read into them ("hte").
            if (const std::uint32_t roles = look() & (word.size() < 5 ? bit(Role::emotion) | bit(Role::group) : ~0u); roles != 0) return roles;
        }
        node = child(node, static_cast<unsigned char>(word[i]));
    }
    // Letters drawn out: "haaaate".
    tried.clear();
    for (const char c : word) {
        if (tried.empty() || tried.back() != c) tried.push_back(c);
    }
    if (tried.size() < word.size() && tried.size() >= 4) return look();
    return 0;
}

}  // namespace verbatim::text
