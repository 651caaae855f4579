"""What a person may know, take back and say in confidence: consents, notices, pressure, several numbers."""
import subprocess

from runner.pages import spaces_alike
from runner.story import Failed, check, sentence
from steps.author import act, open_space
from steps.privacy import select


# Pressure


@sentence(r"the page does not ask about pressure")
def does_not_ask(world):
    check("pressure_answer" not in world.answer.text, "it does")


@sentence(r"s?he answers the question with nothing")
def answers_nothing(world):
    open_space(world)
    act(world, "pressure_answer")


@sentence(r's?he answers the question with (no|pressed|offered): "(.*?)"')
def answers(world, answer, words):
    open_space(world)
    act(world, "pressure_answer", {"answer": answer, "what": words})


def key_of(world, email, role):
    done = world.platform.command("key", "add", "--email", email, "--role", role)
    check(done.returncode == 0, done.stderr.decode())
    return done.stdout.decode().strip()


def register(world, role):
    key = key_of(world, role + "@aurelle.example", role)
    return world.web.get("/api/v1/pressure", headers={"Authorization": "Bearer " + key})


@sentence(r'headquarters reads in the register of pressure: (\w+) after (\w+), (\w+), "(.*?)"')
def reads(world, cause, contact, answer, words):
    got = register(world, "hq")
    check(got.status == 200, f"{got.status}: {got.text[:300]}")
    found = [one for one in got.json["cases"] if one["cause"] == cause and one["contact"]["kind"] == contact and one["answer"] == answer and one["words"] == words]
    check(len(found) == 1, got.text)


@sentence(r"the auditor reads the register of pressure, the moderator and the administrator do not")
def who_reads(world):
    for role, status in (("auditor", 200), ("moderator", 403), ("admin", 403)):
        got = register(world, role)
        check(got.status == status, f"{role}: {got.status}")
    check(world.web.get("/api/v1/pressure").status == 401, "anybody reads it")


@sentence(r"the public counts of pressure name no site")
def no_counts(world):
    got = world.web.get("/api/v1/pressure/sites").json
    check(got == {"shown_from": 5, "sites": []}, str(got))


@sentence(r"the public counts of pressure name (\S+) with (\d+) authors")
def counts(world, site, count):
    got = world.web.get("/api/v1/pressure/sites").json
    check(got["sites"] == [{"site": site, "authors_pressed": int(count)}], str(got))
    shown = world.web.get("/transparency.json").json["declared"]["pressure"]
    check(shown == [{"site": site, "reports": int(count)}], str(shown))


# Notices and consents

@sentence(r"the notice to (\S+@\S+) is kept as sent")
def notice_kept(world, email):
    found = select(world, "SELECT COUNT(*) FROM privacy_notice n JOIN message m ON m.id = n.message WHERE n.version <> '' AND m.mail_template = 'invitation'")
    check(found == "1", found)


@sentence(r"the consent ledger of (\S+@\S+) holds (.*)")
def ledger(world, email, lines):
    done = world.platform.command("export", "person", "--email", email)
    check(done.returncode == 0, done.stderr.decode())
    import json
    found = ", ".join(f"{one['purpose']} {one['basis']} by {one['source']}" for one in json.loads(done.stdout)["consents"])
    check(found == lines, found)


@sentence(r"no line of the consent ledger can be changed")
def append_only(world):
    sql = "UPDATE consent SET basis = 'yes'"
    if world.platform.database == "sqlite":
        import os
        import sqlite3
        with sqlite3.connect(os.path.join(world.platform.data, "verbatim.db"), timeout=10) as database:
            try:
                database.execute(sql)
            except sqlite3.DatabaseError as refused:
                check("append-only" in str(refused), str(refused))
                return
            database.rollback()
        raise Failed("it can")
    done = subprocess.run(["psql", "-X", "-q", "-d", world.platform.database, "-c", sql], capture_output=True, text=True)
    check(done.returncode != 0 and "append-only" in done.stderr, "it can: " + done.stderr)


@sentence(r"no invitation was sent without a line of the ledger")
def covered(world):
    found = select(world, "SELECT COUNT(*) FROM message m WHERE m.purpose = 'invitation' AND m.state = 'sent' AND NOT EXISTS (SELECT 1 FROM consent c "
                          "WHERE c.customer = m.customer AND c.purpose = 'invitation' AND c.at <= m.created_at)")
    check(found == "0", found)


