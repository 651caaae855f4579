#include "app/server/house.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/server/directory.h"
#include "app/server/files.h"
#include "app/server/key_file.h"
#include "app/server/plan_trial.h"
#include "app/server/retention.h"
#include "app/server/shelf.h"
#include "app/server/readings.h"
#include "app/server/rollups.h"
#include "app/server/version.h"
#include "app/server/witnesses.h"
#include "ground/base/calendar.h"
#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "life/collect/questionnaire.h"
#include "life/plan/feed.h"
#include "life/plan/history.h"
#include "life/publish/nights.h"
#include "life/recover/complained.h"
#include "life/recover/owed.h"
#include "record/contact/agreed.h"
#include "record/contact/pace.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/factors/factors.h"
#include "record/figures/figures.h"
#include "record/links/links.h"
#include "record/network/network.h"
#include "record/repeats/repeats.h"
#include "record/reviews/incentive.h"
#include "record/reviews/search.h"
#include "record/vault/vault.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;

std::vector<mail::DkimKey> dkim_keys(const network::Settings& settings) {
    const auto domain = settings.text("mail.dkim.domain");
    if (domain.empty()) return {};
    return {{domain, settings.text("mail.dkim.selector"), read_file(settings.text("mail.dkim.key"))}};
}

// What the contact plan decided about a person, and as whom a data platform may know the person, for the person's export (GDPR 15).
std::string touchpoints_json(storage::Tx& tx, std::string_view customer) {
    auto list = nlohmann::json::array();
    for (const auto& one : plan::touchpoints_of_customer(tx, customer, 10000)) {
        list.push_back({{"campaign", one.campaign}, {"vin", one.vin}, {"plan", one.version}, {"due_on", format_date(one.due_day * one_day)}, {"decided_at", format_moment(one.at)},
                        {"channel", one.channel}, {"outcome", one.outcome}, {"message", one.message}});
        if (one.clicked_at != 0) list.back()["clicked_at"] = format_moment(one.clicked_at);
        if (one.opened_at != 0) list.back()["opened_at"] = format_moment(one.opened_at);
    }
    nlohmann::json all{{"touchpoints", list}};
    if (contact::ever_agreed(tx, customer, contact::data_platform)) all["known_to_data_platform_as"] = nlohmann::json::array({plan::pseudonym(customer)});
    return all.dump();
}

plan::Sources plan_sources(bool sms) {
    plan::Sources sources;
    sources.cases = [](storage::Tx& tx, std::string_view reviews, const std::function<void(const plan::Sources::Case&)>& each) {
        recover::complained_about(tx, reviews, [&](const recover::Complained& one) { each({one.review, one.opened_at, one.closed_at, one.outcome}); });
    };
    sources.sms = sms;
    return sources;
}

// What the address says itself holds.
std::string with_domain_connections(const std::string& mail, std::int64_t connections) {
    if (connections == 0 || !mail.starts_with("smtp") || mail.find("domain_connections=") != std::string::npos) return mail;
    return mail + (mail.find('?') == std::string::npos ? "?" : "&") + "domain_connections=" + std::to_string(connections);
}

int days(const network::Settings& settings, std::string_view key) { return static_cast<int>(settings.number(key)); }

}  // namespace

std::vector<storage::Migration> all_migrations() {
    std::vector<storage::Migration> all;
    const auto add = [&](std::span<const storage::Migration> list) { all.insert(all.end(), list.begin(), list.end()); };
    add(jobs::migrations());
    add(network::migrations());
    add(links::migrations());
    add(vault::migrations());
    add(factors::migrations());
    add(contact::migrations());
    add(directory::migrations());
    add(access::migrations());
    add(ledger::migrations());
    add(experiences::migrations());
    add(events::migrations());
    add(editions::migrations());
    add(repeats::migrations());
    add(imports::migrations());
    add(webhooks::migrations());
    add(reviews::migrations());
    add(reviews::incentive_migrations());
    add(figures::migrations());
    add(readings::migrations());
    add(collect::migrations());
    add(publish::night_migrations());
    add(conduct::migrations());
    add(moderate::migrations());
    add(recover::migrations());
    add(reply::migrations());
    add(analyse::migrations());
    add(report::migrations());
    add(plan::run_migrations());
    add(plan::split_migrations());
    add(plan::feed_migrations());
    add(evidence::migrations());
    return all;
}

