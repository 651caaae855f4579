// Labelled sets of other people, by language and set, with confusion tables; GermEval 2018 beside its target.
#include "ground/text/bench_sections.h"

#include "ground/text/learn.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace verbatim::text::bench {

std::string beside(double reached, double target, bool least) {
    char text[96];
    const bool met = least ? reached >= target : reached <= target;
    std::snprintf(text, sizeof text, "%.3f (target %s %.3f, ratio %.2f: %s)", reached, least ? ">=" : "<=", target, target == 0 ? 0 : reached / target, met ? "met" : "MISSED");
    return text;
}

double Confusion::accuracy() const { return rows() == 0 ? 0 : static_cast<double>(hit + passed) / static_cast<double>(rows()); }

double Confusion::macro_f1() const {
    const auto f1 = [](std::size_t right, std::size_t over, std::size_t under) { return right == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(2 * right + over + under); };
    return (f1(hit, alarm, missed) + f1(passed, missed, alarm)) / 2;
}

std::string Confusion::text() const {
    char out[128];
    std::snprintf(out, sizeof out, "hit %5zu  missed %5zu  alarm %5zu  passed %5zu", hit, missed, alarm, passed);
    return out;
}

std::vector<Labelled> labelled_rows(const std::string& path) {
    std::vector<Labelled> rows;
    for (const std::string& line : read_gzip_lines(path)) {
        const auto value = nlohmann::json::parse(line, nullptr, false);
        if (value.is_discarded() || !value.is_object()) continue;
        const auto text_of = [&](const char* name) { return value.contains(name) && value[name].is_string() ? value[name].get<std::string>() : std::string(); };
        Labelled row{text_of("lang"), text_of("source"), text_of("functionality"), text_of("text"), false};
        const std::string label = text_of("label");
        if (value.contains("labels") && label.empty()) {
            // MLMA: a text with the one label "normal" is the only harmless kind.
            row.positive = value["labels"] != nlohmann::json::array({"normal"});
        } else if (value.contains("abuse")) {
            row.positive = text_of("hate") == "yes" || (text_of("abuse") != "none" && !text_of("abuse").empty());
        } else {
            row.positive = !label.empty() && label != "other" && label != "non-hateful" && label != "normal" && label != "none";
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Verdict verdict(const Detectors& detectors, const Labelled& row) {
    Context context;
    context.lang = row.lang;
    Verdict said;
    for (const Finding& finding : detectors.find(row.text, context)) {
        said.human = true;
        said.hate = said.hate || finding.reason == "hate" || finding.reason == "threat";
    }
    return said;
}

// GermEval 2018 on a development part: seven tenths of the open part are learned from, here and now, the rest is judged.
static void germeval() {
    std::vector<LabelledText> learned_from;
    std::vector<Labelled> judged;
    for (const std::string& line : read_gzip_lines("moderation/germeval2018_2021_de.jsonl.gz")) {
        const auto value = nlohmann::json::parse(line, nullptr, false);
        LabelledText one;
        if (value.is_discarded() || value.value("source", "") != "germeval18" || !read_labelled(line, one).empty()) continue;
        std::uint32_t hash = 2166136261u;
        for (const char c : one.text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
        if (hash / 16 % 10 < 7) {
            learned_from.push_back(std::move(one));
        } else {
            judged.push_back({one.lang, "", "", one.text, one.offensive});
        }
    }
    if (judged.empty()) return;
    const auto without = Detectors::shipped_without_model();
    const Learned learned = learn(learned_from, plain_texts(1), *without, {});
    const auto with = Detectors::with_model(learned.model).value();
    for (const auto& [name, detectors] : {std::pair{"packs and frames", without}, std::pair{"with a model learned from 0.7", with}}) {
        Confusion confusion;
        for (const Labelled& row : judged) confusion.note(row.positive, verdict(*detectors, row).human);
        std::printf("GermEval 2018, development part, %s: macro F1 %s; published 0.768; %s\n", name, beside(confusion.macro_f1(), 0.72).c_str(), confusion.text().c_str());
    }
}

// The shipped model has learned from GermEval, Davidson, MLMA and Wikipedia: their rows say what it remembers, not what it can do.
void labelled_section(const Detectors& detectors, const Wishes&) {
    constexpr const char* files[] = {"moderation/germeval2018_2021_de.jsonl.gz", "moderation/davidson_tweets_en.jsonl.gz", "moderation/mlma_tweets_fr_en.jsonl.gz",
                                     "moderation/wikipedia_toxicity_en.jsonl.gz", "moderation/fr_cyberagression_ado.jsonl.gz", "moderation/pt_hatebr_toldbr_fortuna.jsonl.gz"};
    for (const char* file : files) {
        const std::vector<Labelled> rows = labelled_rows(file);
        if (rows.empty()) {
            std::printf("%s: skipped, not in %s\n", file, data_folder().c_str());
            continue;
        }
        std::map<std::string, Confusion> human, hate;
        for (const Labelled& row : rows) {
            const Verdict said = verdict(detectors, row);
            const std::string key = row.lang + (row.source.empty() ? "" : " " + row.source);
            human[key].note(row.positive, said.human);
            hate[key].note(row.positive, said.hate);
        }
        std::printf("%s\n", file);
        for (const auto& [key, confusion] : human) {
            std::printf("  %-14s asks a human: macro F1 %.3f accuracy %.3f  %s   hate or threat: macro F1 %.3f\n", key.c_str(), confusion.macro_f1(), confusion.accuracy(), confusion.text().c_str(), hate[key].macro_f1());
        }
    }
    germeval();
}

}  // namespace verbatim::text::bench
