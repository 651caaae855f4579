// Any row of a site, a product or a person ("name=value" lines): a value that keeps its promises, or an error that says which
// column is wrong.
#include <cstdint>
#include <cstdlib>

#include "ground/formats/mailbox.h"
#include "ground/formats/utf8.h"
#include "record/network/country_rules.h"
#include "record/network/import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    if (!valid_utf8(text)) return 0;  // the reader refuses it before
    std::vector<intake::Field> fields;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
        const std::size_t equals = line.find('=');
        if (equals != std::string_view::npos) fields.push_back({line.substr(0, equals), line.substr(equals + 1)});
    }
    const intake::Row row(fields);
    if (const auto site = network::site_from(row); site.ok()) {
        if (!network::is_code(site->code) || !network::is_country(site->country) || site->name.empty()) std::abort();
        if (!network::is_locale(site->locale) || !network::is_timezone(site->timezone)) std::abort();
        if (!site->email.empty() && !plausible_mailbox(site->email)) std::abort();
        if (site->latitude && !(*site->latitude >= -90 && *site->latitude <= 90)) std::abort();
    }
    if (const auto product = network::product_from(row); product.ok() && (!network::is_code(product->code) || product->name.empty())) std::abort();
    if (const auto person = network::person_from(row); person.ok() && (!plausible_mailbox(person->email) || person->role.empty())) std::abort();
    const std::string_view any(reinterpret_cast<const char*>(data), size);
    if (!network::is_code(network::code_from(any)) || network::code_from(any) != network::code_from(any)) std::abort();
    return 0;
}
