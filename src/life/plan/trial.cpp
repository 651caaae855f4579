// Before a plan holds, and beside it: the dry run that publishing asks for, letters to look at, and the house's own copies.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "life/plan/compose.h"
#include "life/plan/run.h"
#include "life/plan/words.h"
#include "record/contact/contact.h"

namespace verbatim::plan {
namespace {

using storage::Tx;

Error not_allowed() { return {ErrorKind::forbidden, "whole_brand", "the plan is the whole brand's: crm or admin who reach all of it publish and try it", {}}; }
Error faulty(const Reading& reading) {
    return {ErrorKind::invalid, "plan_faults", "the plan has mistakes; the first is in line " + std::to_string(reading.faults.front().line) + ": " + reading.faults.front().message, "plan"};
}

std::string told(const Missing& one) {
    const std::string what = one.why == "words" ? "its words" : one.why == "size" ? "room: it is larger than 102 KB" : "{" + one.why + "}";
    return std::to_string(one.letters) + " letters of " + one.campaign + " (" + one.words + ", " + one.language + ") lack " + what;
}

contact::Message to_the_house(const Letter& letter, const std::string& address, std::string about) {
    auto data = nlohmann::json::parse(letter.data);
    data["FIRST_NAME"] = sample_facts({}, 0).first_name;
    data["SUBJECT"] = "[test] " + data["SUBJECT"].get<std::string>();
    contact::Message message;
    message.purpose = contact::Purpose::staff;
    message.email = address;
    message.about = std::move(about);
    message.mail_template = "letter_" + letter.family;
    message.data = data.dump();
    return message;
}

std::string tag_of(int letters) { return {static_cast<char>('a' + letters / 26), static_cast<char>('a' + letters % 26)}; }

}  // namespace

Result<DryRun> Run::dry_run(const Actor& actor, std::string_view body, Seconds from, const DryWish& wish) {
    if (!of_the_whole(actor)) return not_allowed();
    const auto reading = read_plan(body);
    if (!reading.good()) return faulty(reading);
    if (wish.days < 1 || wish.days > 400) return Error{ErrorKind::invalid, "days", "a dry run looks 1 to 400 days ahead", "days"};
    take_in();  // else whoever came in since the last look would be missed
    // A plan that takes another's place goes on where that one is; a first plan begins.
    const auto first = db_.read([](Tx& tx) { return first_from(tx); });
    const auto begins = std::max(from, clock_.now());
    return plan::dry_run(db_, {sources_, options_.brand}, reading.plan, begins, first.value_or(begins), wish);
}

Result<Version> Run::publish(const Actor& actor, std::string_view body, Seconds from, const PublishWish& wish) {
    if (!of_the_whole(actor)) return not_allowed();
    if (!wish.hold_back) {
        DryWish look;
        look.most_people = wish.most_people;
        const auto tried = dry_run(actor, body, from, look);
        if (!tried) return tried.error();
        if (!tried->good()) {
            const auto& worst = *std::max_element(tried->missing.begin(), tried->missing.end(), [](const Missing& a, const Missing& b) { return a.letters < b.letters; });
            return Error{ErrorKind::invalid, "plan_letters", "the dry run misses something: " + told(worst) + "; mend it, or say that such letters are to be held back", "plan"};
        }
    }
    return db_.write([&](Tx& tx) { return plan::publish(tx, actor, clock_.now(), body, from == 0 ? clock_.now() : from); });
}

Result<int> Run::test(const Actor& actor, std::string_view body, std::string_view campaign, std::span<const std::string> to, std::string_view language) {
    if (!of_the_whole(actor)) return not_allowed();
    const auto reading = read_plan(body);
    if (!reading.good()) return faulty(reading);
    const auto& plan = reading.plan;
    const int at = plan.find_campaign(campaign);
    if (at < 0) return Error{ErrorKind::invalid, "campaign_unknown", "the plan has no campaign " + std::string(campaign), "campaign"};
    const auto& one = plan.campaigns[static_cast<std::size_t>(at)];
    if (to.empty()) to = options_.seeds;
    if (to.empty()) return Error{ErrorKind::invalid, "nobody", "name an address, or keep some in plan.seeds", "to"};
    if (to.size() > most_testers) return Error{ErrorKind::invalid, "too_many", "a test goes to " + std::to_string(most_testers) + " addresses at most", "to"};
    const auto locale = language.empty() ? std::string_view(plan.fallback) : language;
    std::vector<Letter> letters;
    for (int variant = one.variants.empty() ? -1 : 0; variant < static_cast<int>(one.variants.size()); ++variant) {
        auto letter = write_letter(plan, one, template_of(plan, one, variant), locale, sample_facts(options_.brand, clock_.now() / one_day));
        if (!letter) return letter.error();
        letters.push_back(std::move(letter).value());
    }
    const auto turn = crypto::random_id(12);
    return db_.write([&](Tx& tx) {
        int sent = 0;
        for (const auto& address : to) {
            for (const auto& letter : letters) {
                auto message = to_the_house(letter, address, "plan-test:" + one.id);
                message.key = "plan-test:" + turn + ":" + std::to_string(sent++);
                contact::queue(tx, clock_.now(), message);
            }
        }
        return sent;
    });
}

// Once for a version, campaign, variant and language: a letter of an invented person, for no customer's data is the seeds' affair.
void Run::copy_to_seeds(Tx& tx, const Rules& rules, const Version& version, const Member& member, const Touch& touch) const {
    const auto& plan = rules.plan();
    const auto& campaign = plan.campaigns[static_cast<std::size_t>(touch.campaign)];
    if (touch.channel != Channel::mail || campaign.purpose == Purpose::invitation) return;
    const auto language = member.person.language < 0 ? plan.fallback : tag_of(member.person.language);
    const auto key = "plan-seed:" + std::to_string(version.number) + ":" + campaign.id + ":" + std::to_string(touch.variant) + ":" + language + ":";
    if (seeded_.contains(key)) return;
    const auto letter = write_letter(plan, campaign, template_of(plan, campaign, touch.variant), language, sample_facts(options_.brand, touch.due_day));
    if (!letter) return;
    for (std::size_t i = 0; i < options_.seeds.size(); ++i) {
        auto message = to_the_house(*letter, options_.seeds[i], "plan-seed:" + campaign.id);
        message.key = key + std::to_string(i);
        // Only what an earlier transaction kept is known to be there: this one may still be undone.
        if (contact::queue(tx, clock_.now(), message) == contact::Queued::already_there) seeded_.insert(key);
    }
}

}  // namespace verbatim::plan
