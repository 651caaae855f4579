#include "app/server/commands.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/server/access_commands.h"
#include "app/server/bounce.h"
#include "app/server/bounce_imap.h"
#include "app/server/demo.h"
#include "app/server/evidence.h"
#include "app/server/evidence_checks.h"
#include "app/server/export.h"
#include "app/server/import.h"
#include "app/server/jobs_command.h"
#include "app/server/mail_check.h"
#include "app/server/models.h"
#include "app/server/plan_commands.h"
#include "app/server/readings.h"
#include "app/server/replay.h"
#include "app/server/report_command.h"
#include "app/server/rollups.h"
#include "app/server/search_command.h"
#include "app/server/serve.h"
#include "app/server/themes_command.h"
#include "app/server/train.h"
#include "app/server/train_aspects.h"
#include "app/server/train_understanding.h"
#include "app/server/train_words.h"
#include "app/server/understand_batch.h"
#include "app/server/version.h"
#include "app/server/watch.h"
#include "app/server/witness_command.h"
#include "app/verify/proof_check.h"
#include "app/verify/verify.h"
#include "ground/base/calendar.h"
#include "life/moderate/batch.h"
#include "record/factors/factors.h"
#include "record/vault/vault.h"

namespace verbatim::server {
namespace {

int init(Common& common) {
    auto place = common.ready();
    place.create = true;
    const SystemClock clock;
    House house(place, clock);
    std::cout << "made an empty platform in " << place.data << "\n"
              << "log key: " << house.ledger->verifier_key() << "\n"
              << "next: verbatim import sites sites.csv --data " << place.data << "\n";
    return 0;
}

int serve_command(Common& common, ServeOptions options, const std::string& roles) {
    options.web = roles.find("web") != std::string::npos;
    options.worker = roles.find("worker") != std::string::npos;
    if (!options.web && !options.worker) throw CLI::ValidationError("--roles", "takes web, worker or web,worker");
    const SystemClock clock;
    return serve(common.ready(), clock, options);
}

int erase_person(Common& common, const std::string& email) {
    const SystemClock clock;
    House house(common.ready(), clock);
    house.compose(common.place.base_url);
    const auto numbers = house.collect->erase_by_email(Actor::system("administrator"), email);
    if (!numbers) throw std::runtime_error(numbers.error().message);
    house.ledger->sequence();
    std::cout << *numbers << " customer numbers erased; keep this request, a restored backup brings the person back\n";
    return 0;
}

// A new key for the vault, and everything sealed under it. The old one stays in the file until the next turn: a server that runs
// may have a transaction under way that was sealed under it.
int rotate_vault(Common& common) {
    const SystemClock clock;
    House house(common.ready(), clock);
    const auto seal_again = [&] { return contact::seal_again(*house.db) + factors::seal_again(*house.db); };
    seal_again();  // what a turn that was killed left behind; only then may older keys go
    vault::drop_old(*house.db);
    vault::add_key(*house.db, clock.now());
    const auto rows = seal_again();
    house.db->checkpoint();
    std::cout << rows << " rows sealed under a new key; back up " << vault::path() << " now\n";
    return 0;
}

int verify_log(const std::string& where, verify::Options options, bool figures, const WatchWish& watch = {}) {
    const SystemClock clock;
    const auto run = [&](const verify::Source& source) {
        if (watch.follow) return watch_log(source, options, watch);
        return figures ? verify::print_figures(source, options, std::cout, std::cerr) : verify::run(source, options, clock.now(), std::cout);
    };
    if (!verify::is_address(where)) {
        auto source = verify::folder_source(where);
        if (!source) {
            std::cout << "fault: " << source.error().message << "\n";
            return 1;
        }
        return run(*source);
    }
    http::ClientOptions reach;
    reach.ca_file = options.ca_file;
    auto client = std::make_shared<http::Client>(verify::site_address(where), reach);
    const auto get = [client](std::string_view path) -> Result<std::string> {
        auto fetched = client->get(path);
        if (!fetched) return fetched.error();
        if (fetched->status == 404) return not_found("not_there", std::string(path) + " is not there");
        if (fetched->status != 200) return Error{ErrorKind::unavailable, "not_served", std::string(path) + " answers " + std::to_string(fetched->status), {}};
        return std::move(fetched->body);
    };
    const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(1500)); };
    return run(verify::live_source(get, pause));
}

