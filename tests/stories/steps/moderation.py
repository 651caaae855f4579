"""Notices, complaints, second opinions, and the time that passes while nobody decides."""
import json
import re
import sqlite3

from runner.log_math import Log
from runner.pages import spaces_alike
from runner.platform import psql
from runner.story import Failed, check, sentence, wait_for
from steps.author import words


# A moderator's other mails

@sentence(r'(\S+@\S+) opens the mail "(\w+)" to decide')
def open_to_decide(world, moderator, kind):
    world.kept["moderate"] = wait_for(lambda: world.outbox.newest(moderator, kind)).link("/moderate/")
    world.open(world.kept["moderate"])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


def send_decision(world, decision, reason, why, more):
    form = world.page.form_with("decision", "explanation")
    changes = {"decision": decision, "explanation": words(why or "")}
    if reason:
        changes["reason"] = reason
    for tick in more:
        changes[tick] = "yes"
    world.answer = world.web.post(form.action, form.filled(changes))


@sentence(r'there (?:s?he|they) decides? (keep|remove|uphold|overturn|publish|refuse|rephrase)(?: as (\w+))?: "(.*?)"(?: and ticks (\w+))?')
def decides(world, decision, reason, why, tick):
    send_decision(world, decision, reason, why, [tick] if tick else [])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:400]}")


@sentence(r'there (?:s?he|they) tries to decide (keep|remove|uphold|overturn|publish|refuse)(?: as (\w+))?: "(.*?)"')
def tries_to_decide(world, decision, reason, why):
    send_decision(world, decision, reason, why, [])


@sentence(r"the page warns that the next tick means (warned|suspended)")
def next_tick(world, effect):
    named = world.platform_words("moderate.next." + effect)
    check(named in world.page.words, f"it says: {world.page.words[:1500]}")


# Notices

def newest_id(world, code):
    found = world.reviews("sites/" + code)
    check(found, f"{code} shows no review")
    return found[0]["id"]


@sentence(r"a reader opens the notice form of the newest review of (\S+)")
def open_notice(world, code):
    world.kept["review"] = newest_id(world, code)
    page = world.web.get(f"/fr/reviews/{world.kept['review']}").page
    links = [link for link in page.links if link.endswith("/notice")]
    check(links, f"the review's page has no link to report it: {page.links}")
    world.open(links[0])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r'(?:(\S+@\S+)|somebody unknown) reports it as (\w+): "(.*?)"')
def report(world, email, reason, why):
    form = world.page.form_with("reason", "explanation", "url", "good_faith")
    check(form.chosen("url")[0].endswith("/fr/reviews/" + world.recall("review")), f"the address is {form.chosen('url')}")
    changes = {"reason": reason, "explanation": words(why), "good_faith": "yes"}
    if email:
        changes.update({"email": email, "name": "Paule Lectrice"})
    world.answer = world.web.post(form.action, form.filled(changes))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:400]}")


@sentence(r"the notice is sent empty")
def report_empty(world):
    form = world.page.form_with("reason", "explanation", "good_faith")
    world.answer = world.web.post(form.action, form.filled({}))


@sentence(r"nothing sent to (\S+@\S+) names (\S+)")
def never_named(world, address, name):
    for mail in world.outbox.to(address):
        check(name not in mail.text and name not in mail.html, f"the mail {mail.subject!r} does")


@sentence(r'(\S+@\S+) reports the review from the case as (\w+): "(.*?)"')
def report_from_case(world, address, reason, why):
    world.open(world.outbox.newest(address, "alert").link("/case/"))
    form = world.page.form_with("report", "report_reason")
    world.answer = world.web.post(form.action, form.filled({"report_reason": reason, "report": words(why)}))


# Complaints

@sentence(r'(\S+@\S+) contests by the link in the mail "(\w+)": "(.*?)"')
def contests(world, email, kind, why):
    world.kept["contest"] = world.outbox.newest(email, kind).link("/contest/")
    world.open(world.kept["contest"])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")
    form = world.page.form_with("explanation")
    world.answer = world.web.post(form.action, form.filled({"explanation": words(why)}))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:400]}")


@sentence(r"the link to contest is opened again")
def contest_again(world):
    world.open(world.recall("contest"))


@sentence(r'the page offers no form to contest')
def no_contest(world):
    try:
        world.page.form_with("explanation")
    except Failed:
        return
    raise Failed("it does")


@sentence(r's?he contests in (?:her|his) own space: "(.*?)"')
def contests_in_space(world, why):
    mail = [mail for mail in world.outbox.to(world.she) if "/me/" in mail.text][-1]
    world.open(mail.link("/me/"))
    form = next((form for form in world.page.forms if form.chosen("action") == ["contest"]), None)
    check(form, f"the space has no form to contest: {world.page.words[:600]}")
    world.answer = world.web.post(form.action, form.filled({"explanation": words(why)}))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"the log's procedure reads (\S+)")
def procedure(world, wanted):
    """noticed, appealed, decided:kept ... in the order of the log."""
    found = [entry["kind"] + (":" + entry["outcome"] if "outcome" in entry else "")
             for entry in Log(world.web).entries if entry["kind"] in ("noticed", "appealed", "decided", "removed", "refused", "published")]
    check(",".join(found) == wanted, f"it reads {','.join(found)}")


