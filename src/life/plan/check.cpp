// What a plan means, held against logic and law. Nothing here reads the file: lines come with the plan.
#include <algorithm>
#include <array>
#include <map>

#include "life/plan/read.h"
#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

bool has(std::uint8_t bits, Stop stop) { return bits >> static_cast<int>(stop) & 1; }
bool has(std::uint8_t bits, Basis basis) { return bits >> static_cast<int>(basis) & 1; }

std::string field_name(Field field) { return std::string(kind_of(field).name); }

std::string span_text(std::int64_t from, std::int64_t to) {
    return from == to ? std::to_string(from) : std::to_string(from) + ".." + std::to_string(to);
}

constexpr int months_of(Offset offset) { return offset.months + offset.days / 30; }

struct Span {
    std::int64_t from, to;
    int line;
    std::string why;
};

class Sense {
public:
    Sense(const Plan& plan, std::vector<Fault>& faults) : plan_(plan), faults_(faults) {}

    void check() {
        never_.assign(plan_.campaigns.size(), false);
        for (std::size_t i = 0; i < plan_.campaigns.size(); ++i) {
            const auto& campaign = plan_.campaigns[i];
            law(campaign);
            words(campaign);
            variants(campaign);
            hours(campaign);
            if (!possible(campaign)) never_[i] = true;
        }
        chains();
        twins();
        unused();
    }

private:
    void fault(int line, std::string message) { faults_.push_back({line, std::move(message)}); }

    // The countries this campaign may reach.
    std::vector<std::string> countries(const Campaign& campaign) const {
        auto left = plan_.countries;
        std::erase_if(left, [](const std::string& country) { return !network::is_country(country); });
        for (const auto& condition : campaign.conditions) {
            if (condition.field != Field::person_country) continue;
            std::erase_if(left, [&](const std::string& country) { return condition.any.test(static_cast<std::size_t>(two_letters(country))) == condition.negated; });
        }
        return left;
    }
    std::vector<std::string> languages(const Campaign& campaign) const {
        auto left = plan_.languages;
        for (const auto& condition : campaign.conditions) {
            if (condition.field != Field::person_language) continue;
            std::erase_if(left, [&](const std::string& language) { return two_letters(language) >= 0 && condition.any.test(static_cast<std::size_t>(two_letters(language))) == condition.negated; });
        }
        return left;
    }

