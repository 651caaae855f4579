#include "ground/text/personal_data.h"

#include "ground/text/plates.h"

#include <algorithm>
#include <array>
#include <optional>

namespace verbatim::text {
namespace {

struct IbanLength {
    char country[3];
    std::size_t length;
};
// ISO 13616 registry: the countries of Europe.
constexpr IbanLength iban_lengths[] = {
    {"ad", 24}, {"at", 20}, {"be", 16}, {"bg", 22}, {"ch", 21}, {"cy", 28}, {"cz", 24}, {"de", 22}, {"dk", 18}, {"ee", 20}, {"es", 24}, {"fi", 18},
    {"fr", 27}, {"gb", 22}, {"gr", 27}, {"hr", 21}, {"hu", 28}, {"ie", 22}, {"is", 26}, {"it", 27}, {"li", 21}, {"lt", 20}, {"lu", 20}, {"lv", 21},
    {"mc", 27}, {"mt", 31}, {"nl", 18}, {"no", 15}, {"pl", 28}, {"pt", 25}, {"ro", 24}, {"rs", 22}, {"se", 24}, {"si", 19}, {"sk", 24}, {"tr", 26}, {"ua", 29}};

// E.164 country codes of Europe and of those who write there; the longer first where one begins another.
constexpr std::array<std::string_view, 50> country_codes = {
    "350", "351", "352", "353", "354", "355", "356", "357", "358", "359", "370", "371", "372", "373", "374", "375", "376", "377", "378", "380", "381", "382", "385",
    "386", "387", "389", "420", "421", "423", "212", "213", "216", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "90", "1"};

class Numbers {
public:
    Numbers(const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks)
        : lexicon_(lexicon), text_(text), chars_(text.chars), language_(language), marks_(marks) {}

    void find() {
        for (std::size_t i = 0; i < chars_.size(); ++i) {
            if (!is_word(chars_[i]) || !starts_word(text_, i)) continue;
            const std::size_t end = token_end(i);
            if (std::size_t done = iban(i, end); done != 0) {
                i = done - 1;
            } else if (vin(i, end) || plate(i)) {
                i = end - 1;
            }
        }
        for (std::size_t i = 0; i < chars_.size(); ++i) {
            if (is_digit(chars_[i]) && (i == 0 || !is_word(chars_[i - 1]))) i = telephone(i);
        }
    }

private:
    struct Digits {
        std::string digits;
        std::vector<std::size_t> groups;  // sizes
        std::size_t start = 0, end = 0;
        bool plus = false, slash = false, comma = false, parenthesis = false, points = false;
    };

    std::size_t token_end(std::size_t at) const {
        while (at < chars_.size() && is_word(chars_[at])) ++at;
        return at;
    }
    bool taken(std::size_t start, std::size_t end) const {
        return std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) { return start < mark.end && mark.start < end; });
    }
    void mark(std::size_t start, std::size_t end, double confidence, std::string_view rule) {
        if (!taken(start, end)) marks_.push_back({start, end, "personal_data", confidence, rule});
    }
    // A word of this kind that ends shortly before `at`: "Tel. 12 34 56 78".
    bool announced(std::size_t at, Kind kind, std::size_t within) const {
        for (std::size_t end = at; end > 0 && at - end <= within; --end) {
            if (!is_letter(chars_[end - 1]) || !ends_word(text_, end)) continue;
            std::size_t begin = end;
            while (begin > 0 && is_letter(chars_[begin - 1])) --begin;
            if (lexicon_.is(std::string_view(chars_).substr(begin, end - begin), kind, 0)) return true;
            end = begin + 1;
        }
        return false;
    }
    bool is_language(std::string_view code) const { return language_ == language_number(code); }
    bool unit_follows(std::size_t at) const {
        std::size_t next = at;
        while (next < chars_.size() && next < at + 2 && chars_[next] == ' ') ++next;
        if (next >= chars_.size()) return false;
        const char c = chars_[next];
        if (c == euro_sign || c == '$' || c == '%') return true;
        std::size_t end = next;
        while (end < chars_.size() && is_letter(chars_[end])) ++end;
        return end > next && lexicon_.is(std::string_view(chars_).substr(next, end - next), Kind::unit, 0);
    }

