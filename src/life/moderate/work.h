// What the files of this stage share, in one transaction. For this module only.
#pragma once

#include <nlohmann/json.hpp>

#include "life/moderate/judges.h"
#include "life/moderate/moderate.h"
#include "record/contact/contact.h"

namespace verbatim::moderate {

using nlohmann::json;

// "review:ID", "reply:ID", "notice:ID", "complaint:ID".
std::pair<std::string, std::string> split_ref(std::string_view ref);

// "1790000000:ab12", the last line of the page before.
std::pair<Seconds, std::string> read_after(std::string_view after);

struct Work {
    storage::Tx& tx;
    const Options& options;
    Seconds now;

    // Mails everybody on the panel a link of their own. `what` is the mail's template; `more` goes into its data.
    void ask(std::string_view ref, const reviews::Review& review, std::string_view lang, const char* what = "moderation_request", const json& more = json::object(),
             const std::vector<std::string>& but = {}) const;
    std::string link_to(std::string_view ref, std::string_view holder) const;
    // A mail to the author with a fresh link to their own space; nothing where nobody is known.
    void tell_author(const reviews::Review& review, std::string_view mail_template, std::string_view key, json data) const;
    // The statement of reasons of a refusal or removal just made, with its link to contest (norms MOD-8 to MOD-10, MOD-12).
    void tell_reasons(const reviews::Review& review) const;
    void tell_notifier(const Notice& notice, std::string_view mail_template, json data) const;

    void keep_decision(const Fitness& fitness, const Actor& actor, std::string_view ref, const reviews::Review& review, std::string_view lang, const Verdict& verdict, bool final) const;
    // Humans who decided on these words before, finally or as a first opinion.
    std::vector<std::string> earlier_deciders(std::string_view review) const;
    reviews::Grounds grounds(const Verdict& verdict, bool from_notice = false) const;
    std::string address_of(const reviews::Review& review) const;
    // A tick of a human (norm MOD-15), and the mail it causes.
    void mark_author(const Actor& actor, const reviews::Review& review, const Verdict& verdict) const;
    void mark_notifier(const Actor& actor, const Notice& notice) const;

    Result<void> decide_words(const Actor& actor, std::string_view ref, const Verdict& verdict, std::string_view key_languages) const;
    Result<void> decide_notice(const Actor& actor, std::string_view id, const Verdict& verdict, std::string_view key_languages) const;
    Result<void> decide_complaint(const Actor& actor, std::string_view id, const Verdict& verdict, std::string_view key_languages) const;
    Result<Complaint> complain(std::string_view source, std::string_view about, const reviews::Review& review, std::string_view reason, std::string_view explanation) const;

    Result<View> view_of(std::string_view ref, const Actor& actor, std::string_view key_languages) const;
    std::string barred(const Actor& actor, std::string_view subject, std::string_view lang, std::string_view key_languages, bool& must_declare) const;
    // Does what `ref` is about lie on the actor's branch?
    bool within(const Actor& actor, std::string_view ref) const;

    static Work of(const Moderate& stage, storage::Tx& tx) { return {tx, stage.options_, stage.clock_.now()}; }
};

std::optional<Opinion> find_opinion(storage::Tx& tx, std::string_view ref);
std::optional<Notice> find_notice(storage::Tx& tx, std::string_view id);
std::optional<Complaint> find_complaint(storage::Tx& tx, std::string_view id);
std::optional<Complaint> complaint_about(storage::Tx& tx, std::string_view about);
std::vector<Notice> open_notices_of(storage::Tx& tx, std::string_view review);
std::vector<Complaint> open_complaints_of(storage::Tx& tx, std::string_view review);
void end_notice(storage::Tx& tx, Seconds now, std::string_view id, std::string_view outcome, std::string_view answer, std::string_view moderator, bool unfounded);
void end_complaint(storage::Tx& tx, Seconds now, std::string_view id, std::string_view outcome, std::string_view answer, std::string_view moderator);

// Contesting is possible from the decision on for so many months (norm MOD-12).
bool contestable_at(Seconds decided_at, Seconds now, int months);
Seconds contestable_until(Seconds decided_at, int months);

}  // namespace verbatim::moderate
