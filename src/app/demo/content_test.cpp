// The files of assets/demo, held against contract.md.
#include "app/demo/content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "ground/formats/csv.h"
#include "ground/formats/utf8.h"

namespace verbatim::demo {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(std::string_view name) {
    const auto input = Input::of_text(std::string(file(name)));
    CsvReader reader(*input);
    EXPECT_TRUE(reader.read_header().ok()) << name;
    std::vector<Row> rows;
    CsvReader::Record record;
    while (reader.next(record)) {
        EXPECT_EQ(record.fault, "") << name << " line " << record.line;
        EXPECT_EQ(record.fields.size(), reader.columns().size()) << name << " line " << record.line;
        Row row;
        for (std::size_t i = 0; i < record.fields.size(); ++i) row[reader.columns()[i]] = record.fields[i];
        rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + at) {
        if (c == at) {
            parts.push_back(part);
            part.clear();
        } else {
            part += c;
        }
    }
    return parts;
}

const std::set<std::string> countries{"AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IT", "LU", "NL", "NO", "PL", "PT", "RO", "SE"};

// The mod-10 check digit of the GS1 General Specifications.
bool good_gtin(const std::string& gtin) {
    if (gtin.size() != 13) return false;
    int sum = 0;
    for (std::size_t i = 0; i < 13; ++i) sum += (gtin[i] - '0') * (i % 2 == 1 ? 3 : 1);
    return sum % 10 == 0;
}

}  // namespace

TEST(DemoContent, SixtySitesInTwentyCountriesKeepTheContract) {
    const std::regex locale("[a-z]{2}-[A-Z]{2}"), zone("Europe/[A-Z][a-z]+"), phone(R"(\+[0-9]{2,3}( ?[0-9])+)");
    const std::regex hours(R"((Mo|Tu|We|Th|Fr|Sa|Su|PH)(-(Fr|Sa|Su))? (off|[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9](,[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9])*))");
    std::set<std::string> codes, emails, phones, seen, groups;
    for (const Row& row : rows_of("sites.csv")) {
        const std::string& code = row.at("code");
        EXPECT_TRUE(codes.insert(code).second) << code;
        EXPECT_TRUE(countries.contains(row.at("country"))) << code;
        EXPECT_EQ(code.substr(0, 2), row.at("country"));
        seen.insert(row.at("country"));
        if (!row.at("group").empty()) groups.insert(row.at("group"));
        EXPECT_TRUE(std::regex_match(row.at("locale"), locale)) << code;
        EXPECT_TRUE(std::regex_match(row.at("timezone"), zone)) << code;
        EXPECT_TRUE(std::regex_match(row.at("phone"), phone)) << code << ' ' << row.at("phone");
        EXPECT_TRUE(phones.insert(row.at("phone")).second) << code;
        EXPECT_TRUE(emails.insert(row.at("email")).second) << code;
        EXPECT_TRUE(row.at("email").ends_with("@aurelle.example")) << code;
        const double latitude = std::stod(row.at("latitude")), longitude = std::stod(row.at("longitude"));
        EXPECT_TRUE(latitude > 36 && latitude < 62 && longitude > -10 && longitude < 28) << code;
        for (const std::string& service : split(row.at("services"), ';')) EXPECT_TRUE(service == "new_car" || service == "used_car" || service == "workshop") << code;
        for (std::string rule : split(row.at("opening"), ';')) {
            rule.erase(0, rule.find_first_not_of(' '));
            EXPECT_TRUE(std::regex_match(rule, hours)) << code << ": " << rule;
        }
        for (const char* column : {"name", "dealer", "street", "postcode", "city"}) EXPECT_FALSE(row.at(column).empty()) << code << ' ' << column;
    }
    EXPECT_EQ(codes.size(), 60u);
    EXPECT_EQ(seen.size(), 20u);
    EXPECT_GE(groups.size(), 10u);
}

