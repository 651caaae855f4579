// HateCheck (Röttger et al. 2021, 2022), never learned from: accuracy by language in two readings, and the share right by
// functionality.
#include "ground/text/bench_sections.h"

#include <cstdio>

namespace verbatim::text::bench {
namespace {

constexpr const char* languages[] = {"en", "fr", "de", "es", "it", "pt", "nl", "pl", "ar"};

struct Share {
    std::size_t rows = 0, right = 0;
};

void print_table(const char* title, const std::map<std::string, std::map<std::string, Share>>& table) {
    std::printf("%s, share right by functionality (%%)\n  %-26s", title, "");
    for (const char* language : languages) std::printf("%5s", language);
    std::printf("\n");
    for (const auto& [functionality, by_language] : table) {
        std::printf("  %-26s", functionality.c_str());
        for (const char* language : languages) {
            const auto found = by_language.find(language);
            if (found == by_language.end()) {
                std::printf("    -");
            } else {
                std::printf("%5.0f", 100.0 * static_cast<double>(found->second.right) / static_cast<double>(found->second.rows));
            }
        }
        std::printf("\n");
    }
}

}  // namespace

void hatecheck_section(const Detectors& detectors, const Wishes&) {
    const std::vector<Labelled> rows = labelled_rows("moderation/hatecheck_9langs.jsonl.gz");
    if (rows.empty()) {
        std::printf("HateCheck: skipped, not in %s\n", data_folder().c_str());
        return;
    }
    std::map<std::string, Confusion> hate, human;
    std::map<std::string, std::map<std::string, Share>> hate_table, human_table;
    for (const Labelled& row : rows) {
        const Verdict said = verdict(detectors, row);
        hate[row.lang].note(row.positive, said.hate);
        human[row.lang].note(row.positive, said.human);
        const auto note = [&](Share& share, bool right) {
            ++share.rows;
            share.right += right ? 1 : 0;
        };
        note(hate_table[row.group][row.lang], said.hate == row.positive);
        note(human_table[row.group][row.lang], said.human == row.positive);
    }
    for (const char* language : languages) {
        const double target = std::string_view(language) == "en" || std::string_view(language) == "fr" ? 0.77 : 0.65;
        const Confusion& first = hate[language];
        const double majority = static_cast<double>(first.hit + first.missed) / static_cast<double>(std::max<std::size_t>(1, first.rows()));
        std::printf("HateCheck %s, hate or threat: accuracy %s, macro F1 %.3f, %s (always \"hateful\": %.3f)\n", language, beside(first.accuracy(), target).c_str(), first.macro_f1(), first.text().c_str(), majority);
        std::printf("HateCheck %s, asks a human:   accuracy %s, macro F1 %.3f, %s\n", language, beside(human[language].accuracy(), target).c_str(), human[language].macro_f1(), human[language].text().c_str());
    }
    print_table("hate or threat", hate_table);
    print_table("asks a human", human_table);
}

}  // namespace verbatim::text::bench
