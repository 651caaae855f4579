"""Letters on paper, and people who are called."""
import csv
import hashlib
import io
import json
import os
import re
import zipfile

from runner.story import check, sentence
from runner.world import day
from steps.cases import ask, read
from steps.moderation import run_sql
from steps.privacy import unsubscribe_path


def change_channel(world, channels):
    world.kept["plan changes"] = [('channel = ["mail", "paper"]', f"channel = {json.dumps(channels)}")]


@sentence(r"in the plan the welcome goes by paper alone")
def by_paper(world):
    change_channel(world, ["paper"])


@sentence(r"in the plan the welcome goes by call, else by mail")
def by_call(world):
    change_channel(world, ["call", "mail"])


@sentence(r"the letters are to be printed into a folder that cannot be written")
def print_nowhere(world):
    with open(world.path("no-folder"), "w", encoding="ascii") as file:
        file.write("a file, not a folder")
    world.done = world.platform.command("paper", "run", "--out", world.path("no-folder"))


@sentence(r"that fails, and the run waits")
def failed(world):
    check(world.done.returncode != 0, world.done.stdout.decode())


@sentence(r"the letters are printed")
def printed(world):
    world.done = world.platform.command("paper", "run", "--out", world.path("paper"))
    check(world.done.returncode == 0, world.done.stderr.decode())


@sentence(r"no letter waits for paper")
def nothing_waits(world):
    check("no letter waits for paper" in world.done.stdout.decode(), world.done.stdout.decode())


def files_of(folder):
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def run_folder(world, number, under="paper"):
    return os.path.join(world.path(under), f"run-{int(number):05d}")


@sentence(r"print run (\d+) has (\d+) letters?, every file is as its manifest says, and none is missing")
def manifest(world, number, count):
    files = files_of(run_folder(world, number))
    said = json.loads(files.pop("manifest.json"))
    check(said["letters"] == int(count) and said["run"] == int(number), f"{said}")
    told = {one["name"]: (one["bytes"], one["sha256"]) for one in said["files"]}
    there = {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}
    check(told == there, f"told {told}, there {there}")
    check(sum(said["by_country"].values()) == int(count), f"{said}")


@sentence(r"letter (\S+) goes to \"(.+)\" and is a PDF")
def goes_to(world, reference, address):
    folder = run_folder(world, reference.split("-")[0])
    with open(os.path.join(folder, "letters.csv"), encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["reference"] == reference]
    check(len(rows) == 1, f"{rows}")
    row = rows[0]
    check(", ".join(row[name] for name in ("name", "street", "postcode", "city", "country")) == address, f"{row}")
    check(files_of(folder)[row["file"]].startswith(b"%PDF-"), row["file"])


@sentence(r"print run (\d+) is made again elsewhere")
def again(world, number):
    world.kept["first files"] = files_of(run_folder(world, number))
    done = world.platform.command("paper", "again", number, "--out", world.path("elsewhere"))
    check(done.returncode == 0, done.stderr.decode())
    world.kept["second files"] = files_of(run_folder(world, number, "elsewhere"))


@sentence(r"its files are the same, byte by byte")
def same(world):
    first, second = world.recall("first files"), world.recall("second files")
    check(len(first) >= 3 and first == second, f"{sorted(first)} and {sorted(second)}")


