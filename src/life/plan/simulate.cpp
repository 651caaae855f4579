#include "life/plan/simulate.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace verbatim::plan {
namespace {

// People come in groups of twelve with thirteen vehicles: one in twelve has two.
constexpr std::int64_t people_in_group = 12, vehicles_in_group = 13;
constexpr std::int64_t groups_at_once = 128;

template <class T>
void add_all(std::vector<T>& into, const std::vector<T>& from) {
    if constexpr (std::is_integral_v<T>) {
        for (std::size_t i = 0; i < from.size(); ++i) into[i] += from[i];
    } else {
        for (std::size_t i = 0; i < from.size(); ++i)
            for (std::size_t j = 0; j < from[i].size(); ++j) into[i][j] += from[i][j];
    }
}

Tally empty_tally(const Plan& plan, int years) {
    Tally made;
    const auto count = plan.campaigns.size();
    made.months.resize(static_cast<std::size_t>(years) * 12 + 1);
    made.campaigns.resize(count);
    made.campaign_channels.resize(count);
    made.ages.assign(count, std::vector<std::int64_t>(static_cast<std::size_t>(years + 11) * 12 + 1));
    made.overlaps.assign(count, std::vector<std::int64_t>(count));
    made.goals.resize(count);
    for (const auto& campaign : plan.campaigns) {
        made.variant_sent.emplace_back(campaign.variants.size());
        made.variant_goals.emplace_back(campaign.variants.size());
    }
    return made;
}

class Worker {
public:
    Worker(const Rules& rules, const SimulationWish& wish)
        : rules_(rules), wish_(wish), lives_(rules, wish.lives), agenda_(rules), tally(empty_tally(rules.plan(), wish.lives.years)), from_(wish.lives.first_day * one_day),
          end_(add_months(wish.lives.first_day, 12 * wish.lives.years) * one_day) {
        // Which calendar month a day lies in, so that no message asks the calendar.
        for (std::int64_t day = wish.lives.first_day, month = 0; day * one_day < end_ + one_day * 2; ++day) {
            while (month + 1 < static_cast<std::int64_t>(tally.months.size()) && day >= add_months(wish.lives.first_day, static_cast<int>(month) + 1)) ++month;
            month_of_.push_back(static_cast<std::int32_t>(month));
        }
    }

    void life(std::uint64_t number, int vehicles, std::int64_t first_vehicle, std::vector<std::pair<std::int64_t, Touch>>* kept) {
        lives_.begin(number, vehicles);
        auto& person = lives_.person();
        ++tally.people;
        tally.vehicles += vehicles;
        const bool without_channel = person.reached_by == 0;
        const bool without_basis = std::all_of(person.consent.begin() + 1, person.consent.end(), [](Basis basis) { return basis == Basis::none; });
        agenda_.start(person, nothing_, from_);
        ordered_.assign(static_cast<std::size_t>(vehicles), wish_.lives.first_day);
        goal_open_.clear();
        int most = 0;
        for (;;) {
            const Seconds item_at = lives_.next(), due = agenda_.next();
            if (std::min(item_at, due) >= end_) break;
            if (item_at <= due) {
                const auto item = lives_.take();
                switch (item.kind) {
                    case Lives::Item::Kind::happening:
                        if (item.happening.what == Anchor::order) ordered_[static_cast<std::size_t>(item.happening.vehicle)] = item.happening.at / one_day;
                        reached(item.happening);
                        agenda_.happened(item.happening);
                        break;
                    case Lives::Item::Kind::day: agenda_.day_changed(item.happening.vehicle, item.anchor, item.happening.at); break;
                    default: break;
                }
                continue;
            }
            decided_.clear();
            agenda_.decide(due, decided_);
            for (const auto& touch : decided_) {
                ++tally.campaigns[static_cast<std::size_t>(touch.campaign)][static_cast<std::size_t>(touch.outcome)];
                if (touch.outcome != Outcome::sent) continue;
                most = std::max(most, sent(touch));
                lives_.react(touch);
            }
        }
        const auto& all = agenda_.sent();
        if (all.empty()) {
            ++tally.never;
            if (without_channel) ++tally.never_without_channel;
            else if (without_basis) ++tally.never_without_basis;
        }
        if (most > rules_.plan().too_often) ++tally.too_often;
        ++tally.busiest[static_cast<std::size_t>(std::min(most, busiest_counted))];
        if (!kept) return;
        const auto before = static_cast<std::ptrdiff_t>(kept->size());
        for (const auto& touch : all) kept->emplace_back(first_vehicle + touch.vehicle, touch);
        std::sort(kept->begin() + before, kept->end(), [](const auto& a, const auto& b) { return std::tie(a.first, a.second.due_day, a.second.campaign) < std::tie(b.first, b.second.due_day, b.second.campaign); });
    }

private:
    const Rules& rules_;
    const SimulationWish& wish_;
    Lives lives_;
    Agenda agenda_;

public:
    Tally tally;

private:
    // Counts one message; returns how many the person got within the plan's too_often_days, this one included.
    int sent(const Touch& touch) {
        const auto campaign = static_cast<std::size_t>(touch.campaign);
        const auto& rule = rules_.plan().campaigns[campaign];
        ++tally.touchpoints;
        const auto day = touch.at / one_day;
        ++tally.months[static_cast<std::size_t>(month_of_[static_cast<std::size_t>(day - wish_.lives.first_day)])][static_cast<std::size_t>(touch.channel)];
        ++tally.campaign_channels[campaign][static_cast<std::size_t>(touch.channel)];
        auto& ages = tally.ages[campaign];
        const auto age = std::max<std::int64_t>(0, day - ordered_[static_cast<std::size_t>(touch.vehicle)]) * 12 / 365;
        ++ages[std::min(static_cast<std::size_t>(age), ages.size() - 1)];
        if (touch.variant >= 0) ++tally.variant_sent[campaign][static_cast<std::size_t>(touch.variant)];
        if (rule.goal) goal_open_.push_back(touch);
        const auto& all = agenda_.sent();
        int within = 0;
        // The agenda may have sent several at this moment; those behind this one count it when it is their turn.
        auto at = all.size();
        while (at > 0 && !(all[at - 1].campaign == touch.campaign && all[at - 1].vehicle == touch.vehicle && all[at - 1].due_day == touch.due_day)) --at;
        for (auto i = at; i-- > 0;) {
            const auto apart = touch.at - all[i].at;
            if (apart >= rules_.plan().too_often_days * one_day && apart >= overlap_days * one_day) break;
            if (apart < rules_.plan().too_often_days * one_day) ++within;
            if (i + 1 < at && apart < overlap_days * one_day) ++tally.overlaps[static_cast<std::size_t>(all[i].campaign)][campaign];
        }
        return within;
    }