# Statements of reasons

@sentence(r"the statement of reasons in the export of (?:her|his) data has every part that DSA 17 asks for: (\w+) because of (\w+)")
def statement(world, measure, reason):
    one = world.recall("export")["statements_of_reasons"][-1]
    check(one["measure"] == measure and one["ground"]["reason"] == reason, f"{one}")
    for name in ("territory", "duration", "facts", "automated", "ground", "redress", "restriction_at", "statement_at"):
        check(name in one, f"it lacks {name}: {one}")
    check(one["statement_at"] <= one["restriction_at"], f"{one}")
    check(one["automated"]["decision"] is False, f"{one}")


# Time

def run_sql(world, *statements):
    if world.platform.database == "sqlite":
        with sqlite3.connect(world.platform.data + "/verbatim.db") as database:
            for statement in statements:
                database.execute(statement)
        database.close()
    else:
        psql(world.platform.database, *statements)


@sentence(r"(\d+(?:\.\d)?) days pass for what waits")
def days_pass(world, days):
    """The announced ends come nearer; what happened keeps its time, which the log knows too."""
    seconds = int(float(days) * 86400)
    world.platform.stop()
    run_sql(world, f"UPDATE review SET decide_by = decide_by - {seconds} WHERE decide_by IS NOT NULL",
            f"UPDATE review SET rephrase_by = rephrase_by - {seconds} WHERE rephrase_by IS NOT NULL",
            f"UPDATE review_draft SET decide_by = decide_by - {seconds} WHERE decide_by IS NOT NULL",
            f"UPDATE moderation_delay SET decide_by = decide_by - {seconds}",
            "UPDATE job_schedule SET next_at = 0")
    world.start()


@sentence(r"(\d+) months pass since every decision")
def months_pass(world, months):
    seconds = int(months) * 31 * 86400
    world.platform.stop()
    run_sql(world, f"UPDATE statement SET sor_at = sor_at - {seconds}, restriction_at = restriction_at - {seconds}",
            f"UPDATE notice SET decided_at = decided_at - {seconds} WHERE decided_at IS NOT NULL")
    world.start()


@sentence(r"the warnings were given yesterday")
def warned_yesterday(world):
    run_sql(world, "UPDATE conduct_sanction SET at = at - 86400")


# The API

@sentence(r"an API key for (\S+@\S+) with role (\w+)(?: reading (\S+))?")
def api_key(world, email, role, languages):
    done = world.platform.command("key", "add", "--email", email, "--role", role, *(["--languages", languages] if languages else []))
    check(done.returncode == 0, done.stderr.decode())
    world.kept["key " + email] = done.stdout.decode().strip()


def api(world, email, method, path, body=None):
    headers = {"Authorization": "Bearer " + world.recall("key " + email), "Content-Type": "application/json"}
    return world.web.ask(method, "/api/v1/moderation/" + path, json.dumps(body).encode() if body is not None else None, headers)


@sentence(r'(\S+@\S+) decides by API to (publish|refuse|rephrase|keep|remove|uphold|overturn) the oldest (review|notice|complaint)(?: as (\w+))?(?: saying "(.*?)")?')
def decide_by_api(world, email, decision, kind, reason, why):
    lists = {"review": ("queue", "reviews", ""), "notice": ("notices", "notices", "notices/"), "complaint": ("complaints", "complaints", "complaints/")}
    path, name, prefix = lists[kind]
    found = api(world, email, "GET", path)
    check(found.status == 200 and found.json[name], f"{found.status}: {found.text[:400]}")
    world.answer = api(world, email, "POST", prefix + found.json[name][0]["id"] + "/decision", {"decision": decision, "reason": reason or "", "explanation": why or ""})


@sentence(r"(\S+@\S+) reads the queue by API: (.*)")
def queue_by_api(world, email, wanted):
    found = api(world, email, "GET", "queue")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    said = [one["body"] for one in found.json["reviews"]]
    check(said == re.findall(r'"(.*?)"', wanted), f"the queue holds {said}")


@sentence(r"anyone reads by API how stars are treated: (\d+) of (\d+) low ones refused, (\d+) of (\d+) high ones")
def equality(world, low_refused, low, high_refused, high):
    got = world.web.get("/api/v1/moderation/equality")
    check(got.status == 200, f"{got.status}")
    figures = got.json
    found = [(figures[side]["refused"], figures[side]["refused"] + figures[side]["published"]) for side in ("low", "high")]
    check(found == [(int(low_refused), int(low)), (int(high_refused), int(high))], f"{found}")
    check(0 <= figures["refusal_test"]["p"] <= 1 and figures["refusal_test"]["enough"] is False and figures["alert"] is False, f"{figures}")
    check(len(figures["by_star"]) == 5 and "delay_p95_seconds" in figures["by_star"][0], f"{figures}")


@sentence(r'the mail "(\w+)" to (\S+@\S+) leads to a page that says "(.*?)"')
def mail_leads(world, kind, address, text):
    world.open(world.outbox.newest(address, kind).link("/moderate/"))
    check(spaces_alike(text) in world.page.words, f"it says: {world.page.words[:1500]}")