    void law(const Campaign& c) {
        const bool asks_opinion = c.purpose == Purpose::invitation || c.purpose == Purpose::survey;
        const auto purpose = std::string(name_of(c.purpose));
        if (!has(c.stops, Stop::deceased)) fault(c.stop_line, "stop must name deceased: nobody writes to the dead");
        if (c.purpose != Purpose::service && !has(c.stops, Stop::unsubscribed)) fault(c.stop_line, "EML-4: purpose " + purpose + " must stop for unsubscribed");
        if (c.purpose == Purpose::service) {
            if (c.consent != 0) fault(c.consent_line, "purpose service asks for no consent: leave consent out, or say what it really is");
            if (c.goal && c.goal->anchor == Anchor::order) fault(c.line, "EML-10: a message that aims at an order is marketing, not service (UWG 7, Directive 2002/58/EC article 13)");
            if (c.reward != Reward::none) fault(c.reward_line, "a reward belongs to an invitation, a survey or marketing");
        } else if (c.consent == 0) {
            fault(c.consent_line, (c.purpose == Purpose::marketing ? "GDP-1: purpose marketing without consent" : "GDP-1: purpose " + purpose + " without consent") +
                              ": say which basis suffices, for instance consent = [\"yes\", \"soft_optin\"]");
        }
        if (has(c.consent, Basis::none)) fault(c.consent_line, "GDP-1: consent \"none\" is no basis");
        if (c.consent != 0 && c.purpose != Purpose::service) {
            const auto reached = countries(c);
            std::string without;
            int missing = 0;
            for (const auto& country : reached) {
                bool enough = false;
                for (int basis = 1; basis < bases; ++basis)
                    enough |= (c.consent >> basis & 1) && network::basis_suffices(country, name_of(c.purpose), basis_names()[static_cast<std::size_t>(basis)]);
                if (enough) continue;
                without += (missing++ ? ", " : "") + country;
            }
            if (missing) {
                const auto id = asks_opinion ? "INC-6" : "GDP-1";
                fault(c.consent_line, std::string(id) + ": no basis named in consent suffices for " + purpose + " in " + without + (missing == static_cast<int>(reached.size()) ? ": the campaign can never fire" : "; name one, or leave the country out (unless.person.country)"));
            }
        }
        if (c.opens && std::none_of(c.conditions.begin(), c.conditions.end(), [](const Condition& one) {
                return one.field == Field::consent_tracking && !one.negated && one.any == std::bitset<most_values>().set(static_cast<std::size_t>(Basis::yes));
            }))
            fault(c.opens_line, "EML-11: opens = true needs when.consent.tracking = \"yes\" (CNIL 2026-042)");
        if (c.opens && c.purpose == Purpose::service)
            fault(c.opens_line, "EML-11: opens = true needs a letter in which the consent can be taken back; a service message has no such link (CNIL 2026-042)");
        if (c.opens && c.purpose == Purpose::invitation) fault(c.opens_line, "an invitation is never opened by a picture: its own link says when it was followed");

        if (c.asks != Asks::nothing && !asks_opinion) fault(c.asks_line, "asks belongs to an invitation or a survey");
        if (c.purpose == Purpose::invitation && c.asks == Asks::nothing) fault(c.line, "an invitation needs asks: what the review is about");
        if (!asks_opinion) return;
        const auto id = c.reward != Reward::none ? "INC-1" : "COL-7";
        if (c.trigger.anchor == Anchor::review || c.trigger.anchor == Anchor::complaint || c.trigger.anchor == Anchor::case_closed)
            if (c.purpose == Purpose::invitation) fault(c.trigger.line, std::string(id) + ": who is invited may not hang on an opinion already known (" + std::string(name_of(*c.trigger.anchor)) + ")");
        for (const auto& condition : c.conditions) {
            if (c.purpose == Purpose::invitation && (condition.field == Field::history_last_score || condition.field == Field::history_complaints || condition.field == Field::history_reviews))
                fault(condition.line, std::string(id) + ": who is invited may not hang on an opinion already known (" + field_name(condition.field) + ")");
            if (condition.field == Field::person_insider && (condition.negated ? condition.from == 0 : condition.from == 1))
                fault(condition.line, "INC-4: people of the house are not asked for reviews");
        }
        if (c.purpose == Purpose::invitation && has(c.stops, Stop::complaint_open))
            fault(c.stop_line, "COL-7: an invitation may not stop for complaint_open: whoever complains is asked like everybody");
        if (c.reward == Reward::voucher) fault(c.reward_line, "INC-1: a voucher for every review buys it (NF Z74-501); a draw among all who took part is tolerated");
        if (c.reward != Reward::none && (c.asks == Asks::sale || c.asks == Asks::workshop || c.asks == Asks::adviser))
            fault(c.reward_line, "INC-3: reviews of a dealer may not be rewarded (Google store ratings)");
    }

    void words(const Campaign& c) {
        const auto wanted = languages(c);
        const auto check_one = [&](int number) {
            if (number < 0 || number >= static_cast<int>(plan_.templates.size())) return;
            const auto& one = plan_.templates[static_cast<std::size_t>(number)];
            std::string missing;
            for (const auto& language : wanted)
                if (!one.subject(language)) missing += (missing.empty() ? "" : ", ") + language;
            if (!missing.empty()) fault(one.line, "template " + one.name + " is missing in " + missing + " (campaign " + c.id + ")");
            if (c.purpose != Purpose::invitation && c.purpose != Purpose::survey) return;
            for (std::size_t i = 0; i < one.subjects.size(); ++i) {
                if (const auto found = leading_words(one.subjects[i].second); !found.empty())
                    fault(one.lines[i], "INC-5: \"" + found + "\" leads the author (template " + one.name + ", campaign " + c.id + ")");
            }
        };
        if (c.variants.empty()) check_one(c.template_number);
        for (const auto& variant : c.variants) check_one(variant.template_number);
    }

