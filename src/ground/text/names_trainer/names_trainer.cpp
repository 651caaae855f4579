// Makes assets/models/names.model from the open lists whose licence allows it and from our own packs (assets/models/names.md):
//     ninja -C build/release ground_text_names_trainer
//     build/release/src/ground/text/ground_text_names_trainer ../shared/data assets/packs assets/models/names.model
// Only the half of the names that names_bench does not judge by is learnt. The same data give the same bytes.
#include "ground/text/bench_data.h"
#include "ground/text/folded.h"
#include "ground/text/names_model.h"
#include "ground/text/pack.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

namespace {

using namespace verbatim::text;

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}
bool learn_all = false;
bool for_learning(const std::string& word) { return learn_all || (hash_of(word) >> 9 & 1) == 0; }
// Of each seventeen words one is kept apart, to see how well words are known that were not learnt.
bool kept_apart(const std::string& word) { return hash_of(word) % 17 == 3; }

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

// The words of a text in folded letters.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string letters = folded(text), word;
    letters.push_back(' ');
    for (const char c : letters) {
        if (c >= 'a' && c <= 'z') {
            word.push_back(c);
        } else {
            if (word.size() >= 3 && word.size() <= 24) words.push_back(word);
            word.clear();
        }
    }
    return words;
}

struct Sample {
    std::string word;
    std::size_t kind;
};

