#include "record/contact/spam_rate.h"

#include "ground/base/calendar.h"

namespace verbatim::contact {
namespace {

constexpr storage::Sql count_sent("SELECT COUNT(*) FROM message WHERE state = 'sent' AND created_at > $1 AND mail_template NOT IN ('sms', 'paper', 'call')");
constexpr storage::Sql count_complaints("SELECT COUNT(*) FROM mail_return WHERE at > $1 AND kind = 'complaint'");

}  // namespace

SpamRate spam_rate(storage::Tx& tx, Seconds now) {
    const auto since = now - spam_days * one_day;
    return {tx.value<std::int64_t>(count_sent, since), tx.value<std::int64_t>(count_complaints, since)};
}

}  // namespace verbatim::contact
