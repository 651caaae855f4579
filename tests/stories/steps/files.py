"""Files in and out: what an operator types."""
import csv
import gzip
import json
import os
import re

from runner.platform import run
from runner.story import check, sentence
from runner.world import day
from steps.author import words
from steps.setting import columns, import_text


@sentence(r'the file (\S+) holds')
def begin_file(world, name):
    world.kept["file"] = name
    world.kept["lines"] = []


@sentence(r'the line (\S.*)')
def add_line(world, text):
    """`day(-10)` in it becomes that date."""
    world.recall("lines").append(re.sub(r"day\((-?\d+)\)", lambda match: day(match[1]), text))


@sentence(r"(sites|products|people|experiences|reviews) are imported from (?:it|the file)(?: with (.*))?")
def import_it(world, kind, more):
    import_text(world, kind, words("\n".join(world.recall("lines"))) + "\n", world.recall("file"), *(more.split() if more else []))


@sentence(r"the same file(?: (\S+))? is imported again as (\w+)")
def again(world, name, kind):
    world.done = world.platform.command("import", kind, world.path(name or world.recall("file")))


@sentence(r"it is imported packed as (\w+)")
def packed(world, kind):
    path = world.path("packed-" + world.recall("file") + ".gz")
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(world.recall("lines")) + "\n")
    world.done = world.platform.command("import", kind, path)


@sentence(r"it is imported from standard input as (\w+)")
def standard_input(world, kind):
    world.done = world.platform.command("import", kind, "-", stdin=("\n".join(world.recall("lines")) + "\n").encode())


@sentence(r'it prints "(.*?)" and ends with (\d)')
def prints(world, text, code):
    said = world.done.stdout.decode() + world.done.stderr.decode()
    check(text in said and world.done.returncode == int(code), f"exit {world.done.returncode}: {said}")


@sentence(r'it ends with (\d) and says "(.*?)"')
def ends(world, code, text):
    prints(world, text, code)


@sentence(r"the rejected file is exactly")
def rejected(world):
    path = world.path(world.recall("file") + ".rejected.csv")
    check(os.path.exists(path), "there is none")
    with open(path, encoding="utf-8", newline="") as file:
        world.kept["rejected"] = list(csv.reader(file))
    check(world.kept["rejected"].pop(0) == ["line", "reason", "row"], "its header is another")


@sentence(r'rejected line (\d+) because of "(.*?)"')
def rejected_line(world, line, why):
    rows = world.recall("rejected")
    check(rows, "there is no further row")
    row = rows.pop(0)
    check(row[0] == line and why in row[1] and row[2], f"the next row is {row}")


@sentence(r"no further row is rejected")
def no_more(world):
    check(world.recall("rejected") == [], f"rejected too: {world.recall('rejected')}")


@sentence(r"there is no rejected file")
def none_rejected(world):
    path = world.path(world.recall("file") + ".rejected.csv")
    check(not os.path.exists(path), "there is one")


@sentence(r"a file of (\d+) experiences at (\S+) of which every tenth is broken in a way of its own is imported as (\S+)")
def broken_rows(world, count, site, name):
    """Each kind of broken row in turn; what is imported and what is rejected is known beforehand."""
    breaks = [("kind", "visit"), ("occurred_on", "2026-02-30"), ("occurred_on", "yesterday"), ("occurred_on", "2999-01-01"), ("site", "ZZ-ZZZ"), ("email", "no at sign"),
              ("country", "France"), ("consent", "invitation=perhaps"), ("adviser", "nobody"), ("id", ""), ("first_name", b"Ren\xe9"), ("product", "NO-SUCH"), ("phone", "+" + "1" * 60)]
    path, bad = world.path(name), 0
    with open(path, "wb") as file:
        file.write((",".join(columns) + "\r\n").encode())
        for n in range(int(count)):
            row = {"id": f"{site}-bulk-{n}", "kind": "workshop", "occurred_on": day(-200), "site": site, "email": f"bulk{n}@example.org", "first_name": "Dominique",
                   "last_name": "Roux, \"père\"" if n % 7 == 0 else "Roux", "customer": f"B{n}", "consent": "invitation=yes", "locale": "fr-FR"}
            cells = {key: str(row.get(key, "")) for key in columns}
            raw = {key: ('"' + value.replace('"', '""') + '"' if any(c in value for c in ',"\n') else value).encode() for key, value in cells.items()}
            if n % 10 == 5:
                key, value = breaks[bad % len(breaks)]
                raw[key] = value if isinstance(value, bytes) else value.encode()
                bad += 1
            file.write(b",".join(raw[key] for key in columns) + b"\r\n")
    world.kept.update(file=name, count=int(count), bad=bad)
    world.done = world.platform.command("import", "experiences", path)


@sentence(r"every good row was taken and every broken one reported")
def all_reported(world):
    count, bad = world.recall("count"), world.recall("bad")
    said = world.done.stdout.decode()
    check(said.strip() == f"{count} read, {count - bad} taken, 0 already there, {bad} rejected" and world.done.returncode == 0, said + world.done.stderr.decode())
    with open(world.path(world.recall("file")) + ".rejected.csv", encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.reader(file))[1:]
    wanted = [str(n + 2) for n in range(count) if n % 10 == 5]
    check([row[0] for row in rows] == wanted and all(row[1] for row in rows), f"{len(rows)} rows, first {rows[:3]}")


# The words of `verbatim moderate`

@sentence(r"verbatim moderate reads")
def moderate_reads(world):
    world.kept["lines"] = []


@sentence(r'the text "(.*?)" in (\w+) with (\d) stars?')
def text_line(world, text, lang, stars):
    lines = world.recall("lines")
    lines.append(json.dumps({"id": str(len(lines) + 1), "lang": lang, "text": words(text), "rating": int(stars)}, ensure_ascii=False))


@sentence(r"its verdicts are (.+)")
def verdicts(world, wanted):
    done = run("moderate", stdin=("\n".join(world.recall("lines")) + "\n").encode())
    check(done.returncode == 0, done.stderr.decode())
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    check([one["verdict"] for one in found] == wanted.split(", "), f"{found}")
    for one, line in zip(found, world.recall("lines")):
        text = json.loads(line)["text"]
        check(all(text[f["start"]:f["end"]] == f["text"] for f in one["findings"]), f"offsets are not code points: {one}")


@sentence(r"the reviews are exported as a file")
def export_reviews(world):
    world.done = world.platform.command("export", "reviews", "--out", world.path("exported.jsonl"))
    check(world.done.returncode == 0, world.done.stderr.decode())


@sentence(r'the exported file has (\d+) lines? and one says "(.*?)"')
def exported(world, count, text):
    with open(world.path("exported.jsonl"), encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    check(len(rows) == int(count) and any(row["body"] == words(text) for row in rows), f"{rows}")


@sentence(r'verbatim export person of (\S+@\S+) holds "(.*?)"')
def export_person(world, email, text):
    done = world.platform.command("export", "person", "--email", email)
    check(done.returncode == 0 and text in json.dumps(json.loads(done.stdout), ensure_ascii=False), (done.stdout + done.stderr).decode())


@sentence(r"verbatim export person of (\S+@\S+) knows nobody")
def export_nobody(world, email):
    done = world.platform.command("export", "person", "--email", email)
    check(done.returncode == 1, done.stdout.decode())
