#include "ground/text/personal_data.h"

#include <algorithm>
#include <array>

namespace verbatim::text {
namespace {

// Endings under which people have addresses: enough to tell a name from a missing space after a full stop.
constexpr std::array<std::string_view, 64> endings = {
    "at", "auto", "be", "bg", "bio", "biz", "blog", "ca", "cars", "cat", "ch", "club", "co", "com", "cz", "de", "dev", "dk", "ee", "es", "eu",
    "fi", "fr", "gal", "gr", "hr", "hu", "ie", "info", "io", "is", "it", "li", "live", "lt", "lu", "lv", "me", "mobi", "net", "nl", "no",
    "online", "org", "pl", "pro", "pt", "ro", "rs", "ru", "se", "shop", "si", "site", "sk", "store", "top", "tv", "uk", "us", "xyz", "app", "ly", "link"};

// Endings that are also words a sentence may begin with, by the language of the text: "good.It was", "bien.De plus".
bool is_word_in(std::string_view ending, std::uint16_t language) {
    struct Words {
        const char* code;
        std::string_view list;
    };
    static constexpr Words words[] = {
        {"fr", " de es me se la au si top pro info ca "}, {"en", " it is me no be at us auto cars live pro shop site store top club "}, {"de", " es at auto top live is "},
        {"es", " de es me se no si pro "}, {"it", " se si li me es no pro auto "}, {"pt", " de se me no pro "}, {"nl", " de is me be no top live auto "},
        {"pl", " no be me si auto top "}, {"ro", " de se si ca no it pro es "}, {"", " de es it is me no se si be at us ca top auto pro live "}};
    for (const Words& entry : words) {
        if (language == 0 ? entry.code[0] == 0 : entry.code[0] != 0 && language_number(entry.code) == language) {
            for (std::size_t at = entry.list.find(ending); at != std::string_view::npos; at = entry.list.find(ending, at + 1)) {
                if (entry.list[at - 1] == ' ' && entry.list[at + ending.size()] == ' ') return true;
            }
            return false;
        }
    }
    return ending == "de" || ending == "se" || ending == "me" || ending == "no" || ending == "si";
}

bool is_ending(std::string_view word) { return std::find(endings.begin(), endings.end(), word) != endings.end(); }
bool is_local(char c) { return is_word(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }
bool is_host(char c) { return is_word(c) || c == '.' || c == '-'; }

class Addresses {
public:
    Addresses(const Lexicon& lexicon, const Folded& text, const std::vector<Hit>& hits, std::uint16_t language, std::vector<Mark>& marks)
        : lexicon_(lexicon), text_(text), chars_(text.chars), hits_(hits), language_(language), marks_(marks) {}

    void find() {
        if (text_.at) mails();
        for (const Hit& hit : hits_) {
            if (hit.rule->kind == Kind::mail_at) spelled_mail(hit.start, hit.end);
        }
        if (text_.dot_letter) links();
    }

private:
    std::size_t host_end(std::size_t at) const {
        while (at < chars_.size() && is_host(chars_[at])) ++at;
        while (at > 0 && (chars_[at - 1] == '.' || chars_[at - 1] == '-')) --at;
        return at;
    }

    void mails() {
        for (std::size_t at = chars_.find('@'); at != std::string::npos; at = chars_.find('@', at + 1)) {
            std::size_t start = at;
            while (start > 0 && chars_[start - 1] == ' ' && at - start < 1 && at + 1 < chars_.size() && chars_[at + 1] == ' ') --start;
            std::size_t local_end = start;
            while (start > 0 && is_local(chars_[start - 1])) --start;
            while (start < local_end && !is_word(chars_[start])) ++start;
            if (start == local_end) continue;
            std::size_t host = at + 1;
            if (host < chars_.size() && chars_[host] == ' ' && local_end < at) ++host;
            std::size_t end = host_end(host);
            const std::size_t dot = chars_.substr(host, end - host).rfind('.');
            if (dot != std::string::npos && dot > 0 && host + dot + 3 <= end && is_letter(chars_[host + dot + 1])) {
                marks_.push_back({start, end, "personal_data", 0.98, "mail"});
            } else if (end > host) {
                dotted_in_words(start, host, true);
            }
        }
    }

    // From a place behind the at sign: word (dot word)+ with "dot" spelled or bracketed, the last one an ending.
    bool dotted_in_words(std::size_t start, std::size_t host, bool point_too) {
        std::size_t at = host;
        for (int part = 0; part < 5; ++part) {
            const std::size_t begin = at;
            while (at < chars_.size() && (is_word(chars_[at]) || chars_[at] == '-')) ++at;
            if (at == begin) return false;
            if (part > 0 && is_ending(std::string_view(chars_).substr(begin, at - begin)) && ends_word(text_, at)) {
                marks_.push_back({start, at, "personal_data", 0.9, "mail.spelled"});
                return true;
            }
            const std::size_t behind = dot_end(at, point_too);
            if (behind == at) return false;
            at = behind;
        }
        return false;
    }

    // ".", "(.)", "[dot]", " dot ", " point " ...: where it ends, or `at`.
    std::size_t dot_end(std::size_t at, bool point_too) const {
        if (at < chars_.size() && chars_[at] == '.') return point_too && at + 1 < chars_.size() && is_word(chars_[at + 1]) ? at + 1 : at;
        std::size_t i = at;
        while (i < chars_.size() && i < at + 2 && (chars_[i] == ' ' || chars_[i] == '(' || chars_[i] == '[' || chars_[i] == '{' || chars_[i] == '<')) ++i;
        if (i < chars_.size() && chars_[i] == '.') {
            ++i;
        } else {
            std::size_t end = i;
            while (end < chars_.size() && is_letter(chars_[end])) ++end;
            if (i == at || end == i || !lexicon_.is(std::string_view(chars_).substr(i, end - i), Kind::dot_word, 0)) return at;
            i = end;
        }
        const std::size_t behind = i;
        while (i < chars_.size() && i < behind + 2 && (chars_[i] == ' ' || chars_[i] == ')' || chars_[i] == ']' || chars_[i] == '}' || chars_[i] == '>')) ++i;
        return i;
    }

    // "jean (at) example (dot) org", "jean arobase example point org"
    void spelled_mail(std::size_t start, std::size_t end) {
        std::size_t left = start;
        while (left > 0 && start - left < 2 && (chars_[left - 1] == ' ' || chars_[left - 1] == '(' || chars_[left - 1] == '[' || chars_[left - 1] == '{' || chars_[left - 1] == '<' || chars_[left - 1] == '-')) --left;
        if (left == start) return;
        const std::size_t local_end = left;
        while (left > 0 && is_local(chars_[left - 1])) --left;
        if (left == local_end) return;
        std::size_t host = end;
        while (host < chars_.size() && host < end + 2 && (chars_[host] == ' ' || chars_[host] == ')' || chars_[host] == ']' || chars_[host] == '}' || chars_[host] == '>' || chars_[host] == '-')) ++host;
        // A bare "at" is an English word: then the point must be spelled, too ("seen at example.com" is a link).
        const bool bracketed = chars_[start - 1] != ' ' || end - start > 2;
        dotted_in_words(left, host, bracketed);
    }

    void links() {
        for (std::size_t i = 0; i + 2 < chars_.size(); ++i) {
            if (chars_[i] == ':' && chars_.compare(i, 3, "://") == 0) {
                scheme(i);
            } else if (chars_[i] == '.' && i > 0 && is_word(chars_[i - 1]) && is_letter(chars_[i + 1])) {
                i = bare_host(i);
            }
        }
    }

    std::size_t address_end(std::size_t at) const {
        while (at < chars_.size() && chars_[at] != ' ' && chars_[at] != '<' && chars_[at] != '>' && chars_[at] != '"' && chars_[at] != other_sign) ++at;
        while (at > 0 && std::string_view(".,;:!?)]}'\"").find(chars_[at - 1]) != std::string_view::npos) --at;
        return at;
    }

    void scheme(std::size_t colon) {
        std::size_t start = colon;
        while (start > 0 && is_letter(chars_[start - 1])) --start;
        const std::size_t end = address_end(colon + 3);
        if (start < colon && end > colon + 3 && is_word(chars_[colon + 3])) mark_link(start, end, 0.98, "link.url");
    }

    // "www.example.org/x", "example.org": whole labels around a point, the last an ending.
    std::size_t bare_host(std::size_t dot) {
        std::size_t start = dot;
        while (start > 0 && (is_word(chars_[start - 1]) || chars_[start - 1] == '-')) --start;
        if (start > 0 && (chars_[start - 1] == '@' || chars_[start - 1] == '/' || chars_[start - 1] == '.')) return dot;
        const std::size_t end = host_end(dot + 1);
        const std::string_view host = std::string_view(chars_).substr(start, end - start);
        if (end <= dot + 1 || (end < chars_.size() && chars_[end] == '@')) return dot;
        const bool www = host.size() > 7 && host.substr(0, 4) == "www.";
        const std::string_view ending = host.substr(host.rfind('.') + 1);
        const bool path = end < chars_.size() && chars_[end] == '/' && end + 1 < chars_.size() && is_word(chars_[end + 1]);
        if (www && host.rfind('.') > 3) {
            mark_link(start, address_end(end), 0.98, "link.www");
        } else if (is_ending(ending) && dot - start >= 2 && has_letter(host.substr(0, host.rfind('.')))) {
            const bool sentence = text_.is_upper(end - ending.size()) && !text_.is_upper(start);
            const bool doubtful = sentence || is_word_in(ending, language_);
            if (!doubtful || path) mark_link(start, path ? address_end(end) : end, path ? 0.95 : 0.85, "link.host");
        }
        return end - 1;
    }
    static bool has_letter(std::string_view word) { return std::any_of(word.begin(), word.end(), [](char c) { return is_letter(c); }); }

    void mark_link(std::size_t start, std::size_t end, double confidence, std::string_view rule) {
        const bool known = std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) { return start < mark.end && mark.start < end && mark.reason == "personal_data"; });
        if (!known) marks_.push_back({start, end, "link", confidence, rule});
    }

    const Lexicon& lexicon_;
    const Folded& text_;
    const std::string& chars_;
    const std::vector<Hit>& hits_;
    std::uint16_t language_;
    std::vector<Mark>& marks_;
};

}  // namespace

void find_addresses(const Lexicon& lexicon, const Folded& text, const std::vector<Hit>& hits, std::uint16_t language, std::vector<Mark>& marks) {
    Addresses(lexicon, text, hits, language, marks).find();
}

}  // namespace verbatim::text
