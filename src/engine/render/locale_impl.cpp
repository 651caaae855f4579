#include "engine/render/locale_impl.h"

#include <unicode/smpdtfmt.h>
#include <unicode/dtptngen.h>
#include <unicode/timezone.h>

#include <array>
#include <charconv>
#include <cmath>
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
      date_(icu_.getName()) {
    using namespace icu::number;
    const auto base = NumberFormatter::withLocale(icu_).roundingMode(UNUM_ROUND_HALFUP);
    for (int places = 0; places <= 3; ++places) decimals_.push_back(base.precision(Precision::fixedFraction(places)));
    free_ = base.precision(Precision::maxFraction(3));
    percent_ = base.unit(icu::NoUnit::percent()).scale(Scale::powerOfTen(2)).precision(Precision::integer());
    rate_ = base.unit(icu::NoUnit::percent()).scale(Scale::powerOfTen(2)).precision(Precision::minMaxFraction(1, 1));
    UErrorCode status = U_ZERO_ERROR;
    plural_.reset(icu::PluralRules::forLocale(icu_, status));
    if (U_FAILURE(status)) throw std::runtime_error("no plural rules for locale " + tag_);
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
    std::call_once(date_time_once_, [this] {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::DateTimePatternGenerator> generator(icu::DateTimePatternGenerator::createInstance(icu_, status));
        if (U_FAILURE(status)) throw std::runtime_error("no date patterns for locale " + tag_);
        date_time_ = std::make_unique<icu::SimpleDateFormat>(generator->getBestPattern(icu::UnicodeString("yMMMdjm"), status), icu_, status);
        if (U_FAILURE(status)) throw std::runtime_error("no date format for locale " + tag_);
    });
    // Formatting moves the format's calendar, so each call has a copy of its own.
    const std::unique_ptr<icu::SimpleDateFormat> format(date_time_->clone());
    const std::string zone(timezone.substr(0, 64));
    format->adoptTimeZone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
    icu::UnicodeString text;
    return utf8(format->format(static_cast<UDate>(moment) * 1000.0, text));
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
