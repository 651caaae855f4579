#include "ground/text/pack.h"

#include "ground/text/detectors.h"
#include "ground/text/folded.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace verbatim::text {
namespace {

constexpr std::size_t most_forms_of_an_entry = 20'000;
constexpr std::size_t longest_form = 60;
constexpr int deepest_group = 8;

constexpr std::pair<std::string_view, Kind> kinds[] = {
    {"insult", Kind::insult}, {"hate", Kind::hate}, {"threat", Kind::threat}, {"obscene", Kind::obscene}, {"spam", Kind::spam},
    {"allow", Kind::allow}, {"honorific", Kind::honorific}, {"abbreviation", Kind::abbreviation}, {"position", Kind::position}, {"met", Kind::met}, {"surname", Kind::surname},
    {"first_name", Kind::first_name}, {"street", Kind::street}, {"brand", Kind::brand}, {"speaks", Kind::speaks}, {"with", Kind::with}, {"common", Kind::common}, {"company", Kind::company},
    {"mail_at", Kind::mail_at}, {"dot_word", Kind::dot_word}, {"phone_word", Kind::phone_word}, {"plate_word", Kind::plate_word},
    {"number_word", Kind::number_word}, {"unit", Kind::unit}, {"says", Kind::says}, {"acts", Kind::acts}, {"everyday", Kind::everyday}, {"closing", Kind::closing}, {"thanks", Kind::thanks},
};

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

using Forms = std::vector<std::string>;

// Every combination of what stood before with what comes now.
bool append_all(Forms& before, const Forms& now) {
    if (before.size() * now.size() > most_forms_of_an_entry) {
        return false;
    }
    if (now.size() == 1) {
        for (std::string& form : before) form += now.front();
        return true;
    }
    Forms product;
    product.reserve(before.size() * now.size());
    for (const std::string& left : before) {
        for (const std::string& right : now) product.push_back(left + right);
    }
    before = std::move(product);
    return true;
}

class Expander {
public:
    explicit Expander(const std::map<std::string, Forms, std::less<>>& pieces) : pieces_(pieces) {}

    std::optional<Forms> expand(std::string_view entry) {
        text_ = entry;
        at_ = 0;
        Forms forms = alternatives(0);
        if (problem_.empty() && at_ != text_.size()) problem_ = "a ) without its (";
        if (!problem_.empty()) return std::nullopt;
        return forms;
    }
    const std::string& problem() const { return problem_; }

private:
    Forms alternatives(int depth) {
        Forms all = sequence(depth);
        while (problem_.empty() && depth > 0 && at_ < text_.size() && text_[at_] == '|') {
            ++at_;
            Forms next = sequence(depth);
            all.insert(all.end(), std::make_move_iterator(next.begin()), std::make_move_iterator(next.end()));
            if (all.size() > most_forms_of_an_entry) problem_ = "too many forms in one entry";
        }
        return all;
    }

    Forms sequence(int depth) {
        Forms forms{""};
        while (problem_.empty() && at_ < text_.size() && text_[at_] != ')' && !(text_[at_] == '|' && depth > 0)) {
            if (text_[at_] == '(') {
                group(forms, depth);
            } else if (text_[at_] == '{') {
                piece(forms);
            } else if (text_[at_] == '|' || text_[at_] == '}') {
                problem_ = "a | or } outside its brackets";
            } else {
                const std::size_t end = std::min(text_.find_first_of("(){}|", at_), text_.size());
                append(forms, {std::string(text_.substr(at_, end - at_))});
                at_ = end;
            }
        }
        return forms;
    }

    void group(Forms& forms, int depth) {
        if (depth >= deepest_group) {
            problem_ = "groups nested too deeply";
            return;
        }
        ++at_;
        const Forms inner = alternatives(depth + 1);
        if (!problem_.empty()) return;
        if (at_ >= text_.size()) {
            problem_ = "a ( without its )";
            return;
        }
        ++at_;
        append(forms, inner);
    }

    void piece(Forms& forms) {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) {
            problem_ = "a { without its }";
            return;
        }
        const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
        const auto found = pieces_.find(name);
        if (found == pieces_.end()) {
            problem_ = "no piece is named {" + std::string(name) + "}";
            return;
        }
        at_ = end + 1;
        append(forms, found->second);
    }

    void append(Forms& forms, const Forms& now) {
        if (!append_all(forms, now)) problem_ = "too many forms in one entry";
    }