# Several numbers

@sentence(r"the newest invitation of (\S+@\S+) about (.+?) is answered with (\d) stars? \"(.*?)\"")
def answer_about(world, email, site, stars, words):
    mails = [mail for mail in world.outbox.to(email, "invitation") if spaces_alike(site) in mail.words]
    check(mails, "no such invitation")
    world.she = email
    world.open(mails[-1].link("/r/"))
    form = world.page.form_with("rating", "declaration")
    world.answer = world.web.post(form.action, form.filled({"rating": stars, "body": words, "declaration": "yes"}))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r'the export does not hold "(.*?)"')
def export_lacks(world, text):
    import json
    check(text not in json.dumps(world.recall("export"), ensure_ascii=False), "it does")


@sentence(r'verbatim export person of (\S+@\S+) does not hold "(.*?)"')
def person_lacks(world, email, text):
    done = world.platform.command("export", "person", "--email", email)
    check(done.returncode == 0 and text.encode() not in done.stdout, (done.stdout + done.stderr).decode())


@sentence(r"the administrator erases (\S+@\S+)")
def administrator_erases(world, email):
    done = world.platform.command("erase", "--email", email)
    check(done.returncode == 0, (done.stdout + done.stderr).decode())


# Answers to every review

def answer_form(world, address):
    world.open(world.outbox.newest(address, "new_reviews").link("/answer/"))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")
    return world.page.form_with("reply")


@sentence(r'(\S+@\S+) answers the newest review in (?:her|his) letter: "(.*?)"')
def answer_letter(world, address, text):
    form = answer_form(world, address)
    world.answer = world.web.post(form.action, form.filled({"reply": text}))


@sentence(r"(\S+@\S+) answers the newest review in (?:her|his) letter with nothing")
def answer_letter_empty(world, address):
    form = answer_form(world, address)
    world.answer = world.web.post(form.action, form.filled({"reply": " "}))


@sentence(r"headquarters sees that (\S+) answered (\d+) of (\d+) reviews? within 7 days")
def answered_within(world, site, answered, published):
    key = key_of(world, "hq@aurelle.example", "hq")
    got = world.web.get("/api/v1/replies", headers={"Authorization": "Bearer " + key})
    check(got.status == 200, f"{got.status}")
    one = next((row for row in got.json["sites"] if row["site"] == site), None)
    check(one and one["answered_within"] == int(answered) and one["published"] == int(published) and one["open_late"] == 0 and "p50_seconds" in one, str(one))
    check(one["longest_shown_seconds"] < 60, str(one))


# Insiders

@sentence(r"the newest held review is flagged (\S+) as (\w+)")
def flagged(world, rule, reason):
    found = select(world, "SELECT findings FROM review WHERE state = 'held' ORDER BY submitted_at DESC, id DESC LIMIT 1")
    check(f'"{rule}"' in found and f'"{reason}"' in found, found or "none is held")


@sentence(r'(\S+@\S+) sends from the address (\S+) (\d) stars? "(.*?)"')
def answers_from(world, email, address, stars, words):
    from runner.story import wait_for
    world.she = email
    world.open(wait_for(lambda: world.outbox.newest(email, "invitation")).link("/r/"))
    form = world.page.form_with("rating", "declaration")
    fields = form.filled({"rating": stars, "body": words, "declaration": "yes"})
    world.answer = world.web.post(form.action, fields, headers={"X-Forwarded-For": address})
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


# The address of who was not asked

@sentence(r"(\S+@\S+) only looks at the page to confirm the address")
def look_at_confirm(world, email):
    world.open(world.outbox.newest(email, "confirm_address").link("/confirm/"))
    check(world.answer.status == 200, f"{world.answer.status}")


@sentence(r"(\S+@\S+) confirms the address")
def confirms(world, email):
    world.she = email
    look_at_confirm(world, email)
    form = world.page.form_with("confirm")
    world.answer = world.web.post(form.action, form.filled({"confirm": "yes"}))
    check(world.answer.status == 200, f"{world.answer.status}")
