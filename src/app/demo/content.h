// What the demo is made of: an invented brand's sites, products and people in the formats any customer imports, names to
// draw customers from, and sentences in five languages. All of it lies readable in assets/demo and is carried by the binary.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/dice.h"
#include "ground/base/result.h"

namespace verbatim::demo {

inline constexpr std::string_view brand = "Aurelle";
inline constexpr std::string_view languages[] = {"fr", "en", "de", "es", "it"};

// The embedded files: "sites.csv", "products.csv", "people.csv", "names.txt", "sentences/fr.txt" ... Empty for another name.
std::string_view file(std::string_view name);

// Who is talking about what: fills the braces of a sentence and says which sentences fit.
struct Scene {
    std::string_view lang, country;
    std::string adviser;     // first name, may be empty
    std::string model, dealer, email, phone;
    bool electric = false;
    bool feminine = false;
};

// A file of "[section]" lines, each with its sentences below, one a line.
class Sections {
public:
    struct Line {
        std::string text;
        enum class Only { any, fuel, electric } only = Only::any;
    };

    // Errors name the line: text before the first section, a section twice, an open brace, an unknown word in braces.
    static Result<Sections> parse(std::string_view text);
    // Lists of words parted by commas instead of sentences (names.txt).
    static Result<Sections> parse_words(std::string_view text);

    const std::vector<Line>& lines(std::string_view section) const;  // empty where there is no such section
    bool has(std::string_view section) const { return sections_.contains(std::string(section)); }
    const std::map<std::string, std::vector<Line>>& all() const { return sections_; }

private:
    std::map<std::string, std::vector<Line>> sections_;
};

// "{a|b}" chooses, "{adviser}" is filled in from the scene, "{days}" and its like by chance.
std::string fill(std::string_view sentence, const Scene& scene, Dice& dice);
// A sentence of the section that fits the scene, filled in; not one of those in `taken`, where it is noted. Empty where none is left.
std::string say(const Sections& sections, std::string_view section, const Scene& scene, Dice& dice, std::vector<const Sections::Line*>* taken = nullptr);

struct Site {
    std::string code, name, group, country, locale, postcode, city;
    bool new_car = false, used_car = false, workshop = false;
};
struct ModelVersion {
    std::string code;
    bool electric = false;
};
struct Model {
    std::string code, name;  // "Virelai", without the brand
    bool electric = false;
    std::vector<ModelVersion> versions = {};
};
struct Adviser {
    std::string email, first_name, site, department;  // department: workshop | sales | used cars
};

struct Content {
    std::vector<Site> sites;
    std::vector<Model> models;
    std::vector<Adviser> advisers;
    std::map<std::string, Sections, std::less<>> sentences;  // by language
    Sections names;

    // The embedded content, read. A fault in it is a fault of the program: throws std::logic_error.
    static Content load();
    const Site& site(std::string_view code) const;  // throws std::out_of_range
};

}  // namespace verbatim::demo
