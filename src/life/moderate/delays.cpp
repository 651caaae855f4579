// The announced time is kept (norm MOD-4). Every minute: who was asked to reword is reminded at half of their time, and the words
// come back to a human when it is over; what waits for a human escalates at 50 % and at 85 % of the announced time; at its end it
// is public with its finding still to be decided, or, where the brand wants that, headquarters and the author are told every day.
#include "ground/base/log.h"
#include "life/moderate/work.h"
#include "record/network/network.h"

namespace verbatim::moderate {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// Each step is taken once for each announced end; the row in moderation_delay is the memory of it.
constexpr int half = 1, late = 2, due = 3, reword_reminder = 90;
constexpr int batch = 200;

constexpr Sql select_waiting(R"sql(
SELECT r.id, r.decide_by, r.subject, COALESCE(r.lang, '') FROM review r
WHERE r.state IN ('collected', 'held', 'rephrase') AND r.decide_by > $1 AND r.decide_by <= $2
AND NOT EXISTS (SELECT 1 FROM moderation_delay m WHERE m.ref = r.id AND m.decide_by = r.decide_by AND m.level = $3)
ORDER BY r.decide_by, r.id LIMIT $4)sql");
constexpr Sql select_drafts(R"sql(
SELECT d.review, d.decide_by, r.subject, COALESCE(r.lang, '') FROM review_draft d JOIN review r ON r.id = d.review
WHERE d.decide_by > $1 AND d.decide_by <= $2
AND NOT EXISTS (SELECT 1 FROM moderation_delay m WHERE m.ref = 'draft:' || d.review AND m.decide_by = d.decide_by AND m.level = $3)
ORDER BY d.decide_by, d.review LIMIT $4)sql");
constexpr Sql insert_delay("INSERT INTO moderation_delay (ref, decide_by, level, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql select_to_remind(R"sql(
SELECT r.id, r.rephrase_by FROM review r WHERE r.rephrase_by > $1 AND r.rephrase_by <= $2
AND NOT EXISTS (SELECT 1 FROM moderation_delay m WHERE m.ref = 'reword:' || r.id AND m.decide_by = r.rephrase_by AND m.level = $3)
ORDER BY r.rephrase_by, r.id LIMIT $4)sql");
constexpr Sql select_lapsed("SELECT id FROM review WHERE rephrase_by <= $1 ORDER BY rephrase_by, id LIMIT $2");

struct Late {
    std::string review, subject, lang;
    Seconds decide_by = 0;
    bool draft = false;
};

// One mail a person for all that is late, with links to the first twenty; stars stand in none of it.
struct Digest {
    network::Person person;
    std::int64_t count = 0;
    Seconds first = 0;
    json links = json::array();
};

void send(const Work& work, const std::map<std::string, Digest>& digests, int level) {
    constexpr const char* words[] = {"", "half", "late", "due"};
    for (const auto& [email, digest] : digests) {
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = std::string("moderation_late:") + words[std::min(level, due)] + ":" + std::to_string(level) + ":" + std::to_string(work.now) + ":" + email;
        message.email = email;
        message.name = digest.person.name;
        message.locale = digest.person.locale;
        message.mail_template = "moderation_late";
        message.data = json({{"COUNT", digest.count}, {"DECIDE_BY", digest.first}, {"LEVEL", words[std::min(level, due)]},
                             {"PUBLISHED", level >= due && work.options.publish_overdue}, {"LINKS", digest.links}}).dump();
        contact::queue(work.tx, work.now, message);
    }
}

void add(const Work& work, std::map<std::string, Digest>& digests, const network::Person& person, const Late& one) {
    auto& digest = digests[person.email];
    digest.person = person;
    if (digest.count == 0) digest.first = one.decide_by;
    if (++digest.count <= 20) digest.links.push_back({{"LINK", work.link_to("review:" + one.review, person.email)}, {"REVIEW_ID", one.review}});
}

// Moderators from half the time on, headquarters with them from 85 % on. Who belongs to the subject's house hears nothing.
void add_everybody(const Work& work, std::map<std::string, Digest>& digests, const Late& one, bool headquarters) {
    const auto panel = panel_for(work.tx, one.subject, one.lang);
    for (const auto& person : panel.people) add(work, digests, person, one);
    if (!headquarters || panel.level != Panel::Level::moderators) return;
    for (const auto& person : network::people_with_role(work.tx, "hq")) {
        const auto known = std::any_of(panel.people.begin(), panel.people.end(), [&](const auto& other) { return other.email == person.email; });
        if (!known && !belongs_to(work.tx, network::people_by_email(work.tx, person.email), one.subject)) add(work, digests, person, one);
    }
}

std::vector<Late> late_ones(Tx& tx, Seconds from, Seconds to, int level) {
    std::vector<Late> all;
    const auto read = [&](bool draft) {
        return [&all, draft](const Row& row) { all.push_back({std::string(row.text(0)), std::string(row.text(2)), std::string(row.text(3)), row.integer(1), draft}); };
    };
    tx.each(select_waiting, read(false), from, to, level, batch);
    tx.each(select_drafts, read(true), from, to, level, batch);
    return all;
}

std::string delay_ref(const Late& one) { return one.draft ? "draft:" + one.review : one.review; }

// Words at this level for the first time. False when there may be more.
bool escalate(const Work& work, Seconds from, Seconds to, int level) {
    const auto all = late_ones(work.tx, from, to, level);
    std::map<std::string, Digest> digests;
    for (const auto& one : all) {
        if (work.tx.exec(insert_delay, delay_ref(one), one.decide_by, level, work.now) == 0) continue;
        const auto review = reviews::find(work.tx, one.review);
        if (!review || review->state == reviews::State::rephrase || review->rephrase_by != 0) continue;  // the author has the word
        add_everybody(work, digests, one, level >= late);
    }
    send(work, digests, level);
    return all.size() < batch;
}

bool come_due(const Work& work) {
    const auto actor = Actor::system("announced time");
    // A second escalation a day while the brand would rather wait: the level counts the days.
    std::map<std::string, Digest> digests;
    const auto all = late_ones(work.tx, 0, work.now, due);
    for (const auto& one : all) {
        if (work.tx.exec(insert_delay, delay_ref(one), one.decide_by, due, work.now) == 0) continue;
        // An author who has not confirmed the address is not published (norm COL-1); the confirmation brings the words back here.
        const auto unconfirmed = reviews::find(work.tx, one.review);
        if (unconfirmed && unconfirmed->origin == "spontaneous" && contact::address_waits(work.tx, unconfirmed->customer)) continue;
        if (work.options.publish_overdue) {
            if (const auto done = reviews::publish_overdue(work.tx, actor, work.now, one.review); !done) {
                log::warning("words whose time is over could not be published", {{"review", one.review}, {"why", done.error().message}});
                continue;
            }
        } else if (const auto review = reviews::find(work.tx, one.review)) {
            reviews::note(work.tx, actor, work.now, one.review, "overdue", {});
            work.tell_author(*review, "decision_late", "decision_late:" + one.review + ":" + std::to_string(one.decide_by), {{"DECIDE_BY", one.decide_by}});
        }
        add_everybody(work, digests, one, true);
    }
    send(work, digests, due);
    if (!work.options.publish_overdue) {
        for (int day = 1; day <= 60; ++day) escalate(work, 0, work.now - day * one_day, due + day);
    }
    return all.size() < batch;
}

void remind_and_lapse(const Work& work) {
    struct Asked {
        std::string review;
        Seconds until;
    };
    std::vector<Asked> to_remind;
    work.tx.each(select_to_remind, [&](const Row& row) { to_remind.push_back({std::string(row.text(0)), row.integer(1)}); }, work.now,
                 work.now + work.options.rephrase_days * one_day / 2, reword_reminder, batch);
    for (const auto& [id, until] : to_remind) {
        work.tx.exec(insert_delay, "reword:" + id, until, reword_reminder, work.now);
        if (const auto review = reviews::find(work.tx, id)) {
            work.tell_author(*review, "rephrase_reminder", "rephrase_reminder:" + id + ":" + std::to_string(until), {{"UNTIL", until}});
        }
    }
    for (const auto& id : work.tx.rows<std::string>(select_lapsed, work.now, batch)) {
        if (const auto done = reviews::lapse(work.tx, Actor::system("announced time"), work.now, id); !done) {
            log::warning("a time to reword could not be ended", {{"review", id}, {"why", done.error().message}});
        }
    }
}

}  // namespace

void Moderate::watch_delays() {
    const Seconds span = options_.decide_days * one_day;
    // Small transactions: a queue of thousands must not hold the writer.
    for (bool done = false; !done;) {
        done = db_.write([&](Tx& tx) {
            const auto work = Work::of(*this, tx);
            remind_and_lapse(work);
            bool all = come_due(work);
            all = escalate(work, work.now, work.now + span * 15 / 100, late) && all;
            all = escalate(work, work.now + span * 15 / 100, work.now + span / 2, half) && all;
            return all;
        });
    }
}

void Moderate::handle(jobs::Runner& runner) {
    runner.every("moderation_delays", one_minute, [this] { watch_delays(); });
    runner.every("moderation_fairness", one_day, [this] { watch_fairness(); });
}

}  // namespace verbatim::moderate