House::House(const Place& given, const Clock& time) : clock(time), place(given) {
    const fs::path folder(place.data);
    const auto key_path = folder / "ledger.key";
    if (place.create) {
        fs::create_directories(folder);
    } else if (!fs::exists(key_path)) {
        throw std::runtime_error(place.data + " holds no platform yet: make one with `verbatim init --data " + place.data + "`");
    }
    const bool postgres = place.database.rfind("postgres", 0) == 0;
    storage::Options options;
    options.create = place.create;
    db = storage::Db::open(postgres ? place.database : "sqlite:" + (folder / "verbatim.db").string(), options);
    const auto migrations = all_migrations();
    db->migrate(migrations);
    events::settle(*db);
    vault::open(*db, clock.now(), (folder / "vault.key").string());
    if (const auto indexed = reviews::settle_search(*db); indexed != 0) log::info("reviews were put into the search index", {{"reviews", indexed}});
    if (const auto sealed = contact::settle(*db); sealed != 0) log::info("names and addresses were sealed into the vault", {{"rows", sealed}});
    // The log's key is the platform's identity for life (norm TLG-6): a file of its own, never in the database that is backed
    // up to many places.
    const auto key = fs::exists(key_path) ? read_key_file(key_path, "the log's key") : make_key_file(key_path, "verbatim-log-" + crypto::random_id(12));
    db->read([&](storage::Tx& tx) { settings = network::Settings::load(tx, place.overrides); });

    ledger = std::make_unique<ledger::Ledger>(*db, clock, key.name, key.seed);
    access = std::make_unique<access::Access>(*db, clock);
    organisation = std::make_unique<network::Organisation>(*db);
    readers = std::make_unique<Readers>(*db);
}

