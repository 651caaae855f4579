#include "app/server/plan_commands.h"

#include <iostream>

#include "app/server/paper.h"

namespace verbatim::server {

PlanCommands::PlanCommands(CLI::App& app, Common& common, int& result) : at(common), code(result) {
    plan_words(app);
    paper_words(app);
}

void PlanCommands::plan_words(CLI::App& app) {
    auto* plan_app = app.add_subcommand("plan", "the contact plan: a file that says whom to write to, when and why (docs/plan.md)");
    plan_app->require_subcommand(1);
    const auto plan_option = [&](CLI::App* command) { command->add_option("file", plan_file, "the plan; - is standard input")->required()->type_name("FILE"); };
    auto* plan_check_app = plan_app->add_subcommand("check", "names every mistake as FILE:LINE: message; exit 1 where there is one");
    plan_option(plan_check_app);
    plan_check_app->callback([&] { code = plan_check(plan_file, std::cout, std::cerr); });
    plan_app->add_subcommand("default", "prints the packaged plan: thirty campaigns of a car brand")->callback([&] { code = plan_default(std::cout); });

    auto* preview_app = plan_app->add_subcommand("preview", "one person's years as a timeline: what goes when, and what does not and why");
    preview_app->add_option("file", previewed.file, "the plan; - is standard input")->required()->type_name("FILE");
    preview_app->add_option("--person", previewed.person, "who: country=FR,order=2027-01-15,energy=electric (docs/plan.md); an ordinary customer without it")->type_name("KEY=VALUE,...");
    preview_app->add_option("--event", previewed.events, "what happens besides: \"2028-03-01 recall\", \"2027-04-01 review 5\"; as often as needed")->take_all()->type_name("TEXT");
    preview_app->add_option("--from", previewed.from, "day of the order where --person does not say; the plan's version where that is a day")->type_name("D");
    preview_app->add_option("--years", previewed.years, "how long")->capture_default_str()->check(CLI::Range(1, 20));
    preview_app->callback([&] { code = plan_preview(previewed, std::cout, std::cerr); });
    auto* simulate_app = plan_app->add_subcommand("simulate", "invented lives under the plan: volumes by month, channel and campaign, overlaps, who is contacted too often and who never");
    simulate_app->add_option("file", simulation.file, "the plan; - is standard input")->required()->type_name("FILE");
    simulate_app->add_option("--vehicles", simulation.vehicles, "how many")->capture_default_str()->check(CLI::Range(1LL, 100000000LL));
    simulate_app->add_option("--years", simulation.years, "how long")->capture_default_str()->check(CLI::Range(1, 20));
    simulate_app->add_option("--seed", simulation.seed, "the same seed gives the same lives")->capture_default_str();
    simulate_app->add_flag("--cohort", simulation.cohort, "all are ordered in the first year; without it the fleet is up to ten years old when it begins");
    simulate_app->add_option("--from", simulation.from, "first day; the plan's version where that is a day")->type_name("D");
    simulate_app->add_option("--threads", simulation.threads, "0: one a processor")->capture_default_str()->check(CLI::Range(0, 256));
    simulate_app->add_option("--touchpoints", simulation.touchpoints, "keeps a row a message: a new SQLite file, or postgresql://...")->type_name("FILE|URL");
    simulate_app->add_option("--picture", simulation.picture, "draws when each campaign speaks; best with --cohort and one year more")->type_name("SVG");
    simulate_app->callback([&] { code = plan_simulate(simulation, std::cout, std::cerr); });

    auto* compare_app = plan_app->add_subcommand("compare", "what differs between two plans, campaign by campaign");
    compare_app->add_option("before", plan_before, "the older file")->required()->type_name("FILE");
    compare_app->add_option("after", plan_after, "the newer file")->required()->type_name("FILE");
    compare_app->callback([&] { code = plan_compare(plan_before, plan_after, std::cout, std::cerr); });
    auto* publish_app = plan_app->add_subcommand("publish", "lets a plan without mistakes hold for a platform, from now or from a day");
    plan_option(publish_app);
    at.data_option(publish_app);
    publish_app->add_flag("--hold-back", plan_hold_back, "letters that lack something are held back; without it a dry run over everybody must miss nothing");
    publish_app->add_option("--from", plan_from, "the day or moment from which it holds")->type_name("D");
    publish_app->callback([&] { code = with_house(at, [&](House& house) { return plan_publish(house, plan_file, plan_from, plan_hold_back, std::cout, std::cerr); }); });
    auto* dry_app = plan_app->add_subcommand("dry-run", "writes every letter everybody would get in the days to come, and sends none; names what misses, and nobody; exit 1 where something does");
    dry_app->add_option("file", dry.file, "the plan; without it the one that holds")->type_name("FILE");
    at.data_option(dry_app);
    dry_app->add_option("--from", dry.from, "the day or moment from which it would hold")->type_name("D");
    dry_app->add_option("--days", dry.days, "how far ahead")->type_name("N")->check(CLI::Range(1, 400));
    dry_app->add_option("--people", dry.people, "so many, taken evenly from all; without it everybody")->type_name("N")->check(CLI::NonNegativeNumber);
    dry_app->callback([&] { code = with_house(at, [&](House& house) { return plan_dry_run(house, dry, std::cout, std::cerr); }); });
    auto* test_app = plan_app->add_subcommand("test", "sends one campaign's letters of an invented person to addresses of the house");
    test_app->add_option("campaign", tested.campaign)->required()->type_name("CAMPAIGN");
    at.data_option(test_app);
    test_app->add_option("--to", tested.to, "addresses, with commas; without it those of plan.seeds")->delimiter(',')->type_name("EMAIL,...");
    test_app->add_option("--language", tested.language, "en, fr ...; the plan's fallback without it")->type_name("LL");
    test_app->add_option("--file", tested.file, "the plan; without it the one that holds")->type_name("FILE");
    test_app->callback([&] { code = with_house(at, [&](House& house) { return plan_test(house, tested, std::cout, std::cerr); }); });
    auto* feed_app = plan_app->add_subcommand("feed", "what the plan did and what followed, of people who agreed to it, as JSON lines for a data management platform");
    at.data_option(feed_app);
    feed_app->add_option("--after", fed.after, "go on behind the line of this id; with --out behind its last line")->type_name("ID");
    feed_app->add_option("--out", fed.out, "a file that lines are added to; standard output without it")->type_name("FILE");
    feed_app->callback([&] { code = with_house(at, [&](House& house) { return plan_feed(house, fed, std::cout, std::cerr); }); });
    auto* tell_app = plan_app->add_subcommand("tell", "what no table knows of a customer: sold, deceased, recall, improvement, warranty_end, contract_end, finance_end, inspection_due");
    at.data_option(tell_app);
    tell_app->add_option("--customer", plan_fact.customer, "the importer's number")->required()->type_name("NUMBER");
    tell_app->add_option("--vin", plan_fact.vin, "of the vehicle; without it the last one spoken of")->type_name("VIN");
    tell_app->add_option("what", plan_fact.what)->required()->type_name("WHAT");
    tell_app->add_option("day", plan_fact.day)->required()->type_name("D");
    tell_app->callback([&] { code = with_house(at, [&](House& house) { return plan_tell(house, plan_fact, std::cout, std::cerr); }); });
    auto* look_app = plan_app->add_subcommand("look", "decides now what is due, as the server does each minute");
    at.data_option(look_app);
    look_app->callback([&] { code = with_house(at, [&](House& house) { return plan_look(house, std::cout); }); });
}

void PlanCommands::paper_words(CLI::App& app) {
    auto* paper_app = app.add_subcommand("paper", "letters of the plan on paper, for whoever prints them");
    paper_app->require_subcommand(1);
    auto* paper_run_app = paper_app->add_subcommand("run", "what waits for paper, as files under DIR: a PDF a letter, letters.csv, manifest.json; runs that were interrupted first");
    at.data_option(paper_run_app);
    paper_run_app->add_option("--out", paper_out, "folder; each run gets one of its own in it")->required()->type_name("DIR");
    paper_run_app->callback([&] { code = with_house(at, [&](House& house) { return paper_run(house, paper_out, std::cout, std::cerr); }); });
    auto* paper_again_app = paper_app->add_subcommand("again", "a run of the last thirty days once more, with the same bytes");
    paper_again_app->add_option("run", paper_number, "its number")->required()->type_name("NUMBER");
    at.data_option(paper_again_app);
    paper_again_app->add_option("--out", paper_out, "folder; each run gets one of its own in it")->required()->type_name("DIR");
    paper_again_app->callback([&] { code = with_house(at, [&](House& house) { return paper_again(house, paper_number, paper_out, std::cout, std::cerr); }); });
    auto* paper_returns_app = paper_app->add_subcommand("returns", "takes in what came back undelivered: columns reference and reason; these addresses get no paper any more");
    paper_returns_app->add_option("file", paper_file, "CSV or JSON Lines, - is standard input")->required()->type_name("FILE");
    at.data_option(paper_returns_app);
    paper_returns_app->callback([&] { code = with_house(at, [&](House& house) { return paper_returns(house, paper_file, std::cout, std::cerr); }); });
}

}  // namespace verbatim::server
