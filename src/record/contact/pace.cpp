#include "record/contact/pace.h"

#include <algorithm>
#include <charconv>

#include "engine/mail/slow.h"
#include "ground/base/calendar.h"
#include "record/contact/identity.h"
#include "record/vault/vault.h"

namespace verbatim::contact {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

// Writing it locks the row, on both engines, before it is read.
constexpr Sql lock_row(R"sql(
INSERT INTO mail_pace (domain, first_day, day, today, next_us, held_day, held_today, held_us) VALUES ($1, $2, $2, 0, 0, $2, 0, 0)
ON CONFLICT (domain) DO UPDATE SET today = mail_pace.today)sql");
constexpr Sql select_row("SELECT first_day, day, today, next_us, held_day, held_today, held_us FROM mail_pace WHERE domain = $1");
constexpr Sql update_row("UPDATE mail_pace SET day = $2, today = $3, next_us = $4, held_day = $5, held_today = $6, held_us = $7 WHERE domain = $1");

constexpr std::string_view held = "held until ";
constexpr std::int64_t second_us = 1'000'000, minute_us = 60 * second_us;
constexpr std::int64_t burst_us = 10 * second_us;  // what was not used in the last seconds may still go

struct Counts {
    std::int64_t first_day = 0, day = 0, today = 0, next_us = 0;
    // Where the line of those who wait ends.
    std::int64_t held_day = 0, held_today = 0, held_us = 0;
};

std::string domain_of(std::string_view recipient) {
    const auto at = recipient.rfind('@');
    return normal_address(at == std::string_view::npos ? std::string_view() : recipient.substr(at + 1));
}

std::optional<int> number_of(std::string_view text, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0 || value > most) return std::nullopt;
    return value;
}

template <class F>
bool each_word(std::string_view text, F&& act) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at && !act(text.substr(at, end - at))) return false;
        at = end + 1;
    }
    return true;
}

// One domain's turns, by the generic cell rate algorithm (ITU-T I.371) for the minute and a count for the day.
class Turns {
public:
    Turns(Counts& counts, Seconds now, int per_minute, const std::vector<int>& warm_up)
        : counts_(counts), now_us_(now * second_us), today_(now / one_day), interval_us_(per_minute > 0 ? minute_us / per_minute : 0), warm_up_(warm_up) {
        if (counts_.day != today_) counts_.day = today_, counts_.today = 0;
        if (counts_.held_day < today_) counts_.held_day = today_, counts_.held_today = 0;
        if (counts_.held_day == today_) counts_.held_today = std::max(counts_.held_today, counts_.today);
    }
    // Nothing: now.
    std::optional<Seconds> next() {
        const bool day_full = counts_.today >= quota(today_);
        if (!day_full && (interval_us_ == 0 || counts_.next_us <= now_us_)) {
            ++counts_.today;
            if (interval_us_ != 0) counts_.next_us = std::max(counts_.next_us, now_us_ - burst_us) + interval_us_;
            return std::nullopt;
        }
        std::int64_t at = now_us_ + second_us;
        if (interval_us_ != 0) at = counts_.held_us = std::max({counts_.held_us, counts_.next_us, at}) + interval_us_;
        if (day_full || counts_.held_day > today_) {
            if (counts_.held_day == today_) ++counts_.held_day, counts_.held_today = 0;
            for (; counts_.held_today >= quota(counts_.held_day); counts_.held_today = 0) ++counts_.held_day;
            ++counts_.held_today;
            at = std::max(at, counts_.held_day * one_day * second_us);
        }
        return at / second_us;
    }

private:
    std::int64_t quota(std::int64_t day) const {
        const auto number = static_cast<std::size_t>(std::max<std::int64_t>(0, day - counts_.first_day));
        return number < warm_up_.size() ? std::max(1, warm_up_[number]) : std::numeric_limits<std::int64_t>::max();
    }

    Counts& counts_;
    std::int64_t now_us_, today_, interval_us_;
    const std::vector<int>& warm_up_;
};

class Paced final : public mail::Transport {
public:
    Paced(std::unique_ptr<mail::Transport> inner, storage::Db& db, const Clock& clock, Pace pace) : inner_(std::move(inner)), db_(db), clock_(clock), pace_(std::move(pace)) {}

