"""The public log and its independent checker."""
import base64
import glob
import hashlib
import os
import shutil

from runner.foreign import foreign_client
from runner.log_forge import read_key, write_log
from runner.log_math import Log
from runner.platform import run
from runner.story import check, sentence


def verify(world, where):
    world.done = run("log", "verify", where)
    return world.done.stdout.decode()


@sentence(r"the log verifies")
def log_verifies(world):
    said = verify(world, world.platform.url)
    check(world.done.returncode == 0 and said.strip().splitlines()[-1].startswith("verified"), said + world.done.stderr.decode())


@sentence(r"a stranger's own arithmetic agrees with the log")
def own_arithmetic(world):
    check(Log(world.web).size > 0, "the log is empty")


@sentence(r"the log holds (\d+) entr(?:y|ies) of kind (\w+)")
def holds(world, count, kind):
    found = Log(world.web).of_kind(kind)
    check(len(found) == int(count), f"{len(found)}: {found}")


@sentence(r"the log holds no entry of kind (\w+)")
def holds_none(world, kind):
    holds(world, 0, kind)


@sentence(r'no entry of the log holds "(.*?)"')
def log_is_silent(world, text):
    check(all(text.encode() not in entry for entry in Log(world.web).raw), "one does")


@sentence(r"the checkpoint is written down")
def write_down(world):
    world.kept["log"] = Log(world.web)


@sentence(r"the log has only grown since")
def only_grown(world):
    before, now = world.recall("log"), Log(world.web)
    check(now.raw[:before.size] == before.raw, "its earlier entries changed")
    check(now.key == before.key and now.origin == before.origin, "it has another name or key")


@sentence(r"the log is exported to a folder")
def export(world):
    folder = world.path("log")
    shutil.rmtree(folder, ignore_errors=True)
    done = world.platform.command("export", "log", "--out", folder)
    check(done.returncode == 0, done.stderr.decode())


@sentence(r"the folder verifies")
def folder_verifies(world):
    said = verify(world, world.path("log"))
    check(world.done.returncode == 0 and said.strip().splitlines()[-1].startswith("verified"), said + world.done.stderr.decode())


@sentence(r"with one byte of (a tile|an entry bundle|ratings\.json|the checkpoint) changed the folder does not verify")
def tampered(world, what, also=None):
    folder = world.path("log")
    pattern = {"a tile": "tile/0/*", "an entry bundle": "tile/entries/*", "ratings.json": "ratings.json", "the checkpoint": "checkpoint"}[what]
    path = next(one for one in sorted(glob.glob(os.path.join(folder, pattern), recursive=True)))
    if os.path.isdir(path):
        path = next(os.path.join(path, name) for name in sorted(os.listdir(path)))
    with open(path, "rb") as file:
        whole = file.read()
    changed = bytearray(whole)
    if what == "ratings.json":  # another digit, so that it is still JSON
        place = whole.index(b'"average":') + len(b'"average":')
        changed[place] = ord("5") if whole[place] != ord("5") else ord("1")
    else:
        changed[len(changed) // 2] ^= 1
    with open(path, "wb") as file:
        file.write(changed)
    said = verify(world, folder)
    try:
        if also:
            also()
    finally:
        with open(path, "wb") as file:
            file.write(whole)
    check(world.done.returncode == 1, f"exit {world.done.returncode}: {said}")
    check(not said.strip().splitlines()[-1].startswith("verified"), said)


@sentence(r"the log does not verify under another key")
def other_key(world):
    public = b"\x01" + bytes(range(32))
    key = "other-log+" + hashlib.sha256(b"other-log\n" + public).hexdigest()[:8] + "+" + base64.b64encode(public).decode()
    done = run("log", "verify", world.platform.url, "--key", key)
    check(done.returncode == 1, f"exit {done.returncode}: {done.stdout.decode()}")


@sentence(r"the refusal in the log names (\d) stars?, (\w+) and the rules")
def refusal(world, stars, reason):
    found = Log(world.web).of_kind("refused")
    check(len(found) == 1 and found[0]["rating"] == int(stars) and found[0]["reason"] == reason and found[0]["policy"], f"{found}")


def kinds_of(said):
    """Entries by kind, as both programs print them."""
    lines = (line.split() for line in said.splitlines())
    return {words[0]: int(words[1]) for words in lines if len(words) == 2 and words[0] in known_kinds and words[1].isdigit()}


known_kinds = ("batch", "outcome", "collected", "published", "revised", "refused", "withdrawn", "erased", "removed", "replied", "noticed", "appealed", "decided",
               "gathered")


@sentence(r"an independent client agrees with ours about the (log|folder)")
def independent(world, what):
    place = world.path("log") if what == "folder" else world.platform.url + "/log"
    ours = verify(world, place)
    theirs = foreign_client(place)
    check(world.done.returncode == 0, ours)
    check(theirs.returncode == 0 and theirs.stdout.strip().splitlines()[-1].startswith("agrees: "), theirs.stdout + theirs.stderr)
    size = int(theirs.stdout.strip().splitlines()[-1].split()[1])
    check(f"verified {size} entries" in ours, f"{size} entries there; {ours}")
    check(kinds_of(ours) == kinds_of(theirs.stdout) and sum(kinds_of(ours).values()) == size, f"{kinds_of(ours)} here, {kinds_of(theirs.stdout)} there")


@sentence(r"an independent client finds that the log continues the checkpoint that was written down")
def continues(world):
    with open(world.path("older"), "w", encoding="utf-8") as file:
        file.write(world.recall("log").checkpoint)
    theirs = foreign_client("-older", world.path("older"), world.platform.url + "/log")
    check(theirs.returncode == 0, theirs.stdout + theirs.stderr)


@sentence(r"with one byte of (a tile|an entry bundle|the checkpoint) changed neither ours nor the independent client takes the folder")
def neither(world, what):
    def foreign():
        theirs = foreign_client(world.path("log"))
        check(theirs.returncode == 1 and theirs.stdout.strip().splitlines()[-1].startswith("fault: "), theirs.stdout + theirs.stderr)
    tampered(world, what, foreign)


@sentence(r"another log of the operator's own does not continue the checkpoint, the independent client says so")
def other_history(world):
    origin, seed = read_key(world.platform.data)
    entries = Log(world.web).entries
    entries[0]["at"] -= 1
    write_log(world.path("forged"), entries, origin, seed)
    theirs = foreign_client("-older", world.path("older"), world.path("forged"))
    check(theirs.returncode == 1 and "does not continue" in theirs.stdout, theirs.stdout + theirs.stderr)
    check(foreign_client(world.path("forged")).returncode == 0, "by itself it is a sound log")
