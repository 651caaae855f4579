// Measures the detectors on our own sentences and, where it is there, on ../shared/data (VERBATIM_DATA overrides): time for clean
// texts, recall of listed insults in ordinary sentences by language, false alarms on innocent words and on real reviews.
#include "ground/text/detectors.h"
#include "ground/text/bench_sections.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>

namespace verbatim::text::bench {
namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void measure_time(const Detectors& detectors) {
    struct Sample { const char* lang; std::string text; };
    const Sample samples[] = {
        {"en", "The people at the workshop were friendly and explained every step. My car was ready on time, clean inside, and the bill was what they had told me. "},
        {"fr", "L'équipe de l'atelier est accueillante et a pris le temps de tout expliquer. La voiture était prête à l'heure, lavée, et la facture conforme. "},
        {"de", "Das Team in der Werkstatt war freundlich und hat jeden Schritt erklärt. Das Auto war pünktlich fertig, sauber, und die Rechnung stimmte. "},
    };
    Context context;
    for (const Sample& sample : samples) {
        context.lang = sample.lang;
        std::string text = sample.text;
        double best = 1e9;
        std::size_t found = 0;
        for (int round = 0; round < 7; ++round) {
            constexpr int times = 50'000;
            const double start = cpu_seconds();
            for (int i = 0; i < times; ++i) found += detectors.find(text, context).size();
            best = std::min(best, (cpu_seconds() - start) / times);
        }
        std::printf("clean %s text of %zu bytes: %.0f ns (findings %zu)\n", sample.lang, text.size(), best * 1e9, found);
    }
}

void measure_recall(const Detectors& detectors, bool list_missed) {
    double mean = 0;
    int languages = 0;
    for (const char* language : {"en", "fr", "de", "es", "it", "pt", "nl", "pl"}) {
        const bench::Recall recall = bench::insult_recall(detectors, language);
        if (recall.words == 0) continue;
        std::printf("insults %s: %zu of %zu found (%.3f); of those in two lists %zu of %zu (%.3f)\n", language, recall.found, recall.words, recall.share(), recall.agreed_found,
                    recall.agreed, recall.agreed == 0 ? 0.0 : static_cast<double>(recall.agreed_found) / static_cast<double>(recall.agreed));
        mean += recall.share();
        ++languages;
        for (const std::string& word : recall.missed) {
            if (list_missed) std::printf("  missed %s\t%s\n", language, word.c_str());
        }
    }
    if (languages > 0) std::printf("insults, mean of the languages: %.3f\n", mean / languages);
}

void measure_alarms(const Detectors& detectors, const std::string& list_of) {
    const bench::Alarms innocent = bench::scunthorpe_alarms(detectors);
    if (innocent.texts != 0) std::printf("innocent words with a listed one inside: %zu alarms of %zu (%.2f %%)\n", innocent.alarmed, innocent.texts, innocent.share() * 100);
    const auto list = [&](const bench::Alarms& alarms) {
        for (const bench::Example& example : alarms.examples) {
            if (list_of == "all" || example.reason == list_of) std::printf("  %s\t%s\t[%s]\t%s\n", example.reason.c_str(), example.rule.c_str(), example.text.c_str(), example.around.c_str());
        }
    };
    list(innocent);
    for (const bench::ReviewFile& file : bench::clean_review_files()) {
        const bench::Alarms alarms = bench::review_alarms(detectors, file);
        if (alarms.texts == 0) continue;
        std::printf("%s (%s): %zu of %zu texts (%.2f %%)", file.path.c_str(), file.lang.c_str(), alarms.alarmed, alarms.texts, alarms.share() * 100);
        for (const auto& [reason, count] : alarms.by_reason) std::printf("  %s %zu", reason.c_str(), count);
        std::printf("\n");
        list(alarms);
    }
}

}  // namespace

void time_section(const Detectors& detectors, const Wishes&) { measure_time(detectors); }
void insult_section(const Detectors& detectors, const Wishes& wishes) { measure_recall(detectors, wishes.list == "missed"); }
void alarm_section(const Detectors& detectors, const Wishes& wishes) { measure_alarms(detectors, wishes.list); }

}  // namespace verbatim::text::bench

// Arguments: sections to run (all without one), list=REASON to print findings one by one, and
// model=FILE (or none) for another classifier than the shipped one.
int main(int argc, char** argv) {
    using namespace verbatim::text;
    constexpr std::pair<std::string_view, void (*)(const Detectors&, const bench::Wishes&)> sections[] = {
        {"time", bench::time_section}, {"insults", bench::insult_section}, {"alarms", bench::alarm_section},
        {"hatecheck", bench::hatecheck_section}, {"labelled", bench::labelled_section}, {"names", bench::names_section},
    };
    bench::Wishes wishes;
    std::vector<std::string_view> wanted;
    std::string model;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word.substr(0, 5) == "list=") {
            wishes.list = word.substr(5);
        } else if (word.substr(0, 6) == "model=") {
            model = word.substr(6);
        } else {
            wanted.push_back(word);
        }
    }
    const auto start = std::chrono::steady_clock::now();
    auto detectors = Detectors::shipped();
    if (model == "none") {
        detectors = Detectors::shipped_without_model();
    } else if (!model.empty()) {
        std::ifstream file(model, std::ios::binary);
        detectors = Detectors::with_model(std::string(std::istreambuf_iterator<char>(file), {})).value();
    }
    const std::chrono::duration<double, std::milli> made = std::chrono::steady_clock::now() - start;
    std::printf("detectors made in %.1f ms: %s\n", made.count(), detectors->version().c_str());
    for (const auto& [name, run] : sections) {
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()) run(*detectors, wishes);
    }
    return 0;
}
