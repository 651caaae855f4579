// What the form asks, in editions a brand may change: which criteria, in which order, under which words. Never anything that depends
// on the stars (norm COL-6). A review says with which edition it was asked.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/result.h"

namespace verbatim::collect {

using Labels = std::map<std::string, std::string, std::less<>>;  // by language

struct Criterion {
    std::string code;
    Labels labels;          // empty: the catalogue's own words
};
struct Questionnaire {
    int edition = 0;
    std::vector<Criterion> criteria;
    bool recommend = true;  // "would you recommend" is asked
};

Questionnaire questionnaire_of(storage::Tx& tx, std::string_view service);

// For record/editions. {"criteria":[{"code":"welcome"},{"code":"coffee","labels":{"en":"Coffee"}}],"recommend":true}
std::vector<std::string> questionnaire_names();
std::string packaged_questionnaire(std::string_view service);
Result<std::string> check_questionnaire(std::string_view service, std::string_view body);
// Criteria the catalogue has words for.
const std::vector<std::string>& known_criteria();

// The words in this language, else in its base language, else in English.
std::string label_in(const Labels& labels, std::string_view locale);

// The declaration an author signs (norm COL-3), by language: {"texts":{"fr":"..."}}; a language without one keeps the packaged words.
std::vector<std::string> terms_names();
std::string packaged_terms(std::string_view name);
Result<std::string> check_terms(std::string_view name, std::string_view body);
struct Terms {
    std::string version;    // "2026-11", "2026-11.3"
    Labels declaration;
};
Terms terms_now(storage::Tx& tx);

// What doors show, known to this process: read at the start and after each change, in this process or another.
void load_words(storage::Db& db);
struct FormWords {
    bool recommend = true;
    std::map<std::string, Labels> labels;  // of criteria with words of the brand's own
    Terms terms;
};
FormWords form_words(std::string_view service);
// The words of a brand's own criterion, of every edition there was: reviews stay longer than questionnaires. Empty for one of the
// catalogue's.
std::string own_label(const std::string& code, std::string_view locale);

}  // namespace verbatim::collect