@sentence(r"the post brings back (\S+) because of \"(.+)\"")
def brought_back(world, reference, why):
    path = world.path("returns.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"reference,reason\n{reference},{why}\n")
    done = world.platform.command("paper", "returns", path)
    check(done.returncode == 0 and b"1 taken" in done.stdout, (done.stdout + done.stderr).decode())


@sentence(r"nothing of it is left but that one letter was there")
def erased_from_run(world):
    files = world.recall("second files")
    said = json.loads(files["manifest.json"])
    check(said["letters"] == 0 and said["erased_since"] == 1, f"{said}")
    check(sorted(files) == ["letters.csv", "manifest.json"] and b"Odile" not in files["letters.csv"], f"{sorted(files)}")


# ---- Calls ----------------------------------------------------------------------------------------------------------------------

def calls(world, member):
    return read(world, member, "plan/calls")["calls"]


@sentence(r"(\S+@\S+) has 1 call to make, to (\+\d+), that begins \"(.+)\"")
def one_call(world, member, number, subject):
    found = calls(world, member)
    check([one["phone"] for one in found] == [number], f"{found}")
    one = found[0]
    check(one["subject"].startswith(subject) and len(one["script"]) > 40 and "{" not in one["script"], f"{one}")
    check(one["vehicle"]["model"] and one["best_hours"]["timezone"] == "Europe/Paris" and one["name"] == "Odile Garnier", f"{one}")
    world.kept["call"] = one["id"]


@sentence(r"(\S+@\S+) has no call to make")
def no_call(world, member):
    check(calls(world, member) == [], f"{calls(world, member)}")


@sentence(r"to (\S+@\S+) this call does not exist, and no other call does either")
def not_theirs(world, member):
    answers = [ask(world, member, "POST", f"plan/calls/{one}/outcome", {"outcome": outcome}) for one in (world.recall("call"), "nowhere") for outcome in ("reached", "do_not_call", "sang")]
    check({answer.status for answer in answers} == {404} and len({answer.json["detail"] for answer in answers}) == 1, f"{[(answer.status, answer.text) for answer in answers]}")


@sentence(r"of the plan (\S+@\S+) sees whom to call and nothing else")
def only_calls(world, member):
    described = world.web.get("/api/v1/openapi.json").json["paths"]
    seen = {}
    for path, methods in described.items():
        if not path.startswith("/api/v1/plan"):
            continue
        for method in set(methods) & {"get", "post"}:
            answer = ask(world, member, method.upper(), path.removeprefix("/api/v1/").replace("{plan_call}", "nowhere").replace("{plan_version}", "0").replace("{paper_run}", "1"), {} if method == "post" else None)
            seen[f"{method} {path}"] = answer.status
    allowed = {name: status for name, status in seen.items() if status != 403}
    check(len(seen) > 15 and allowed == {"get /api/v1/plan/calls": 200, "post /api/v1/plan/calls/{plan_call}/outcome": 404}, f"{allowed}")


@sentence(r"(\S+@\S+) tells of the call to (\+\d+): (\w+)(?: on day (\d+))?")
def tell(world, member, number, outcome, when):
    body = {"outcome": outcome}
    if when:
        body["call_back_at"] = day(when)
    answer = ask(world, member, "POST", f"plan/calls/{world.recall('call')}/outcome", body)
    check(answer.status == 204, f"{answer.status} {answer.body}")
    world.kept["teller"] = member


@sentence(r"four days pass for the plan")
def pass_days(world):
    run_sql(world, "UPDATE plan_touch SET at = at - 4 * 86400")  # its gap is three


@sentence(r"the call to (\+\d+) is due")
def due(world, number):
    run_sql(world, "UPDATE call_task SET due_at = due_at - 3 * 86400 WHERE state = 'open'")


@sentence(r"telling of that call again is refused as done")
def told_again(world):
    answer = ask(world, world.recall("teller"), "POST", f"plan/calls/{world.recall('call')}/outcome", {"outcome": "reached"})
    check(answer.status == 409, f"{answer.status}")


# ---- Wishes by topic and channel ------------------------------------------------------------------------------------------------

def wish_form(world):
    return world.page.form_with("preferences", "purpose_invitation")


@sentence(r"(\S+@\S+) is asked about (.+), and by (.+)")
def asked(world, email, topics, channels):
    names = set(wish_form(world).names())
    expected = {"purpose_" + one for one in topics.split()} | {"channel_" + one for one in channels.split()}
    check(expected == {name for name in names if name.startswith(("purpose_", "channel_"))}, f"{sorted(names)}")


@sentence(r"the page offers (\w+) as (wanted|not wanted), and (\w+) as (wanted|not)")
def offers(world, first, is_first, second, is_second):
    form = wish_form(world)
    for name, how in ((first, is_first), (second, is_second)):
        field = next(one for one in ("purpose_" + name, "channel_" + name) if one in form.names())
        check(bool(form.chosen(field)) == (how == "wanted"), f"{field}: {form.chosen(field)}")


def choose(world, email, changes):
    world.open(unsubscribe_path(world, email))
    form = wish_form(world)
    world.answer = world.web.post(form.action, form.filled(changes))
    check(world.answer.status == 200 and world.answer.header("Set-Cookie") is None, f"{world.answer.status}")


@sentence(r"(\S+@\S+) wants no more (\w+) and no more (\w+)")
def no_more(world, email, first, second):
    choose(world, email, {"channel_" + first: None, "channel_" + second: None})


@sentence(r"(\S+@\S+) wants (mail|sms|paper|call) again")
def wants_again(world, email, channel):
    choose(world, email, {"channel_" + channel: "yes"})


# ---- From the desk --------------------------------------------------------------------------------------------------------------

def runs(world, member):
    return read(world, member, "plan/paper/runs")


@sentence(r"(\S+@\S+) sees (\d+) letters? waits? for paper and (no print run|print run (\d+) with (\d+) letters?, (not printed|printed))")
def sees_runs(world, member, waiting, what, number, letters, printed):
    found = runs(world, member)
    check(found["waiting"] == int(waiting), f"{found}")
    if number is None:
        check(found["runs"] == [], f"{found}")
        return
    newest = found["runs"][0]
    check((newest["id"], newest["letters"], newest["printed_at"] is not None) == (number, int(letters), printed == "printed"), f"{newest}")
    check(newest["made_by"].endswith(member) and (newest["forgotten_at"] is not None) == (printed == "printed"), f"{newest}")


@sentence(r"to (\S+@\S+) and (\S+@\S+) print runs are closed")
def closed(world, *members):
    for member in members:
        tried = [("GET", "plan/paper/runs"), ("POST", "plan/paper/runs"), ("GET", "plan/paper/runs/1/letters.csv"), ("POST", "plan/paper/runs/1/printed"), ("POST", "plan/paper/returns")]
        got = [ask(world, member, method, path, {"returns": [{"reference": "1-00001"}]} if path.endswith("returns") else {} if method == "POST" else None).status for method, path in tried]
        check(set(got) == {403}, f"{member}: {got}")


@sentence(r"(\S+@\S+) makes a print run at the desk")
def makes_run(world, member):
    world.answer = ask(world, member, "POST", "plan/paper/runs", {})


@sentence(r"that is refused, for nothing waits")
def nothing_to_print(world):
    check(world.answer.status == 409 and world.answer.json["code"] == "nothing_waits", f"{world.answer.status} {world.answer.text}")


@sentence(r"of print run (\d+) (\S+@\S+) fetches letters, addresses and a manifest that fit each other")
def fetches(world, number, member):
    got = {name: ask(world, member, "GET", f"plan/paper/runs/{number}/{name}") for name in ("letters.zip", "letters.csv", "manifest.json")}
    check(all(one.status == 200 for one in got.values()), f"{[(name, one.status) for name, one in got.items()]}")
    with zipfile.ZipFile(io.BytesIO(got["letters.zip"].body)) as packed:
        check(packed.testzip() is None, "a file in it is damaged")
        files = {name: packed.read(name) for name in packed.namelist()}
    files["letters.csv"] = got["letters.csv"].body
    told = {one["name"]: (one["bytes"], one["sha256"]) for one in json.loads(got["manifest.json"].body)["files"]}
    check(told == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}, f"told {told}, there {sorted(files)}")
    world.kept["fetched"] = {**files, "manifest.json": got["manifest.json"].body}


