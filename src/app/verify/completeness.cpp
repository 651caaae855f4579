#include "app/verify/completeness.h"

#include <algorithm>

#include "ground/base/calendar.h"

namespace verbatim::verify {
namespace {

constexpr std::string_view site_prefix = "site:", product_prefix = "product:";

std::string number(std::int64_t value) { return std::to_string(value); }
std::string name_of(const Entry& entry) {
    return std::string(to_word(entry.kind)) + " of site " + entry.site + " on " + entry.day + (entry.part ? " part " + number(*entry.part) : "") + ": ";
}
Error forbidden_step(const Entry& entry, const std::string& why) { return conflict("step_forbidden", name_of(entry) + why); }
Error broken(std::string what) { return conflict("sum_broken", std::move(what)); }

std::string too_many(const std::string& site, std::int64_t invited, std::int64_t accounted) {
    return "site " + site + " has " + number(invited) + " invited reviews, its batches account for " + number(accounted);
}

}  // namespace

std::int64_t Completeness::Site::suppressed_sum() const {
    std::int64_t sum = 0;
    for (const auto& [reason, count] : suppressed) sum += count;
    return sum;
}

std::int64_t Completeness::parts_of(const Entry& entry) const {
    const auto site = sites_.find(entry.site);
    if (site == sites_.end()) return 0;
    const auto day = site->second.parts.find(entry.day);
    return day == site->second.parts.end() ? 0 : static_cast<std::int64_t>(day->second.size());
}

Completeness::Part* Completeness::part_of(const Entry& entry) {
    const std::int64_t part = entry.part.value_or(1);
    return part > parts_of(entry) ? nullptr : &sites_.at(entry.site).parts.at(entry.day)[static_cast<std::size_t>(part - 1)];
}

Result<void> Completeness::batch(const Entry& entry) {
    // The day a batch is committed on is in its own leaf; a leaf without part is of before that was so.
    if (entry.part && format_date(date_of(entry.at)) != entry.day) return forbidden_step(entry, "it was committed to on " + format_date(date_of(entry.at)));
    if (part_of(entry) != nullptr) return forbidden_step(entry, "it was committed to before");
    const std::int64_t before = parts_of(entry);
    if (entry.part.value_or(1) != before + 1) return forbidden_step(entry, "part " + number(before + 1) + " is missing before it");
    Record& record = sites_[entry.site];
    record.parts[entry.day].push_back({entry.eligible, entry.at, false});
    ++record.batches;
    record.eligible += entry.eligible;
    record.open += entry.eligible;
    begun_ = true;
    return {};
}

Result<void> Completeness::outcome(const Entry& entry) {
    Part* const part = part_of(entry);
    if (part == nullptr) return forbidden_step(entry, "no batch was committed to before");
    if (part->counted) return forbidden_step(entry, "what became of that batch was said before");
    if (entry.at < part->at) return forbidden_step(entry, "it is older than its batch");
    std::int64_t sum = entry.answered + entry.expired;
    for (const auto& [reason, count] : entry.suppressed) sum += count;
    if (sum != part->eligible) return broken(name_of(entry) + number(sum) + " are accounted for, " + number(part->eligible) + " were eligible");
    Record& record = sites_[entry.site];
    if (record.answered + entry.answered > record.reviews)
        return broken(name_of(entry) + number(record.answered + entry.answered) + " of the site are counted as answered, the log has " + number(record.reviews) + " reviews of it");
    const std::int64_t accounted = record.accounted() - part->eligible + entry.answered;
    if (record.invited - record.invited_early > accounted) return broken(name_of(entry) + too_many(entry.site, record.invited - record.invited_early, accounted));
    part->counted = true;
    ++record.counted;
    record.open -= part->eligible;
    record.answered += entry.answered;
    record.expired += entry.expired;
    for (const auto& [reason, count] : entry.suppressed) record.suppressed[reason] += count;
    return {};
}

Result<void> Completeness::collected(const Entry& entry) {
    const bool invited = entry.origin == "invited";
    if (entry.subject.starts_with(product_prefix)) {
        if (invited && vehicles_ + 1 > invited_) return broken("invited words on " + entry.subject + " without a visit's words that they came with");
        if (invited) ++vehicles_;
        return {};
    }
    if (!entry.subject.starts_with(site_prefix)) return {};
    const std::string site = entry.subject.substr(site_prefix.size());
    Record& record = sites_[site];
    if (invited && begun_) {
        if (record.batches == 0) return broken("an invited review of site " + site + " before any batch of it");
        const std::int64_t since = record.invited - record.invited_early + 1;
        if (since > record.accounted()) return broken(too_many(site, since, record.accounted()));
    }
    ++record.reviews;
    if (!invited) return {};
    ++record.invited;
    ++invited_;
    if (!begun_) {
        ++record.invited_early;
        ++early_;
    }
    return {};
}

Result<void> Completeness::at_end() const {
    if (early_ == 0) return {};
    const std::string* worst = nullptr;
    for (const auto& [site, record] : sites_)
        if (record.invited > record.accounted() && (worst == nullptr || site < *worst)) worst = &site;
    if (worst == nullptr) return {};
    const Record& record = sites_.at(*worst);
    if (record.batches == 0) return broken("site " + *worst + " has " + number(record.invited) + " invited reviews and no batch: nothing says who else was asked");
    return broken(too_many(*worst, record.invited, record.accounted()));
}

std::vector<std::pair<std::string, Completeness::Site>> Completeness::sites() const {
    std::vector<std::pair<std::string, Site>> all;
    for (const auto& [site, record] : sites_)
        if (record.batches > 0) all.emplace_back(site, record);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return all;
}

}  // namespace verbatim::verify