void House::compose(const std::string& base_url) {
    place.base_url = base_url;
    renderer = render::Renderer::make();
    const auto brand = settings.text("brand.name");
    const auto decide_days = days(settings, "publish.max_delay_days");

    invite::Options inviting;
    inviting.order_days = days(settings, "invite.delay.order");
    inviting.delivery_days = days(settings, "invite.delay.delivery");
    inviting.used_car_days = days(settings, "invite.delay.used_car");
    inviting.workshop_days = days(settings, "invite.delay.workshop");
    inviting.max_age_days = days(settings, "invite.max_age_days");
    inviting.expires_days = days(settings, "invite.expires_days");
    inviting.quiet_days = days(settings, "invite.quiet_days");
    inviting.base_url = place.base_url;
    inviting.brand = brand;
    invite = std::make_unique<invite::Invite>(*db, clock, *ledger, inviting);

    collect::Options collecting;
    collecting.decide_days = decide_days;
    collecting.base_url = place.base_url;
    collecting.brand = brand;
    collecting.more_personal_data = [](storage::Tx& tx, const std::vector<std::string>& reviews) {
        auto all = nlohmann::json::parse(recover::Recover::personal_data(tx, reviews));
        all.update(nlohmann::json::parse(moderate::Moderate::personal_data(tx, reviews)));
        all.update(nlohmann::json::parse(analyse::Findings::personal_data(tx, reviews)));
        return all.dump();
    };
    collecting.more_of_person = &touchpoints_json;
    collecting.forget_person = [this](storage::Tx& tx, std::string_view customer) { plan::forget_person(tx, clock.now(), customer); };
    collect = std::make_unique<collect::Collect>(*db, clock, *ledger, collecting);

    moderate::Options moderating;
    moderating.base_url = place.base_url;
    moderating.brand = brand;
    moderating.decide_days = decide_days;
    moderating.second_opinion = settings.text("moderate.second_opinion") == "refusals";
    moderating.publish_overdue = settings.text("moderate.overdue") == "publish";
    moderating.rephrase_days = days(settings, "moderate.rephrase_days");
    moderating.complaint_months = static_cast<int>(settings.number("moderate.complaint_months"));
    moderating.dispute_body = settings.text("moderate.dispute_body");
    moderating.conduct.warn_after = static_cast<int>(settings.number("moderate.abuse.warn"));
    moderating.conduct.suspend_after = static_cast<int>(settings.number("moderate.abuse.suspend"));
    moderating.conduct.suspend_days = days(settings, "moderate.abuse.days");
    judge_texts(moderating);
    moderate = std::make_unique<moderate::Moderate>(*db, clock, text::Detectors::shipped(), moderating);

    witnesses = make_witnesses(*db, clock, *ledger, settings);

    publish = std::make_unique<publish::Publish>(*db, clock);
    figures = std::make_unique<LogFigures>(*db, *ledger, decide_days);
    contact_desk = std::make_unique<contact::Desk>(*db, clock);
    reply = std::make_unique<reply::Reply>(*db, clock, reply::Options{place.base_url, static_cast<int>(settings.number("reply.digest_minutes"))});
    recover::Options recovering;
    recovering.base_url = place.base_url;
    recovering.brand = brand;
    recovering.survey_days = days(settings, "recover.survey_days");
    recover = std::make_unique<recover::Recover>(*db, clock, recovering);
    cases = std::make_unique<recover::Cases>(*db, clock, recovering);
    root_causes = std::make_unique<recover::RootCauses>(*db);
    win_back = std::make_unique<recover::WinBack>(*db, clock);
    plan = std::make_unique<plan::Run>(*db, clock, plan_sources(settings.text("server.sms") == "yes"), plan::RunOptions{brand, place.base_url, 5000, addresses_of(settings.text("plan.seeds"))});
    inbox = std::make_unique<reply::Inbox>(*db, clock);
    answers = std::make_unique<reply::Answers>(*db, clock, [&reads = *moderate](storage::Tx& tx, const reviews::Review& review, std::string_view body) {
        return reads.findings_of_reply(tx, review, body);
    });

    oversee = std::make_unique<oversee::Oversee>(*db, clock);
    analyse::Options analysing;
    analysing.base_url = place.base_url;
    analysing.brand = brand;
    analysing.quiet_days = days(settings, "findings.quiet_days");
    analysing.stop = [](storage::Tx& tx, const reviews::Review& review) { return recover::call_owed(tx, review.id) ? std::string("case_open") : std::string(); };
    findings = std::make_unique<analyse::Findings>(*db, clock, analysing);
    const auto operator_name = settings.text("brand.operator").empty() ? brand : settings.text("brand.operator");
    reports = std::make_unique<report::Reports>(*db, clock, *renderer, report::Options{place.base_url, brand, operator_name});

    evidence::Options proving;
    proving.brand = brand;
    proving.operator_name = settings.text("brand.operator").empty() ? brand : settings.text("brand.operator");
    proving.version = program_version;
    proving.base_url = place.base_url;
    evidence = std::make_unique<evidence::Evidence>(*db, clock, *ledger, proving);

    load_country_rules(*db);
    collect::load_words(*db);
    follower = std::make_unique<events::Follower>(*db);
    webhooks::Options telling;
    telling.agent = "Verbatim/" + std::string(program_version);
    telling.plain_http = settings.text("webhook.plain_http") == "allow";
    telling.private_addresses = settings.text("webhook.private_addresses") == "allow";
    telling.timeout_seconds = static_cast<int>(settings.number("webhook.timeout_seconds"));
    telling.ca_file = settings.text("webhook.ca");
    webhooks = std::make_unique<webhooks::Webhooks>(*db, clock, telling);
    jobs::Runner::Options patient;
    patient.threads = static_cast<int>(settings.number("webhook.workers"));
    patient.batch = patient.threads;
    webhook_runner = std::make_unique<jobs::Runner>(*db, clock, patient);
    webhooks->handle(*webhook_runner);
    access::Options entering;
    entering.idle_minutes = days(settings, "access.session_idle_minutes");
    entering.session_hours = days(settings, "access.session_hours");
    entering.password_length = days(settings, "access.password_length");
    entering.link_hours = days(settings, "access.link_hours");
    entering.second_factor_required = settings.text("access.second_factor") == "required";
    entering.base_url = place.base_url;
    entering.brand = brand;
    access->options(entering);

    runner = std::make_unique<jobs::Runner>(*db, clock);
    listen(*runner, *db, {*collect, *moderate, *recover, *invite, *reply, *findings, *readers});
    runner->every("search", one_day, [this] { reviews::tidy_search(*db, reviews::Tidy::by_night); });
    runner->handle("search", [this](const jobs::Job&) -> Result<void> {
        reviews::tidy_search(*db, reviews::Tidy::after_erasure);
        return {};
    });
    runner->every("retention", one_day, [this] { purge(*db, clock, kept(network::Retention::from(settings), clock)); });
    keep_figures(*runner, *db);
    keep_readings(*runner, *db, clock, *readers, trend_options(settings, place.base_url, *readers));
    runner->every("access_purge", one_day, [this] {
        access->purge();
        purge_factors(*db, clock);
    });
    invite->handle(*runner);
    collect->handle(*runner);
    recover->handle(*runner);
    reply->handle(*runner);
    moderate->handle(*runner);
    findings->handle(*runner);
    reports->handle(*runner);
    plan->handle(*runner);
    jobs::Runner::Options posting;
    posting.threads = 4;
    posting.backoff_first = settings.number("mail.retry_first_seconds");
    posting.backoff_most = std::max<Seconds>(posting.backoff_first, settings.number("mail.retry_most_minutes") * one_minute);
    mail_runner = std::make_unique<jobs::Runner>(*db, clock, posting);
    carry_sms();
    if (place.mail != "none") {
        auto pace = contact::read_pace(settings.number("mail.domain_per_minute"), settings.text("mail.domains"), settings.text("mail.warm_up"));
        if (!pace) throw std::runtime_error(pace.error().message);
        auto transport = mail::make_transport(with_domain_connections(place.mail, settings.number("mail.domain_connections")));
        if (!transport) throw std::runtime_error(transport.error().message);
        post = std::make_unique<contact::Post>(*db, clock, *renderer, contact::paced(std::move(transport).value(), *db, clock, std::move(pace).value()), sender());
        post->handle(*mail_runner);
        post->attach("monthly_report", [this](const nlohmann::json& data) -> std::vector<mail::Attachment> {
            const auto month = data.at("REPORT_MONTH").get<int>();
            return {{"report-" + figures::format_month(month) + ".pdf", "application/pdf", reports->pdf_for(data.at("REPORT_BRANCH").get<std::string>(), month, data.at("REPORT_LANGUAGE").get<std::string>())}};
        });
    }
}

