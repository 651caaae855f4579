"""What the platform makes of customers' words: signals of fakes, themes, what changed."""
import csv
import io
import itertools
import sqlite3

from runner.platform import psql
from runner.story import check, sentence
from runner.world import day
from steps.author import open_invitation, sends
from steps.desk import ask
from steps.integrators import caller
from steps.setting import columns, import_well


@sentence(r'the words that wait first are shown to (\S+@\S+) with "(.*?)"')
def shown_with(world, email, why):
    first = world.recall("waiting")[0]
    found = ask(world, email, "GET", f"moderation/reviews/{first['id']}")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    check(any(why in one["text"] for one in found.json["findings"]), f"{found.json['findings']}")


@sentence(r"(\S+@\S+) reads of the signal (\w+): (\d+) raised, (\d+) right, (\d+) false alarms?")
def signal_did(world, email, name, raised, right, wrong):
    found = ask(world, email, "GET", "moderation/signals")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    one = next((one for one in found.json["signals"] if one["name"] == name), None)
    check(one and (one["raised"], one["right"], one["false_alarms"]) == (int(raised), int(right), int(wrong)), found.text)


# Themes

def line_of(world, name, theme, where, about=""):
    found = caller(world, name).well("GET", f"/api/v1/themes?branch={where}&compare=previous&language=fr" + (f"&about={about}" if about else ""))
    return found, next((one for one in found["themes"] if one["theme"] == theme), None)


@sentence(r"(\w+) reads of (\S+) on (\S+): (\d+) reviews?, (\d+) praising, (\d+) complaining")
def reads_theme(world, name, theme, where, reviews, positive, negative):
    found, one = line_of(world, name, theme, where)
    check(one and (one["reviews"], one["positive"], one["negative"]) == (int(reviews), int(positive), int(negative)), found)
    low, high = one["interval"]
    check(0 <= low <= one["share_positive"] <= high <= 1, one)
    check(one["before"] == {"reviews": 0, "positive": 0, "negative": 0, "share_positive": None} and one["change"] is None, one)


@sentence(r"(\w+) finds no theme on (\S+)")
def no_theme(world, name, where):
    answer = caller(world, name).ask("GET", "/api/v1/themes?branch=" + where)
    check(answer.status == 404 or answer.json["themes"] == [], f"{answer.status}: {answer.text[:300]}")


@sentence(r'the words of (\S+) that (\w+) reads on (\S+) are "(.*)"')
def marked_words(world, theme, name, where, wanted):
    found = caller(world, name).well("GET", f"/api/v1/themes/{theme}/words?branch={where}")["words"]
    check(wanted in [one["body"][one["start"]:one["end"]] for one in found], found)


@sentence(r'in the review "(.*)" (\w+) is shown "(.*)" for (\S+)')
def marked_in_review(world, body, name, wanted, theme):
    listed = caller(world, name).well("GET", "/api/v1/reviews?limit=100")["reviews"]
    review = next(one for one in listed if one["excerpt"].startswith(body[:40]))
    read = caller(world, name).well("GET", f"/api/v1/reviews/{review['id']}/themes?language=fr")
    check(any(one["theme"] == theme and body[one["start"]:one["end"]] == wanted for one in read["themes"]), read)
    world.kept["read"] = read


@sentence(r"its words contradict its stars")
def contradicts(world):
    check(world.recall("read")["contradiction"] is True, world.recall("read"))


@sentence(r'the words "(.*)" stand highlighted on the page')
def highlighted(world, words):
    check(words in world.page.marked, world.page.marked)


@sentence(r"anybody reads by API that of (\d+) reviews of (\S+) (\d+) speak of (\S+)")
def public_themes(world, read, site, count, theme):
    found = world.web.get(f"/api/v1/sites/{site}/themes").json
    one = next(one for one in found["themes"] if one["theme"] == theme)
    check(found["made_by"] == "machine" and (found["reviews"], one["reviews"]) == (int(read), int(count)), found)


@sentence(r"the summary of (\S+) has a sentence with (\d) stars and one with (\d) stars, each word for word in its review")
def summary(world, site, one, other):
    found = world.web.get(f"/api/v1/sites/{site}/themes").json["summary"]
    check({int(one), int(other)} <= {each["rating"] for each in found}, found)
    for each in found:
        review = world.web.get("/api/v1/reviews/" + each["review"]).json
        check(each["text"] in review["body"] and each["rating"] == review["rating"], f"{each} {review}")


# Changes

def in_database(world, statement):
    if world.platform.database != "sqlite":
        return psql(world.platform.database, statement)
    with sqlite3.connect(world.platform.data + "/verbatim.db", timeout=20) as database:
        row = database.execute(statement).fetchone()
    return str(row[0]) if row else ""


drivers = itertools.count(1)


def visitors_come(world, count, site, product=""):
    """So many customers of the workshop who may be invited, each by an address of its own."""
    people = [next(drivers) for _ in range(count)]
    sheet = io.StringIO()
    out = csv.DictWriter(sheet, columns)
    out.writeheader()
    for n in people:
        out.writerow({"id": f"W{n}", "kind": "workshop", "occurred_on": day("-10"), "site": site, "product": product, "email": f"driver{n}@example.org", "first_name": "Dominique", "last_name": "Petit",
                      "customer": f"D{n}", "consent": "invitation=yes", "locale": "fr-FR"})
    import_well(world, "experiences", sheet.getvalue(), f"drivers-{people[0]}.csv")
    return [f"driver{n}@example.org" for n in people]


@sentence(r'(\d+) drivers of (\w+) at (\S+) say of it "(.*)"')
def drivers_say(world, count, product, site, text):
    """Each came to the workshop, was invited, and writes of the visit and of the vehicle."""
    people = visitors_come(world, int(count), site, product)
    for email in people:
        open_invitation(world, email, None)
        sends(world, "4", "Bien.", f'with 3 stars and "{text}" for the vehicle')
    world.kept["said"] = world.kept.get("said", 0) + 2 * len(people)


@sentence(r"all that was said is read")
def all_read(world):
    found = in_database(world, "SELECT COUNT(*) FROM review_reading")
    check(int(found) >= world.recall("said"), f"{found} of {world.recall('said')} are read")


@sentence(r"(\d+) reviews are read")
def reviews_read(world, count):
    found = in_database(world, "SELECT COUNT(*) FROM review_reading")
    check(int(found) >= int(count), f"{found} are read")


@sentence(r"what was said so far was said (\d+) days ago")
def long_ago(world, days):
    """A year of life in a story: the readings are moved back in the database."""
    for table in ("review_reading", "review_theme"):
        in_database(world, f"UPDATE {table} SET at = at - {int(days) * 86400}")


@sentence(r"the changes are looked for and (\d+) (?:is|are) told")
def look_for_changes(world, count):
    done = world.platform.command("trends")
    check(done.returncode == 0 and done.stdout.decode().startswith(count + " change"), (done.stdout + done.stderr).decode())


@sentence(r'(\w+) has the finding "(.*)" with (\d+) sentences, all "(.*)"')
def has_finding(world, name, title, count, words):
    found = [one for one in caller(world, name).well("GET", "/api/v1/findings")["findings"] if one["title"].startswith(title)]
    check(len(found) == 1, caller(world, name).well("GET", "/api/v1/findings"))
    view = caller(world, name).well("GET", "/api/v1/findings/" + found[0]["id"])
    said = [one["body"] for one in view["reviews"]]
    check(len(said) == int(count) and all(one == words for one in said), said)
    check("28" in view["finding"]["text"], view["finding"]["text"])
