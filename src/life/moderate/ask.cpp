#include "life/moderate/ask.h"

namespace verbatim::moderate {
namespace {

std::string_view code_of(std::string_view subject) { return subject.substr(subject.find(':') + 1); }
bool is_site(std::string_view subject) { return subject.substr(0, 5) == "site:"; }

}  // namespace

text::Context context_for(storage::Tx& tx, std::string_view subject, std::string_view lang, std::string_view brand) {
    text::Context context;
    context.lang = lang;
    context.allowed.emplace_back(brand);
    if (is_site(subject)) {
        if (const auto site = network::find_site(tx, code_of(subject))) {
            context.staff = network::staff_names(tx, site->code, site->group);
            context.allowed.insert(context.allowed.end(), {site->name, site->dealer, site->group, site->city, site->street});
        }
    } else if (const auto product = network::find_product(tx, code_of(subject))) {
        context.allowed.push_back(product->name);
    }
    return context;
}

std::string subject_name(storage::Tx& tx, std::string_view subject) {
    return network::subject_name(tx, subject).value_or(std::string(code_of(subject)));
}

}  // namespace verbatim::moderate
