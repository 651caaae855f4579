#include "app/server/directory.h"

#include <sstream>
#include <stdexcept>

#include "app/server/files.h"
#include "ground/base/calendar.h"
#include "record/factors/factors.h"

namespace verbatim::server {

std::unique_ptr<directory::Directory> make_directory(const network::Settings& settings, const Clock& clock, const std::string& base_url) {
    directory::Options options;
    options.issuer = settings.text("access.oidc.issuer");
    if (options.issuer.empty()) return nullptr;
    options.client_id = settings.text("access.oidc.client_id");
    if (const auto file = settings.text("access.oidc.secret_file"); !file.empty()) {
        options.client_secret = read_file(file);
        while (!options.client_secret.empty() && (options.client_secret.back() == '\n' || options.client_secret.back() == '\r')) options.client_secret.pop_back();
        if (options.client_secret.empty()) throw std::runtime_error("access.oidc.secret_file " + file + " is empty: put the client's secret into it");
    }
    options.redirect_uri = base_url + "/office/oidc/callback";
    options.after_logout = base_url + "/office/";
    options.scope = settings.text("access.oidc.scope");
    std::istringstream words(settings.text("access.oidc.second_factor"));
    for (std::string word; words >> word;) options.second_factor.push_back(word);
    options.ca_file = settings.text("access.oidc.ca");
    return std::make_unique<directory::Directory>(clock, options);
}

void purge_factors(storage::Db& db, const Clock& clock) {
    constexpr int batch = 500;
    constexpr Seconds longest_session = 31 * one_day;  // access.session_hours is at most 720
    const auto all = [&](auto some) {
        for (std::int64_t gone = batch; gone >= batch;) gone = db.write([&](storage::Tx& tx) { return some(tx); });
    };
    all([&](storage::Tx& tx) { return factors::purge_challenges(tx, clock.now(), batch); });
    all([&](storage::Tx& tx) { return directory::purge_tokens(tx, clock.now() - longest_session, batch); });
}

}  // namespace verbatim::server
