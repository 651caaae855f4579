#include "life/reply/reply.h"

#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"
#include "record/contact/contact.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::reply {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int letter_size = 30;                // reviews in one letter; more wait for the next
constexpr std::size_t quoted = 400;            // code points of each

constexpr Sql select_until("SELECT until, last FROM reply_digest WHERE site = $1");
constexpr Sql set_until(R"sql(
INSERT INTO reply_digest (site, until, last) VALUES ($1, $2, $3) ON CONFLICT (site) DO UPDATE SET until = excluded.until, last = excluded.last)sql");
// Newest digest's end by (published_at, id), for several reviews share a second.
constexpr Sql select_new(R"sql(
SELECT r.id, r.published_at FROM review r WHERE r.subject = $1 AND r.state = 'published' AND r.origin <> 'gathered'
  AND (r.published_at > $2 OR (r.published_at = $2 AND r.id > $3))
ORDER BY r.published_at, r.id LIMIT $4)sql");

std::string_view site_code(std::string_view subject) { return subject.substr(0, 5) == "site:" ? subject.substr(5) : std::string_view(); }

}  // namespace

std::span<const storage::Migration> migrations() {
    static const storage::Migration list[] = {{"reply", 1, "how far each site was told of its new reviews", R"sql(
CREATE TABLE reply_digest (
  site TEXT PRIMARY KEY,
  until BIGINT NOT NULL,
  last TEXT NOT NULL
)
)sql"}, {"reply", 2, "templates of answers", R"sql(
CREATE TABLE reply_template (
  id TEXT PRIMARY KEY,
  situation TEXT NOT NULL,
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  active BIGINT NOT NULL,
  branch TEXT NOT NULL,
  updated_at BIGINT NOT NULL
)
)sql"}};
    return list;
}

Reply::Reply(storage::Db& db, const Clock& clock, Options options) : db_(db), clock_(clock), options_(std::move(options)) {}

Result<std::string> Reply::propose(const Actor& actor, std::string_view review, std::string_view body, std::string_view author) {
    if (actor.kind != ActorKind::staff) return forbidden("staff_only", "only the point of sale answers");
    std::string words;
    for (const char c : body) {
        if (c != '\r') words += c;
    }
    if (words.find_first_not_of(" \t\n") == std::string::npos) return invalid("reply_empty", "write the reply first", "reply");
    if (!valid_utf8(words)) return invalid("unreadable", "the reply is not readable text", "reply");
    if (code_points(words) > body_limit) return invalid("too_long", "the reply is longer than " + std::to_string(body_limit) + " characters", "reply");
    return db_.write([&](Tx& tx) { return reviews::propose_reply(tx, actor, clock_.now(), review, words, author); });
}

void Reply::on_published(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review || review->state != reviews::State::published) return;
    const auto site = site_code(review->content.subject);
    if (site.empty()) return;
    jobs::Wish wish;
    wish.run_at = clock_.now() + options_.digest_minutes * 60;
    wish.unique_key = std::string(site);
    jobs::enqueue(tx, clock_, "reply_digest", site, wish);
}

void Reply::on_ended(Tx& tx, std::string_view id) const { links::forget(tx, links::Purpose::answer, id); }

void Reply::handle(jobs::Runner& runner) {
    runner.handle("reply_digest", [this](const jobs::Job& job) { return send_digest(job); });
}

Result<void> Reply::send_digest(const jobs::Job& job) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        jobs::finish(tx, job);
        const auto site = network::find_site(tx, job.payload);
        if (!site) return {};
        const auto until = tx.row<std::int64_t, std::string>(select_until, site->code);
        // A platform from before this letter existed: the week before, not its whole life.
        const auto from = until ? std::get<0>(*until) : now - announced;
        const auto after = until ? std::get<1>(*until) : std::string();
        const auto found = tx.rows<std::string, std::int64_t>(select_new, "site:" + site->code, from, after, letter_size);
        if (found.empty()) return {};
        std::vector<reviews::Review> open;
        for (const auto& [id, at] : found) {
            auto review = reviews::find(tx, id);
            if (review && !reviews::reply_of(tx, id)) open.push_back(std::move(*review));
        }
        for (const auto& person : open.empty() ? std::vector<network::Recipient>{} : network::recipients_at(tx, *site)) {
            json list = json::array();
            for (const auto& review : open) {
                const auto token = links::issue(tx, now, links::Purpose::answer, review.id, person.email, now + options_.link_days * one_day);
                list.push_back({{"RATING", review.content.rating.value_or(0)}, {"TITLE", review.content.title}, {"BODY", truncate_code_points(review.content.body, quoted)},
                                {"LANG", review.content.lang.empty() ? "und" : review.content.lang}, {"SERVICE", review.content.service},
                                {"EXPERIENCE_ON", review.content.experience_on}, {"ANSWER_LINK", options_.base_url + "/answer/" + token}});
            }
            contact::Message message;
            message.purpose = contact::Purpose::staff;
            message.key = "new_reviews:" + site->code + ":" + std::get<0>(found.back()) + ":" + person.email;
            message.email = person.email;
            message.name = person.name;
            message.locale = person.locale;
            message.mail_template = "new_reviews";
            message.data = json({{"SITE_NAME", site->name}, {"COUNT", open.size()}, {"NEW", list}}).dump();
            contact::queue(tx, now, message);
        }
        tx.exec(set_until, site->code, std::get<1>(found.back()), std::get<0>(found.back()));
        if (found.size() == static_cast<std::size_t>(letter_size)) {
            jobs::Wish wish;
            wish.unique_key = site->code;
            jobs::enqueue(tx, clock_, "reply_digest", site->code, wish);
        }
        return {};
    });
}

Result<View> Reply::view(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto link = links::find(tx, clock_.now(), links::Purpose::answer, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        auto review = reviews::find(tx, link->ref);
        if (!review || review->state != reviews::State::published) return gone("review_ended", "this review is no longer public");
        View view;
        view.link = link->state;
        view.holder = link->holder;
        view.reply = reviews::reply_of(tx, review->id);
        if (const auto site = network::find_site(tx, site_code(review->content.subject))) {
            view.site_name = site->name;
            view.timezone = site->timezone;
        }
        view.review = std::move(*review);
        return view;
    });
}

Result<std::string> Reply::answer(std::string_view token, std::string_view body) {
    const auto behind = view(token);
    if (!behind) return behind.error();
    if (behind->link != links::State::open) return gone("link_" + std::string(links::to_word(behind->link)), "this link's time is over");
    const auto& subject = behind->review.content.subject;
    return propose(Actor{ActorKind::staff, behind->holder, "site", std::string(site_code(subject))}, behind->review.id, body, behind->site_name);
}

std::vector<SiteReplies> Reply::by_site(const Actor& actor) const {
    const auto branch = network::branch_of(actor);
    return db_.read([&](Tx& tx) { return replies_by_site(tx, months_before(clock_.now(), 12), clock_.now(), branch); });
}

}  // namespace verbatim::reply
