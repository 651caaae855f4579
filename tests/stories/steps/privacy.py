"""Leaving: no more mails, no more words, not even on the disk."""
import base64
import glob
import os
import subprocess

from runner.platform import psql
from runner.story import check, sentence


def unsubscribe_path(world, email):
    mail = world.outbox.newest(email, "invitation")
    header = str(mail.message["List-Unsubscribe"] or "")
    check(str(mail.message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click", "no List-Unsubscribe-Post")
    check(header.startswith("<http") and header.count("<http") == 1, f"List-Unsubscribe is {header}")
    address = header[1:header.index(">")]
    check("/u/" in address and mail.link("/u/") in address, "the link in the text is another")
    return mail.link("/u/")


@sentence(r"the mail program of (\S+@\S+) unsubscribes with one click as (a form|multipart)")
def one_click(world, email, how):
    path = unsubscribe_path(world, email)
    fields = [("List-Unsubscribe", "One-Click")]
    world.answer = world.web.post(path, fields) if how == "a form" else world.web.post_multipart(path, fields)
    check(world.answer.status == 200 and world.answer.header("Location") is None, f"{world.answer.status}, to {world.answer.header('Location')}")
    check(world.answer.header("Set-Cookie") is None, "it sets a cookie")


@sentence(r"(\S+@\S+) only looks at the unsubscribe page")
def look(world, email):
    world.open(unsubscribe_path(world, email))
    check(world.answer.status == 200, f"{world.answer.status}")


@sentence(r"(\S+@\S+) wants invitations again")
def resubscribe(world, email):
    path = unsubscribe_path(world, email)
    world.open(path)
    form = world.page.form_with("preferences", "purpose_invitation")
    world.answer = world.web.post(form.action, form.filled({"purpose_invitation": "yes"}))
    check(world.answer.status == 200, f"{world.answer.status}")


@sentence(r"the experience (\S+) is (waiting|invited|answered|expired|suppressed)(?: because of (\w+))?")
def outcome(world, number, state, reason):
    found = select(world, f"SELECT outcome || ' ' || COALESCE(reason, '') FROM experience WHERE id = '{number}'")
    check(found == f"{state} {reason or ''}".rstrip() or found == f"{state} {reason or ''}", f"it is {found!r}")


def select(world, sql):
    """A look into the database beside the server; stories read only."""
    if world.platform.database != "sqlite":
        return psql(world.platform.database, sql)
    import sqlite3
    with sqlite3.connect(f"file:{os.path.join(world.platform.data, 'verbatim.db')}?mode=ro", uri=True, timeout=10) as database:
        row = database.execute(sql).fetchone()
        return "" if row is None else str(row[0])


def database_bytes(world):
    if world.platform.database == "sqlite":
        out = b""
        for path in filter(os.path.isfile, glob.glob(os.path.join(world.platform.data, "verbatim.db*"))):
            with open(path, "rb") as file:
                out += file.read()
        return out
    dumped = subprocess.run(["pg_dump", "-d", world.platform.database], capture_output=True)
    check(dumped.returncode == 0, dumped.stderr.decode())
    return dumped.stdout


@sentence(r'the bytes of the database hold "(.*?)"')
def bytes_hold(world, text):
    check(text.encode() in database_bytes(world), "they do not")


@sentence(r'the bytes of the database hold "(.*?)" no more')
def bytes_gone(world, text):
    check(text.encode() not in database_bytes(world), "they do")


@sentence(r"the bytes of the database hold (?:her|his) salt no more")
def salt_gone(world):
    salt = world.recall("salt")
    held = database_bytes(world)
    raw = base64.b64decode(salt)
    check(salt.encode() not in held and raw not in held and raw.hex().encode() not in held, "they do")


@sentence(r'neither API nor pages of (site|product) (\S+) hold "(.*?)"')
def nowhere(world, word, code, text):
    subject = ("sites/" if word == "site" else "products/") + code
    paths = [f"/api/v1/{subject}/reviews", f"/api/v1/{subject}/rating", f"/en/{subject}", f"/fr/{subject}", "/en/", "/fr/", f"/w/{subject}.json",
             "/feeds/product-reviews.xml", "/en/transparency"]
    for path in paths:
        check(text not in world.web.get(path).text, f"{path} does")


@sentence(r"(?:her|his) review page answers (\d+)")
def review_page(world, status):
    review = world.recall("receipt")["review"]
    for path in (f"/en/reviews/{review}", f"/api/v1/reviews/{review}"):
        answer = world.web.get(path)
        check(answer.status == int(status), f"{path}: {answer.status}")


@sentence(r"(?:her|his) old links open nothing")
def old_links(world):
    for mail in world.outbox.to(world.she):
        for path in ("/me/", "/r/"):
            if path in mail.text:
                answer = world.web.get(mail.link(path))
                check(answer.status in (404, 410), f"{path} answers {answer.status}")


@sentence(r'no mail sent from now on holds "(.*?)"')
def mails_silent(world, text):
    before = world.kept.setdefault("mails before", {mail.name for mail in world.outbox.all()})
    held = [mail.subject for mail in world.outbox.all() if mail.name not in before and (text in mail.text or text in mail.html)]
    check(not held, f"these do: {held}")
