#include "app/server/train_words.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "app/server/files.h"
#include "ground/text/folded.h"
#include "ground/text/word_model.h"

namespace verbatim::server {
namespace {

constexpr std::size_t most_words = 2'000'000;  // of a list: what training keeps in memory

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from <= line.size();) {
        const std::size_t end = std::min(line.find('\t', from), line.size());
        fields.push_back(line.substr(from, end - from));
        from = end + 1;
    }
    return fields;
}

// The column "word" where the head line names one, else the first. Rows whose only source calls them harmless (severity cuss-0)
// are ordinary words.
void read_insults(const std::string& path, text::WordLists& lists) {
    std::size_t word_at = 0, severity_at = std::string::npos, sources_at = std::string::npos;
    bool first = true;
    each_line(path, [&](std::string_view line) {
        const auto fields = fields_of(line);
        if (std::exchange(first, false)) {
            const auto column = [&](std::string_view name) {
                const auto found = std::find(fields.begin(), fields.end(), name);
                return found == fields.end() ? std::string::npos : static_cast<std::size_t>(found - fields.begin());
            };
            if (column("word") != std::string::npos) {
                word_at = column("word");
                severity_at = column("severity");
                sources_at = column("sources");
                return;
            }
        }
        if (word_at >= fields.size()) return;
        const bool harmless = severity_at < fields.size() && fields[severity_at] == "cuss-0" && sources_at < fields.size() && fields[sources_at] == "cuss";
        (harmless ? lists.ordinary : lists.insults).emplace_back(fields[word_at]);
    });
}

bool innocent(const nlohmann::json& row) {
    const auto good = [](const nlohmann::json& label) {
        return label.is_string() && (label == "neither" || label == "other" || label == "normal" || label == "none");
    };
    if (const auto label = row.find("label"); label != row.end()) return good(*label);
    if (const auto labels = row.find("labels"); labels != row.end()) return labels->is_array() && std::any_of(labels->begin(), labels->end(), good);
    return true;
}

// Every word of the texts; of labelled ones only of those no one complained about.
void read_ordinary(const std::string& path, std::set<std::string>& words) {
    text::Folded folded;
    each_line(path, [&](std::string_view line) {
        std::string held;
        if (!line.empty() && line.front() == '{') {
            const auto row = nlohmann::json::parse(line, nullptr, false);
            if (row.is_discarded() || !row.is_object() || !innocent(row) || !row.contains("text") || !row["text"].is_string()) return;
            held = row["text"].get<std::string>();
            line = held;
        }
        if (!text::valid_utf8(line)) return;
        text::fold(line, folded);
        for (std::size_t i = 0; i < folded.size() && words.size() < most_words;) {
            const std::size_t begin = i;
            while (i < folded.size() && text::is_letter(folded.chars[i])) ++i;
            if (i - begin >= 3) words.insert(folded.chars.substr(begin, i - begin));
            i += i == begin ? 1 : 0;
        }
    });
}

}  // namespace

int train_insult_words(const WordTraining& wish) {
    text::WordLists lists;
    std::set<std::string> ordinary;
    for (const auto& path : wish.insults) read_insults(path, lists);
    for (const auto& path : wish.ordinary) read_ordinary(path, ordinary);
    lists.ordinary.insert(lists.ordinary.end(), ordinary.begin(), ordinary.end());
    const auto trained = text::train_word_model(lists, wish.alarms);
    if (trained.insults == 0 || trained.ordinary < 1000) throw std::runtime_error("too few words: give lists of insults and texts with at least a thousand ordinary words");
    std::ofstream file(wish.out, std::ios::binary | std::ios::trunc);
    file.write(trained.bytes.data(), static_cast<std::streamsize>(trained.bytes.size()));
    file.close();
    if (!file) throw std::runtime_error("cannot write " + wish.out);
    std::cout << trained.insults << " insults, " << trained.ordinary << " ordinary words; of the tenth left out " << trained.found * 100 << " % of the insults are found, "
              << trained.alarms * 100 << " % of the ordinary words alarm\n";
    return 0;
}

}  // namespace verbatim::server
