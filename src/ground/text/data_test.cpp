// The measures of the bench as floors and ceilings. They need ../shared/data, which is not part of the tree.
#include "ground/text/bench_data.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

TEST(Data, listed_insults_are_found) {
    const std::map<std::string, double> floors = {{"en", 0.84}, {"fr", 0.925}, {"de", 0.86}, {"es", 0.86}, {"it", 0.95}, {"pt", 0.85}, {"nl", 0.82}, {"pl", 0.97}};
    for (const auto& [language, floor] : floors) {
        const bench::Recall recall = bench::insult_recall(*Detectors::shipped(), language);
        if (recall.words == 0) GTEST_SKIP() << "no insult list in " << bench::data_folder();
        EXPECT_GE(recall.share(), floor) << language << ": " << recall.found << " of " << recall.words;
    }
}

TEST(Data, innocent_words_pass) {
    const bench::Alarms alarms = bench::scunthorpe_alarms(*Detectors::shipped());
    if (alarms.texts == 0) GTEST_SKIP() << "no list of innocent words in " << bench::data_folder();
    EXPECT_LE(alarms.share(), 0.026) << alarms.alarmed;  // most of them are insults in truth: Polish and Dutch compounds
}

TEST(Data, real_reviews_pass) {
    const std::map<std::string, double> ceilings = {
        {"reviews/cars_opinrank_en.jsonl.gz", 0.016}, {"reviews/ro_laroseda_stars.jsonl.gz", 0.008}, {"unclear_licence/reviews/fr_insurance_car_stars.jsonl.gz", 0.028}};
    std::size_t seen = 0;
    for (const bench::ReviewFile& file : bench::clean_review_files()) {
        const auto ceiling = ceilings.find(file.path);
        if (ceiling == ceilings.end()) continue;
        const bench::Alarms alarms = bench::review_alarms(*Detectors::shipped(), file);
        seen += alarms.texts;
        EXPECT_LE(alarms.share(), ceiling->second) << file.path << ": " << alarms.alarmed << " of " << alarms.texts;
    }
    if (seen == 0) GTEST_SKIP() << "no reviews in " << bench::data_folder();
}

}  // namespace
}  // namespace verbatim::text
