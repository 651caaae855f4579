#include "ground/zone/zone.h"

#include <unicode/basictz.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace verbatim {
namespace {

constexpr double last_millisecond = 4102444800e3;  // 2100-01-01

int offset_of(const icu::TimeZone& zone, double millisecond) {
    int32_t raw = 0, summer = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone.getOffset(millisecond, false, raw, summer, error);
    return (raw + summer) / 1000;
}

}  // namespace

const Zone* Zone::named(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<Zone>, std::less<>> made;
    const std::lock_guard lock(mutex);
    if (const auto found = made.find(name); found != made.end()) return found->second.get();
    if (name.size() > 64) return nullptr;
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())))));
    const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
    if (!basic || *zone == icu::TimeZone::getUnknown()) return nullptr;
    std::vector<Change> changes{{std::numeric_limits<Seconds>::min(), offset_of(*zone, 0)}};
    icu::TimeZoneTransition next;
    for (double at = 0; basic->getNextTransition(at, false, next) && next.getTime() < last_millisecond;) {
        at = next.getTime();
        const int offset = offset_of(*zone, at);
        if (offset != changes.back().offset) changes.push_back({static_cast<Seconds>(at / 1000), offset});
    }
    return made.emplace(std::string(name), std::unique_ptr<Zone>(new Zone(std::move(changes)))).first->second.get();
}

int Zone::offset_at(Seconds moment) const {
    const auto after = std::upper_bound(changes_.begin() + 1, changes_.end(), moment, [](Seconds at, const Change& change) { return at < change.from; });
    return std::prev(after)->offset;
}

Seconds Zone::moment_of(std::int64_t day, int minute) const {
    const Seconds shown = day * one_day + minute * one_minute;
    // The offset that holds a day earlier is the one before any change near by: with it the first of two moments is found, and one
    // that no clock shows is read as before the change.
    const int before = offset_at(shown - one_day);
    const Seconds moment = shown - before;
    const int there = offset_at(moment);
    if (there == before) return moment;
    const Seconds again = shown - there;
    return offset_at(again) == there ? again : moment;
}

Zone::Local Zone::local(Seconds moment) const {
    const Seconds shown = moment + offset_at(moment);
    const std::int64_t day = shown >= 0 ? shown / one_day : -((one_day - 1 - shown) / one_day);
    return {day, static_cast<int>((shown - day * one_day) / one_minute)};
}

}  // namespace verbatim