    void variants(const Campaign& c) {
        if (c.variants.empty()) {
            if (c.stopping) fault(c.line, "stopping belongs to variants");
            return;
        }
        int sum = 0;
        for (const auto& variant : c.variants) sum += variant.share;
        if (c.variants.size() == 1) fault(c.variants[0].line, "one variant alone compares nothing");
        if (sum != 100) fault(c.variants[0].line, "the shares of " + c.id + "'s variants make " + std::to_string(sum) + ", not 100");
        if (!c.stopping) fault(c.line, "variants need stopping: without a rule whoever looks often enough finds a winner by chance");
        if (!c.goal) fault(c.line, "variants need a goal to be compared by");
        if (c.template_number >= 0) fault(c.line, "template and variants: each variant has its own template, leave the campaign's out");
    }

    void hours(const Campaign& c) {
        if (c.channels.empty()) return;
        const auto& quiet = plan_.quiet[static_cast<std::size_t>(c.channels.front())];
        const bool inside = quiet.from < quiet.to ? c.at_minute >= quiet.from && c.at_minute < quiet.to : quiet.from > quiet.to && (c.at_minute >= quiet.from || c.at_minute < quiet.to);
        if (inside) fault(c.at_line, "at lies in the quiet hours of " + std::string(name_of(c.channels.front())));
    }

    // Can a person exist whom this reaches? Each field by itself: what must hold, what may not, and what the trigger already says.
    bool possible(const Campaign& c) {
        bool good = true;
        const auto never = [&](int line, std::string message) { fault(line, std::move(message)); good = false; };
        std::map<Field, std::vector<Span>> must, may_not;
        std::map<Field, const Condition*> word_must;
        for (const auto& condition : c.conditions) {
            switch (kind_of(condition.field).type) {
                case FieldKind::Type::number:
                case FieldKind::Type::flag:
                    if (condition.from > condition.to) never(condition.line, field_name(condition.field) + " can never hold: from " + std::to_string(condition.from) + " is above to " + std::to_string(condition.to));
                    else (condition.negated ? may_not : must)[condition.field].push_back({condition.from, condition.to, condition.line, ""});
                    break;
                case FieldKind::Type::word:
                case FieldKind::Type::language:
                case FieldKind::Type::country:
                    if (!condition.negated) word_must[condition.field] = &condition;
                    break;
                case FieldKind::Type::set:
                case FieldKind::Type::campaigns:
                    if ((condition.has & condition.lacks).any()) never(condition.line, field_name(condition.field) + (condition.negated ? " forbids nothing: it names the same under has and lacks" : " can never hold: it names the same under has and lacks"));
                    for (const auto& other : c.conditions) {
                        if (condition.negated || !other.negated || other.field != condition.field) continue;
                        if ((other.has & ~condition.has).none() && (other.lacks & ~condition.lacks).none())
                            never(other.line, field_name(other.field) + " can never hold: when asks for what unless forbids");
                    }
                    break;
            }
        }
        for (const auto& condition : c.conditions) {
            const auto found = word_must.find(condition.field);
            if (condition.negated && found != word_must.end() && (found->second->any & ~condition.any).none()) never(condition.line, field_name(condition.field) + " can never hold: unless forbids all that when asks for");
        }
        for (const auto& [field, spans] : must) {
            for (const auto& span : spans)
                for (const auto& other : may_not[field])
                    if (other.from <= span.from && span.to <= other.to) never(other.line, field_name(field) + " can never hold: unless forbids all that when asks for");
        }
        for (const auto& implied : said_by(c)) {
            for (const auto& span : must[implied.first])
                if (span.to < implied.second.from || span.from > implied.second.to)
                    never(span.line, "the campaign can never fire: " + field_name(implied.first) + " " + span_text(span.from, span.to) + ", but " + implied.second.why);
            for (const auto& span : may_not[implied.first])
                if (span.from <= implied.second.from && implied.second.to <= span.to)
                    never(span.line, "the campaign can never fire: " + implied.second.why + ", which unless forbids (" + field_name(implied.first) + ")");
        }
        if (countries(c).empty() && !plan_.countries.empty()) never(c.line, "the campaign can never fire: no country of the plan is left");
        if (languages(c).empty() && !plan_.languages.empty()) never(c.line, "the campaign can never fire: no language of the plan is left");
        return good;
    }

