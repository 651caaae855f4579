// Norm NOT-4: a mark of certification is shown only while the certificate it names is valid. The word "certified" and the names
// of standards stand nowhere else; engine/render/message_test.cpp and the story no_mark_without_a_certificate look for them.
#pragma once

#include <optional>
#include <string>

#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::site {

// As the brand configured it (settings certificate.*); no name: none.
struct Certificate {
    std::string name, number, issuer, url;
    Seconds from = 0, until = 0;  // the first moment it is valid, and the first it is not
};

// `valid_from` and `valid_until` are dates, both days included, in UTC. Error code "certificate" where one is no date or a part is missing.
Result<Certificate> certificate_of(std::string name, std::string number, std::string issuer, std::string url, const std::string& valid_from, const std::string& valid_until);

// May the mark be shown by an answer given now? Answers live on in windows and proxies, so it goes a quarter of an hour before the end.
bool may_show(const Certificate& certificate, Seconds now);

}  // namespace verbatim::site