    void reached(const Happening& happening) {
        std::erase_if(goal_open_, [&](const Touch& touch) {
            const auto& campaign = rules_.plan().campaigns[static_cast<std::size_t>(touch.campaign)];
            if (happening.at > touch.at + campaign.goal->days * one_day) return true;
            if (campaign.goal->anchor != happening.what || touch.vehicle != happening.vehicle) return false;
            ++tally.goals[static_cast<std::size_t>(touch.campaign)];
            if (touch.variant >= 0) ++tally.variant_goals[static_cast<std::size_t>(touch.campaign)][static_cast<std::size_t>(touch.variant)];
            return true;
        });
    }

    Seconds from_, end_;
    History nothing_;
    std::vector<std::int32_t> month_of_;
    std::vector<std::int64_t> ordered_;
    std::vector<Touch> decided_, goal_open_;
};

}  // namespace

void Tally::add(const Tally& other) {
    people += other.people, vehicles += other.vehicles, touchpoints += other.touchpoints;
    never += other.never, never_without_channel += other.never_without_channel, never_without_basis += other.never_without_basis, too_often += other.too_often;
    add_all(months, other.months), add_all(campaigns, other.campaigns), add_all(campaign_channels, other.campaign_channels), add_all(ages, other.ages), add_all(overlaps, other.overlaps);
    add_all(variant_sent, other.variant_sent), add_all(variant_goals, other.variant_goals), add_all(goals, other.goals);
    for (std::size_t i = 0; i < busiest.size(); ++i) busiest[i] += other.busiest[i];
}

Tally simulate(const Rules& rules, const SimulationWish& wish, const Keep& keep) {
    const auto groups = (wish.vehicles + vehicles_in_group - 1) / vehicles_in_group;
    const auto chunks = (groups + groups_at_once - 1) / groups_at_once;
    const int threads = static_cast<int>(std::min<std::int64_t>(wish.threads > 0 ? wish.threads : std::max(1u, std::thread::hardware_concurrency()), std::max<std::int64_t>(1, chunks)));
    Tally total = empty_tally(rules.plan(), wish.lives.years);
    std::atomic<std::int64_t> next = 0;
    std::int64_t turn = 0;  // whose messages are kept now
    std::mutex mutex;
    std::condition_variable turned;
    std::exception_ptr failure;
    const auto work = [&] {
        try {
            Worker worker(rules, wish);
            std::vector<std::pair<std::int64_t, Touch>> kept;
            for (std::int64_t chunk; (chunk = next++) < chunks;) {
                kept.clear();
                for (auto group = chunk * groups_at_once; group < std::min(groups, (chunk + 1) * groups_at_once); ++group) {
                    auto vehicle = group * vehicles_in_group;
                    for (std::int64_t i = 0; i < people_in_group; ++i) {
                        const auto count = static_cast<int>(std::min<std::int64_t>(i == 0 ? 2 : 1, wish.vehicles - vehicle));
                        if (count <= 0) break;
                        worker.life(static_cast<std::uint64_t>(group * people_in_group + i), count, vehicle, keep ? &kept : nullptr);
                        vehicle += count;
                    }
                }
                if (!keep) continue;
                std::unique_lock lock(mutex);
                turned.wait(lock, [&] { return turn == chunk || failure; });
                if (failure) return;
                keep(kept);
                ++turn;
                turned.notify_all();
            }
            const std::lock_guard lock(mutex);
            total.add(worker.tally);
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
            next = chunks;
            turned.notify_all();
        }
    };
    std::vector<std::thread> running;
    for (int i = 1; i < threads; ++i) running.emplace_back(work);
    work();
    for (auto& thread : running) thread.join();
    if (failure) std::rethrow_exception(failure);
    return total;
}

}  // namespace verbatim::plan