TEST(DemoContent, EightModelsWithTheirVersions) {
    const auto rows = rows_of("products.csv");
    std::set<std::string> codes, models, mpns;
    for (const Row& row : rows) {
        EXPECT_TRUE(codes.insert(row.at("code")).second) << row.at("code");
        if (row.at("kind") == "model") models.insert(row.at("code"));
    }
    EXPECT_EQ(models.size(), 8u);
    std::map<std::string, int> versions;
    for (const Row& row : rows) {
        const std::string& kind = row.at("kind");
        EXPECT_TRUE(kind == "model" || kind == "version" || kind == "accessory" || kind == "contract") << row.at("code");
        if (kind == "version") ++versions[row.at("parent")];
        if (!row.at("parent").empty()) {
            EXPECT_TRUE(models.contains(row.at("parent"))) << row.at("code");
        }
        if (!row.at("mpn").empty()) {
            EXPECT_TRUE(mpns.insert(row.at("mpn")).second) << row.at("mpn");
        }
        // 952 is GS1's prefix for demonstrations.
        if (!row.at("gtin").empty()) {
            EXPECT_TRUE(row.at("gtin").starts_with("952") && good_gtin(row.at("gtin"))) << row.at("gtin");
        }
    }
    for (const std::string& model : models) EXPECT_GE(versions[model], 2) << model;
}

TEST(DemoContent, PeopleHaveRolesAndScopesThatExist) {
    std::set<std::string> scopes(countries), site_codes;
    for (const Row& row : rows_of("sites.csv")) {
        site_codes.insert(row.at("code"));
        scopes.insert(row.at("code"));
        scopes.insert(row.at("group"));
    }
    for (const Row& row : rows_of("products.csv")) scopes.insert(row.at("code"));
    const std::set<std::string> roles{"admin", "hq", "product", "country", "group", "site", "adviser", "agent", "moderator", "crm", "auditor"};
    std::set<std::string> emails, seen_roles;
    std::map<std::string, int> managers, advisers, moderators, country_managers;
    for (const Row& row : rows_of("people.csv")) {
        const std::string &email = row.at("email"), &role = row.at("role"), &scope = row.at("scope");
        EXPECT_TRUE(emails.insert(email).second) << email;
        EXPECT_TRUE(std::regex_match(email, std::regex("[a-z]+\\.[a-z]+@aurelle\\.example"))) << email;
        EXPECT_TRUE(roles.contains(role)) << email;
        EXPECT_TRUE(scope == "*" || scopes.contains(scope)) << email << ' ' << scope;
        EXPECT_TRUE(std::regex_match(row.at("locale"), std::regex("[a-z]{2}(-[A-Z]{2})?"))) << email;
        seen_roles.insert(role);
        if (role == "site") ++managers[scope];
        if (role == "adviser") ++advisers[scope];
        if (role == "country") ++country_managers[scope];
        if (role == "moderator") ++moderators[row.at("locale").substr(0, 2)];
    }
    EXPECT_EQ(seen_roles, roles);
    for (const std::string& site : site_codes) {
        EXPECT_EQ(managers[site], 1) << site;
        EXPECT_TRUE(advisers[site] >= 2 && advisers[site] <= 4) << site;
    }
    for (const std::string& country : countries) EXPECT_EQ(country_managers[country], 1) << country;
    for (const std::string_view language : languages) EXPECT_GE(moderators[std::string(language)], 1) << language;
}

TEST(DemoContent, EverySentenceIsThereOnceAndEverySectionInEveryLanguage) {
    const Content content = Content::load();
    const auto& french = content.sentences.find("fr")->second.all();
    for (const auto& [language, sections] : content.sentences) {
        std::set<std::string> seen;
        for (const auto& [name, lines] : sections.all()) {
            EXPECT_TRUE(french.contains(name)) << language << ' ' << name;
            EXPECT_GE(lines.size(), 2u) << language << ' ' << name;
            for (const Sections::Line& line : lines) {
                EXPECT_TRUE(seen.insert(line.text).second) << language << " twice: " << line.text;
                EXPECT_TRUE(valid_utf8(line.text)) << line.text;
                EXPECT_EQ(line.text.find("  "), std::string::npos) << line.text;
            }
        }
        EXPECT_EQ(sections.all().size(), french.size()) << language;
    }
}

