"""The figures of the transparency page: shown, downloaded, counted by the program and counted here."""
import csv
import io
import json
import os
import re
import sqlite3
from html.parser import HTMLParser

from runner.log_math import Log
from runner.platform import psql, run
from runner.story import check, sentence


class Cells(HTMLParser):
    """Each number of the page under the place it names: by_star/0/received -> 12."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.found, self.place, self.rates = [], {}, None, {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "data-row" in attributes:
            self.rows.append((tag, attributes["data-row"]))
        if "data-figure" in attributes:
            self.place = (tag, self.rows[-1][1] + "/" + attributes["data-figure"], self.found)
            self.found.setdefault(self.place[1], "")
        if "data-rate" in attributes:
            self.place = (tag, self.rows[-1][1] + "/" + attributes["data-rate"], self.rates)
            self.rates[self.place[1]] = ""

    def handle_data(self, data):
        if self.place:
            self.place[2][self.place[1]] = data

    def handle_endtag(self, tag):
        if self.place and tag == self.place[0]:
            self.place = None
        if self.rows and tag == self.rows[-1][0]:
            self.rows.pop()


def counted(world):
    done = run("log", "figures", world.platform.url)
    check(done.returncode == 0, done.stderr.decode())
    return json.loads(done.stdout)


def at(figures, place):
    for part in place.split("/"):
        figures = figures[int(part)] if isinstance(figures, list) else figures[part]
    return figures


def by_hand(entries):
    """What became of each review, from the entries as the format describes them and nothing else."""
    reviews = {}
    for entry in entries:
        kind = entry["kind"]
        if kind == "collected":
            reviews.setdefault(entry["review"], {"at": entry["at"], "state": "pending"})
        one = reviews.get(entry.get("review"))
        if one is None:
            continue
        if kind in ("published", "revised"):
            one["state"] = "visible"
        elif kind == "refused":
            one["state"] = "refused"
        elif kind in ("withdrawn", "erased", "removed"):
            one["state"] = {"visible": kind, "pending": "left"}.get(one["state"], one["state"])
        if kind in ("published", "refused"):
            one.setdefault("took", entry["at"] - one["at"])
    states = [one["state"] for one in reviews.values()]
    count = {state: states.count(state) for state in ("pending", "visible", "refused", "left", "withdrawn", "erased", "removed")}
    took = sorted(one["took"] for one in reviews.values() if "took" in one)
    return count | {"received": len(states), "delay_max": took[-1] if took else None,
                    "delay_p50": took[(len(took) + 1) // 2 - 1] if took else None}


@sentence(r"every figure of the transparency page is the one counted from the log")
def every_figure(world):
    figures = counted(world)
    check(world.web.get("/transparency.json").json == figures, "the download differs from what `log figures` counts")
    for language in ("en", "fr", "de"):
        answer = world.web.get(f"/{language}/transparency")
        check(answer.status == 200, f"{answer.status}")
        cells = Cells(answer.text)
        check(len(cells.found) > 30, f"only {len(cells.found)} figures on the page")
        for place, shown in cells.found.items():
            check(re.sub(r"\D", "", shown) == str(at(figures, place)), f"{language} {place}: the page shows {shown!r}, the log makes {at(figures, place)}")
        for place, shown in cells.rates.items():
            rate = at(figures, place)
            digits = shown.replace(",", ".").replace("\u202f", "").replace("\u00a0", "").replace("%", "").strip()
            check((digits == "–") == (rate is None) and (rate is None or abs(float(digits) - float(rate) * 100) < 0.06), f"{place}: {shown!r}, the log makes {rate}")
        for row in figures["by_star"] + figures["by_country"] + figures["by_month"] + figures["by_reason"]:
            check(row, "an empty row")
        tables = {place.split("/")[0] for place in cells.found}
        wanted = {name for name in ("by_star", "by_reason", "by_month", "by_country", "by_site", "total") if figures[name]}
        check(wanted <= tables, f"the page has no figures of {wanted - tables}")
    rows = list(csv.DictReader(io.StringIO(world.web.get("/transparency.csv").text)))
    check(next(row["value"] for row in rows if (row["table"], row["measure"]) == ("total", "received")) == str(figures["total"]["received"]), "the CSV differs")


@sentence(r"a stranger's own count agrees with the figures")
def own_count(world):
    figures, mine = counted(world), by_hand(Log(world.web).entries)
    for name, value in mine.items():
        check(figures["total"][name] == value, f"{name}: {figures['total'][name]}, counted by hand {value}")
    check(all(one["holds"] for one in figures["sums"]), f"{figures['sums']}")


@sentence(r"the figures count (\d+) written, (\d+) published, (\d+) refused, (\d+) withdrawn and (\d+) waiting")
def totals(world, received, published, refused, withdrawn, pending):
    total = counted(world)["total"]
    found = [total[name] for name in ("received", "published", "refused", "withdrawn", "pending")]
    check(found == [int(n) for n in (received, published, refused, withdrawn, pending)], f"they count {total}")


@sentence(r"the figures count (\d+) customers of (\S+) to be asked")
def to_be_asked(world, count, site):
    row = next((row for row in counted(world)["by_site"] if row["site"] == site), None)
    check(row and row["eligible"] == int(count), f"its row is {row}")


@sentence(r"with (\S+) of transparency\.json raised by one the folder does not verify")
def tampered_figures(world, place):
    path = world.path("log") + "/transparency.json"
    with open(path, encoding="utf-8") as file:
        whole = file.read()
    figures = json.loads(whole)
    parent, name = place.rsplit("/", 1)
    at(figures, parent)[name] += 1
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    world.done = run("log", "verify", world.path("log"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(whole)
    said = world.done.stdout.decode()
    check(world.done.returncode == 1 and place in said.splitlines()[-1], f"exit {world.done.returncode}: {said}")


@sentence(r"the night's replay is run")
def replay(world):
    world.done = world.platform.command("replay")


@sentence(r"it finds all the same")
def all_same(world):
    check(world.done.returncode == 0 and b": same, " in world.done.stdout, f"exit {world.done.returncode}: {(world.done.stdout + world.done.stderr).decode()}")


@sentence(r'it finds a difference and says "(.*?)"')
def finds_difference(world, text):
    said = world.done.stdout.decode()
    check(world.done.returncode == 1 and "DIFFERS" in said and text in said, f"exit {world.done.returncode}: {said + world.done.stderr.decode()}")


@sentence(r"somebody makes five stars of one behind the platform's back")
def forged_rating(world):
    statement = "UPDATE review SET rating = 5 WHERE rating = 1"
    if world.platform.database == "sqlite":
        with sqlite3.connect(os.path.join(world.platform.data, "verbatim.db"), timeout=10) as database:
            check(database.execute(statement).rowcount == 1, "there was no such review")
    else:
        psql(world.platform.database, statement)
