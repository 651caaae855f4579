// The measures that the bench prints and data_test holds to floors and ceilings. Reads ../shared/data, nothing of which is ours.
#pragma once

#include "ground/text/detectors.h"

#include <map>
#include <string>
#include <vector>

namespace verbatim::text::bench {

std::string data_folder();  // VERBATIM_DATA or ../shared/data
std::vector<std::string> read_gzip_lines(const std::string& path);  // none where the file is absent

struct Recall {
    std::size_t words = 0, found = 0;
    std::size_t agreed = 0, agreed_found = 0;  // of them in two lists or more
    std::vector<std::string> missed;
    double share() const { return words == 0 ? 0 : static_cast<double>(found) / static_cast<double>(words); }
};
// Each listed word of the language in one of our own sentences; found when a finding touches it.
Recall insult_recall(const Detectors& detectors, const std::string& language);

struct Example {
    std::string reason, rule, text, around;
};
struct Alarms {
    std::size_t texts = 0, alarmed = 0;
    std::map<std::string, std::size_t> by_reason;  // texts with that reason
    std::vector<Example> examples;
    double share() const { return texts == 0 ? 0 : static_cast<double>(alarmed) / static_cast<double>(texts); }
};
Alarms scunthorpe_alarms(const Detectors& detectors);

struct ReviewFile {
    std::string path, lang;
};
std::vector<ReviewFile> clean_review_files();
Alarms review_alarms(const Detectors& detectors, const ReviewFile& file);

}  // namespace verbatim::text::bench