    const std::map<std::string, Forms, std::less<>>& pieces_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::string problem_;
};

// Words of a-z with single spaces between: what the lexicon can hold. Hyphen, apostrophe and point part words.
std::optional<std::string> normal_form(std::string_view form) {
    std::string out;
    for (const char c : form) {
        if (c >= 'a' && c <= 'z') {
            out.push_back(c);
        } else if (c == ' ' || c == '-' || c == '\'' || c == '.') {
            if (!out.empty() && out.back() != ' ') out.push_back(' ');
        } else {
            return std::nullopt;
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// German also writes ä, ö, ü as ae, oe, ue.
void add_umlaut_spelling(Forms& forms) {
    const std::size_t count = forms.size();
    for (std::size_t i = 0; i < count; ++i) {
        std::string spelled;
        const std::string& form = forms[i];
        for (std::size_t at = 0; at < form.size(); ++at) {
            const std::string_view two = std::string_view(form).substr(at, 2);
            const char letter = two == "\xC3\xA4" || two == "\xC3\x84" ? 'a' : two == "\xC3\xB6" || two == "\xC3\x96" ? 'o' : two == "\xC3\xBC" || two == "\xC3\x9C" ? 'u' : 0;
            if (letter == 0) {
                spelled.push_back(form[at]);
                continue;
            }
            spelled.push_back(letter);
            spelled.push_back('e');
            ++at;
        }
        if (spelled != form) forms.push_back(std::move(spelled));
    }
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Pack> parse() {
        if (!valid_utf8(text_)) {
            return invalid("bad_pack", "line 1: the pack is not UTF-8");
        }
        while (!text_.empty() && problem_.empty()) {
            ++line_;
            const std::size_t end = std::min(text_.find('\n'), text_.size());
            read_line(trimmed(text_.substr(0, end)));
            text_.remove_prefix(std::min(end + 1, text_.size()));
        }
        if (problem_.empty()) {
            for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"pack", pack_.name}, {"language", pack_.language}, {"version", pack_.version}, {"source", pack_.source}, {"licence", pack_.licence}}) {
                if (value.empty() && problem_.empty()) problem_ = std::string("the head line ") + name + " = ... is missing";
            }
        }
        if (!problem_.empty()) {
            return invalid("bad_pack", "line " + std::to_string(line_) + ": " + problem_);
        }
        return std::move(pack_);
    }

private:
    void read_line(std::string_view line) {
        if (line.empty() || line.front() == '#') return;
        if (line.front() == '[') {
            read_section(line);
        } else if (line.substr(0, 4) == "let ") {
            read_piece(line.substr(4));
        } else if (!in_section_) {
            read_head(line);
        } else {
            read_entries(line);
        }
    }

    void read_head(std::string_view line) {
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) {
            problem_ = "expected name = value before the first [section]";
            return;
        }
        const std::string_view name = trimmed(line.substr(0, equals)), value = trimmed(line.substr(equals + 1));
        std::string* field = name == "pack" ? &pack_.name : name == "language" ? &pack_.language : name == "version" ? &pack_.version
                           : name == "source" ? &pack_.source : name == "licence" ? &pack_.licence : nullptr;
        if (field == nullptr) {
            problem_ = "unknown head line \"" + std::string(name) + "\"";
        } else if (!field->empty() || value.empty()) {
            problem_ = "head line \"" + std::string(name) + "\" must stand once, with a value";
        } else if (field == &pack_.language && value != "*" && (value.size() != 2 || !is_name(value))) {
            problem_ = "language must be two small letters (ISO 639-1) or *";
        } else {
            *field = std::string(value);
        }
    }

    void read_piece(std::string_view line) {
        const std::size_t equals = line.find('=');
        const std::string_view name = trimmed(line.substr(0, std::min(equals, line.size())));
        if (equals == std::string_view::npos || !is_name(name) || pieces_.count(name) != 0) {
            problem_ = "expected let name = piece, with a new name of a-z and _";
            return;
        }
        if (std::optional<Forms> forms = expand(trimmed(line.substr(equals + 1)))) {
            pieces_.emplace(std::string(name), std::move(*forms));
        }
    }

    void read_section(std::string_view line) {
        if (line.back() != ']') {
            problem_ = "a section must end in ]";
            return;
        }
        rule_ = PackRule{};
        rule_.confidence = 0.9;
        line = line.substr(1, line.size() - 2);
        bool first = true;
        while (!(line = trimmed(line)).empty() && problem_.empty()) {
            const std::size_t end = std::min(line.find(' '), line.size());
            read_section_word(line.substr(0, end), first);
            line.remove_prefix(end);
            first = false;
        }
        if (first) problem_ = "an empty section";
        in_section_ = true;
    }

    void read_section_word(std::string_view word, bool first) {
        if (first) {
            const auto* found = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& kind) { return kind.first == word; });
            if (found == std::end(kinds)) {
                problem_ = "unknown section \"" + std::string(word) + "\"";
            } else {
                rule_.kind = found->second;
            }
        } else if (word == "any") {
            rule_.scope = Scope::any;
        } else if (word == "local") {
            rule_.scope = Scope::local;
        } else if (word == "capital") {
            rule_.capital = true;
        } else if (word == "alone") {
            rule_.alone = true;
        } else if (word == "only") {
            rule_.only = true;
        } else {
            double value = 0;
            const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
            if (error != std::errc{} || end != word.data() + word.size() || !(value > 0 && value <= 1)) {
                problem_ = "\"" + std::string(word) + "\" is neither a flag nor a confidence above 0 and up to 1";
                return;
            }
            rule_.confidence = value;
        }
    }

    void read_entries(std::string_view line) {
        while (!line.empty() && problem_.empty()) {
            const std::size_t end = std::min(line.find(','), line.size());
            const std::string_view entry = trimmed(line.substr(0, end));
            line.remove_prefix(std::min(end + 1, line.size()));
            if (entry.empty()) {
                if (!trimmed(line).empty()) problem_ = "an empty entry between commas";
                continue;
            }
            read_entry(entry);
        }
    }

    void read_entry(std::string_view entry) {
        PackRule rule = rule_;
        rule.line = line_;
        if (entry.front() == '=') {
            rule.exact = true;
            entry.remove_prefix(1);
        } else if (entry.size() > 2 && entry.front() == '*' && entry.back() == '*') {
            rule.shape = Shape::inside;
            entry = entry.substr(1, entry.size() - 2);
        } else if (entry.front() == '*') {
            rule.shape = Shape::tail;
            entry.remove_prefix(1);
        } else if (entry.back() == '*') {
            rule.shape = Shape::head;
            entry.remove_suffix(1);
        }
        std::optional<Forms> forms = expand(trimmed(entry));
        if (!forms) return;
        if (!rule.exact && pack_.language == "de") add_umlaut_spelling(*forms);
        for (std::string& form : *forms) {
            const bool plain = std::all_of(form.begin(), form.end(), [](char c) { return static_cast<signed char>(c) >= 0 && !(c >= 'A' && c <= 'Z'); });
            const std::optional<std::string> normal = normal_form(plain ? form : folded(form));
            if (!normal || normal->empty() || normal->size() > longest_form) {
                problem_ = "\"" + form + "\" is empty, too long, or has a character no entry may have";
                return;
            }
            if (rule.shape == Shape::inside && (normal->size() < 3 || normal->find(' ') != std::string::npos)) {
                problem_ = "\"" + form + "\" is too short or too many words to stand anywhere in a word";
                return;
            }
            if (!rule.exact) form = *normal;
        }
        std::sort(forms->begin(), forms->end());
        forms->erase(std::unique(forms->begin(), forms->end()), forms->end());
        total_ += forms->size();
        if (total_ > most_forms_of_a_pack) {
            problem_ = "more than " + std::to_string(most_forms_of_a_pack) + " forms in one pack";
            return;
        }
        rule.forms = std::move(*forms);
        pack_.rules.push_back(std::move(rule));
    }

    std::optional<Forms> expand(std::string_view entry) {
        Expander expander(pieces_);
        std::optional<Forms> forms = expander.expand(entry);
        if (!forms) problem_ = expander.problem();
        return forms;
    }

    std::string_view text_;
    std::size_t line_ = 0, total_ = 0;
    bool in_section_ = false;
    PackRule rule_;
    std::map<std::string, Forms, std::less<>> pieces_;
    std::string problem_;
    Pack pack_;
};

}  // namespace

std::string_view kind_name(Kind kind) {
    for (const auto& [name, value] : kinds) {
        if (value == kind) return name;
    }
    return "";
}

Result<Pack> parse_pack(std::string_view text) { return Parser(text).parse(); }

}  // namespace verbatim::text
