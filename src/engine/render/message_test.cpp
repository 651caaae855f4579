// Messages against ICU's own MessageFormat, for every catalogue, and against each other.
#include "engine/render/message.h"

#include <gtest/gtest.h>
#include <unicode/msgfmt.h>
#include <unicode/plurrule.h>

#include <nlohmann/json.hpp>

#include "engine/render/embedded.h"
#include "engine/render/locale_impl.h"

namespace verbatim::render {
namespace {

std::vector<std::pair<std::string, std::string_view>> catalogues() {
    std::vector<std::pair<std::string, std::string_view>> all;
    for (const auto& file : embedded_resources()) {
        const std::string_view name = file.name;
        if (name.starts_with("i18n/") && name.find('/', 5) == std::string_view::npos) all.emplace_back(name.substr(5, name.size() - 10), file.content());
    }
    return all;
}

std::string_view english() {
    for (const auto& [tag, text] : catalogues())
        if (tag == "en") return text;
    throw std::runtime_error("no English catalogue");
}

std::string by_icu(const std::string& tag, const std::string& pattern, const MessageShape& shape, double number) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat format(icu::UnicodeString::fromUTF8(pattern), icu::Locale(tag == "en" ? "en-150" : tag.c_str()), status);
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, type] : shape.arguments) {
        names.push_back(icu::UnicodeString::fromUTF8(name));
        values.push_back(type == "number" || type == "plural" ? icu::Formattable(number) : icu::Formattable(icu::UnicodeString("workshop")));
    }
    icu::UnicodeString out;
    format.format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
    EXPECT_TRUE(U_SUCCESS(status)) << pattern;
    std::string text;
    out.toUTF8String(text);
    return text;
}

TEST(Message, says_what_ICU_says_in_every_catalogue) {
    std::size_t compared = 0;
    for (const auto& [tag, json] : catalogues()) {
        const Catalogue catalogue(tag, json);
        const Chain chain{{&catalogue}};
        const LocaleImpl locale(tag, chain);
        const Json texts = Json::parse(json);
        for (const auto& [key, message] : catalogue.messages()) {
            for (const double number : {0.0, 1.0, 2.0, 5.0, 12.0, 21.0, 1284.0, 1000000.0}) {
                std::vector<Argument> arguments;
                for (const auto& [name, type] : message.shape().arguments) {
                    if (type == "number" || type == "plural")
                        arguments.emplace_back(name, static_cast<std::int64_t>(number));
                    else
                        arguments.emplace_back(name, std::string_view("workshop"));
                }
                std::string ours;
                message.append(ours, arguments, locale);
                EXPECT_EQ(ours, by_icu(tag, texts[key], message.shape(), number)) << tag << " " << key;
                ++compared;
                if (message.shape().arguments.empty()) break;
            }
        }
    }
    EXPECT_GT(compared, 1500u);
}

TEST(Catalogue, holds_the_keys_arguments_and_types_of_the_English_one) {
    const Catalogue english_catalogue("en", english());
    for (const auto& [tag, json] : catalogues()) {
        const Catalogue catalogue(tag, json);
        const bool regional = tag.find('-') != std::string::npos;  // holds differences only
        for (const auto& [key, message] : english_catalogue.messages()) {
            const Message* other = catalogue.find(key);
            if (!other) {
                EXPECT_TRUE(regional) << tag << " lacks " << key;
                continue;
            }
            EXPECT_EQ(other->shape().arguments, message.shape().arguments) << tag << " " << key;
        }
        for (const auto& [key, _] : catalogue.messages()) EXPECT_TRUE(english_catalogue.find(key)) << tag << " has a key English lacks: " << key;
    }
}

TEST(Catalogue, writes_every_plural_category_its_language_needs) {
    for (const auto& [tag, json] : catalogues()) {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(icu::Locale(tag.c_str()), status));
        const std::unique_ptr<icu::StringEnumeration> keywords(rules->getKeywords(status));
        std::set<std::string> needed;
        while (const char* keyword = keywords->next(nullptr, status)) needed.insert(keyword);
        const Catalogue catalogue(tag, json);
        for (const auto& [key, message] : catalogue.messages()) {
            for (const auto& written : message.shape().plurals) EXPECT_EQ(written, needed) << tag << " " << key;
        }
    }
}