    std::size_t iban(std::size_t start, std::size_t end) {
        if (end - start < 4 || !is_letter(chars_[start]) || !is_letter(chars_[start + 1]) || !is_digit(chars_[start + 2]) || !is_digit(chars_[start + 3])) return 0;
        const auto known = std::find_if(std::begin(iban_lengths), std::end(iban_lengths), [&](const IbanLength& entry) { return chars_.compare(start, 2, entry.country) == 0; });
        if (known == std::end(iban_lengths)) return 0;
        std::string compact;
        std::size_t at = start;
        while (at < chars_.size() && compact.size() < known->length) {
            if (is_word(chars_[at]) && chars_[at] != other_letter) {
                compact.push_back(chars_[at]);
            } else if (!(chars_[at] == ' ' || chars_[at] == '-' || chars_[at] == '.') || (at > start && !is_word(chars_[at - 1]))) {
                break;
            }
            ++at;
        }
        if (compact.size() != known->length || !ends_word(text_, at) || !valid_iban(compact)) return 0;
        mark(start, at, 0.99, "iban");
        return at;
    }

    // ISO 3779: 17 characters without I, O, Q. A word of 17 letters is not one: the serial at its end has digits.
    bool vin(std::size_t start, std::size_t end) {
        if (end - start != 17) return false;
        std::size_t digits = 0, last_digits = 0, capitals = 0, letters = 0;
        for (std::size_t i = start; i < end; ++i) {
            const char c = chars_[i];
            if (c == 'i' || c == 'o' || c == 'q' || c == other_letter) return false;
            digits += is_digit(c) ? 1 : 0;
            last_digits += is_digit(c) && i >= end - 5 ? 1 : 0;
            letters += is_digit(c) ? 0 : 1;
            capitals += text_.is_upper(i) ? 1 : 0;
        }
        if (digits < 4 || letters < 2 || last_digits < 3 || (capitals != 0 && capitals != letters)) return false;
        mark(start, end, 0.95, "vin");
        return true;
    }

    bool plate(std::size_t start) {
        const bool announced_plate = announced(start, Kind::plate_word, 25);
        const std::optional<PlateMatch> found = match_plate(text_, start, language_, announced_plate);
        if (!found || unit_follows(found->end)) return false;
        mark(start, found->end, announced_plate ? 0.95 : found->confidence, found->rule);
        return true;
    }

    Digits read_digits(std::size_t start) const {
        Digits read;
        read.start = start;
        std::size_t at = start, group = 0;
        if (start > 0 && chars_[start - 1] == '+') {
            read.plus = true;
            read.start = start - 1;
        } else if (start > 0 && chars_[start - 1] == '(') {
            read.parenthesis = true;
            read.start = start - 1;
            if (start > 1 && chars_[start - 2] == '+') {
                read.plus = true;
                read.start = start - 2;
            }
        }
        while (at < chars_.size() && read.digits.size() < 20) {
            if (is_digit(chars_[at])) {
                read.digits.push_back(chars_[at]);
                ++group;
                read.end = ++at;
                continue;
            }
            std::size_t next = at;
            while (next < chars_.size() && next < at + 3 && std::string_view(" .-/()").find(chars_[next]) != std::string_view::npos) ++next;
            if (next == at || next >= chars_.size() || !is_digit(chars_[next])) {
                read.comma = at < chars_.size() && chars_[at] == ',' && at + 1 < chars_.size() && is_digit(chars_[at + 1]);
                break;
            }
            for (std::size_t i = at; i < next; ++i) {
                read.slash = read.slash || chars_[i] == '/';
                read.parenthesis = read.parenthesis || chars_[i] == '(' || chars_[i] == ')';
                read.points = read.points || chars_[i] == '.';
            }
            read.groups.push_back(group);
            group = 0;
            at = next;
        }
        read.groups.push_back(group);
        return read;
    }

    static bool is_date(const Digits& read) {
        // also mistyped ones: 02/06./20212
        if (read.slash && read.points) return true;
        // 12.03.2024, 2024-03-12, 03/2024 and ranges of years
        const auto& groups = read.groups;
        if (groups.size() == 3 && ((groups[0] <= 2 && groups[1] <= 2 && (groups[2] == 4 || groups[2] == 2)) || (groups[0] == 4 && groups[1] <= 2 && groups[2] <= 2))) return true;
        return groups.size() == 2 && groups[0] <= 4 && groups[1] == 4;
    }
    bool grouped(const Digits& read, std::initializer_list<std::size_t> sizes) const { return read.groups.size() == sizes.size() && std::equal(sizes.begin(), sizes.end(), read.groups.begin()); }