class Samples {
public:
    void add(std::string_view text, Looks kind, bool halved) {
        for (std::string& word : words_of(text)) {
            if (!halved || for_learning(word)) words_[static_cast<std::size_t>(kind)][std::move(word)] += 1;
        }
    }
    // A word on several lists counts for the one that weighs most where it is: ordinary words only when written often.
    std::vector<Sample> all(std::mt19937& random) {
        std::vector<Sample> samples;
        for (std::size_t kind = 0; kind < looks_count; ++kind) {
            std::vector<std::string> words;
            for (const auto& [word, count] : words_[kind]) words.push_back(word);
            std::shuffle(words.begin(), words.end(), random);
            // Every kind is heard as often as every other.
            constexpr std::size_t heard[] = {80'000, 50'000, 40'000, 20'000, 80'000};
            std::vector<std::string> learnt;
            for (std::string& word : words) {
                if (kept_apart(word)) {
                    apart_.push_back({word, kind});
                } else {
                    learnt.push_back(word);
                }
            }
            for (std::size_t i = 0; i < heard[kind] && !learnt.empty(); ++i) samples.push_back({learnt[i % learnt.size()], kind});
            std::printf("kind %zu: %zu words\n", kind, words.size());
        }
        std::shuffle(samples.begin(), samples.end(), random);
        return samples;
    }

    const std::vector<Sample>& apart() const { return apart_; }

private:
    std::vector<Sample> apart_;
    std::map<std::string, int> words_[looks_count];
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "usage: names_trainer DATA PACKS MODEL [half]\n");
        return 2;
    }
    learn_all = argc == 4;
    setenv("VERBATIM_DATA", argv[1], 1);
    Samples samples;
    for (const std::string& line : bench::read_gzip_lines("names/names_by_country.tsv.gz")) {
        const auto fields = fields_of(line);
        if (fields.size() > 3 && fields[1] == "last") samples.add(fields[3].empty() ? fields[2] : fields[3], Looks::family, true);
        if (fields.size() > 3 && fields[1] == "first") samples.add(fields[3].empty() ? fields[2] : fields[3], Looks::first, true);
    }
    for (const std::string& line : bench::read_gzip_lines("names/fr_surnames_insee.tsv.gz")) {
        samples.add(line, Looks::family, true);
    }
    for (const std::string& line : bench::read_gzip_lines("names/fr_first_names_paris.tsv.gz")) samples.add(fields_of(line)[0], Looks::first, true);
    for (const std::string& line : bench::read_gzip_lines("reference/cities15000.tsv.gz")) {
        const auto fields = fields_of(line);
        static const std::string lands = " GB US IE FR BE CH LU DE AT ES MX AR CL CO PE IT PT BR NL PL CZ SK RO HU SE DK NO FI ";
        if (fields.size() > 2 && lands.find(" " + fields[2] + " ") != std::string::npos) samples.add(fields[1], Looks::place, true);
    }
    for (const std::string& line : bench::read_gzip_lines("reference/car_makes_models.tsv.gz")) {
        const auto fields = fields_of(line);
        if (fields.size() > 4 && fields[4].find("matthlavacka") == std::string::npos) samples.add(fields[0] + " " + fields[1], Looks::make, true);
    }
    for (const std::string& line : bench::read_gzip_lines("fake/maideup_hotels_10langs.jsonl.gz")) {
        const auto row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_object()) continue;
        static const std::set<std::string> latin = {"en", "fr", "de", "es", "it", "ro"};
        if (!row.contains("lang") || latin.count(row["lang"].get<std::string>()) == 0) continue;
        for (const char* field : {"upside", "downside"}) {
            if (row.contains(field) && row[field].is_string()) samples.add(row[field].get<std::string>(), Looks::word, false);
        }
    }
    std::vector<std::filesystem::path> packs;
    for (const auto& entry : std::filesystem::directory_iterator(argv[2])) packs.push_back(entry.path());
    std::sort(packs.begin(), packs.end());
    for (const auto& path : packs) {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        const auto pack = parse_pack(text.str());
        if (!pack) continue;
        for (const PackRule& rule : pack->rules) {
            const bool ordinary = rule.kind == Kind::common || rule.kind == Kind::position || rule.kind == Kind::speaks || rule.kind == Kind::with || rule.kind == Kind::met || rule.alone;
            if (rule.exact || (!ordinary && rule.forms.size() > 40)) continue;
            const Looks kind = rule.kind == Kind::surname && rule.confidence > 0.7 ? Looks::family : rule.kind == Kind::first_name && rule.confidence > 0.7 ? Looks::first : rule.kind == Kind::brand ? Looks::make : Looks::word;
            if (kind == Looks::word && (rule.kind == Kind::surname || rule.kind == Kind::first_name || rule.kind == Kind::street || rule.kind == Kind::allow)) continue;
            for (const std::string& form : rule.forms) samples.add(form, kind, false);
        }
    }
    std::mt19937 random(20261127);
    const std::vector<Sample> all = samples.all(random);
    std::vector<float> weights(names_model_buckets * looks_count, 0.0f);
    std::array<float, looks_count> bias{};
    // Softmax by gradient; in each round a third of the groups of letters are left out by chance, so that none is relied on alone.
    constexpr int rounds = 10;
    const auto values_of = [&](const std::string& word) {
        std::array<float, looks_count> value = bias;
        for_letter_groups(word, [&](std::uint32_t bucket) {
            for (std::size_t i = 0; i < looks_count; ++i) value[i] += weights[bucket * looks_count + i];
        });
        return value;
    };
    std::vector<std::uint32_t> buckets;
    for (int round = 0; round < rounds; ++round) {
        const float rate = 0.06f * (1.0f - static_cast<float>(round) / rounds);
        for (const Sample& sample : all) {
            buckets.clear();
            for_letter_groups(sample.word, [&](std::uint32_t bucket) {
                if (random() % 3 != 0) buckets.push_back(bucket);
            });
            std::array<float, looks_count> value = bias;
            for (const std::uint32_t bucket : buckets) {
                for (std::size_t i = 0; i < looks_count; ++i) value[i] += 1.5f * weights[bucket * looks_count + i];
            }
            const float most = *std::max_element(value.begin(), value.end());
            float sum = 0;
            for (float& one : value) sum += one = std::exp(one - most);
            for (std::size_t i = 0; i < looks_count; ++i) {
                const float step = rate * ((i == sample.kind ? 1.0f : 0.0f) - value[i] / sum);
                bias[i] += step * 0.1f;
                for (const std::uint32_t bucket : buckets) {
                    float& weight = weights[bucket * looks_count + i];
                    weight += step - weight * rate * 2e-4f;
                }
            }
        }
        std::size_t right[looks_count] = {}, of[looks_count] = {};
        for (const Sample& sample : samples.apart()) {
            const auto value = values_of(sample.word);
            ++of[sample.kind];
            right[sample.kind] += static_cast<std::size_t>(std::max_element(value.begin(), value.end()) - value.begin()) == sample.kind ? 1 : 0;
        }
        std::printf("round %d, words kept apart:", round + 1);
        for (std::size_t i = 0; i < looks_count; ++i) std::printf(" %.3f of %zu", static_cast<double>(right[i]) / static_cast<double>(std::max<std::size_t>(of[i], 1)), of[i]);
        std::printf("\n");
    }
    std::ofstream out(argv[3], std::ios::binary | std::ios::trunc);
    out << names_model_mark;
    std::array<float, looks_count> scale{};
    for (std::size_t i = 0; i < weights.size(); ++i) scale[i % looks_count] = std::max(scale[i % looks_count], std::min(std::abs(weights[i]), 3.0f) / 127.0f);
    out.write(reinterpret_cast<const char*>(scale.data()), sizeof scale);
    out.write(reinterpret_cast<const char*>(bias.data()), sizeof bias);
    for (std::size_t i = 0; i < weights.size(); ++i) out.put(static_cast<char>(std::clamp(std::lround(weights[i] / scale[i % looks_count]), -127L, 127L)));
    out.close();
    return out ? 0 : 1;
}