// ASCII apostrophes are ICU's quoting and never a language's apostrophe.
TEST(Catalogue, uses_typographic_apostrophes) {
    for (const auto& [tag, json] : catalogues()) EXPECT_EQ(json.find('\''), std::string_view::npos) << tag;
}

// What reads like a mark of certification, in the languages of the pages; empty for none. Names of formats are none.
std::string claimed(std::string text) {
    for (const char* format : {"ISO 8601", "ISO 639", "ISO 3166", "ISO-8859"})
        for (auto at = text.find(format); at != std::string::npos; at = text.find(format)) text.replace(at, 4, "");
    for (const char* word : {"ertified", "ertifié", "ertifie ", "ertifizier", "ertification", "ISO ", "ISO-", "NF ", "NF-"})
        if (text.find(word) != std::string::npos) return word;
    return {};
}

// Norm NOT-4 over everything built in that a reader can meet: templates, style, widget, the API's description. The one place
// that speaks of a certificate is the line of the mark, and it stands inside {{#MARK}}.
TEST(Templates_of_the_program, NOT_4_speak_of_a_certificate_only_where_one_is_shown) {
    std::size_t read = 0, marks = 0;
    for (const auto& file : embedded_resources()) {
        const std::string name = file.name;
        if (name.starts_with("i18n/") || name.ends_with(".woff2")) continue;
        const std::string text(file.content());
        EXPECT_EQ(claimed(text), "") << name;
        ++read;
        for (auto at = text.find("t:mark."); at != std::string::npos; at = text.find("t:mark.", at + 1)) {
            const auto opened = text.rfind("{{#MARK}}", at), closed = text.rfind("{{/MARK}}", at);
            EXPECT_TRUE(opened != std::string::npos && (closed == std::string::npos || closed < opened)) << name << " shows the mark without asking";
            ++marks;
        }
    }
    EXPECT_GT(read, 60u);
    EXPECT_GT(marks, 0u);
}

// Norm NOT-4: no mark of certification is claimed for a review. Norm INC-5: nobody asks for a certain number of stars.
TEST(Catalogue, NOT_4_INC_5_claims_no_certificate_and_asks_for_no_stars) {
    for (const auto& [tag, json] : catalogues()) {
        const Json texts = Json::parse(json);
        for (const auto& [key, value] : texts.items()) {
            const std::string text = value;
            if (key.starts_with("mail.invitation")) {
                for (const char* word : {"5 ", "five", "cinq", "fünf", "star", "étoile", "Stern"}) EXPECT_EQ(text.find(word), std::string::npos) << tag << " " << key << ": " << text;
            }
            if (key.starts_with("mark.")) continue;  // what the configured certificate is called, shown only while it is valid
            EXPECT_EQ(claimed(text), "") << tag << " " << key << ": " << text;
        }
    }
}

TEST(Message, refuses_what_it_does_not_know) {
    for (const char* bad : {"{a, date}", "{a, number, percent}", "{a", "{a, plural, one {x}}", "{a, plural, offset:1 one {x} other {y}}"})
        EXPECT_THROW(Message{bad}, std::logic_error) << bad;
}

TEST(Message, prefers_an_exact_value) {
    const Catalogue catalogue("en", "{}");
    const Chain chain{{&catalogue}};
    const LocaleImpl locale("en", chain);
    const Message message("{n, plural, =0 {none} one {one} other {# of {m, number}}}");
    for (const auto& [n, expected] : std::vector<std::pair<std::int64_t, std::string>>{{0, "none"}, {1, "one"}, {7, "7 of 1,200"}}) {
        std::string out;
        const std::array<Argument, 2> arguments = {Argument{"n", n}, Argument{"m", std::int64_t{1200}}};
        message.append(out, arguments, locale);
        EXPECT_EQ(out, expected);
    }
}

}  // namespace
}  // namespace verbatim::render