    std::vector<mail::Outcome> deliver(const std::vector<mail::Envelope>& envelopes) override {
        std::vector<mail::Outcome> outcomes(envelopes.size());
        std::map<std::string, std::vector<std::size_t>> by_domain;  // in one order for all, so that two processes do not wait for each other
        for (std::size_t i = 0; i < envelopes.size(); ++i) by_domain[domain_of(envelopes[i].recipient)].push_back(i);
        std::erase_if(by_domain, [&](const auto& one) { return pace_.warm_up.empty() && pace_.per_minute_of(one.first) == 0; });
        if (!by_domain.empty()) {
            db_.write([&](Tx& tx) {
                for (const auto& [domain, mails] : by_domain) turns(tx, domain, mails, outcomes);
            });
        }
        std::vector<mail::Envelope> now;
        std::vector<std::size_t> place;
        for (std::size_t i = 0; i < envelopes.size(); ++i)
            if (outcomes[i].reply.empty()) now.push_back(envelopes[i]), place.push_back(i);
        if (now.empty()) return outcomes;
        auto gone = inner_->deliver(now);
        for (std::size_t n = 0; n < gone.size(); ++n) outcomes[place[n]] = std::move(gone[n]);
        return outcomes;
    }
    void stop() override { inner_->stop(); }

private:
    void turns(Tx& tx, const std::string& domain, const std::vector<std::size_t>& mails, std::vector<mail::Outcome>& outcomes) const {
        const Blob key{vault::keyed_hash("mail domain", domain)};
        const auto now = clock_.now();
        tx.exec(lock_row, key, now / one_day);
        Counts counts;
        tx.each(select_row, [&](const Row& row) { counts = {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6)}; }, key);
        Turns turns(counts, now, pace_.per_minute_of(domain), pace_.warm_up);
        for (const auto i : mails) {
            const auto until = turns.next();
            outcomes[i].reply = until ? std::string(held) + std::to_string(*until) : std::string();
        }
        tx.exec(update_row, key, counts.day, counts.today, counts.next_us, counts.held_day, counts.held_today, counts.held_us);
    }

    std::unique_ptr<mail::Transport> inner_;
    storage::Db& db_;
    const Clock& clock_;
    Pace pace_;
};

}  // namespace

int Pace::per_minute_of(std::string_view domain) const {
    const auto own = domains.find(domain);
    return own == domains.end() ? per_minute : own->second;
}

Result<Pace> read_pace(std::int64_t per_minute, std::string_view domains, std::string_view warm_up) {
    Pace pace;
    pace.per_minute = static_cast<int>(per_minute);
    const bool named = each_word(domains, [&](std::string_view word) {
        const auto equals = word.find('=');
        const auto limit = equals == std::string_view::npos ? std::nullopt : number_of(word.substr(equals + 1), 1'000'000);
        if (!limit || equals == 0) return false;
        pace.domains[normal_address(word.substr(0, equals))] = *limit;
        return true;
    });
    if (!named) return invalid("mail_pace", "mail.domains names domains and their limit a minute, with blanks: example.com=60 example.org=0", "mail.domains");
    const bool counted = each_word(warm_up, [&](std::string_view word) {
        const auto many = number_of(word, 1'000'000'000);
        if (many && *many > 0) pace.warm_up.push_back(*many);
        return many && *many > 0;
    });
    if (!counted || pace.warm_up.size() > 366) return invalid("mail_pace", "mail.warm_up is a number of messages for each day, with blanks: 50 100 200 400", "mail.warm_up");
    return pace;
}

std::unique_ptr<mail::Transport> paced(std::unique_ptr<mail::Transport> transport, storage::Db& db, const Clock& clock, Pace pace) {
    if (pace.unlimited()) return transport;
    return std::make_unique<Paced>(std::move(transport), db, clock, std::move(pace));
}

std::optional<Seconds> held_until(std::string_view reply, Seconds now) {
    if (reply == mail::domain_is_slow) return now + one_minute;
    if (!reply.starts_with(held)) return std::nullopt;
    Seconds until = 0;
    reply.remove_prefix(held.size());
    const auto [end, error] = std::from_chars(reply.data(), reply.data() + reply.size(), until);
    return error == std::errc() && end == reply.data() + reply.size() ? std::optional(until) : std::nullopt;
}

}  // namespace verbatim::contact
