"""What the plan tells a data platform: lines, and how they go on."""
import json
import os
import re

from runner.story import check, sentence
from steps.integrators import caller
from steps.moderation import run_sql
from steps.paper import choose
from steps.plan import letters
from steps.privacy import select


def feed(world, after=None):
    done = world.platform.command("plan", "feed", *(["--after", after] if after else []))
    check(done.returncode == 0, done.stderr.decode())
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def more_of_feed(world):
    """Behind what was found last. PostgreSQL shows an event when no older transaction of its server writes, so stories wait for it."""
    return feed(world, world.kept.get("feed until"))


def of_person(world, email, events):
    lines = more_of_feed(world)
    check([one["event"] for one in lines] == events.split(), json.dumps(lines))
    known = world.kept.setdefault("pseudonyms", {})
    found = {one["person"] for one in lines}
    check(len(found) == 1 and re.fullmatch(r"[0-9a-f]{32}", min(found)), f"{found}")
    check(known.setdefault(email, min(found)) == min(found), f"{known} and {found}")
    check(len(set(known.values())) == len(known), f"one pseudonym for two people: {known}")
    world.kept["feed until"] = lines[-1]["id"]


@sentence(r"the feed tells, of (\S+@\S+), of ([\w ]+)")
def tells(world, email, events):
    of_person(world, email, events)


@sentence(r"the feed goes on, of (\S+@\S+), with ([\w ]+)")
def goes_on(world, email, events):
    of_person(world, email, events)


@sentence(r"the feed goes on with nothing")
def nothing_more(world):
    lines = more_of_feed(world)
    check(lines == [], json.dumps(lines))


@sentence(r"no line of the feed holds (.+)")
def holds_not(world, words):
    said = "\n".join(json.dumps(one, ensure_ascii=False) for one in feed(world))
    check(said, "there is no line")
    for word in re.findall(r'"(.+?)"', words):
        check(word not in said, f"{word}: {said}")


@sentence(r"the events that (\w+) reads without naming them hold no journey")
def not_unasked(world, name):
    page = caller(world, name).well("GET", "/api/v1/events?limit=500")
    kinds = [one["kind"] for one in page["events"]]
    check(kinds and not [kind for kind in kinds if kind.startswith("journey.")], f"{kinds}")


@sentence(r"a minute passes for what came in")
def earlier(world):
    run_sql(world, "UPDATE experience SET imported_at = imported_at - 60")


@sentence(r"somebody reads the letter of (\S+@\S+) that begins \"(.+)\" and follows its first link")
def follow(world, email, beginning):
    """Reading takes a minute; so does being sure that no program does it."""
    run_sql(world, "UPDATE message SET sent_at = sent_at - 60 WHERE state = 'sent'")
    link = re.search(r"(/c/[^\s\"<>]+)", letters(world, email, beginning)[-1].text)[1]
    answer = world.web.ask("GET", link, None, {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"})
    check(answer.status in (302, 303, 307), f"{answer.status}")
    for table in ("plan_click", "plan_click_waiting"):
        run_sql(world, f"UPDATE {table} SET at = at - 60")


@sentence(r"a file of the feed that was cut in its last line is whole again after the next time")
def cut(world):
    path = world.path("feed.jsonl")

    def write():
        done = world.platform.command("plan", "feed", "--out", path)
        check(done.returncode == 0, done.stderr.decode())
        with open(path, "rb") as file:
            return file.read()
    whole = write()
    check(whole.count(b"\n") == len(feed(world)) > 1, whole.decode())
    check(write() == whole, "nothing new, and yet the file grew")
    os.truncate(path, len(whole) - 17)
    check(write() == whole, "it is another file now")
    check(os.stat(path).st_mode & 0o077 == 0, "others may read it")


@sentence(r"(\S+@\S+) agrees that the data platform is told")
def agrees(world, email):
    choose(world, email, {"purpose_data_platform": "yes"})


@sentence(r"(\S+@\S+) takes back that the data platform is told")
def takes_back(world, email):
    choose(world, email, {"purpose_data_platform": None})


@sentence(r"the export of (\S+@\S+) names the pseudonym of (\S+@\S+)")
def exported(world, email, whose):
    done = world.platform.command("export", "person", "--email", email)
    check(done.returncode == 0, done.stderr.decode())
    check(json.loads(done.stdout)["known_to_data_platform_as"] == [world.recall("pseudonyms")[whose]], done.stdout.decode())


@sentence(r"the operator erases (\S+@\S+)")
def erased(world, email):
    done = world.platform.command("erase", "--email", email)
    check(done.returncode == 0, (done.stdout + done.stderr).decode())


# ---- Kafka ----------------------------------------------------------------------------------------------------------------------

def taken(world):
    """How far Kafka's brokers have acknowledged the feed."""
    return select(world, "SELECT event_tx || '-' || event_id FROM plan_feed_cursor WHERE receiver = 'kafka'")


@sentence(r"the server has said \"(.+)\"")
def has_said(world, words):
    with open(world.platform.said, encoding="utf-8") as file:
        check(words in file.read(), "it has not")


@sentence(r"nothing of the feed counts as taken by Kafka")
def nothing_taken(world):
    check(taken(world) == "", f"{taken(world)}")


@sentence(r"from the next start a test cluster of the client's own takes the feed")
def own_cluster(world):
    with open(world.path("kafka.properties"), "w", encoding="ascii") as file:
        file.write("# librdkafka's mock cluster, inside the server\ntest.mock.num.brokers=3\n")
    world.platform.settings.append("plan.kafka_config_file=" + world.path("kafka.properties"))


@sentence(r"all of the feed counts as taken by Kafka")
def all_taken(world):
    check(taken(world) == feed(world)[-1]["id"], f"{taken(world)} of {feed(world)[-1]['id']}")


@sentence(r"the figures for watching show that (something|nothing) of the feed waits")
def watched(world, what):
    found = re.search(r"^verbatim_feed_waiting_seconds (\S+)$", world.web.get("/metrics").text, re.M)
    check(found, "there is no such figure")
    check((float(found[1]) > 0) == (what == "something"), found[1])
