// A Locale over ICU and a chain of catalogues. Immutable after construction, so threads share it.
#pragma once

#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>

#include <memory>
#include <vector>

#include "engine/render/catalogue.h"
#include "engine/render/date_pattern.h"

namespace verbatim::render {

// The catalogues a text is looked for in, most special first; English is last. Templates are compiled once a chain.
struct Chain {
    std::vector<const Catalogue*> catalogues;
    const Message* find(std::string_view key) const;
};

class LocaleImpl final : public Locale, public MessageLanguage {
public:
    LocaleImpl(std::string tag, const Chain& chain);

    const std::string& tag() const override { return tag_; }
    const std::string& language() const override { return language_; }
    std::string text(std::string_view key) const override;
    std::string text(std::string_view key, std::span<const Argument> arguments) const override;
    using Locale::text;
    std::string number(double value, int decimals) const override;
    std::string date(Seconds moment) const override;
    std::string date_time(Seconds moment, std::string_view timezone) const override;

    std::string_view plural_category(double value) const override;
    void append_number(std::string& out, double value) const override;

    // For templates: append rather than return.
    void append_text(std::string& out, std::string_view key, std::span<const Argument> arguments) const;
    void append_date(std::string& out, Date date) const { date_.append(out, date); }
    std::string percent(double share) const;            // 68 %
    std::string rate(double share) const;               // 1,2 %
    std::string country(std::string_view code) const;   // FR -> France
    std::string language_name(std::string_view code) const;  // fr -> français
    const Chain& chain() const { return chain_; }

private:
    std::string tag_, language_;
    icu::Locale icu_;
    const Chain& chain_;
    std::vector<icu::number::LocalizedNumberFormatter> decimals_;  // 0, 1, 2, 3 decimals
    icu::number::LocalizedNumberFormatter free_, percent_, rate_;
    std::unique_ptr<icu::PluralRules> plural_;
    DatePattern date_, date_time_;
};

}  // namespace verbatim::render
