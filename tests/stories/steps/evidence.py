"""The certification pack: made, read, held against its signature; the auditor's page."""
import datetime
import json
import os
import shutil
import sqlite3

from runner.platform import psql, run
from runner.story import check, sentence
from runner.world import day


def make(world, name):
    folder = world.path(name)
    shutil.rmtree(folder, ignore_errors=True)
    settings = [word for setting in world.settings for word in ("--set", setting)]
    done = world.platform.command("evidence", "--out", folder, "--at", world.kept["moment"], "--base-url", world.platform.url, *settings)
    check(done.returncode == 0, done.stderr.decode() + done.stdout.decode())
    return folder


def pack_file(world, name):
    with open(os.path.join(world.path("pack"), name), "rb") as file:
        return file.read()


def pack(world):
    return json.loads(pack_file(world, "evidence.json"))


def requirement(world, wanted):
    return next(one for one in pack(world)["requirements"] if one["id"] == wanted)


@sentence(r"the pack is made as of now into one folder(, and again into another)?")
def made(world, again):
    world.kept["moment"] = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    make(world, "pack")
    if again:
        make(world, "pack-again")


@sentence(r"the pack is made as of (\d+) days from now")
def made_later(world, days):
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=int(days))
    world.kept["moment"] = later.strftime("%Y-%m-%dT%H:%M:%SZ")
    make(world, "pack")


@sentence(r"the pack's duty (\S+) is (missing|done|overdue)")
def duty_stands(world, wanted, word):
    duty = requirement(world, wanted)["duty"]
    check(duty["state"] == word, f"{duty}")


@sentence(r"both packs are the same to the byte")
def same(world):
    for name in ("evidence.json", "evidence.pdf", "evidence.note"):
        with open(os.path.join(world.path("pack-again"), name), "rb") as file:
            check(file.read() == pack_file(world, name), f"{name} differs")
    check(pack_file(world, "evidence.pdf").startswith(b"%PDF-"), "no PDF")


@sentence(r"the pack holds (\d+) requirements, each with evidence or a named duty")
def whole(world, count):
    found = pack(world)["requirements"]
    check(len(found) == int(count) and len({one["id"] for one in found}) == int(count), f"{len(found)}")
    for one in found:
        check(one["clause"] and one["asks"] and one["how"], f"{one}")
        check(one["evidence"] or (one["duty"] and one["duty"]["who"]), f"{one['id']} has neither")


@sentence(r"each measured requirement says its value, what it expects and how it was asked")
def measured(world):
    for one in pack(world)["requirements"]:
        found = one["evidence"]
        if not found:
            continue
        check(found["result"] in ("met", "not_met", "figure", "nothing_yet"), f"{one['id']}: {found}")
        check(found["says"] and found["kind"], f"{one['id']}: {found}")
        check((found["kind"] == "query") == ("sql" in found), f"{one['id']}: {found}")


@sentence(r"the pack's requirement (\S+) is (met|not met)")
def stands(world, wanted, word):
    found = requirement(world, wanted)["evidence"]
    check(found["result"] == word.replace(" ", "_"), f"{found}")


@sentence(r"the pack's requirement (\S+) has (no proof|a proof of day (-?\d+))")
def proven(world, wanted, word, number):
    last = requirement(world, wanted)["duty"]["last_proof"]
    check(last is None if word == "no proof" else last and last["on"] == day(number), f"{last}")


@sentence(r"the pack names no word, name or address of (\S+)")
def silent(world, email):
    text = pack_file(world, "evidence.json").decode()
    for word in (email, "Durand", "oublié"):
        check(word not in text, f"it says {word}")


def signature(world):
    key = world.web.get("/log/key").text.strip()
    return run("evidence", "check", world.path("pack"), "--key", key)


@sentence(r"the pack's signature holds")
def signed(world):
    done = signature(world)
    check(done.returncode == 0, done.stdout.decode())


@sentence(r"with one byte of (evidence\.\w+) changed the pack's signature does not hold")
def tampered(world, name):
    path = os.path.join(world.path("pack"), name)
    good = pack_file(world, name)
    with open(path, "wb") as file:
        file.write(good[:100] + bytes([good[100] ^ 1]) + good[101:])
    done = signature(world)
    with open(path, "wb") as file:
        file.write(good)
    check(done.returncode == 1 and name in done.stdout.decode(), done.stdout.decode())


@sentence(r"the platform's reviews are meddled with, one losing its date of the experience")
def meddled(world):
    statement = "UPDATE review SET experience_on = NULL WHERE state = 'published'"
    if world.platform.database != "sqlite":
        psql(world.platform.database, statement)
        return
    with sqlite3.connect(os.path.join(world.platform.data, "verbatim.db"), timeout=10) as database:
        database.execute(statement)


@sentence(r"an auditor's link is made for (\S+)")
def linked(world, email):
    done = world.platform.command("evidence", "link", "--email", email, "--base-url", world.platform.url)
    check(done.returncode == 0, done.stderr.decode())
    world.kept["audit"] = done.stdout.decode().strip()


@sentence(r"the auditor's page is opened")
def opened(world):
    world.open(world.recall("audit"))


@sentence(r"the auditor measures again")
def again(world):
    world.answer = world.web.post(world.recall("audit"), {"again": "1"})
    check(world.answer.status == 200, f"{world.answer.status}")


@sentence(r"she lays down for (\S+) on day (-?\d+) the note \"(.*?)\"")
def lays_down(world, duty, number, note):
    world.answer = world.web.post_multipart(world.recall("audit"), [("duty", duty), ("on", day(number)), ("note", note)])


@sentence(r"the auditor's page is asked for (evidence\.\w+)")
def asked(world, name):
    world.open(world.recall("audit") + "/" + name)


@sentence(r"an unknown auditor's link is opened")
def unknown(world):
    world.open("/audit/AAAAAAAAAAAAAAAAAAAAAA")


@sentence(r"the statements of reasons are given out")
def give_out_statements(world):
    world.done = world.platform.command("export", "statements")
    check(world.done.returncode == 0, world.done.stderr.decode())


@sentence(r'(\d+) statements? of reasons says? (\w+) and (\w+) and none of "(.*)"')
def statements_say(world, count, reason, measure, words):
    text = world.done.stdout.decode()
    found = [json.loads(line) for line in text.splitlines()]
    check(len(found) == int(count) and found[0]["ground"]["reason"] == reason and found[0]["measure"] == measure, text)
    for word in words.split('", "'):
        check(word.lower() not in text.lower(), f"{word} is in {text}")
