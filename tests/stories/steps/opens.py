"""Letters that tell that they were opened: their picture, asked for by people and by programs."""
import re

from runner.story import check, sentence
from runner.world import day
from steps.cases import read
from steps.moderation import run_sql
from steps.plan import letters

READER = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
BEGINNING = "Votre Aurelle"


@sentence(r"in the plan opens of the welcome are measured")
def measured(world):
    first = 'consent = ["yes", "soft_optin"]'
    world.kept["plan changes"] = [(first, first + '\nopens = true\nwhen.consent.tracking = "yes"')]


def pictures(world, email):
    return re.findall(r'<img[^>]* src="([^"]+)"', letters(world, email, BEGINNING)[-1].html)


@sentence(r"the letter to (\S+@\S+) holds one picture of its own, and says how to take that back")
def holds_picture(world, email):
    found = pictures(world, email)
    check(len(found) == 1 and "/o/" in found[0], f"{found}")
    html = letters(world, email, BEGINNING)[-1].html
    check(re.search(r'<a href="[^"]*/u/[^"]+"[^>]*>Retirer cet accord</a>', html), "no way to take it back")


@sentence(r"a minute passes for letters that went")
def minute(world):
    run_sql(world, "UPDATE message SET sent_at = sent_at - 60 WHERE sent_at IS NOT NULL")


def fetch(world, path, agent):
    answer = world.web.get(path, {"User-Agent": agent})
    check(answer.status == 200 and answer.header("Content-Type") == "image/gif", f"{answer.status} {answer.header('Content-Type')}")
    check(answer.header("Set-Cookie") is None and answer.header("Cache-Control") == "no-store", f"{answer.headers}")
    check(answer.body.startswith(b"GIF89a") and len(answer.body) == 43, f"{answer.body!r}")


def path_of(world, email):
    return "/o/" + pictures(world, email)[0].split("/o/")[1]


@sentence(r"(\S+@\S+) opens the letter")
def opens(world, email):
    fetch(world, path_of(world, email), READER)


@sentence(r"a program of (\S+@\S+) fetches its picture ahead")
def prefetch(world, email):
    fetch(world, path_of(world, email), "Mozilla/5.0")


@sentence(r"somebody asks for a picture with another signature")
def forged(world):
    path = path_of(world, "hugo@example.org")
    fetch(world, path[:-1] + ("0" if path[-1] != "0" else "1"), READER)
    fetch(world, "/o/nothing", READER)


@sentence(r"(\S+@\S+) takes back being measured by the link in it")
def take_back(world, email):
    path = re.search(r'href="[^"]*(/u/[^"]+)"[^>]*>Retirer cet accord</a>', letters(world, email, BEGINNING)[-1].html)[1]
    world.open(path)
    form = world.page.form_with("preferences", "purpose_tracking")
    check(form.chosen("purpose_tracking"), "being measured is not shown as agreed")
    world.answer = world.web.post(form.action, form.filled({"purpose_tracking": None}))
    check(world.answer.status == 200, f"{world.answer.status}")


@sentence(r"(\S+@\S+) sees (\d+) letters measured, (\d+) opened and (\d+) by programs alone")
def sees(world, member, *expected):
    effects = read(world, member, f"plan/effects?from={day(-40)}&until={day(2)}")["effects"]
    sums = tuple(sum(one[key] for one in effects) for key in ("measured", "opened", "opened_by_programs"))
    check(sums == tuple(int(one) for one in expected), f"{sums}")