TEST(DemoContent, AtLeastSixtySentencesALanguageAndPolarity) {
    const Content content = Content::load();
    for (const auto& [language, sections] : content.sentences) {
        for (const std::string tone : {".good", ".bad"}) {
            std::size_t count = 0;
            for (const auto& [name, lines] : sections.all()) {
                if (name.ends_with(tone) && !name.starts_with("reply") && !name.starts_with("flagged") && !name.starts_with("title")) count += lines.size();
            }
            EXPECT_GE(count, 60u) << language << tone;
        }
    }
}

TEST(DemoContent, NoRealCarBrandIsNamed) {
    const std::vector<std::string> brands{"audi", "bmw", "citro", "dacia", "ferrari", "fiat", "ford", "honda", "hyundai", "jaguar", "kia", "lancia", "land rover", "lexus", "mazda", "mercedes",
                                          "mitsubishi", "morgan", "nissan", "opel", "peugeot", "porsche", "renault", "rover", "saab", "skoda", "škoda", "subaru", "suzuki", "tesla", "toyota", "vauxhall", "volkswagen", "volvo"};
    for (const std::string name : {"sites.csv", "products.csv", "people.csv", "names.txt", "sentences/fr.txt", "sentences/en.txt", "sentences/de.txt", "sentences/es.txt", "sentences/it.txt"}) {
        std::string text(file(name));
        ASSERT_FALSE(text.empty()) << name;
        std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const auto letter = [&](std::size_t at) { return at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') || static_cast<unsigned char>(text[at]) >= 0x80); };
        for (const std::string& real : brands) {
            for (std::size_t at = text.find(real); at != std::string::npos; at = text.find(real, at + 1)) {
                const bool whole = (at == 0 || !letter(at - 1)) && !letter(at + real.size());
                EXPECT_FALSE(whole) << name << ": " << text.substr(at < 20 ? 0 : at - 20, 50);
            }
        }
    }
}

TEST(DemoContent, BrokenSentencesAreNamedByLine) {
    const auto message = [](std::string_view text) {
        const auto parsed = Sections::parse(text);
        return parsed ? std::string() : parsed.error().message;
    };
    EXPECT_EQ(message("Hello.\n"), "line 1: text before the first section");
    EXPECT_EQ(message("[a]\nHello {who}.\n"), "line 2: unknown {who}");
    EXPECT_EQ(message("[a]\n\nHello {adviser.\n"), "line 3: an open brace");
    EXPECT_EQ(message("[a]\nHello adviser}.\n"), "line 2: a closing brace without an opening one");
    EXPECT_EQ(message("[a]\nx\n[a]\n"), "line 3: section a twice");
    EXPECT_EQ(message("[a\n"), "line 1: a heading that does not end in ]");
    EXPECT_EQ(message("# note\n[a]\nYes {or|no}, {adviser}. @fuel\n"), "");
}

TEST(DemoContent, SentencesAreFilledIn) {
    Scene scene;
    scene.lang = "en";
    scene.country = "GB";
    scene.model = "Virelai";
    scene.feminine = true;
    Dice dice(7);
    EXPECT_EQ(fill("my {model}{e}, content{oa}", scene, dice), "my Virelaie, contenta");
    std::set<std::string> forms;
    for (int i = 0; i < 50; ++i) forms.insert(fill("{yes|no|}.", scene, dice));
    EXPECT_EQ(forms, (std::set<std::string>{"yes.", "no.", "."}));
    EXPECT_TRUE(std::regex_match(fill("{price}", scene, dice), std::regex("£[0-9]+")));
    EXPECT_TRUE(std::regex_match(fill("{distance}", scene, dice), std::regex("[0-9]+,000 miles")));

    const Sections sections = Sections::parse("[a]\nOil. @fuel\nVolts. @electric\n{adviser} smiled.\n").value();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(say(sections, "a", scene, dice), "Oil.");  // no adviser, not electric
    std::vector<const Sections::Line*> taken;
    EXPECT_EQ(say(sections, "a", scene, dice, &taken), "Oil.");
    EXPECT_EQ(say(sections, "a", scene, dice, &taken), "");
    EXPECT_EQ(say(sections, "nowhere", scene, dice), "");
}

}  // namespace verbatim::demo
