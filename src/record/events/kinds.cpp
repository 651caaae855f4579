#include <algorithm>
#include <array>

#include "record/events/events.h"

namespace verbatim::events {
namespace {

// Sorted by word.
constexpr auto all_kinds = std::to_array<Kind>({
    {"api_key.created", "key", "an API key was made"},
    {"api_key.revoked", "key", "an API key was taken back"},
    {"case.called", "case", "a call to the customer was noted"},
    {"case.changed", "case", "something else of a case changed: its cause, what was done, its customer again content"},
    {"case.closed", "case", "a case was closed"},
    {"case.escalated", "case", "nobody called in time: the next level was told"},
    {"case.handed_over", "case", "a case was given to somebody else"},
    {"case.opened", "case", "an unhappy customer waits for a call"},
    {"case.planned", "case", "the next call was planned"},
    {"case.surveyed", "case", "the customer answered the second survey"},
    {"complaint.decided", "complaint", "an author's complaint against a decision was decided"},
    {"complaint.received", "complaint", "an author contests a decision"},
    {"country_rule.changed", "country", "what suffices to write to customers of a country changed"},
    {"finding.changed", "finding", "a finding for the product's people was sent, taken up or closed"},
    {"import.finished", "import", "an import ended"},
    {"import.progressed", "import", "an import moved on"},
    {"import.started", "import", "an import began"},
    {"journey.clicked", "person", "somebody followed a link of the contact plan's message"},
    {"journey.delivered", "person", "somebody got a vehicle"},
    {"journey.forgotten", "person", "somebody took back the agreement to be told of here, or was erased: erase what you have"},
    {"journey.ordered", "person", "somebody ordered"},
    {"journey.reviewed", "person", "somebody wrote a review"},
    {"journey.sent", "person", "a message of the contact plan was handed over to go"},
    {"journey.unsubscribed", "person", "somebody left a topic or closed a channel"},
    {"journey.visited", "person", "somebody came to the workshop"},
    {"notice.decided", "notice", "a notice about public words was decided"},
    {"notice.received", "notice", "somebody reported public words"},
    {"product.changed", "product", "a product was added or changed"},
    {"questionnaire.changed", "questionnaire", "a questionnaire has a new version"},
    {"reply.collected", "reply", "a reply was written and is moderated"},
    {"reply.held", "reply", "a reply waits for a moderator"},
    {"reply.published", "reply", "a reply is public"},
    {"reply.refused", "reply", "a reply was refused"},
    {"report.sent", "report", "a site's monthly report was sent"},
    {"review.collected", "review", "a review came in"},
    {"review.corrected", "review", "an author corrected the words; they are moderated again"},
    {"review.correction_refused", "review", "a correction was refused; the words before it stay"},
    {"review.erased", "review", "a review's words were erased"},
    {"review.gathered", "review", "words from elsewhere are public"},
    {"review.held", "review", "a review waits for a moderator"},
    {"review.lapsed", "review", "the author did not reword in time"},
    {"review.published", "review", "a review is public"},
    {"review.refused", "review", "a review was refused"},
    {"review.reinstated", "review", "a complaint was right: the review is public"},
    {"review.removed", "review", "a public review was taken down"},
    {"review.rephrase", "review", "the author was asked to reword"},
    {"review.revised", "review", "a correction is public"},
    {"review.settled", "review", "what was published by the clock is decided"},
    {"review.withdrawn", "review", "an author withdrew a review"},
    {"rule.changed", "rule", "a rule of moderation changed"},
    {"setting.changed", "setting", "a setting changed"},
    {"site.changed", "site", "a site was added or changed"},
    {"template.changed", "template", "a reply template changed"},
    {"terms.changed", "terms", "a consent text has a new version"},
    {"user.changed", "user", "a person's role, branch or state changed"},
    {"user.created", "user", "a person was invited"},
    {"webhook.changed", "webhook", "a webhook was made, changed or removed"},
    {"webhook.disabled", "webhook", "a webhook failed for too long and is off"},
    {"webhook.test", "webhook", "somebody pressed the test button"},
});
static_assert(std::is_sorted(all_kinds.begin(), all_kinds.end(), [](const Kind& a, const Kind& b) { return a.word < b.word; }));

constexpr std::size_t most_wanted = 100;

}  // namespace

std::span<const Kind> kinds() { return all_kinds; }

Result<Filter> Filter::parse(std::string_view text) {
    Filter filter;
    std::size_t count = 0;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto word = text.substr(0, comma);
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        if (++count > most_wanted) return invalid("kind_unknown", "at most 100 kinds can be named", "kinds");
        const auto family = word.ends_with(".*") ? word.substr(0, word.size() - 1) : std::string_view();
        bool known = false;
        for (const auto& kind : all_kinds) {
            if (kind.word != word && (family.empty() || !kind.word.starts_with(family))) continue;
            known = true;
            if (filter.list_.empty()) filter.list_ = ",";
            filter.list_ += std::string(kind.word) + ",";
        }
        if (!known) return invalid("kind_unknown", "no event is called \"" + std::string(word.substr(0, 60)) + "\"", "kinds");
    }
    return filter;
}

// journey.* is about people, under a pseudonym: only who names it hears of it (also in events.cpp and webhooks/spread.cpp).
bool Filter::takes(std::string_view kind) const { return list_.empty() ? !kind.starts_with("journey.") : list_.find("," + std::string(kind) + ",") != std::string::npos; }

}  // namespace verbatim::events
