"""Who was eligible, who was asked, and what became of each: the batches and outcomes of the public log."""
import base64
import email.utils
import json

from runner.log_forge import copy_entries, read_key, write_log
from runner.log_math import Log, canonical, leaf_hash, root_from_proof
from runner.platform import run
from runner.story import check, sentence
from steps.author import own_space


def of_site(world, kind, site):
    return [entry for entry in Log(world.web).of_kind(kind) if entry["site"] == site]


@sentence(r"the log commits to (\d+) eligible experiences? of (\S+)")
def commits(world, count, site):
    found = of_site(world, "batch", site)
    check(sum(one["eligible"] for one in found) == int(count), f"{found}")


@sentence(r"the log says of (\S+) that (\d+) answered, (\d+) expired(?: and (.+) suppressed)?")
def outcomes(world, site, answered, expired, suppressed):
    wanted = {}
    for part in (suppressed or "").split(", "):
        if part:
            count, _, reason = part.partition(" as ")
            wanted[reason] = int(count)
    found, said = of_site(world, "outcome", site), {}
    for one in found:
        for reason, count in one["suppressed"].items():
            said[reason] = said.get(reason, 0) + count
    check(sum(one["answered"] for one in found) == int(answered) and sum(one["expired"] for one in found) == int(expired) and said == wanted, f"{found}")


@sentence(r"the log does not say yet what became of (\S+)")
def not_yet(world, site):
    check(not of_site(world, "outcome", site), f"{of_site(world, 'outcome', site)}")


@sentence(r"the invitation of (\S+@\S+) left after the log had its batch of (\S+)")
def after_its_batch(world, address, site):
    mail = next(one for one in world.outbox.all() if address in one.to)
    sent = email.utils.parsedate_to_datetime(mail.message["Date"]).timestamp()
    check(min(one["at"] for one in of_site(world, "batch", site)) <= sent, "the mail is older")


@sentence(r"the check prints (\d+) eligible, (\d+) answered, (\d+) expired, (\d+) suppressed and (\d+) open at (\S+)")
def printed(world, eligible, answered, expired, suppressed, open_, site):
    said = run("log", "verify", world.platform.url).stdout.decode()
    rows = [line.split() for line in said.splitlines() if line.split()[:1] == [site]]
    check([site, eligible, answered, expired, suppressed, open_] in rows, said)


@sentence(r"her proof that her visit was counted holds")
def batch_proof(world):
    """docs/formats.md, "The proof of a batch"."""
    answer = world.web.get(own_space(world) + "/batch.json")
    check(answer.status == 200, f"{answer.status}: {answer.text}")
    proof = answer.json
    batch = json.loads(proof["leaf"])
    member = leaf_hash(base64.b64decode(proof["salt"]) + canonical(proof["content"]).encode())
    root = root_from_proof(proof["index"], proof["size"], member, [base64.b64decode(one) for one in proof["path"]])
    check(base64.b64encode(root).decode() == batch["commitment"] and proof["size"] == batch["eligible"], "it does not lead to the batch")
    check(Log(world.web).raw[proof["log_index"]] == proof["leaf"].encode(), "the batch is not in the log")

def without(kind):
    return lambda entries: [one for one in entries if one["kind"] != kind]


def batch_of(entries, said):
    return next(one for one in entries if one["kind"] == "batch" and all(one[name] == said[name] for name in ("site", "day", "part")))


def fewer_eligible(entries):
    said = next(one for one in entries if one["kind"] == "outcome" and one["suppressed"])
    batch_of(entries, said)["eligible"] -= 1
    return entries


def answer_denied(entries):
    one = next(one for one in entries if one["kind"] == "outcome" and one["answered"])
    one["answered"], one["expired"] = one["answered"] - 1, one["expired"] + 1
    return entries


def answer_invented(entries):
    """The sum of the batch is made to fit; the review that is missing remains missing."""
    said = next(one for one in entries if one["kind"] == "outcome" and one["answered"])
    said["answered"] += 1
    batch_of(entries, said)["eligible"] += 1
    return entries


def invent_review(entries):
    """One more happy customer, whom nobody invited."""
    model = copy_entries([one for one in entries if one["kind"] in ("collected", "published")][:1] + [one for one in entries if one["kind"] == "published"][:1])
    for one in model:
        one["review"] = "0000000forged00"
    return entries + model


# What a dishonest operator may try, and the word of the fault that must be found.
forgeries = {
    "the batches are left out": (without("batch"), "batch"),
    "fewer were eligible": (fewer_eligible, "were eligible"),
    "an answer is called expired": (answer_denied, "account for"),
    "one more answered than reviews are there": (answer_invented, "counted as answered"),
    "an outcome is said twice": (lambda entries: entries + [one for one in entries if one["kind"] == "outcome"], "said before"),
    "a review of nobody is added": (invent_review, "account for"),
}


@sentence(r"a dishonest operator writes the log anew so that (.+), this is found")
def forged(world, how):
    check(how in forgeries, "known are " + ", ".join(forgeries))
    forge, word = forgeries[how]
    origin, seed = read_key(world.platform.data)
    entries = forge(copy_entries(Log(world.web).entries))
    folder = world.path("forged")
    write_log(folder, entries, origin, seed)
    done = run("log", "verify", folder)
    said = done.stdout.decode().strip().splitlines()[-1]
    check(done.returncode == 1 and said.startswith("fault: ") and word in said, f"exit {done.returncode}: {said}")


@sentence(r"the log written anew as it is verifies")
def forged_well(world):
    origin, seed = read_key(world.platform.data)
    write_log(world.path("forged"), Log(world.web).entries, origin, seed)
    done = run("log", "verify", world.path("forged"))
    check(done.returncode == 0, done.stdout.decode())