int replay_command(const Place& place) {
    const SystemClock clock;
    House house(place, clock);
    const auto kept = house.settings.text("server.base_url");
    house.compose(!place.base_url.empty() ? place.base_url : kept.empty() ? "http://127.0.0.1:8080" : kept);
    return replay_tonight(house, std::cout) ? 0 : 1;
}

}  // namespace

int run_command(int count, char** arguments) {
    CLI::App app{"Verbatim: customer reviews that anyone can check."};
    app.require_subcommand(1);
    app.set_version_flag("--version", program_version);
    int code = 0;

    Common at;
    auto* init_app = app.add_subcommand("init", "makes an empty platform");
    at.data_option(init_app);
    init_app->callback([&] { code = init(at); });

    ServeOptions serving;
    std::string roles = "web,worker";
    auto* serve_app = app.add_subcommand("serve", "runs the platform until SIGTERM");
    at.data_option(serve_app);
    at.set_option(serve_app);
    serve_app->add_option("--listen", serving.listen, "ADDRESS:PORT; port 0 picks one")->required()->type_name("ADDR:PORT");
    serve_app->add_option("--base-url", at.place.base_url, "what links in mails and pages begin with")->type_name("URL");
    serve_app->add_option("--mail", at.place.mail, "outbox:DIR or smtp://[USER:PASSWORD@]HOST:PORT; without it nothing is sent")->type_name("WHERE");
    serve_app->add_option("--roles", roles, "web, worker or both")->capture_default_str();
    serve_app->add_option("--access-log", serving.access_log, "a file, - for stdout, or none")->capture_default_str();
    serve_app->callback([&] { code = serve_command(at, serving, roles); });

    auto* demo_app = app.add_subcommand("demo", "an invented brand with its network and six months of life, served");
    demo_app->add_option("--data", at.place.data, "folder of the demo; made when missing")->required()->type_name("DIR");
    demo_app->add_option("--listen", serving.listen, "ADDRESS:PORT")->capture_default_str()->type_name("ADDR:PORT");
    demo_app->add_option("--base-url", at.place.base_url, "what links begin with")->type_name("URL");
    at.set_option(demo_app);
    demo_app->callback([&] { code = run_demo(at.ready(), serving); });

    ImportWish wish;
    auto* import_app = app.add_subcommand("import", "takes a file in: sites, products, people, experiences or reviews (CSV or JSON Lines, .gz too, - is standard input)");
    import_app->add_option("kind", wish.kind, "sites | products | people | experiences | reviews")->required()->check(CLI::IsMember({"sites", "products", "people", "experiences", "reviews"}));
    import_app->add_option("file", wish.file, "the file, or - for standard input")->required()->type_name("FILE");
    import_app->add_option("--create-subjects", wish.create_subjects, "reviews: makes subjects that are missing, as site or product")->check(CLI::IsMember({"site", "product"}));
    import_app->add_option("--base-url", at.place.base_url, "what links in mails begin with, where this import asks moderators")->type_name("URL");
    at.data_option(import_app);
    at.set_option(import_app);
    import_app->callback([&] { code = import_file(at.ready(), wish); });

    ExportWish out;
    auto* export_app = app.add_subcommand("export", "gives out what is kept: reviews, one person, statements of reasons, or the public log");
    export_app->add_option("what", out.what, "reviews | person | statements | log")->required()->check(CLI::IsMember({"reviews", "person", "statements", "log"}));
    export_app->add_option("--email", out.email, "person: whose")->type_name("E");
    export_app->add_option("--from", out.from, "statements: first day; a year ago without it")->type_name("D");
    export_app->add_option("--to", out.to, "statements: end; now without it")->type_name("D");
    export_app->add_option("--out", out.out, "file (reviews, person, statements) or folder (log); standard output without it")->type_name("PATH");
    at.data_option(export_app);
    export_app->callback([&] { code = export_data(at.ready(), out); });

    bool rebuild = false;
    auto* search_app = app.add_subcommand("search", "the index behind the desk's search");
    search_app->require_subcommand(1);
    auto* search_rebuild = search_app->add_subcommand("rebuild", "makes it anew from the reviews; safe beside a running server");
    at.data_option(search_rebuild);
    search_rebuild->callback([&] { code = rebuild_search(at.ready(), std::cout); });

    auto* rollups_app = app.add_subcommand("rollups", "the figures the desk compares");
    rollups_app->require_subcommand(1);
    auto* rollups_verify = rollups_app->add_subcommand("verify", "counts every figure anew from the facts; prints what differs and exits 1 where anything does");
    rollups_verify->add_flag("--rebuild", rebuild, "adds what is missing, and takes away what is too much");
    at.data_option(rollups_verify);
    rollups_verify->callback([&] { code = verify_rollups(at.ready(), rebuild, std::cout); });

    std::string jobs_kind = "all";
    auto* jobs_app = app.add_subcommand("jobs", "the platform's own work");
    jobs_app->require_subcommand(1);
    auto* jobs_list_app = jobs_app->add_subcommand("list", "what waits and what used up its attempts, with its last words; exits 1 where anything did");
    at.data_option(jobs_list_app);
    jobs_list_app->callback([&] { code = list_jobs(at.ready(), std::cout); });
    auto* jobs_again_app = jobs_app->add_subcommand("again", "what used up its attempts waits again, with all of them; a running server takes it up at once");
    jobs_again_app->add_option("kind", jobs_kind, "as `jobs list` names it, mail for one")->default_str("all")->type_name("KIND");
    at.data_option(jobs_again_app);
    jobs_again_app->callback([&] { code = revive_jobs(at.ready(), jobs_kind, std::cout); });

    auto* reanalyse_app = app.add_subcommand("reanalyse", "reads every published review again that another version of the models read; goes on where it was stopped");
    at.data_option(reanalyse_app);
    reanalyse_app->callback([&] { code = reanalyse(at.ready(), std::cout); });

    std::string themes_file;
    auto* themes_app = app.add_subcommand("themes", "trees of themes");
    themes_app->require_subcommand(1);
    auto* themes_check_app = themes_app->add_subcommand("check", "holds a tree of themes against its rules; each mistake with its line");
    themes_check_app->add_option("file", themes_file, "the tree, in the form of assets/themes/car.themes")->required()->type_name("FILE");
    themes_check_app->callback([&] { code = check_themes(themes_file, std::cout); });

    ModelsWish models_wish;
    std::string models_file;
    auto* models_app = app.add_subcommand("models", "versions of the models that read customers' words");
    models_app->require_subcommand(1);
    auto* models_list_app = models_app->add_subcommand("list", "what is kept, what reads now, what it reached");
    at.data_option(models_list_app);
    models_list_app->callback([&] { code = list_models(at.ready(), std::cout); });
    auto* models_activate_app = models_app->add_subcommand("activate", "holds a candidate against what reads now, on reviews nobody learns from, and activates it where it is not worse");
    models_activate_app->add_option("candidate", models_wish.candidate, "a folder of `verbatim train`, a kept version, or shipped")->required()->type_name("WHAT");
    models_activate_app->add_option("--fewest", models_wish.fewest, "held reviews that are needed to tell")->default_val(50)->check(CLI::Range(1, 1'000'000));
    at.data_option(models_activate_app);
    models_activate_app->callback([&] { code = activate_models(at.ready(), models_wish, std::cout); });
    auto* models_data_app = models_app->add_subcommand("data", "writes the part of the platform's own reviews that one may learn from, for `verbatim train`");
    models_data_app->add_option("file", models_file, "JSON Lines")->required()->type_name("FILE");
    at.data_option(models_data_app);
    models_data_app->callback([&] { code = models_data(at.ready(), models_file, std::cout); });

    std::string report_site, report_month;
    auto* report_app = app.add_subcommand("report", "monthly reports");
    report_app->require_subcommand(1);
    auto* report_send_app = report_app->add_subcommand("send", "sends a point of sale's monthly report once more, to those who answer for it");
    report_send_app->add_option("site", report_site, "its code")->required()->type_name("SITE");
    report_send_app->add_option("--month", report_month, "2026-10; without it, the last month that is over")->type_name("M");
    report_send_app->add_option("--base-url", at.place.base_url, "what links in it begin with")->type_name("URL");
    at.data_option(report_send_app);
    report_send_app->callback([&] { code = with_house(at, [&](House& house) { return send_report(house, report_site, report_month, std::cout, std::cerr); }); });

    bool weekly_too = false;
    auto* trends_app = app.add_subcommand("trends", "looks now at what changed in customers' words, as the platform does once a day");
    at.data_option(trends_app);
    at.set_option(trends_app);
    trends_app->add_flag("--weekly", weekly_too, "and at what it looks once a week: drift of the models, mails to those who follow a theme");
    trends_app->callback([&] { code = look_at_trends(at.ready(), weekly_too, std::cout); });

    const auto all_roles = CLI::IsMember({"admin", "hq", "product", "country", "group", "site", "adviser", "agent", "moderator", "crm", "auditor"});
    KeyOrder order;
    auto* key_app = app.add_subcommand("key", "API keys");
    key_app->require_subcommand(1);
    auto* key_add_app = key_app->add_subcommand("add", "prints a new API key; it is stored hashed and cannot be shown again");
    key_add_app->add_option("--email", order.email, "whose")->required();
    key_add_app->add_option("--role", order.role, "as what its holder acts")->required()->check(all_roles);
    key_add_app->add_option("--scope", order.scope, "what it may reach: a site, group, country or product code, a branch (group:G, dealer:D), or *")->capture_default_str();
    key_add_app->add_option("--permissions", order.permissions, "fewer than the role has, with commas: reviews.read,figures.read; all of the role without it");
    key_add_app->add_option("--expires", order.expires, "the day it ends; without it, it does not")->type_name("D");
    key_add_app->add_option("--name", order.name, "what it is for");
    key_add_app->add_option("--languages", order.languages, "languages its holder reads, where people.csv does not say (norm MOD-6): fr,en");
    at.data_option(key_add_app);
    key_add_app->callback([&] { code = key_add(at.ready(), order); });

    UserWish user;
    auto* user_app = app.add_subcommand("user", "members of staff: who signs in, and as what");
    user_app->require_subcommand(1);
    auto* user_add_app = user_app->add_subcommand("add", "gives a role and prints a link, good once and for 7 days, to choose a password");
    user_add_app->add_option("--email", user.email, "whose")->required();
    user_add_app->add_option("--role", user.role, "as what")->required()->check(all_roles);
    user_add_app->add_option("--scope", user.scope, "a site, group, country or product code, a branch (group:G, dealer:D), or *")->capture_default_str();
    user_add_app->add_option("--name", user.name, "as colleagues know them");
    user_add_app->add_option("--locale", user.locale, "fr, fr-BE");
    user_add_app->add_option("--base-url", at.place.base_url, "what the link begins with")->type_name("URL");
    at.data_option(user_add_app);
    user_add_app->callback([&] { code = user_add(at.ready(), user); });
    auto* user_list_app = user_app->add_subcommand("list", "address, role, scope, name, state and last sign-in, with tabs between");
    at.data_option(user_list_app);
    user_list_app->callback([&] { code = user_list(at.ready()); });
    auto* user_disable_app = user_app->add_subcommand("disable", "bars the account, or one role of it, and ends every session");
    user_disable_app->add_option("--email", user.email, "whose")->required();
    user_disable_app->add_option("--role", user.role, "only this role")->check(all_roles);
    user_disable_app->add_option("--scope", user.scope, "only this role on this scope");
    user_disable_app->add_flag("--undo", user.enable, "lets the account in again");
    at.data_option(user_disable_app);
    user_disable_app->callback([&] { code = user_disable(at.ready(), user); });
    auto* user_link_app = user_app->add_subcommand("link", "prints a link to choose a new password");
    user_link_app->add_option("--email", user.email, "whose")->required();
    user_link_app->add_option("--base-url", at.place.base_url, "what the link begins with")->type_name("URL");
    at.data_option(user_link_app);
    user_link_app->callback([&] { code = user_link(at.ready(), user); });
    auto* user_reset_app = user_app->add_subcommand("reset-factors", "removes somebody's second factors, who lost them, and ends every session");
    user_reset_app->add_option("--email", user.email, "whose")->required();
    at.data_option(user_reset_app);
    user_reset_app->callback([&] { code = user_reset_factors(at.ready(), user); });

    std::string kept_head;
    auto* trail_app = app.add_subcommand("audit", "the audit trail: what members of staff and keys did");
    trail_app->require_subcommand(1);
    auto* trail_verify_app = trail_app->add_subcommand("verify", "reads every line: as it was written, none missing; prints the head, to be kept elsewhere");
    trail_verify_app->add_option("--head", kept_head, "a head printed earlier, which must still be in the chain")->type_name("SEQ:HASH");
    at.data_option(trail_verify_app);
    trail_verify_app->callback([&] { code = audit_verify(at.ready(), kept_head); });

    auto* replay_app = app.add_subcommand("replay", "what the server does each night, now: counts all that is shown again from the log, holds the tables against it, keeps digests of the pages");
    at.data_option(replay_app);
    at.set_option(replay_app);
    replay_app->callback([&] { code = replay_command(at.ready()); });

    auto* moderate_app = app.add_subcommand("moderate", "standard input JSON Lines {id,lang,text} -> verdict and findings");
    std::string models;
    moderate_app->add_option("--models", models, "folder of `verbatim train moderation`: its classifier instead of the shipped one")->type_name("DIR");
    moderate_app->callback([&] { code = moderate::moderate_batch(std::cin, std::cout, std::cerr, *moderate::detectors_from(models)); });

    std::string understanding_models;
    const auto models_option = [&](CLI::App* command) {
        command->add_option("--models", understanding_models, "folder of `verbatim train`: its models instead of the shipped ones")->type_name("DIR");
    };
    auto* analyse_app = app.add_subcommand("analyse", "what reviews say: JSON Lines {\"id\",\"lang\",\"text\",\"rating\"?} in, language, stars, polarity and themes out");
    models_option(analyse_app);
    analyse_app->callback([&] { code = analyse_batch(std::cin, std::cout, std::cerr, understanding_models); });
    auto* authenticity_app = app.add_subcommand("authenticity", "whether a customer wrote it: the same in, a score and its signals out; it never decides");
    models_option(authenticity_app);
    authenticity_app->callback([&] { code = authenticity_batch(std::cin, std::cout, std::cerr, understanding_models); });

    std::string whom;
    auto* erase_app = app.add_subcommand("erase", "everything about one person goes, under every number (GDPR 17): for a request by letter, and after a restored backup");
    erase_app->add_option("--email", whom, "whose")->required()->type_name("E");
    at.data_option(erase_app);
    erase_app->callback([&] { code = erase_person(at, whom); });

    std::string bounce_recipient, maildir;
    auto* bounce_app = app.add_subcommand("bounce", "undelivered mail and complaints that came back (RFC 3464, RFC 5965): one message on standard input, for a mail server's pipe, or a Maildir");
    bounce_app->add_option("--recipient", bounce_recipient, "the address it came to, where the mail server tells it beside the message")->type_name("ADDRESS");
    bounce_app->add_option("--maildir", maildir, "reads every message in DIR/new instead and moves it to DIR/cur")->type_name("DIR");
    bool by_imap = false;
    bounce_app->add_flag("--imap", by_imap, "reads the mailbox of mail.bounce_imap instead, once, as the server does every few minutes")->excludes("--maildir");
    at.data_option(bounce_app);
    at.set_option(bounce_app);
    bounce_app->callback([&] {
        const SystemClock clock;
        House house(at.ready(), clock);
        if (by_imap) {
            code = bounce_imap(*house.db, clock, house.settings, std::cout, std::cerr);
            return;
        }
        code = maildir.empty() ? take_bounce(*house.db, clock.now(), std::cin, std::cout, bounce_recipient) : take_maildir(*house.db, clock.now(), maildir, std::cout);
    });

    auto* train_app = app.add_subcommand("train", "learns the weights of a model from files; the same files give the same model");
    train_app->require_subcommand(1);
    WordTraining training;
    auto* words_app = train_app->add_subcommand("insult-words", "which unknown words look like insults (assets/models/insult_words.md)");
    words_app->add_option("--insults", training.insults, "lists of insults, tab-separated with a column \"word\" or one a line; gzip is unpacked")->required()->type_name("FILE");
    words_app->add_option("--ordinary", training.ordinary, "texts of ordinary words: JSON Lines with \"text\", or any text")->required()->type_name("FILE");
    words_app->add_option("--out", training.out, "the model")->required()->type_name("FILE");
    words_app->add_option("--alarms", training.alarms, "share of ordinary words left out that may be taken for insults")->capture_default_str()->check(CLI::Range(0.0, 1.0));
    words_app->callback([&] { code = train_insult_words(training); });
    TrainWish wish_to_learn;
    auto* moderation_app = train_app->add_subcommand("moderation", "the classifier of offence (assets/models/moderation.md), for moderate --models");
    moderation_app->add_option("--data", wish_to_learn.files, "labelled JSON Lines, .gz too: lang, text and label (or labels, or hate and abuse)")->required()->type_name("FILE");
    moderation_app->add_option("--out", wish_to_learn.out, "folder for the model and its card; made when missing")->required()->type_name("DIR");
    moderation_app->add_option("--seed", wish_to_learn.seed, "the same seed and files give the same bytes")->capture_default_str();
    moderation_app->add_option("--model-version", wish_to_learn.version, "what the detectors' version will say")->capture_default_str();
    moderation_app->add_option("--plain-alarms", wish_to_learn.plain_alarms, "largest share of plain sentences the model may stop")->capture_default_str()->check(CLI::Range(0.0, 1.0));
    moderation_app->callback([&] { code = train_moderation(wish_to_learn); });

    UnderstandingTraining understood;
    const auto understanding_task = [&](const char* task, const char* alias, const char* what) {
        auto* command = train_app->add_subcommand(task, what);
        if (*alias != 0) command->alias(alias);
        command->add_option("--data", understood.files, "JSON Lines, .gz too: reviews with ratings, or labelled texts (docs/understanding.md); for language LL.txt too, one text a line")->type_name("FILE");
        command->add_option("--sayings", understood.sayings, "files LL.txt of sayings, [good] and [bad], one a line, instead of the shipped ones")->type_name("FILE");
        command->add_flag("--no-sayings", understood.no_sayings, "learn from the files alone");
        command->add_option("--out", understood.out, "folder for the model and its card; made when missing")->required()->type_name("DIR");
        command->add_option("--seed", understood.seed, "the same seed and files give the same bytes")->capture_default_str();
        command->add_option("--model-version", understood.version, "what stands beside each finding")->capture_default_str();
        command->add_option("--bits", understood.bits, "2^bits weights")->capture_default_str()->check(CLI::Range(10, 22));
        command->add_option("--row", understood.row, "how many words in a row are weighed together; fewer where the texts to be read are of another trade than those learned from")->capture_default_str()->check(CLI::Range(1, 3));
        command->add_option("--cost", understood.cost, "of an error while learning; 0: the task's own, and for polarity once or twice that, as its own folds say")->check(CLI::NonNegativeNumber);
        if (task == std::string_view("polarity"))
            command->add_option("--expected", understood.expected, "share of satisfied customers among those who will be read, where the examples hold another; 0: whole texts are parted where the examples part best")->check(CLI::Range(0.0, 0.99));
        if (task == std::string_view("aspects")) command->add_option("--only", understood.only, "learn what is said of a target alone, or the categories of a sentence alone")->check(CLI::IsMember({"polarity", "category"}));
        command->callback([&, task] { code = task == std::string_view("aspects") ? train_aspects(understood) : train_understanding(task, understood); });
    };
    understanding_task("language", "lang", "which language a text is in, from texts with \"lang\"");
    understanding_task("polarity", "sentiment", "for or against, from reviews with ratings (about 3 is left out) or texts labelled positive and negative");
    understanding_task("stars", "rating", "one to five stars from the words, from reviews with ratings");
    understanding_task("machine", "machine-written", "written by a machine, from texts labelled \"human\" and \"machine\"");
    understanding_task("aspects", "themes", "what is said of a target and the categories of a sentence, from sentences with \"aspects\" (docs/formats.md)");
    understanding_task("deceptive", "fake", "written by somebody who was not there, from texts with \"deceptive\": true or false");

    PlanCommands plan_commands(app, at, code);
    auto* mail_check_app = app.add_subcommand("mail-check", "holds the DNS of the sender's domain (SPF, DKIM, DMARC) against how this platform sends; exit 1 where something is wrong");
    at.data_option(mail_check_app);
    at.set_option(mail_check_app);
    mail_check_app->callback([&] { code = with_house(at, [&](House& house) { return mail_check(house, &mail::look_up_txt, std::cout); }); });

    auto* vault_app = app.add_subcommand("vault", "names and addresses, and the key they are sealed under");
    vault_app->require_subcommand(1);
    auto* rotate_app = vault_app->add_subcommand("rotate", "makes a new key and seals everything again; the key before stays in vault.key until the next turn");
    at.data_option(rotate_app);
    rotate_app->callback([&] { code = rotate_vault(at); });

    WitnessWish watching;
    auto* witness_app = app.add_subcommand("witness", "cosigns other logs' checkpoints that only ever grow (C2SP tlog-witness)");
    witness_app->add_option("--data", watching.data, "folder of the witness; made when missing")->required()->type_name("DIR");
    witness_app->add_option("--log", watching.logs, "verifier key of a log to watch; as often as needed")->required()->take_all()->type_name("VKEY");
    witness_app->add_option("--listen", watching.listen, "ADDRESS:PORT; port 0 picks one")->capture_default_str()->type_name("ADDR:PORT");
    witness_app->add_option("--name", watching.name, "what the witness is called, once, when its key is made")->type_name("NAME");
    witness_app->add_option("--access-log", watching.access_log, "FILE, - or none")->capture_default_str();
    witness_app->add_option("--posts-per-minute", watching.posts_per_minute, "of one address; beyond it 429; 0: no limit")->capture_default_str();
    witness_app->callback([&] { code = run_witness(watching); });
    EvidenceWish pack;
    auto* evidence_app = app.add_subcommand("evidence", "every requirement of docs/law with what shows it today, as JSON and PDF, signed by the log's key");
    evidence_app->add_option("--out", pack.out, "folder for evidence.json, evidence.pdf, evidence.note")->type_name("DIR");
    evidence_app->add_option("--from", pack.from, "first day of the period; a year before its end without it")->type_name("D");
    evidence_app->add_option("--to", pack.to, "end of the period; now without it")->type_name("D");
    evidence_app->add_option("--at", pack.at, "as of this moment: the same data and moment give the same bytes")->type_name("MOMENT");
    evidence_app->add_option("--base-url", at.place.base_url, "what links on the pages begin with")->type_name("URL");
    evidence_app->add_option("--data", at.place.data, "folder of the platform")->type_name("DIR");
    evidence_app->add_option("--database", at.place.database, "sqlite (in DIR, the default) or postgresql://...")->type_name("URL");
    at.set_option(evidence_app);
    auto* duties_app = evidence_app->add_subcommand("duties", "lists what humans must do, and what was laid down last");
    auto* proof_app = evidence_app->add_subcommand("proof", "lays down a proof of a human duty");
    proof_app->add_option("--duty", pack.duty, "the requirement's id, as `evidence duties` lists them")->required()->type_name("ID");
    proof_app->add_option("--on", pack.on, "the day it was done")->required()->type_name("YYYY-MM-DD");
    proof_app->add_option("--by", pack.by, "who lays it down")->required()->type_name("WHO");
    proof_app->add_option("--note", pack.note, "what was done")->type_name("TEXT");
    proof_app->add_option("--file", pack.file, "a document, at most 10 MiB")->type_name("FILE");
    auto* link_app = evidence_app->add_subcommand("link", "prints a link to the auditor's page, good for 30 days");
    link_app->add_option("--email", pack.email, "whose")->required()->type_name("E");
    link_app->add_option("--role", pack.role, "auditor | hq | admin")->capture_default_str()->check(CLI::IsMember({"auditor", "hq", "admin"}));
    auto* pack_check_app = evidence_app->add_subcommand("check", "checks the files of a pack against their signature; needs no platform");
    pack_check_app->add_option("folder", pack.out, "the pack's folder")->required()->type_name("DIR");
    pack_check_app->add_option("--key", pack.key, "the log's verifier key, known from elsewhere")->required()->type_name("VKEY");
    auto* walk_app = evidence_app->add_subcommand("walk", "for the pack itself: walks through an empty platform and prints what a customer would meet");
    walk_app->group("");  // not for people
    walk_app->add_option("--at", pack.at)->required();
    at.set_option(walk_app);
    walk_app->callback([&] { code = evidence_walk(at.ready(), parse_moment(pack.at).value_or(0)); });
    for (auto* with_data : {duties_app, proof_app, link_app}) at.data_option(with_data);
    link_app->add_option("--base-url", at.place.base_url, "what the link begins with")->type_name("URL");
    duties_app->callback([&] { code = evidence_duties(at.ready()); });
    proof_app->callback([&] { code = evidence_proof(at.ready(), pack); });
    link_app->callback([&] { code = evidence_link(at.ready(), pack); });
    pack_check_app->callback([&] { code = evidence_check(pack); });
    evidence_app->callback([&] {
        if (!evidence_app->get_subcommands().empty()) return;
        if (at.place.data.empty()) throw CLI::RequiredError("--data");
        if (pack.out.empty()) throw CLI::RequiredError("--out");
        code = evidence_pack(at.ready(), pack);
    });

    std::string where;
    verify::Options verifying;
    auto* log_app = app.add_subcommand("log", "the public log");
    log_app->require_subcommand(1);
    auto* verify_app = log_app->add_subcommand("verify", "checks a public log from outside and recomputes every displayed rating");
    verify_app->add_option("where", where, "http(s)://... address of a site, or a folder laid out like /log/")->required()->type_name("URL|DIR");
    verify_app->add_option("--key", verifying.key, "the log's verifier key, known from elsewhere")->type_name("VKEY");
    verify_app->add_option("--witness", verifying.witnesses, "key of a witness you trust; as often as needed")->take_all()->type_name("VKEY");
    verify_app->add_option("--quorum", verifying.quorum, "how many of these witnesses must have cosigned; all of them without it")->type_name("N");
    verify_app->add_option("--ca", verifying.ca_file, "https: certificates to trust instead of the system's (PEM)")->type_name("FILE");
    verify_app->add_flag("--all", verifying.all_subjects, "prints every subject, not only those that differ");
    WatchWish watch;
    verify_app->add_flag("--follow", watch.follow, "keeps watching: one JSON line for each thing that is wrong (fork, shrunk, late, undecided, rule, display, ...); exit 1 at the end where there was one");
    verify_app->add_flag("--once", watch.once, "with --follow: one look, for a timer; --state makes it one watch")->needs("--follow");
    verify_app->add_option("--every", watch.every, "with --follow: seconds between two looks")->capture_default_str()->check(CLI::Range(1, 86400));
    verify_app->add_option("--state", watch.state_file, "with --follow: keeps the last good checkpoint, so that a restart notices what happened meanwhile")->type_name("FILE");
    verify_app->add_option("--exec", watch.command, "with --follow: run by /bin/sh for each alert; the JSON line is its standard input, VERBATIM_ALERT its kind")->type_name("COMMAND");
    verify_app->add_option("--webhook", watch.webhook, "with --follow: each alert is posted there as JSON")->type_name("URL");
    verify_app->add_option("--receipt", watch.receipts, "with --follow: an author's receipt.json whose promises are watched")->type_name("FILE");
    verify_app->add_option("--max-delay-days", watch.max_delay_days, "with --follow: announced longest time to a decision")->capture_default_str()->check(CLI::Range(1, 3650));
    verify_app->add_option("--merge-seconds", watch.merge_seconds, "with --follow: how long a receipt's entry may take into the log")->capture_default_str()->check(CLI::Range(1, 86400));
    verify_app->add_option("--max-age", watch.max_age, "with --follow: alert where the newest entry is older than so many seconds; 0: never")->capture_default_str();
    verify_app->callback([&] { code = verify_log(where, verifying, false, watch); });
    verify::ProofWish proving;
    auto* check_app = log_app->add_subcommand("check", "checks one .tlog-proof, and the receipt with it, offline");
    check_app->add_option("file", proving.file, "the .tlog-proof")->required()->type_name("FILE");
    check_app->add_option("--key", proving.key, "the log's verifier key, known from elsewhere")->type_name("VKEY");
    check_app->add_option("--receipt", proving.receipt, "the author's receipt.json that it belongs to")->type_name("FILE");
    check_app->add_option("--witness", proving.witnesses, "key of a witness you trust; as often as needed")->take_all()->type_name("VKEY");
    check_app->add_option("--quorum", proving.quorum, "how many of these witnesses must have cosigned; all of them without it")->type_name("N");
    check_app->callback([&] { code = verify::check_proof_file(proving, std::cout); });
    auto* figures_app = log_app->add_subcommand("figures", "counts the figures of the transparency page from a public log and prints them as JSON");
    figures_app->add_option("where", where, "http(s)://... address of a site, or a folder laid out like /log/")->required()->type_name("URL|DIR");
    figures_app->add_option("--key", verifying.key, "the log's verifier key, known from elsewhere")->type_name("VKEY");
    figures_app->add_option("--ca", verifying.ca_file, "certificates to trust instead of the system's")->type_name("FILE");
    figures_app->callback([&] { code = verify_log(where, verifying, true); });

    try {
        app.parse(count, arguments);
    } catch (const CLI::Success& done) {
        return app.exit(done);
    } catch (const CLI::ParseError& wrong) {
        app.exit(wrong);
        return 2;
    }
    return code;
}

}  // namespace verbatim::server
