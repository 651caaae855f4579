"""The desk's cases and reviews, over the API it uses: whom to call, what came of it, the second survey, finding words."""
import json
import re
import uuid

from runner.story import check, sentence
from steps.author import words
from steps.moderation import run_sql


@sentence(r"an API key for (\S+@\S+) as (\w+) of (\S+)")
def scoped_key(world, email, role, scope):
    done = world.platform.command("key", "add", "--email", email, "--role", role, "--scope", scope)
    check(done.returncode == 0, done.stderr.decode())
    world.kept["key " + email] = done.stdout.decode().strip()


def ask(world, email, method, path, body=None):
    headers = {"Authorization": "Bearer " + world.recall("key " + email), "Content-Type": "application/json"}
    world.answer = world.web.ask(method, "/api/v1/" + path, json.dumps(body).encode() if body is not None else None, headers)
    return world.answer


def read(world, email, path):
    got = ask(world, email, "GET", path)
    check(got.status == 200, f"{path}: {got.status}: {got.text[:300]}")
    return got.json


def first_case(world, email, stage=None):
    """The only case this person reaches, whatever became of it."""
    for one in [stage] if stage else ["open", "called", "closed"]:
        found = read(world, email, "cases?stage=" + one)["cases"]
        if found:
            world.kept["case id"] = found[0]["id"]
            return found[0]
    check(False, "no case is there")


def act(world, email, what, body):
    return ask(world, email, "POST", f"cases/{first_case(world, email)['id']}/{what}", body)


@sentence(r"(\S+@\S+) sees (\d+) customers? (to call|late|called|closed|due)")
def sees(world, email, count, stage):
    found = read(world, email, "cases?stage=" + {"to call": "open"}.get(stage, stage))["cases"]
    check(len(found) == int(count), f"{len(found)}: {[(one['customer_name'], one['stage']) for one in found]}")


@sentence(r"(\S+@\S+) sees that the case was escalated at (\d+) h")
def escalated(world, email, hours):
    check(first_case(world, email)["level"] == int(hours), f"{first_case(world, email)['level']}")


@sentence(r"(\S+@\S+) sees that the case is( not)? late")
def is_late(world, email, not_):
    check(first_case(world, email)["late"] is (not not_), f"{first_case(world, email)}")


@sentence(r"(\d+) hours pass for the cases")
def hours_pass(world, hours):
    """The clocks of the cases run on; nothing else grows older."""
    seconds = int(hours) * 3600
    world.platform.stop()
    run_sql(world, f"UPDATE recovery_case SET opened_at = opened_at - {seconds}, due_at = due_at - {seconds}",
            f"UPDATE recovery_case SET first_call_at = first_call_at - {seconds} WHERE first_call_at IS NOT NULL",
            f"UPDATE job SET run_at = run_at - {seconds} WHERE kind = 'recover' AND state = 0")
    world.start()


@sentence(r'(\S+@\S+) notes in the desk that the call was (reached|not_reached|call_back): "(.*?)"')
def notes(world, email, outcome, note):
    world.kept["call"] = {"call": str(uuid.uuid4()), "outcome": outcome, "note": words(note)}
    got = act(world, email, "calls", world.kept["call"])
    check(got.status == 201, f"{got.status}: {got.text[:300]}")


@sentence(r"the same call is sent again by (\S+@\S+) and counts once")
def again(world, email):
    before = len(read(world, email, "cases/" + world.recall("case id"))["call_list"])
    got = ask(world, email, "POST", f"cases/{world.recall('case id')}/calls", world.recall("call"))
    check(got.status == 200, f"{got.status}: {got.text[:300]}")
    check(len(got.json["call_list"]) == before, f"{got.json['call_list']}")


@sentence(r'(\S+@\S+) hands the case over to (\S+@\S+): "(.*?)"')
def hands_over(world, email, to, note):
    act(world, email, "handover", {"to": to, "note": note})


@sentence(r'(\S+@\S+) closes the case as (\w+): "(.*?)"')
def closes(world, email, cause, done):
    act(world, email, "close", {"cause": cause, "done": done, "satisfied": "yes"})


@sentence(r"(\S+@\S+) opens the case again in the desk")
def reopens(world, email):
    act(world, email, "reopen", {})


@sentence(r'(\S+@\S+) plans "(.*?)" for (\S+)')
def plans(world, email, what, when):
    act(world, email, "plan", {"at": when, "what": what})


@sentence(r"the desk answers (\d+)(?: (\w+))?")
def answers(world, status, code):
    check(world.answer.status == int(status), f"{world.answer.status}: {world.answer.text[:300]}")
    if code:
        check(world.answer.json.get("code") == code, world.answer.text[:300])


