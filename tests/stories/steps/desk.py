"""What the moderator's desk and the auditor's ask, by key: one list of all that waits, one of it whole; the evidence and its history."""
import datetime
import json
import re

from runner.story import Failed, check, sentence, wait_for
from runner.world import day
from steps.moderation import api


def ask(world, email, method, path, body=None):
    headers = {"Authorization": "Bearer " + world.recall("key " + email)}
    if body is not None:
        headers["Content-Type"] = "application/json"
    return world.web.ask(method, "/api/v1/" + path, json.dumps(body).encode() if body is not None else None, headers)


@sentence(r"an API key for (\S+@\S+) with role (\w+) on (\S+)")
def key_on(world, email, role, scope):
    done = world.platform.command("key", "add", "--email", email, "--role", role, "--scope", scope)
    check(done.returncode == 0, done.stderr.decode())
    world.kept["key " + email] = done.stdout.decode().strip()


@sentence(r"for (\S+@\S+) there waits?(?: of (\w+))?: (.*)")
def waits(world, email, kind, wanted):
    found = wait_for(lambda: list_as(world, email, kind, re.findall(r'"(.*?)"', wanted)))
    text = ask(world, email, "GET", "moderation/waiting?limit=100").text
    check(found is not None and '"rating"' not in text and '"stars"' not in text, "the list tells stars")


@sentence(r"for (\S+@\S+) there waits nothing")
def waits_nothing(world, email):
    found = ask(world, email, "GET", "moderation/waiting")
    check(found.status == 200 and found.json == {"waiting": [], "next": None}, f"{found.status}: {found.text[:300]}")


def list_as(world, email, kind, wanted):
    found = ask(world, email, "GET", "moderation/waiting?limit=100" + (f"&kind={kind}" if kind else ""))
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    said = [one["opening"] for one in found.json["waiting"]]
    if len(said) != len(wanted) or not all(one.startswith(begin) for one, begin in zip(said, wanted)):
        raise Failed(f"there wait {said}")  # what was sent a moment ago may still be looked at
    world.kept["waiting"] = found.json["waiting"]
    return found


@sentence(r"of these the (\w+) (?:one )?may not be decided by (\S+@\S+): (\w+)")
def barred(world, place, email, why):
    at = {"first": 0, "second": 1, "third": 2}[place]
    one = ask(world, email, "GET", "moderation/waiting?limit=100").json["waiting"][at]
    check(one["barred"] == why, f"{one}")
    whole = ask(world, email, "GET", f"moderation/{ {'review': 'reviews', 'reply': 'replies', 'notice': 'notices', 'complaint': 'complaints'}[one['about']] }/{one['id']}")
    check(whole.status == 200 and whole.json["barred"] == why, f"{whole.status}: {whole.text[:300]}")


@sentence(r"(\S+@\S+) cannot find the first of these")
def foreign(world, email):
    first = world.kept["waiting"][0]
    plural = {"review": "reviews", "reply": "replies", "notice": "notices", "complaint": "complaints"}[first["about"]]
    found = ask(world, email, "GET", f"moderation/{plural}/{first['id']}")
    check(found.status == 404, f"{found.status}: {found.text[:300]}")
    decided = api(world, email, "POST", f"{first['id']}/decision", {"decision": "publish"})
    check(decided.status == 404, f"{decided.status}: {decided.text[:300]}")


@sentence(r"(\S+@\S+) has decided (\d+) today and (\d+) wait")
def tally(world, email, decided, left):
    found = ask(world, email, "GET", "moderation/summary?offset=60")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    check(found.json["decided_today"] == int(decided) and found.json["waiting"] == int(left), found.text)


@sentence(r"(\S+@\S+) reads the evidence by API: (\S+) is (\w+)")
def evidence(world, email, wanted, result):
    found = ask(world, email, "GET", "evidence")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    one = next(each for each in found.json["requirements"] if each["id"] == wanted)
    check(one["evidence"]["result"] == result, f"{one}")


@sentence(r"(\S+@\S+) measures by API, and (\S+) is (\w+)")
def measure(world, email, wanted, result):
    found = ask(world, email, "POST", "evidence", {})
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    one = next(each for each in found.json["requirements"] if each["id"] == wanted)
    check(one["evidence"]["result"] == result, f"{one}")
    days = ask(world, email, "GET", f"evidence/history?requirement={wanted}")
    today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    check(days.status == 200 and days.json["days"][0]["day"] == today and days.json["days"][0]["result"] == result, days.text[:300])


@sentence(r"(\S+@\S+) is told by API that the evidence is not for them")
def not_for(world, email):
    found = ask(world, email, "GET", "evidence")
    check(found.status == 403, f"{found.status}: {found.text[:300]}")


@sentence(r"(\S+@\S+) takes by API the statements of this month: (\d+), without the word (\w+)")
def statements(world, email, count, word):
    month = day(0)[:7]
    found = ask(world, email, "GET", f"evidence/statements?month={month}")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    lines = [json.loads(line) for line in found.text.splitlines() if line]
    check(len(lines) == int(count) and word not in found.text, found.text[:500])
    wrong = ask(world, email, "GET", "evidence/statements?month=2026-13")
    check(wrong.status == 422, f"{wrong.status}")


@sentence(r"(\S+@\S+) reads the log's state by API: its size is that of the checkpoint")
def log_state(world, email):
    found = ask(world, email, "GET", "evidence/log")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    check(found.json["size"] > 0 and found.json["checkpoint"].splitlines()[1] == str(found.json["size"]), found.text[:300])
