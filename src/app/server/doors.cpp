#include "app/server/doors.h"

#include <stdexcept>

#include "app/server/directory.h"
#include "app/server/witnesses.h"
#include "app/server/readings.h"
#include "app/server/shelf.h"
#include "edge/api/api.h"
#include "edge/api/cases.h"
#include "edge/api/description.h"
#include "edge/api/events.h"
#include "edge/api/factors.h"
#include "edge/api/evidence.h"
#include "edge/api/figures.h"
#include "edge/api/findings.h"
#include "edge/api/plan.h"
#include "edge/api/plan_paper.h"
#include "edge/api/gate.h"
#include "edge/api/inbox.h"
#include "edge/api/imports.h"
#include "edge/api/people.h"
#include "edge/api/pressure.h"
#include "edge/api/replies.h"
#include "edge/api/reports.h"
#include "edge/api/session.h"
#include "edge/api/settings.h"
#include "edge/api/spoken.h"
#include "edge/api/themes.h"
#include "edge/api/understanding.h"
#include "edge/office/audit.h"
#include "edge/office/office.h"
#include "edge/office/shell.h"
#include "edge/proofs/proofs.h"
#include "edge/site/site.h"

namespace verbatim::server {

std::vector<http::Field> safe_fields(const std::string& base_url) {
    std::vector<http::Field> fields = {
        {"Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
                                    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    if (base_url.rfind("https://", 0) == 0) fields.push_back({"Strict-Transport-Security", "max-age=31536000"});
    return fields;
}

namespace {

api::FactorDoors factor_doors(House& house, const std::string& base_url, const std::string& brand) {
    const auto name = house.settings.text("access.oidc.name");
    return {*house.access, std::make_shared<access::SecondFactors>(*house.access, factors::relying_party(base_url, brand)), make_directory(house.settings, house.clock, base_url),
            name.empty() ? brand : name, house.settings.text("access.oidc.create") == "on"};
}

}  // namespace

void open_doors(http::Router& router, House& house, http::ShopWindow& window) {
    const auto& base_url = house.place.base_url;
    const auto brand = house.settings.text("brand.name");
    site::Options site_options;
    site_options.base_url = base_url;
    site_options.brand = brand;
    site_options.operator_name = house.settings.text("brand.operator");
    site_options.decide_days = static_cast<int>(house.settings.number("publish.max_delay_days"));
    site_options.order_days = static_cast<int>(house.settings.invite_delay_days("order"));
    site_options.delivery_days = static_cast<int>(house.settings.invite_delay_days("delivery"));
    site_options.used_car_days = static_cast<int>(house.settings.invite_delay_days("used_car"));
    site_options.workshop_days = static_cast<int>(house.settings.invite_delay_days("workshop"));
    site_options.log_key = house.ledger->verifier_key();
    site_options.contact_email = house.settings.text("mail.from");
    if (const auto certificate = site::certificate_of(house.settings.text("certificate.name"), house.settings.text("certificate.number"), house.settings.text("certificate.issuer"),
                                                      house.settings.text("certificate.url"), house.settings.text("certificate.valid_from"), house.settings.text("certificate.valid_until"))) {
        site_options.certificate = *certificate;
    } else {
        throw std::runtime_error(certificate.error().message);
    }
    site_options.privacy_contact = house.settings.text("privacy.contact");
    site_options.privacy_authority = house.settings.text("privacy.authority");
    site_options.retention = network::Retention::from(house.settings);
    site_options.overdue = house.settings.text("moderate.overdue");
    site_options.second_opinion = house.settings.text("moderate.second_opinion");
    site_options.page_fields = safe_fields(base_url);
    const auto theme_name = [&readers = *house.readers](std::string_view theme, std::string_view language) { return readers.name(theme, language); };
    const auto spoken = std::make_shared<const publish::Spoken>(*house.db, house.clock);
    site::routes(router, {*house.collect, *house.moderate, *house.publish, *house.contact_desk, {*house.db, house.clock}, *house.win_back, *house.renderer, window, house.clock, [&figures = *house.figures] { return figures.text(); }, &api::description,
                          [&plan = *house.plan](const http::Request& request) {
                              const auto target = http::Form::parse_query(request.query).get("to");
                              return plan.follow(request.part("token"), target, plan::is_robot(request.method == http::Method::head, request.field("user-agent"))).has_value();
                          },
                          [&plan = *house.plan](const http::Request& request) { plan.opened(request.part("token"), plan::is_prefetch(request.method == http::Method::head, request.field("user-agent"))); }, spoken, theme_name}, site_options);
    office::routes(router, {*house.moderate, *house.recover, *house.reply, *house.renderer, house.clock}, {base_url, brand, site_options.operator_name});
    office::audit_routes(router, {*house.evidence, *house.renderer, house.clock, brand, site_options.operator_name});
    office::shell_routes(router, {*house.renderer, window, brand});
    api::Gate gate(router, *house.access, std::make_shared<api::Hygiene>(std::make_shared<repeats::Repeats>(*house.db, house.clock), static_cast<int>(house.settings.number("limits.key_per_minute"))));
    api::routes(router, gate, {window, *house.publish, *house.moderate, *house.renderer, *house.ledger, house.clock}, {base_url, brand});
    api::spoken_routes(router, {window, *house.publish, spoken, theme_name});
    api::reply_routes(gate, *house.reply);
    api::figure_routes(gate, *house.oversee);
    api::pressure_routes(router, gate, *house.collect);
    api::event_routes(gate, *house.follower, {static_cast<std::size_t>(house.settings.number("limits.event_streams")), 20});
    api::webhook_routes(gate, *house.webhooks);
    api::finding_routes(gate, *house.findings);
    api::theme_routes(gate, std::make_shared<analyse::Themes>(*house.db, house.clock, theme_name, [&readers = *house.readers] { return readers.now()->reader.version; }));
    api::understanding_routes(gate, {std::make_shared<analyse::TaughtThemes>(*house.db, house.clock), std::make_shared<analyse::Rising>(*house.db, house.clock), std::make_shared<analyse::ByMeaning>(*house.db),
                                    std::make_shared<analyse::Follow>(*house.db, house.clock), theme_name});
    api::plan_routes(gate, *house.plan);
    api::plan_paper_routes(gate, std::make_shared<plan::PaperDesk>(*house.db, house.clock, house.sender()));
    api::session_routes(router, gate, *house.access);
    api::people_routes(gate, *house.access, *house.organisation);
    api::factor_routes(router, gate, factor_doors(house, base_url, brand));
    api::case_routes(gate, {*house.cases, *house.root_causes, *house.inbox, house.clock});
    api::inbox_routes(gate, {*house.inbox, *house.answers, *house.reply, *house.cases});
    api::evidence_routes(gate, {*house.evidence, *house.publish, *house.ledger, house.witnesses.get()});
    api::settings_routes(gate, make_shelf(*house.db, house.clock), *house.renderer);
    api::site_routes(gate, std::make_shared<network::Register>(*house.db, house.clock));
    api::import_routes(gate, make_imports(*house.db, house.clock, *house.invite, house.place.data));
    api::report_routes(gate, *house.reports);
    api::check_described(gate);
    proofs::routes(router, *house.ledger, [&house, base_url] { return policy_text(*house.ledger, house.witnesses.get(), base_url + "/log"); });
}

}  // namespace verbatim::server