    // What a trigger by itself makes true, generously: a message may wait `valid` days, and months are of different length.
    std::vector<std::pair<Field, Span>> said_by(const Campaign& c) const {
        std::vector<std::pair<Field, Span>> said;
        const auto& t = c.trigger;
        if (!t.anchor) return said;
        const int wait = c.valid_days / 28 + 1;
        constexpr std::int64_t much = 100000;
        const auto add = [&](Field field, std::int64_t from, std::int64_t to, std::string why) { said.emplace_back(field, Span{from, to, t.line, std::move(why)}); };
        switch (*t.anchor) {
            case Anchor::registration: {
                const std::int64_t from = t.every_months * t.first + months_of(t.after), to = t.every_months * t.last + months_of(t.after);
                const auto low = std::max<std::int64_t>(0, (t.every_months ? from : months_of(t.after)) - 1), high = std::max<std::int64_t>(0, (t.every_months ? to : months_of(t.after)) + wait);
                add(Field::vehicle_age_months, low, high, "the trigger comes when it is " + span_text(low, high) + " months old");
                break;
            }
            case Anchor::service: {
                add(Field::history_services, 1, much, "the trigger follows a service");
                const std::int64_t low = std::max(0, (t.every_months ? t.every_months * t.first : 0) + months_of(t.after) - 1);
                const std::int64_t high = t.latest ? std::max(0, (t.every_months ? t.every_months * t.last : 0) + months_of(t.after) + wait) : much;
                if (t.latest) add(Field::history_months_since_service, low, high, "the trigger comes " + span_text(low, high) + " months after the last service");
                break;
            }
            case Anchor::review:
                add(Field::history_reviews, 1, much, "the trigger follows a review");
                break;
            case Anchor::complaint:
            case Anchor::case_closed:
                add(Field::history_complaints, 1, much, "the trigger follows a complaint");
                break;
            case Anchor::contract_end:
                if (months_of(t.after) < 0 && -months_of(t.after) > wait) add(Field::vehicle_contract, 1, 1, "the trigger comes while the contract runs");
                break;
            case Anchor::warranty_end:
                if (months_of(t.after) < 0 && -months_of(t.after) > wait) add(Field::vehicle_warranty, 1, 1, "the trigger comes while the warranty runs");
                break;
            default: break;
        }
        return said;
    }