@sentence(r"letter (\S+) fetched there goes to \"(.+)\"")
def fetched_goes_to(world, reference, address):
    files = world.recall("fetched")
    rows = [row for row in csv.DictReader(io.StringIO(files["letters.csv"].decode(), newline="")) if row["reference"] == reference]
    check([", ".join(row[name] for name in ("name", "street", "postcode", "city", "country")) for row in rows] == [address], f"{rows}")
    check(files[rows[0]["file"]].startswith(b"%PDF-"), rows[0]["file"])


@sentence(r"they are the files \S+@\S+ fetched, byte by byte")
def same_as_fetched(world):
    check(files_of(run_folder(world, 1)) == world.recall("fetched"), "they differ")


@sentence(r"the audit trail has a line of each file (\S+@\S+) fetched")
def noted(world, member):
    acts = [one["act"] for one in read(world, "adil.elamrani@aurelle.example", "audit-trail?limit=50")["acts"] if one["who"] == member]
    for name in ("letters.zip", "letters.csv", "manifest.json"):
        check(any(act.endswith(name) for act in acts), f"{name} is not in {acts}")


@sentence(r"(\S+@\S+) says that print run (\d+) is at the printer's")
def at_the_printers(world, member, number):
    for _ in range(2):  # told twice is told once
        answer = ask(world, member, "POST", f"plan/paper/runs/{number}/printed", {})
        check(answer.status == 200 and answer.json["run"]["printed_at"], f"{answer.status} {answer.text}")
    check(ask(world, member, "POST", "plan/paper/runs/77/printed", {}).status == 404, "there is no run 77")


@sentence(r"(\S+@\S+) notes what came back: (.+)")
def came_back(world, member, told):
    rows = [{"reference": reference, "reason": why} for reference, why in re.findall(r"(\S+) because of \"([^\"]+)\"", told)]
    answer = ask(world, member, "POST", "plan/paper/returns", {"returns": rows})
    check(answer.status == 200, f"{answer.status} {answer.text}")
    world.kept["came back"] = answer.json


@sentence(r"(\d+) letters? (?:is|are) taken, (\d+) (?:is|are) told before, and (?:all are known|(\S+) is of no letter)")
def taken_back(world, taken, already, unknown):
    check(world.recall("came back") == {"taken": int(taken), "already": int(already), "unknown": [unknown] if unknown else []}, f"{world.recall('came back')}")


@sentence(r"(\S+@\S+) sees that (\d+) letters? of print run (\d+) came back")
def sees_returned(world, member, count, number):
    check([one["returned"] for one in runs(world, member)["runs"] if one["id"] == number] == [int(count)], f"{runs(world, member)}")
