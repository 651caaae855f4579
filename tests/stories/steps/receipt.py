"""Receipt and proof, checked offline by the program anyone may run (norms AUT-5, TLG-2, TLG-9)."""
import base64
import hashlib
import json
import re

from runner.log_math import check_proof, check_receipt
from runner.platform import run
from runner.story import check, sentence


def space(world):
    return world.kept["space"]


@sentence(r"the thank-you page's proof is there at once and leads to the signed root")
def at_once(world):
    found = [link for link in world.page.links if re.fullmatch(r"/me/[\w-]{22}", link)]
    check(found, "no link to the author's space")
    world.kept["space"] = found[0]
    answer = world.web.get(found[0] + "/proof.tlog-proof")
    check(answer.status == 200, f"{answer.status}: {answer.text}")
    receipt = world.web.get(found[0] + "/receipt.json")
    check_proof(answer.text, receipt.json["leaf"].encode(), world.web.get("/log/key").text)
    world.kept["receipt"], world.kept["proof"] = receipt.text, answer.text


@sentence(r"her receipt says under the log's signature what the platform is bound to")
def bound(world):
    receipt = json.loads(world.recall("receipt"))
    check_receipt(receipt, world.web.get("/log/key").text)
    check("published unchanged" in receipt["promise"] and "refused" in receipt["promise"] and receipt["promise"] in receipt["signature"], receipt["promise"])


def offline(world, receipt, proof, key, name="proof.tlog-proof"):
    words = ["log", "check", world.path(name)]
    with open(world.path(name), "w", encoding="utf-8") as file:
        file.write(proof)
    if receipt:
        with open(world.path("receipt.json"), "w", encoding="utf-8") as file:
            file.write(receipt)
        words += ["--receipt", world.path("receipt.json")]
    done = run(*words, *(["--key", key] if key else []))
    return done.returncode, done.stdout.decode()


def holds(said):
    code, text = said
    check(code == 0 and text.strip().splitlines()[-1].startswith("verified"), f"{code}: {text}")
    return text


def fails(said):
    code, text = said
    check(code == 1 and text.strip().splitlines()[-1].startswith("fault:"), f"{code}: {text}")


def log_key(world):
    return world.web.get("/log/key").text.strip()


@sentence(r"her receipt and her proof verify offline")
def verify(world):
    text = holds(offline(world, world.recall("receipt"), world.recall("proof"), log_key(world)))
    check("salt and words make the commitment" in text and "collected" in text, text)


@sentence(r"without a key they do not verify offline")
def no_key(world):
    fails(offline(world, world.recall("receipt"), world.recall("proof"), None))


@sentence(r"under another key they do not verify offline")
def other_key(world):
    public = b"\x01" + bytes(range(32))
    name = log_key(world).split("+")[0]
    key = name + "+" + hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex() + "+" + base64.b64encode(public).decode()
    fails(offline(world, world.recall("receipt"), world.recall("proof"), key))


@sentence(r"with one letter of her words changed they do not verify offline")
def other_words(world):
    fails(offline(world, world.recall("receipt").replace("bon accueil", "ton accueil"), world.recall("proof"), log_key(world)))


@sentence(r"with one digit of the deadline changed they do not verify offline")
def other_deadline(world):
    receipt = world.recall("receipt")
    at = receipt.index('"decide_by":"20') + len('"decide_by":"')
    fails(offline(world, receipt[:at] + "3" + receipt[at + 1:], world.recall("proof"), log_key(world)))


@sentence(r"with one hash of the proof changed they do not verify offline")
def other_hash(world):
    lines = world.recall("proof").split("\n")
    check(lines[2], "a proof without hashes: the log has one entry only")
    raw = bytearray(base64.b64decode(lines[2]))
    raw[0] ^= 1
    lines[2] = base64.b64encode(raw).decode()
    fails(offline(world, world.recall("receipt"), "\n".join(lines), log_key(world)))


@sentence(r"the proof of her publication verifies offline, alone and with her receipt, as the words of the receipt")
def publication(world):
    answer = world.web.get(space(world) + "/proof.tlog-proof?leaf=published")
    check(answer.status == 200, f"{answer.status}: {answer.text}")
    check("published" in holds(offline(world, None, answer.text, log_key(world), "published.tlog-proof")), "alone")
    check("published as they stand in the receipt" in holds(offline(world, world.recall("receipt"), answer.text, log_key(world), "published.tlog-proof")), "with the receipt")


@sentence(r"her own space shows her place in the log, when it was signed, and where to check it")
def shown(world):
    world.open(space(world))
    check(world.platform_words("receipt.signed") in world.page.words, world.page.words[-1500:])
    check(world.platform_words("receipt.promise") in world.page.words, "the promise")
    links = " ".join(world.page.links)
    check("/proof.tlog-proof?leaf=published" in links and re.search(r"/[\w-]+/check", links), links)


@sentence(r"the page to check a receipt holds the log's key and says how to do without it")
def check_page(world):
    for language in ("en", "fr", "de"):
        world.open(f"/{language}/check")
        check(world.answer.status == 200 and log_key(world) in world.answer.text.replace("&#43;", "+").replace("&#x2b;", "+"), world.answer.text[:600])
        check("verbatim-verify proof" in world.page.words and "check.js" not in world.page.words, "how to do without")
        check(re.search(r'<script src="/a/check\.[0-9a-f]+\.js" defer></script>', world.answer.text), "no script")
