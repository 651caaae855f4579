"""Letters on paper, and people who are called."""
import csv
import hashlib
import json
import os

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
