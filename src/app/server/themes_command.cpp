#include "app/server/themes_command.h"

#include <ostream>
#include <set>

#include "app/server/files.h"
#include "app/server/readings.h"
#include "ground/understand/themes.h"

namespace verbatim::server {

int check_themes(const std::string& file, std::ostream& out) {
    const auto themes = understand::Themes::parse(read_file(file));
    if (!themes) {
        out << themes.error().message << "\n";
        return 1;
    }
    std::set<std::string> languages;
    for (const auto& theme : themes->all()) {
        for (const auto& [language, name] : theme.names) languages.insert(language);
    }
    out << themes->all().size() << " themes, named in";
    for (const auto& language : languages) out << " " << language;
    out << "; version " << themes->version() << "\n";
    // Readers of a language without a name see the English one, or the theme's id.
    for (const auto& theme : themes->all()) {
        for (const auto& language : languages) {
            if (!theme.names.contains(language)) out << "note: " << theme.id << " has no name in " << language << "\n";
        }
    }
    return 0;
}

int look_at_trends(const Place& place, bool weekly, std::ostream& out) {
    const SystemClock clock;
    House house(place, clock);
    const auto options = trend_options(house.settings, house.settings.text("server.base_url"), *house.readers);
    const auto told = analyse::watch_trends(*house.db, clock, options);
    out << told << (told == 1 ? " change" : " changes") << " told\n";
    if (weekly) {
        out << analyse::watch_drift(*house.db, clock, options) << " languages in which words and stars disagree more often\n";
        out << analyse::tell_followers(*house.db, clock, options.base_url, options.name) << " mails to those who follow a theme\n";
    }
    return 0;
}

}  // namespace verbatim::server
