#include "life/evidence/queries.h"

#include <algorithm>

namespace verbatim::evidence {
namespace {

// "own": written for this platform, invited or not; gathered words are somebody else's and are never counted here.
constexpr Query all[] = {
    // Collection
    {"published_without_author", "published own reviews whose author is not known to the vault", R"sql(
SELECT COALESCE(SUM(CASE WHEN c.id IS NULL THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r LEFT JOIN customer c ON c.id = r.customer WHERE r.state = 'published' AND r.origin <> 'gathered')sql"},
    {"verified_without_experience", "published invited reviews without the experience that proves them", R"sql(
SELECT COALESCE(SUM(CASE WHEN e.id IS NULL THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r LEFT JOIN experience e ON e.id = r.experience WHERE r.state = 'published' AND r.origin = 'invited')sql"},
    {"reviews_without_declaration", "own reviews without the version of the terms that their author accepted", R"sql(
SELECT COALESCE(SUM(CASE WHEN COALESCE(terms, '') = '' THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review WHERE origin <> 'gathered' AND state <> 'erased')sql"},
    {"published_without_experience_date", "published own reviews without the date of the experience", R"sql(
SELECT COALESCE(SUM(CASE WHEN COALESCE(experience_on, '') = '' THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review WHERE state = 'published' AND origin <> 'gathered')sql"},
    {"invited_too_late", "invitations of the period that left more than 365 days after the experience",
     storage::Sql(R"sql(
SELECT COALESCE(SUM(CASE WHEN invited_at - CAST(strftime('%s', occurred_on) AS INTEGER) > 365 * 86400 THEN 1 ELSE 0 END), 0), COUNT(*)
FROM experience WHERE invited_at >= $1 AND invited_at < $2)sql",
                  R"sql(
SELECT COALESCE(SUM(CASE WHEN invited_at - EXTRACT(EPOCH FROM CAST(occurred_on AS DATE)) > 365 * 86400 THEN 1 ELSE 0 END), 0), COUNT(*)
FROM experience WHERE invited_at >= $1 AND invited_at < $2)sql"),
     Takes::period},
    {"cases_without_review", "cases of unhappy customers whose review is not in the register", R"sql(
SELECT COALESCE(SUM(CASE WHEN r.id IS NULL THEN 1 ELSE 0 END), 0), COUNT(*)
FROM recovery_case k LEFT JOIN review r ON r.id = k.review)sql"},
    {"spontaneous_published", "published own reviews that nobody asked for", R"sql(
SELECT COALESCE(SUM(CASE WHEN origin = 'spontaneous' THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review WHERE state = 'published' AND origin <> 'gathered')sql"},
    {"second_reviews", "experiences with two live reviews on one subject", R"sql(
SELECT COUNT(*), (SELECT COUNT(*) FROM review WHERE experience IS NOT NULL)
FROM (SELECT experience, subject FROM review WHERE experience IS NOT NULL AND state <> 'refused' GROUP BY experience, subject HAVING COUNT(*) > 1) doubled)sql"},

    // Moderation
    {"decisions_without_actor", "published or refused own reviews whose history names nobody for it", R"sql(
SELECT COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM review_step s WHERE s.review = r.id AND s.step IN ('published', 'refused') AND s.actor <> '') THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE r.state IN ('published', 'refused') AND r.origin <> 'gathered')sql"},
    {"refusals_outside_the_list", "refused reviews whose reason is not on the public list", R"sql(
SELECT COALESCE(SUM(CASE WHEN reason IN ('insult', 'hate', 'threat', 'obscene', 'name', 'personal_data', 'link', 'spam', 'illegal', 'unrelated', 'not_lived', 'conflict_of_interest', 'language') THEN 0 ELSE 1 END), 0), COUNT(*)
FROM review WHERE state = 'refused')sql"},
    {"decided_late", "own reviews of the period whose first decision came after the announced moment, or is still missing after it",
     storage::Sql(R"sql(
SELECT COALESCE(SUM(CASE WHEN COALESCE((SELECT MIN(s.at) FROM review_step s WHERE s.review = r.id AND s.step IN ('published', 'refused', 'withdrawn', 'erased', 'removed')), $2) > r.decide_by THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE r.origin <> 'gathered' AND r.decide_by > 0 AND r.submitted_at >= $1 AND r.submitted_at < $2)sql"),
     Takes::period},
    {"refused_without_notice", "refused own reviews of which no mail told the author", R"sql(
SELECT COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM message m WHERE m.about = r.id AND m.mail_template = 'refused') THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE r.state = 'refused' AND r.origin <> 'gathered' AND r.customer IS NOT NULL)sql"},

    {"unequal_treatment_alerts", "whether the newest daily test found refusals or delays to differ between 1-2 and 4-5 stars (p < 0.01), out of the days tested", R"sql(
SELECT COALESCE((SELECT alert FROM equality_run ORDER BY day DESC LIMIT 1), 0), (SELECT COUNT(*) FROM equality_run))sql"},
    {"decisions_in_a_foreign_language", "decisions by a human who neither reads the language nor declared to have had the words read by somebody who does", R"sql(
SELECT COALESCE(SUM(CASE WHEN language_match IN ('reads', 'declared', 'unknown_language') THEN 0 ELSE 1 END), 0), COUNT(*) FROM moderation_decision)sql"},
    {"decisions_on_own_house", "decisions by somebody with a role at the rated point of sale or in its group", R"sql(
SELECT COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM person p WHERE p.email = d.moderator AND ((p.role IN ('site', 'adviser') AND d.subject = 'site:' || p.scope)
  OR (p.role = 'group' AND EXISTS (SELECT 1 FROM site s WHERE s.grp = p.scope AND d.subject = 'site:' || s.code)))) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM moderation_decision d)sql"},
    {"statements_incomplete", "statements of reasons that lack measure, territory, duration, facts, ground, explanation or a body for disputes outside the house", R"sql(
SELECT COALESCE(SUM(CASE WHEN measure = '' OR territory = '' OR duration = '' OR facts = '' OR reason = '' OR policy = '' OR complaint_months < 6 THEN 1 ELSE 0 END), 0), COUNT(*) FROM statement)sql"},
    {"statements_late", "statements of reasons made after the restriction began", R"sql(
SELECT COALESCE(SUM(CASE WHEN sor_at > restriction_at THEN 1 ELSE 0 END), 0), COUNT(*) FROM statement)sql"},
    {"notices_overdue", "notices that are open beyond the time they were promised",
     storage::Sql("SELECT COALESCE(SUM(CASE WHEN state = 'open' AND decide_by < $1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM notice"), Takes::now},
    {"complaints_decided_by_the_same_person", "complaints decided by whoever took the decision they are about", R"sql(
SELECT COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM statement s WHERE c.about = 'statement:' || s.id AND s.decided_by IN (c.moderator, 'staff:' || c.moderator))
  OR EXISTS (SELECT 1 FROM notice n WHERE c.about = 'notice:' || n.id AND n.moderator = c.moderator) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM complaint c WHERE c.moderator IS NOT NULL)sql"},
    {"statements_naming_a_notifier", "statements of reasons whose facts hold an address; a notifier's name has no place in them", R"sql(
SELECT COALESCE(SUM(CASE WHEN origin = 'notice' AND explanation LIKE '%@%' THEN 1 ELSE 0 END), 0), COUNT(*) FROM statement)sql"},
    {"statements_in_period", "statements of reasons of the period, out of all",
     storage::Sql("SELECT COALESCE(SUM(CASE WHEN sor_at >= $1 AND sor_at < $2 THEN 1 ELSE 0 END), 0), COUNT(*) FROM statement"), Takes::period},
    {"suspensions_without_warning", "suspensions without an earlier warning of the same person", R"sql(
SELECT COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM conduct_sanction w WHERE w.id = s.warning AND w.kind = 'warning' AND w.address = s.address AND w.at < s.at) THEN 0 ELSE 1 END), 0), COUNT(*)
FROM conduct_sanction s WHERE s.kind = 'suspension')sql"},

    // Publication
    {"published_without_log_entry", "published reviews without their entry in the public log", R"sql(
SELECT COALESCE(SUM(CASE WHEN public_entry IS NULL THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE state = 'published')sql"},
    {"readable_beyond_the_window", "published reviews older than 24 months: readable, and not in the score",
     storage::Sql("SELECT COALESCE(SUM(CASE WHEN published_at < $1 - 730 * 86400 THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE state = 'published'"), Takes::now},
    {"revised_without_date", "published reviews in a later version without the date of the change", R"sql(
SELECT COALESCE(SUM(CASE WHEN updated_at IS NULL THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE state = 'published' AND version > 1 AND published_at IS NOT NULL
AND EXISTS (SELECT 1 FROM review_version v WHERE v.review = review.id AND v.until > review.published_at))sql"},
    {"left_the_public_without_a_step", "reviews that were public and are not, without a step that says why", R"sql(
SELECT COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM review_step s WHERE s.review = r.id AND s.step IN ('withdrawn', 'removed', 'erased')) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE r.published_at IS NOT NULL AND r.state <> 'published')sql"},

    // The author
    {"withdrawn_still_public", "withdrawn or erased reviews that a public list would still read", R"sql(
SELECT COALESCE(SUM(CASE WHEN r.state = 'published' THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE EXISTS (SELECT 1 FROM review_step s WHERE s.review = r.id AND s.step IN ('withdrawn', 'erased')))sql"},
    {"corrections_without_version", "reviews in a later version of which the earlier one is not kept", R"sql(
SELECT COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM review_version v WHERE v.review = r.id) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE r.version > 1 AND r.state <> 'erased')sql"},
    {"collected_without_log_entry", "own reviews without the entry their receipt promises", R"sql(
SELECT COALESCE(SUM(CASE WHEN collected_entry IS NULL THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE origin <> 'gathered')sql"},

    {"pressure_never_asked", "withdrawals of the period within 14 days of a dealer's contact whose author was not asked whether he was pressed",
     storage::Sql(R"sql(
SELECT COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM pressure_case p WHERE p.review = w.review) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review_step w JOIN review r ON r.id = w.review
WHERE w.step = 'withdrawn' AND r.state <> 'erased' AND w.at >= $1 AND w.at < $2 AND EXISTS (SELECT 1 FROM review_step c WHERE c.review = w.review
  AND c.step IN ('call', 'reply_collected', 'reply_published') AND c.at <= w.at AND c.at + 14 * 86400 >= w.at))sql"),
     Takes::period},

    // The point of sale
    {"sites_without_address", "active points of sale without an address for alerts", R"sql(
SELECT COALESCE(SUM(CASE WHEN s.email = '' AND NOT EXISTS (SELECT 1 FROM person p WHERE p.role = 'site' AND p.scope = s.code AND p.active = 1) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM site s WHERE s.active = 1)sql"},

    {"reports_without_reason", "reports of points of sale without a reason or an explanation", R"sql(
SELECT COALESCE(SUM(CASE WHEN reason = '' OR explanation = '' THEN 1 ELSE 0 END), 0), COUNT(*) FROM notice WHERE source = 'dealer')sql"},
    {"removed_without_statement", "own reviews that were taken down without a statement of reasons", R"sql(
SELECT COALESCE(SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM statement s WHERE s.review = r.id AND s.measure = 'removed') THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review r WHERE r.state = 'removed' AND r.origin <> 'gathered')sql"},
    {"replies_published_with_findings", "public replies in which something was found and no human of the house let it through", R"sql(
SELECT COALESCE(SUM(CASE WHEN COALESCE(p.findings, '') NOT IN ('', '[]') AND NOT EXISTS (SELECT 1 FROM review_step s WHERE s.review = p.review AND s.step = 'reply_published' AND s.actor LIKE 'staff:%') THEN 1 ELSE 0 END), 0), COUNT(*)
FROM reply p WHERE p.state = 'published')sql"},

    // Rewards and asking
    {"rewards_named_after_the_review", "reviews whose reward came in after the words did", R"sql(
SELECT COALESCE(SUM(CASE WHEN e.imported_at > r.submitted_at THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review_incentive i JOIN review r ON r.id = i.review JOIN experience e ON e.id = r.experience)sql"},
    {"reward_flags_lost", "reviews after an experience with a reward that do not carry its flag",
     R"sql(
SELECT COALESCE(SUM(CASE WHEN i.review IS NULL THEN 1 ELSE 0 END), 0), COUNT(*)
FROM experience e JOIN review r ON r.experience = e.id LEFT JOIN review_incentive i ON i.review = r.id
WHERE e.attributes LIKE '%"incentive":"_%' AND r.state <> 'erased')sql"},
    {"insiders_found", "reviews in which signs of an insider wait for a human, out of all that wait",
     "SELECT COALESCE(SUM(CASE WHEN findings LIKE '%\"insider.%' THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE state = 'held'"},
    {"invited_without_basis_de", "people in Germany who were invited without consent or soft opt-in", R"sql(
SELECT COALESCE(SUM(CASE WHEN COALESCE(consent, '') LIKE '%invitation=yes%' OR COALESCE(consent, '') LIKE '%invitation=soft_optin%' THEN 0 ELSE 1 END), 0), COUNT(*)
FROM experience WHERE country = 'DE' AND invited_at IS NOT NULL)sql"},

    // Fraud
    {"insiders_published_undecided", "public reviews whose signs of an insider no human decided about", R"sql(
SELECT COALESCE(SUM(CASE WHEN findings LIKE '%"insider.%' THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE state = 'published' AND origin <> 'gathered')sql"},
    {"held_for_a_human", "own reviews of the period that detectors showed to a human",
     storage::Sql(R"sql(
SELECT COUNT(DISTINCT s.review), (SELECT COUNT(*) FROM review WHERE origin <> 'gathered' AND submitted_at >= $1 AND submitted_at < $2)
FROM review_step s WHERE s.step = 'held' AND s.at >= $1 AND s.at < $2)sql"),
     Takes::period},
    {"refused_by_a_program", "refusals whose actor is a program", R"sql(
SELECT COALESCE(SUM(CASE WHEN actor LIKE 'system:%' THEN 1 ELSE 0 END), 0), COUNT(*) FROM review_step WHERE step = 'refused')sql"},
    {"removals_for_interest", "reviews refused or removed because the author had an interest", R"sql(
SELECT COALESCE(SUM(CASE WHEN reason = 'conflict_of_interest' THEN 1 ELSE 0 END), 0), COUNT(*) FROM review WHERE state IN ('refused', 'removed'))sql"},

    // Mail
    {"mails_refused", "mails of the period that the receiver's server refused for good",
     storage::Sql("SELECT COALESCE(SUM(CASE WHEN state = 'refused' THEN 1 ELSE 0 END), 0), COUNT(*) FROM message WHERE created_at >= $1 AND created_at < $2"), Takes::period},
    {"sent_after_opt_out", "invitations that left after their person had said no", R"sql(
SELECT COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM consent k WHERE k.customer = m.customer AND k.purpose = 'invitation' AND k.basis = 'no' AND k.source IN ('unsubscribe_link', 'preference_page') AND k.at < m.sent_at
  AND NOT EXISTS (SELECT 1 FROM consent y WHERE y.customer = k.customer AND y.purpose = 'invitation' AND y.basis <> 'no' AND y.at >= k.at AND y.at <= m.sent_at)) THEN 1 ELSE 0 END), 0), COUNT(*)
FROM message m WHERE m.purpose = 'invitation' AND m.state = 'sent' AND m.sent_at IS NOT NULL)sql"},
    {"wishes_kept", "addresses that do not want invitations, kept as keyed hashes", "SELECT COUNT(*), COUNT(*) FROM suppression WHERE purpose = 'invitation'"},

    // Personal data
    {"erased_with_words", "erased reviews that still hold words, salts, an author or a signature", R"sql(
SELECT COALESCE(SUM(CASE WHEN title IS NOT NULL OR body IS NOT NULL OR salt IS NOT NULL OR customer IS NOT NULL OR signature IS NOT NULL THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review WHERE state = 'erased')sql"},

    // The log
    {"decided_before_logged", "own reviews whose public entry in the log is older than the collected one", R"sql(
SELECT COALESCE(SUM(CASE WHEN public_entry < collected_entry THEN 1 ELSE 0 END), 0), COUNT(*)
FROM review WHERE origin <> 'gathered' AND public_entry IS NOT NULL AND state = 'published'
AND NOT EXISTS (SELECT 1 FROM review_draft d WHERE d.review = review.id))sql"},
    {"entries_missing", "entries that have their place, less those that are stored",
     storage::Sql("SELECT s.size - (SELECT COUNT(*) FROM ledger_entry WHERE id <= s.size), s.size FROM ledger_state s WHERE s.one = 1",
                  "SELECT s.size - (SELECT COUNT(*) FROM ledger_entry WHERE idx IS NOT NULL), s.size FROM ledger_state s WHERE s.one = 1")},
};

}  // namespace

std::span<const Query> queries() { return all; }

const Query* find_query(std::string_view name) {
    const auto found = std::find_if(std::begin(all), std::end(all), [&](const Query& one) { return one.name == name; });
    return found == std::end(all) ? nullptr : &*found;
}

}  // namespace verbatim::evidence
