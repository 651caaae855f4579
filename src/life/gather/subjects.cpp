#include "life/gather/subjects.h"

#include "ground/formats/utf8.h"
#include "record/network/network.h"

namespace verbatim::gather {
namespace {

constexpr std::size_t most_remembered = 100000;

}  // namespace

Result<Subject> Subjects::resolve(const std::string& written) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(written); found != known_.end()) return found->second;
    }
    auto subject = look_up(written);
    const std::lock_guard lock(mutex_);
    if (known_.size() >= most_remembered) known_.clear();
    known_.emplace(written, subject);
    return subject;
}

Result<Subject> Subjects::look_up(const std::string& written) {
    const bool site_only = written.compare(0, 5, "site:") == 0, product_only = written.compare(0, 8, "product:") == 0;
    const std::string bare = written.substr(site_only ? 5 : product_only ? 8 : 0);
    const std::string code = network::code_from(bare);
    const auto [site, product] = db_.read([&](storage::Tx& tx) {
        return std::pair(!product_only && network::find_site(tx, code).has_value(), !site_only && network::find_product(tx, code).has_value());
    });
    const std::string shown = "subject \"" + truncate_code_points(written, 60) + "\"";
    if (site && product) return invalid("ambiguous_subject", shown + " is a site and a product; write site:" + code + " or product:" + code, "subject");
    if (site) return Subject{"site:" + code};
    if (product) return Subject{"product:" + code};
    if (bare.empty()) return invalid("unknown_subject", shown + " has no code", "subject");
    if (create_ == Create::site && !product_only) return Subject{"site:" + code, true};
    if (create_ == Create::product && !site_only) return Subject{"product:" + code, true};
    return invalid("unknown_subject", shown + " is no known site or product", "subject");
}

}  // namespace verbatim::gather