    // A campaign after a campaign: no circle, and no link that never fires.
    void chains() {
        const auto count = static_cast<int>(plan_.campaigns.size());
        for (int i = 0; i < count; ++i) {
            const auto& c = plan_.campaigns[static_cast<std::size_t>(i)];
            int at = c.trigger.campaign, steps = 0;
            while (at >= 0 && at < count && at != i && steps++ <= count) at = plan_.campaigns[static_cast<std::size_t>(at)].trigger.campaign;
            if (at == i) {
                fault(c.trigger.line, "the campaign can never fire: it waits for itself" + std::string(c.trigger.campaign == i ? "" : ", round a circle"));
                never_[static_cast<std::size_t>(i)] = true;
            }
            const int before = c.trigger.campaign;
            if (before >= 0 && before < count && c.trigger.unanswered && !plan_.campaigns[static_cast<std::size_t>(before)].goal)
                fault(c.trigger.line, "unanswered needs a goal in campaign " + plan_.campaigns[static_cast<std::size_t>(before)].id);
            else if (before >= 0 && before < count && c.trigger.unanswered && !plan_.campaigns[static_cast<std::size_t>(before)].goal->anchor)
                fault(c.trigger.line, "unanswered waits for something that happens; the goal of campaign " + plan_.campaigns[static_cast<std::size_t>(before)].id + " is a click, and who reads without one has answered all the same");
        }
        for (bool more = true; more;) {
            more = false;
            for (std::size_t i = 0; i < never_.size(); ++i) {
                const auto& c = plan_.campaigns[i];
                if (never_[i]) continue;
                const auto stuck = [&](int line, std::size_t on) {
                    fault(line, "the campaign can never fire: " + plan_.campaigns[on].id + " never does");
                    never_[i] = true;
                    more = true;
                };
                if (c.trigger.campaign >= 0 && c.trigger.campaign < count && never_[static_cast<std::size_t>(c.trigger.campaign)]) {
                    stuck(c.trigger.line, static_cast<std::size_t>(c.trigger.campaign));
                    continue;
                }
                for (const auto& condition : c.conditions) {
                    if (condition.field != Field::history_received || condition.negated) continue;
                    for (std::size_t on = 0; on < never_.size() && !never_[i]; ++on)
                        if (condition.has.test(on) && never_[on]) stuck(condition.line, on);
                }
            }
        }
    }

    // Two campaigns for the same people at the same time and purpose are one too many.
    void twins() {
        const auto same = [](const Condition& a, const Condition& b) {
            return a.field == b.field && a.negated == b.negated && a.from == b.from && a.to == b.to && a.any == b.any && a.has == b.has && a.lacks == b.lacks;
        };
        for (std::size_t i = 0; i < plan_.campaigns.size(); ++i) {
            const auto& one = plan_.campaigns[i];
            if (!one.trigger.anchor) continue;
            for (std::size_t j = 0; j < i; ++j) {
                const auto& other = plan_.campaigns[j];
                const auto &a = one.trigger, &b = other.trigger;
                if (a.anchor != b.anchor || a.after.months != b.after.months || a.after.days != b.after.days || a.every_months != b.every_months || a.first != b.first || a.last != b.last || a.latest != b.latest ||
                    a.score_from != b.score_from || a.score_to != b.score_to || a.outcomes != b.outcomes || one.purpose != other.purpose || one.conditions.size() != other.conditions.size())
                    continue;
                if (std::all_of(one.conditions.begin(), one.conditions.end(), [&](const Condition& x) { return std::any_of(other.conditions.begin(), other.conditions.end(), [&](const Condition& y) { return same(x, y); }); }))
                    fault(a.line, "reaches the same people on the same day as campaign " + other.id + " in line " + std::to_string(other.line));
            }
        }
    }

    void unused() {
        std::vector<bool> used(plan_.templates.size());
        const auto use = [&](int number) {
            if (number >= 0 && number < static_cast<int>(used.size())) used[static_cast<std::size_t>(number)] = true;
        };
        for (const auto& c : plan_.campaigns) {
            use(c.template_number);
            for (const auto& variant : c.variants) use(variant.template_number);
        }
        for (std::size_t i = 0; i < used.size(); ++i)
            if (!used[i]) fault(plan_.templates[i].line, "template " + plan_.templates[i].name + " is used by no campaign");
    }

    const Plan& plan_;
    std::vector<Fault>& faults_;
    std::vector<bool> never_;
};

}  // namespace

void check_sense(const Plan& plan, std::vector<Fault>& faults) { Sense(plan, faults).check(); }

}  // namespace verbatim::plan
