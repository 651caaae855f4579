#include "life/plan/dry_run.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "life/plan/compose.h"
#include "life/plan/words.h"
#include "record/contact/contact.h"

namespace verbatim::plan {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql count_people("SELECT COUNT(*) FROM plan_person");
constexpr Sql last_number("SELECT COALESCE(MAX(number), 0) FROM plan_person");
constexpr Sql next_people("SELECT number, customer FROM plan_person WHERE number > $1 ORDER BY number LIMIT $2");

constexpr int slice = 500;

class Trial {
public:
    Trial(const DryHouse& house, const Plan& plan, Seconds now, Seconds from, const DryWish& wish) : house_(house), rules_(plan), sites_(rules_.plan()), now_(now), from_(from), until_(now + wish.days * one_day), agenda_(rules_) {}

    // Everybody's letters, were the days to come here.
    std::int64_t look(Tx& tx, std::int64_t after, int limit) {
        std::vector<Member> members;
        tx.each(next_people, [&](const Row& row) {
            members.emplace_back();
            members.back().number = row.integer(0), members.back().customer = row.text(1);
        }, after, limit);
        if (members.empty()) return after;
        if (!numbers_) numbers_ = numbers_of(tx, rules_.plan());
        read_people(tx, rules_.plan(), *numbers_, house_.sources, sites_, members);
        for (const auto& member : members)
            if (member.known) live(tx, member);
        result.people += static_cast<std::int64_t>(members.size());
        return members.back().number;
    }

    void sample() {
        const auto& plan = rules_.plan();
        const auto facts = sample_facts(house_.brand, now_ / one_day);
        for (const auto& campaign : plan.campaigns) {
            if (!by_mail(campaign)) continue;
            for (int variant = campaign.variants.empty() ? -1 : 0; variant < static_cast<int>(campaign.variants.size()); ++variant)
                for (const auto& language : plan.languages) write(campaign, template_of(plan, campaign, variant), language, facts), ++result.samples;
        }
    }

    // A read may be tried again; what the first try counted does not count twice.
    struct Counted {
        DryRun result;
        std::map<std::tuple<std::string, std::string, std::string, std::string>, std::int64_t> missing;
    };
    Counted counted() const { return {result, missing_}; }
    void back_to(const Counted& counted) { result = counted.result, missing_ = counted.missing; }

    DryRun result;

    void close() {
        for (const auto& [key, letters] : missing_) result.missing.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), letters});
    }

private:
    static bool by_mail(const Campaign& campaign) {
        // Invitations have a way and words of their own (life/invite).
        return campaign.purpose != Purpose::invitation && std::find(campaign.channels.begin(), campaign.channels.end(), Channel::mail) != campaign.channels.end();
    }

    void live(Tx& tx, const Member& member) {
        agenda_.start(member.person, member.history, from_);
        std::optional<contact::Customer> person;  // the vault is opened for those alone who get something
        for (Seconds at = std::max(now_, from_); at < until_; at = std::max(at + 1, agenda_.next())) {
            decided_.clear();
            agenda_.decide(at, decided_);
            for (const auto& touch : decided_) {
                const auto& campaign = rules_.plan().campaigns[static_cast<std::size_t>(touch.campaign)];
                if (touch.outcome != Outcome::sent || campaign.purpose == Purpose::invitation) continue;  // by any channel: the words are the same
                if (!person) person = contact::find_customer(tx, member.customer);
                if (!person) return;
                write(campaign, template_of(rules_.plan(), campaign, touch.variant), person->locale, facts_of(tx, house_.brand, sites_, member, campaign, touch, person->first_name));
                ++result.letters;
            }
            if (agenda_.next() == never) break;
        }
    }

    void write(const Campaign& campaign, const Template& words, std::string_view locale, const LetterFacts& facts) {
        const auto letter = write_letter(rules_.plan(), campaign, words, locale, facts);
        const auto miss = [&](std::string why) { ++missing_[{campaign.id, words.name, letter ? letter->language : std::string(locale.substr(0, 2)), std::move(why)}]; };
        if (!letter) return miss(letter.error().field.empty() ? "words" : letter.error().field);
        try {
            const auto html = render_letter(*letter, house_.brand, house_.brand).html.size();
            result.largest = std::max(result.largest, html);
            if (html > largest_letter) miss("size");
        } catch (const std::exception&) {
            miss("words");  // the layout asks for what nobody fills
        }
    }

    const DryHouse& house_;
    const Rules rules_;
    Sites sites_;
    const Seconds now_, from_, until_;
    std::optional<Numbers> numbers_;
    Agenda agenda_;
    std::vector<Touch> decided_;
    std::map<std::tuple<std::string, std::string, std::string, std::string>, std::int64_t> missing_;
};

}  // namespace

DryRun dry_run(storage::Db& db, const DryHouse& house, const Plan& plan, Seconds now, Seconds from, const DryWish& wish) {
    Trial trial(house, plan, now, from, wish);
    const auto [known, last] = db.read([](Tx& tx) { return std::pair(tx.value<std::int64_t>(count_people), tx.value<std::int64_t>(last_number)); });
    trial.result.known = known;
    const bool all = wish.most_people == 0 || known <= wish.most_people;
    // Some only: short runs of numbers that lie evenly between the first and the last.
    const int limit = all ? slice : static_cast<int>(std::clamp<std::int64_t>(wish.most_people / 50, 1, slice));
    const auto stride = all ? 0 : std::max<std::int64_t>(limit, last / std::max<std::int64_t>(1, wish.most_people / limit));
    std::int64_t after = 0;
    for (std::int64_t start = 0;; start += stride) {
        const auto before = all ? after : std::max(after, start);
        const auto counted = trial.counted();
        const auto reached = db.read([&](Tx& tx) {
            trial.back_to(counted);
            return trial.look(tx, before, limit);
        });
        if (reached == before || (!all && trial.result.people >= wish.most_people)) break;
        after = reached;
    }
    trial.sample();
    trial.close();
    return std::move(trial.result);
}

}  // namespace verbatim::plan
