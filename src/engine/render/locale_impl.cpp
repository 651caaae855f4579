#include "engine/render/locale_impl.h"

#include <unicode/timezone.h>

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>

#include "ground/base/log.h"

namespace verbatim::render {
namespace {

// "English" without a country is English as written in Europe: 28 Oct 2026 and 14:05, not Oct 28, 2026 and 2:05 PM.
std::string icu_name(const std::string& tag) { return tag == "en" ? "en-150" : tag; }

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string formatted(const icu::number::LocalizedNumberFormatter& formatter, double value) {
    UErrorCode status = U_ZERO_ERROR;
    return utf8(formatter.formatDouble(value, status).toString(status));
}

// Seconds east of UTC of a zone of the IANA database at a moment; 0 for a zone that is none. Zones are kept once read: there
// are some six hundred.
Seconds utc_offset(Seconds moment, std::string_view timezone) {
    if (timezone.empty() || timezone == "UTC") return 0;
    static std::shared_mutex mutex;
    static std::map<std::string, std::unique_ptr<icu::TimeZone>, std::less<>> zones;
    const auto at = [&](const icu::TimeZone& zone) -> Seconds {
        int32_t raw = 0, daylight = 0;
        UErrorCode status = U_ZERO_ERROR;
        zone.getOffset(static_cast<UDate>(moment) * 1000.0, false, raw, daylight, status);
        return U_SUCCESS(status) ? (raw + daylight) / 1000 : 0;
    };
    {
        const std::shared_lock lock(mutex);
        if (const auto found = zones.find(timezone); found != zones.end()) return at(*found->second);
    }
    const std::string name(timezone.substr(0, 64));
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
    if (!zone || *zone == icu::TimeZone::getUnknown()) return 0;
    const std::unique_lock lock(mutex);
    return at(*zones.emplace(name, std::move(zone)).first->second);
}

}  // namespace

const Message* Chain::find(std::string_view key) const {
    for (const Catalogue* catalogue : catalogues)
        if (const Message* message = catalogue->find(key)) return message;
    return nullptr;
}

LocaleImpl::LocaleImpl(std::string tag, const Chain& chain)
    : tag_(std::move(tag)),
      language_(tag_.substr(0, tag_.find('-'))),
      icu_(icu::Locale::createCanonical(icu_name(tag_).c_str())),
      chain_(chain),
      date_(icu_.getName(), "yMMMd"),
      date_time_(icu_.getName(), "yMMMdjm") {
    using namespace icu::number;
    const auto base = NumberFormatter::withLocale(icu_).roundingMode(UNUM_ROUND_HALFUP);
    for (int places = 0; places <= 3; ++places) decimals_.push_back(base.precision(Precision::fixedFraction(places)));
    free_ = base.precision(Precision::maxFraction(3));
    percent_ = base.unit(icu::NoUnit::percent()).scale(Scale::powerOfTen(2)).precision(Precision::integer());
    rate_ = base.unit(icu::NoUnit::percent()).scale(Scale::powerOfTen(2)).precision(Precision::minMaxFraction(1, 1));
    UErrorCode status = U_ZERO_ERROR;
    plural_.reset(icu::PluralRules::forLocale(icu_, status));
    if (U_FAILURE(status)) throw std::runtime_error("no plural rules for locale " + tag_);
    // ICU compiles a formatter after a few uses. Here, before threads share it.
    for (int i = 0; i < 4; ++i) {
        for (const auto& formatter : decimals_) formatted(formatter, 1284.5);
        for (const auto* formatter : {&free_, &percent_, &rate_}) formatted(*formatter, 0.5);
    }
}

std::string LocaleImpl::text(std::string_view key) const { return text(key, std::span<const Argument>()); }

std::string LocaleImpl::text(std::string_view key, std::span<const Argument> arguments) const {
    std::string out;
    append_text(out, key, arguments);
    return out;
}

void LocaleImpl::append_text(std::string& out, std::string_view key, std::span<const Argument> arguments) const {
    if (const Message* message = chain_.find(key)) {
        message->append(out, arguments, *this);
    } else {
        log::warning("text_missing", {{"key", key}, {"locale", tag_}});
        out += key;
    }
}

std::string LocaleImpl::number(double value, int decimals) const {
    return formatted(decimals_[static_cast<std::size_t>(std::clamp(decimals, 0, 3))], value);
}

void LocaleImpl::append_number(std::string& out, double value) const {
    // Up to three digits look alike in every language whose digits are 0 to 9, which all our catalogues' are.
    if (value >= 0 && value < 1000 && value == std::floor(value)) {
        std::array<char, 4> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<int>(value)).ptr;
        out.append(digits.data(), end);
    } else {
        out += formatted(free_, value);
    }
}

std::string LocaleImpl::rate(double share) const { return formatted(rate_, share); }
std::string LocaleImpl::percent(double share) const { return formatted(percent_, share); }

std::string LocaleImpl::date(Seconds moment) const {
    std::string out;
    date_.append(out, date_of(moment));
    return out;
}

std::string LocaleImpl::date_time(Seconds moment, std::string_view timezone) const {
    const Seconds local = moment + utc_offset(moment, timezone);
    const Date day = date_of(local);
    std::string out;
    date_time_.append(out, day, static_cast<int>(local - midnight(day)));
    return out;
}

std::string_view LocaleImpl::plural_category(double value) const {
    const icu::UnicodeString category = plural_->select(value);
    for (const std::string_view known : {"other", "one", "few", "many", "two", "zero"})
        if (category == icu::UnicodeString(known.data(), static_cast<int32_t>(known.size()), US_INV)) return known;
    return "other";
}

std::string LocaleImpl::country(std::string_view code) const {
    icu::UnicodeString name;
    const std::string upper(code.substr(0, 8));
    return utf8(icu::Locale("", upper.c_str()).getDisplayCountry(icu_, name));
}

std::string LocaleImpl::language_name(std::string_view code) const {
    icu::UnicodeString name;
    const std::string tag(code.substr(0, 16));
    return utf8(icu::Locale(tag.c_str()).getDisplayLanguage(icu_, name));
}

}  // namespace verbatim::render