@sentence(r'the case of (\S+@\S+) shows (\d+) visits?, (\d+) earlier reviews? and the note "(.*?)"')
def shows(world, email, visits, earlier, note):
    one = read(world, email, "cases/" + first_case(world, email)["id"])
    check(len(one["visits"]) == int(visits) and len(one["earlier"]) == int(earlier), f"{one['visits']} {one['earlier']}")
    check(any(call["note"] == words(note) for call in one["call_list"]), f"{one['call_list']}")


@sentence(r"to (\S+@\S+) the same case does not exist")
def foreign(world, email):
    id_ = world.recall("case id")
    for method, path, body in [("GET", "", None), ("GET", "/people", None), ("POST", "/calls", {"outcome": "reached"}), ("POST", "/plan", {"at": None}), ("POST", "/close", {}),
                               ("POST", "/reopen", {}), ("POST", "/cause", {"cause": "waiting"}), ("POST", "/handover", {"to": email})]:
        got = ask(world, email, method, f"cases/{id_}{path}", body)
        check(got.status == 404, f"{method} {path}: {got.status} {got.text[:200]}")


# The second survey

@sentence(r"(\S+@\S+) opens the second survey")
def open_survey(world, address):
    world.kept["again"] = world.outbox.newest(address, "second_survey").link("/again/")
    world.open(world.kept["again"])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r'(?:s?he) answers it with (\d) stars?, solved (yes|partly|no): "(.*?)"')
def answer_survey(world, stars, solved, text):
    form = world.page.form_with("rating", "solved", "words")
    world.answer = world.web.post(form.action, form.filled({"rating": stars, "solved": solved, "words": words(text)}))


@sentence(r"the second survey is opened again and answers (\d+)")
def survey_again(world, status):
    world.open(world.recall("again"))
    check(world.answer.status == int(status), f"{world.answer.status}")


@sentence(r'(\S+@\S+) reads in the case that (\d) stars became (\d), solved (yes|partly|no): "(.*?)"')
def reads_survey(world, email, first, second, solved, text):
    survey = read(world, email, "cases/" + first_case(world, email)["id"])["survey"]
    check((survey["first_rating"], survey["rating"], survey["solved"], survey["words"]) == (int(first), int(second), solved, words(text)), f"{survey}")


@sentence(r"(\S+@\S+) reads in the case that the customer was not asked: (\w+)")
def not_asked(world, email, why):
    survey = read(world, email, "cases/" + first_case(world, email)["id"])["survey"]
    check(survey and survey["state"] == "not_asked" and survey["reason"] == why, f"{survey}")


# Reviews

@sentence(r'(\S+@\S+) finds (\d+) reviews? (?:with "(.*?)")?(?: ?where (\S+))?')
def finds(world, email, count, text, where):
    path = "reviews?" + "&".join(filter(None, ["q=" + re.sub(r"\s+", "+", text) if text else "", where or ""]))
    found = read(world, email, encode(path))["reviews"]
    check(len(found) == int(count), f"{len(found)}: {[one['excerpt'] for one in found]}")
    world.kept["found"] = found


def encode(path):
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in path)


@sentence(r'the first one is marked at "(.*?)"')
def marked(world, text):
    one = world.recall("found")[0]
    check([one["excerpt"][start:end] for start, end in one["marks"]] == [text], f"{one['excerpt']!r} {one['marks']}")


@sentence(r"(\S+@\S+) exports (\d+) rows?(?: where (\S+))?")
def exports(world, email, count, where):
    got = ask(world, email, "GET", "reviews.csv" + ("?" + where if where else ""))
    check(got.status == 200, f"{got.status}: {got.text[:300]}")
    check(got.text.count("\r\n") == int(count) + 1, got.text[:500])


@sentence(r'the advice to (\S+@\S+) on the answer "(.*?)" is (\S+)')
def advice(world, email, text, wanted):
    review = read(world, email, "reviews?limit=1")["reviews"][0]["id"]
    got = ask(world, email, "POST", "tone-check", {"review": review, "body": words(text)})
    check(got.status == 200, f"{got.status}: {got.text[:300]}")
    found = sorted({one["rule"] for one in got.json["advice"]})
    check(found == ([] if wanted == "nothing" else sorted(wanted.split(","))), f"{found}")


@sentence(r"the desk takes the newest review for (\w+)(?: with the signs (\S+))? to (\S+@\S+)")
def situation(world, wanted, signs, email):
    review = read(world, email, "reviews?limit=1")["reviews"][0]["id"]
    help_ = read(world, email, f"reviews/{review}/help")
    check(help_["situation"] == wanted and help_["signals"] == (signs.split(",") if signs else []), f"{help_['situation']} {help_['signals']}")
    check(help_["templates"] and help_["templates"][0]["situation"] == wanted and "{personal}" in help_["templates"][0]["body"], f"{help_['templates'][:1]}")


@sentence(r'(\S+@\S+) answers the newest review: "(.*?)"')
def sends_reply(world, email, text):
    review = read(world, email, "reviews?limit=1")["reviews"][0]["id"]
    ask(world, email, "POST", f"reviews/{review}/reply", {"body": words(text)})
