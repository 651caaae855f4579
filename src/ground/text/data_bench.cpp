#include "ground/text/bench_data.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <cstdlib>

namespace verbatim::text::bench {
namespace {

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    for (const char c : line) {
        if (c == '\t') {
            fields.emplace_back();
        } else {
            fields.back().push_back(c);
        }
    }
    return fields;
}

struct Frame {
    const char *before, *after;
};
const std::vector<Frame>& frames(const std::string& language) {
    static const std::map<std::string, std::vector<Frame>> all = {
        {"en", {{"I waited two hours and the man at the desk said ", " to me before he left."}, {"The car was late again, ", ", and nobody called us."}, {"", ", that is all I can say about this workshop."}}},
        {"fr", {{"J'ai attendu deux heures et l'employé a dit ", " avant de partir."}, {"La voiture était encore en retard, ", ", et personne n'a appelé."}, {"", ", voilà ce que je pense de cet atelier."}}},
        {"de", {{"Ich habe zwei Stunden gewartet, dann sagte der Mann ", " und ging weg."}, {"Das Auto war wieder nicht fertig, ", ", und keiner rief an."}, {"", ", mehr sage ich zu dieser Werkstatt nicht."}}},
        {"es", {{"Esperé dos horas y el empleado dijo ", " antes de irse."}, {"El coche tampoco estaba listo, ", ", y nadie llamó."}, {"", ", eso es lo que pienso de este taller."}}},
        {"it", {{"Ho aspettato due ore e l'impiegato ha detto ", " prima di uscire."}, {"La macchina era di nuovo in ritardo, ", ", e nessuno ha chiamato."}, {"", ", ecco cosa penso di questa officina."}}},
        {"pt", {{"Esperei duas horas e o empregado disse ", " antes de sair."}, {"O carro estava outra vez atrasado, ", ", e ninguém ligou."}, {"", ", é o que penso desta oficina."}}},
        {"nl", {{"Ik wachtte twee uur en de man zei ", " voordat hij wegliep."}, {"De auto was weer niet klaar, ", ", en niemand belde."}, {"", ", meer zeg ik niet over deze werkplaats."}}},
        {"pl", {{"Czekałem dwie godziny, a pracownik powiedział ", " i wyszedł."}, {"Samochód znowu nie był gotowy, ", ", i nikt nie zadzwonił."}, {"", ", tyle mogę powiedzieć o tym warsztacie."}}}};
    return all.at(language);
}

void note(Alarms& alarms, const std::string& text, const std::vector<Finding>& findings) {
    ++alarms.texts;
    if (findings.empty()) return;
    ++alarms.alarmed;
    std::map<std::string, bool> reasons;
    for (const Finding& finding : findings) {
        reasons[finding.reason] = true;
        const std::size_t from = finding.byte_start < 50 ? 0 : finding.byte_start - 50;
        std::string around = text.substr(from, finding.byte_end + 40 - from);
        for (char& c : around) {
            if (c == '\n' || c == '\t') c = ' ';
        }
        alarms.examples.push_back({finding.reason, finding.rule, finding.text, around});
    }
    for (const auto& [reason, present] : reasons) ++alarms.by_reason[reason];
}

}  // namespace

std::string data_folder() {
    const char* set = std::getenv("VERBATIM_DATA");
    return set != nullptr && *set != 0 ? set : "../shared/data";
}

std::vector<std::string> read_gzip_lines(const std::string& path) {
    std::vector<std::string> lines;
    gzFile file = gzopen((data_folder() + "/" + path).c_str(), "rb");
    if (file == nullptr) return lines;
    std::string line;
    char buffer[1 << 16];
    while (gzgets(file, buffer, sizeof buffer) != nullptr) {
        line += buffer;
        if (line.back() != '\n') continue;
        line.pop_back();
        lines.push_back(std::move(line));
        line.clear();
    }
    if (!line.empty()) lines.push_back(std::move(line));
    gzclose(file);
    return lines;
}

// Words marked as mostly harmless by their only source ("cuss-0") are no insults and left out.
Recall insult_recall(const Detectors& detectors, const std::string& language) {
    Recall recall;
    Context context;
    context.lang = language;
    for (const std::string& line : read_gzip_lines("moderation/insult_words.tsv.gz")) {
        const std::vector<std::string> fields = fields_of(line);
        if (fields.size() < 4 || fields[0].substr(0, 2) != language || fields[1].empty() || (fields[0].size() > 2 && fields[0][2] != '-')) continue;
        if (fields[2] == "cuss" && fields[3] == "cuss-0") continue;
        const auto& choices = frames(language);
        const Frame& frame = choices[recall.words % choices.size()];
        const std::size_t start = std::string_view(frame.before).size(), end = start + fields[1].size();
        const std::string text = frame.before + fields[1] + frame.after;
        bool found = false;
        for (const Finding& finding : detectors.find(text, context)) found = found || (finding.byte_start < end && start < finding.byte_end);
        // Two lists that agree are less noisy than one: some single lists are machine translations.
        const bool agreed = fields[2].find(',') != std::string::npos;
        recall.agreed += agreed ? 1 : 0;
        recall.agreed_found += agreed && found ? 1 : 0;
        ++recall.words;
        found ? static_cast<void>(++recall.found) : recall.missed.push_back(fields[1]);
    }
    return recall;
}

Alarms scunthorpe_alarms(const Detectors& detectors) {
    Alarms alarms;
    Context context;
    bool first = true;
    for (const std::string& line : read_gzip_lines("moderation/scunthorpe_false_positives.tsv.gz")) {
        const std::vector<std::string> fields = fields_of(line);
        if (first || fields.size() < 3) {
            first = false;
            continue;
        }
        context.lang = fields[0];
        note(alarms, fields[2], detectors.find(fields[2], context));
    }
    return alarms;
}

std::vector<ReviewFile> clean_review_files() {
    return {{"reviews/cars_opinrank_en.jsonl.gz", "en"},
            {"reviews/ro_laroseda_stars.jsonl.gz", "ro"},
            {"unclear_licence/reviews/fr_insurance_car_stars.jsonl.gz", "fr"},
            {"unclear_licence/reviews/fr_insurance_other_stars.jsonl.gz", "fr"},
            {"unclear_licence/reviews/fr_tripadvisor_lyon_stars.jsonl.gz", "fr"},
            {"unclear_licence/reviews/en_trustpilot_food_stars.jsonl.gz", "en"},
            {"unclear_licence/reviews/cars_edmunds_stars_en.jsonl.gz", "en"},
            {"unclear_licence/reviews/es_restmex_meia2025_stars.jsonl.gz", "es"},
            {"unclear_licence/reviews/multi_trustpilot_bank_stars.jsonl.gz", ""}};
}

Alarms review_alarms(const Detectors& detectors, const ReviewFile& file) {
    Alarms alarms;
    Context context;
    for (const std::string& line : read_gzip_lines(file.path)) {
        const auto review = nlohmann::json::parse(line, nullptr, false);
        if (review.is_discarded() || !review.is_object()) continue;
        const auto text_of = [&](const char* name) { return review.contains(name) && review[name].is_string() ? review[name].get<std::string>() : std::string(); };
        std::string text = text_of("title");
        if (!text.empty()) text += "\n";
        text += text_of("body");
        context.lang = file.lang.empty() ? text_of("lang") : file.lang;
        note(alarms, text, detectors.find(text, context));
    }
    return alarms;
}

}  // namespace verbatim::text::bench
