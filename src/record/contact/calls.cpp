#include "record/contact/calls.h"

#include "ground/base/calendar.h"
#include "record/contact/channels.h"
#include "record/contact/consents.h"
#include "record/contact/outbox.h"
#include "record/contact/reach.h"
#include "record/contact/topics.h"

namespace verbatim::contact {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_task("INSERT INTO call_task (message, state, due_at, tries, subject) VALUES ($1, 'open', $2, 0, $3)");
#define DUE_TASKS "SELECT t.message, t.due_at, t.tries, COALESCE(t.outcome, ''), m.state, COALESCE(m.customer, ''), m.sealed, m.purpose, COALESCE(m.about, '') " \
    "FROM call_task t JOIN message m ON m.id = t.message WHERE t.state = 'open' AND t.due_at <= $1 AND (t.due_at, t.message) > ($2, $3) "
#define IN_ORDER "ORDER BY t.due_at, t.message LIMIT $4"
constexpr Sql due_tasks(DUE_TASKS IN_ORDER);
constexpr Sql due_tasks_on(DUE_TASKS "AND EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $5 AND b.subject = t.subject) " IN_ORDER);
constexpr Sql task_on("SELECT 1 FROM call_task t JOIN branch_subject b ON b.branch = $2 AND b.subject = t.subject WHERE t.message = $1");
constexpr Sql any_task("SELECT 1 FROM call_task WHERE message = $1");
constexpr Sql find_task(R"sql(
SELECT t.state, t.tries, m.state, COALESCE(m.customer, '') FROM call_task t JOIN message m ON m.id = t.message WHERE t.message = $1)sql");
constexpr Sql put_off("UPDATE call_task SET due_at = $2, tries = tries + 1, outcome = $3, at = $4, by_whom = $5 WHERE message = $1");
constexpr Sql end_task("UPDATE call_task SET state = 'done', tries = tries + 1, outcome = $2, at = $3, by_whom = $4 WHERE message = $1");
constexpr Sql mark("UPDATE message SET state = $2, sent_at = $3, reply = $4, sealed = NULL WHERE id = $1");
constexpr Sql forget("DELETE FROM call_task WHERE message IN (SELECT id FROM message WHERE customer = $1)");
#define LONG_DUE "(SELECT message FROM call_task WHERE state = 'open' AND due_at < $1 ORDER BY due_at, message LIMIT $2)"
constexpr Sql give_up_messages("UPDATE message SET state = 'cancelled', sealed = NULL WHERE state = 'waiting' AND id IN " LONG_DUE);
constexpr Sql give_up_tasks("UPDATE call_task SET state = 'done', outcome = 'given_up' WHERE message IN " LONG_DUE);

}  // namespace

Queued queue_call(Tx& tx, Seconds now, const Message& message, std::string_view topic, std::string_view subject) {
    const auto person = find_customer(tx, message.customer);
    if (!person) return Queued::no_address;
    if (const auto gate = may_reach(tx, *person, "call", topic); gate != Queued::queued) return gate;
    const auto id = keep_row(tx, now, message, topic, person->locale, "call", {{}, {}, message.data});
    if (id.empty()) return Queued::already_there;
    tx.exec(insert_task, id, now, subject);
    return Queued::queued;
}

CallPage calls_due(Tx& tx, std::string_view branch, Seconds now, Seconds after_due, std::string_view after_id, int limit) {
    struct Found {
        CallTask task;
        std::string customer, topic;
        bool open = false;
    };
    std::vector<Found> found;
    CallPage page;
    const auto take = [&](const Row& row) {
        Found one;
        one.task.id = row.text(0), one.task.due_at = row.integer(1), one.task.tries = row.integer(2), one.task.last_outcome = row.text(3);
        one.open = row.text(4) == "waiting" && !row.is_null(6);
        one.customer = row.text(5), one.topic = row.text(7), one.task.about = row.text(8);
        if (one.open) one.task.data = open_letter(one.task.id, row.bytes(6)).data;
        ++page.looked, page.last_due = one.task.due_at, page.last_id = one.task.id;
        found.push_back(std::move(one));
    };
    if (branch == "*") tx.each(due_tasks, take, now, after_due, after_id, limit);
    else tx.each(due_tasks_on, take, now, after_due, after_id, limit, branch);
    for (auto& one : found) {
        const auto person = one.open ? find_customer(tx, one.customer) : std::nullopt;
        if (!person || may_reach(tx, *person, "call", one.topic) != Queued::queued) continue;
        auto& task = one.task;
        task.customer_number = person->external, task.phone = address_for(tx, *person, "call"), task.locale = person->locale;
        for (const auto* part : {&person->first_name, &person->last_name})
            if (!part->empty()) task.name += (task.name.empty() ? "" : " ") + *part;
        page.calls.push_back(std::move(task));
    }
    return page;
}

bool call_is_on(Tx& tx, std::string_view branch, std::string_view id) {
    return (branch == "*" ? tx.row<std::int64_t>(any_task, id) : tx.row<std::int64_t>(task_on, id, branch)).has_value();
}

Result<void> note_call_outcome(Tx& tx, Seconds now, std::string_view id, const CallOutcome& told) {
    const bool again = told.outcome == "call_back", missed = told.outcome == "not_reached", never_again = told.outcome == "do_not_call";
    if (!again && !missed && !never_again && told.outcome != "reached") return invalid("outcome", "outcome is reached, not_reached, call_back or do_not_call", "outcome");
    if (again && (told.call_back_at <= now || told.call_back_at > now + most_call_back_days * one_day)) return invalid("call_back_at", "call_back_at is a moment of the sixty days to come", "call_back_at");
    struct Task {
        std::string state, message_state, customer;
        std::int64_t tries = 0;
    };
    std::optional<Task> task;
    tx.each(find_task, [&](const Row& row) { task = Task{std::string(row.text(0)), std::string(row.text(2)), std::string(row.text(3)), row.integer(1)}; }, id);
    if (!task) return Error{ErrorKind::not_found, "unknown", "there is no such call", {}};
    if (never_again && !task->customer.empty()) {  // said is said, whatever became of the call
        if (const auto person = find_customer(tx, task->customer)) {
            suppress_as(tx, now, address_for(tx, *person, "call"), closed_channel("call"), "do_not_call");
            const Consent said{task->customer, std::string(channel_wish) + "call", "no", std::string(privacy_notice_version), "call", {}, now};
            note_consents(tx, {&said, 1});
        }
    }
    if (task->state != "open" || task->message_state != "waiting") return never_again ? Result<void>() : Error{ErrorKind::conflict, "done", "what came of this call was told before, or it is called off", {}};
    if (again || (missed && task->tries + 1 < most_call_tries)) {
        tx.exec(put_off, id, again ? told.call_back_at : now + one_day, told.outcome, now, told.by);
        return {};
    }
    tx.exec(end_task, id, told.outcome, now, told.by);
    tx.exec(mark, id, missed ? "refused" : "sent", now, told.outcome);
    return {};
}

void forget_calls(Tx& tx, std::string_view customer) { tx.exec(forget, customer); }

std::int64_t give_up_calls(Tx& tx, Seconds before, int limit) {
    tx.exec(give_up_messages, before, limit);
    return tx.exec(give_up_tasks, before, limit);
}

}  // namespace verbatim::contact