    std::size_t telephone(std::size_t start) {
        const Digits read = read_digits(start);
        const std::size_t size = read.digits.size();
        const std::size_t next = read.end - 1;
        if (size < 7 || !ends_word(text_, read.end) || read.comma) return next;
        if (taken(read.start, read.end)) return next;
        if (size == 16 && valid_card(read.digits) && (grouped(read, {4, 4, 4, 4}) || grouped(read, {16}))) {
            mark(read.start, read.end, 0.9, "card");
            return next;
        }
        if (unit_follows(read.end) || is_date(read)) return next;
        const bool announced_number = announced(read.start, Kind::number_word, 12);
        const bool announced_phone = announced(read.start, Kind::phone_word, 20) && !announced_number;
        const std::string_view digits = read.digits;
        const std::string_view abroad = read.plus ? digits : digits.substr(0, 2) == "00" && !announced_number ? digits.substr(2) : std::string_view();
        if (!abroad.empty() && abroad.size() >= 8 && abroad.size() <= 14 && std::any_of(country_codes.begin(), country_codes.end(), [&](std::string_view code) { return abroad.substr(0, code.size()) == code; })) {
            mark(read.start, read.end, 0.97, "phone.international");
        } else if (announced_number && !read.plus) {
            return next;
        } else if (national(read)) {
            mark(read.start, read.end, 0.92, "phone.national");
        } else if (announced_phone && size >= 7 && size <= 12) {
            mark(read.start, read.end, 0.85, "phone.announced");
        }
        return next;
    }

    // Shapes of national numbers. A trunk 0 with nine to eleven digits is one almost everywhere; without the 0 the grouping or the
    // country of the language must speak for it.
    bool national(const Digits& read) const {
        const std::string_view digits = read.digits;
        const std::size_t size = digits.size(), groups = read.groups.size();
        const char first = digits[0], second = digits[1];
        if (read.points && groups == 2 && read.groups[1] <= 2) return false;  // an amount
        if (first == '0' && second != '0') {
            if (size == 10) return groups == 1 || groups == 5 || groups <= 4;        // FR BE CH NL UK RO PL-less, 2-2-2-2-2 and others
            if (size == 9) return groups >= 2 && groups <= 5 && read.groups[0] >= 2 && !is_language("en");  // BE, CH without, PT-less
            if (size == 11) return groups <= 5;                                       // UK, DE mobile
            if (size == 12 || size == 8) return (groups == 2 || groups == 3) && read.groups[0] >= 3 && read.groups[0] <= 5 && (read.slash || is_language("de") || is_language("hu"));
            return false;
        }
        if (size == 9) {
            const bool three = grouped(read, {3, 3, 3}), pairs = grouped(read, {3, 2, 2, 2}) || grouped(read, {2, 3, 2, 2});
            const bool amount = read.points && three;  // 123.456.789
            if ((is_language("es") || is_language("pt") || is_language("ca")) && (first == '6' || first == '7' || first == '9' || first == '2' || first == '8')) return !amount && (groups == 1 || three || pairs);
            if (is_language("pl") || is_language("cs") || is_language("sk")) return !amount && (three || pairs || (groups == 1 && first >= '4'));
            return pairs || (three && (first == '6' || first == '9') && language_ == 0);
        }
        if (size == 10) {
            if (grouped(read, {3, 3, 4})) return !read.points || first >= '2';  // North America, IT mobile
            if (is_language("it") && first == '3') return true;
            if ((is_language("el") || is_language("ro")) && (first == '2' || first == '6' || first == '7')) return groups <= 4;
            return false;
        }
        if (size == 8) return grouped(read, {2, 2, 2, 2}) && (is_language("da") || is_language("no") || is_language("fr") || is_language("lb"));
        return false;
    }

    const Lexicon& lexicon_;
    const Folded& text_;
    const std::string& chars_;
    std::uint16_t language_;
    std::vector<Mark>& marks_;
};

}  // namespace

bool valid_iban(std::string_view compact) {
    if (compact.size() < 15 || compact.size() > 34) return false;
    const std::string turned = std::string(compact.substr(4)) + std::string(compact.substr(0, 4));
    unsigned rest = 0;
    for (const char c : turned) {
        if (is_digit(c)) {
            rest = (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
        } else {
            const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            if (small < 'a' || small > 'z') return false;
            rest = (rest * 100 + static_cast<unsigned>(small - 'a' + 10)) % 97;
        }
    }
    return rest == 1;
}

bool valid_card(std::string_view digits) {
    if (digits.empty() || digits[0] < '3' || digits[0] > '6') return false;
    unsigned sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        unsigned digit = static_cast<unsigned>(digits[digits.size() - 1 - i] - '0');
        if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

void find_numbers(const Lexicon& lexicon, const Folded& text, std::uint16_t language, std::vector<Mark>& marks) {
    if (text.digits) Numbers(lexicon, text, language, marks).find();
}

}  // namespace verbatim::text