// A gateway that cannot be understood is said at the start, not at the first SMS.
void House::carry_sms() {
    contact::SmsGateway gateway;
    gateway.url = settings.text("sms.url");
    if (gateway.url.empty()) return;
    gateway.body = settings.text("sms.body"), gateway.ca_file = settings.text("sms.ca"), gateway.timeout_seconds = days(settings, "sms.timeout_seconds");
    if (const auto file = settings.text("sms.token_file"); !file.empty()) gateway.token = read_file(file);
    while (!gateway.token.empty() && std::isspace(static_cast<unsigned char>(gateway.token.back()))) gateway.token.pop_back();
    if (auto checked = contact::check_gateway(gateway); !checked.ok()) throw std::runtime_error(checked.error().message);
    sms = std::make_unique<contact::SmsPost>(*db, clock, std::move(gateway));
    sms->handle(*mail_runner);
}

contact::Sender House::sender() const {
    contact::Sender sender;
    sender.brand = settings.text("brand.name");
    sender.operator_name = settings.text("brand.operator").empty() ? sender.brand : settings.text("brand.operator");
    sender.from_email = settings.text("mail.from");
    sender.bounce_domain = settings.text("mail.bounce_domain");
    sender.from_name = settings.text("mail.name").empty() ? sender.brand : settings.text("mail.name");
    sender.base_url = place.base_url;
    sender.dkim = dkim_keys(settings);
    return sender;
}

House::~House() = default;

}  // namespace verbatim::server
