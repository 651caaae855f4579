"""A stranger watches the log from outside, through a server that may begin to lie."""
import http.server
import json
import os
import subprocess
import threading

from runner.log_forge import copy_entries, ed25519_sign, read_key, write_log
from runner.log_math import Log, canonical
from runner.platform import binary, run
from runner.story import check, sentence
from runner.web import Web


class Liar:
    """Hands every request on to the platform, but the log out of a folder once it has one, and ratings with another average."""

    def __init__(self, world):
        self.folder, self.average, self.seen = None, None, 0
        liar = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = liar.answer(world, self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                liar.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.posted = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, world, path):
        if path == "/log/checkpoint":
            self.seen += 1
        if path.startswith("/log/") and self.folder:
            place = os.path.join(self.folder, path[5:])
            if not os.path.isfile(place):
                return 404, b""
            with open(place, "rb") as file:
                return 200, file.read()
        answer = Web(world.platform.url).get(path)
        if self.average and path.endswith("/rating") and answer.status == 200:
            return 200, json.dumps({**answer.json, "average": self.average}).encode()
        return answer.status, answer.body

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Watch:
    def __init__(self, world, *more):
        self.said = world.path("watch.jsonl")
        words = [binary, "log", "verify", world.kept["liar"].url, "--follow", "--every", "1", "--state", world.path("watch.state"), *more]
        with open(self.said, "wb") as out, open(world.path("watch.err"), "wb") as errors:
            self.process = subprocess.Popen(words, stdout=out, stderr=errors)

    def alerts(self):
        with open(self.said, encoding="utf-8") as file:
            return [json.loads(line) for line in file.read().splitlines()]

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(10)


def begin(world, *more):
    if "liar" not in world.kept:
        world.kept["liar"] = Liar(world)
        world.others.append(world.kept["liar"])
    world.kept["watch"] = Watch(world, *more)
    world.others.append(world.kept["watch"])


@sentence(r"a stranger watches the log")
def watches(world):
    begin(world)


@sentence(r"a stranger watches the log with the receipt of (\S+@\S+)")
def watches_receipt(world, address):
    begin(world, "--receipt", world.path("receipt.json"), "--merge-seconds", "1")


@sentence(r"a stranger watches the log with a command and a webhook")
def watches_aloud(world):
    begin(world, "--exec", f"cat >> {world.path('told')}; echo $VERBATIM_ALERT >> {world.path('kinds')}", "--webhook", world.kept["liar"].url + "/hook")


@sentence(r"the watch has looked (\d+) times more")
def looked(world, times):
    liar = world.recall("liar")
    if "looks" not in world.kept:
        world.kept["looks"] = liar.seen
    check(liar.seen >= world.kept["looks"] + int(times), f"it looked {liar.seen - world.kept['looks']} times")
    del world.kept["looks"]


@sentence(r"the watch is silent")
def silent(world):
    check(not world.recall("watch").alerts(), f"{world.kept['watch'].alerts()}")


@sentence(r"the watch tells of a? ?(\w+)(?: about (\S+))?")
def tells(world, kind, about):
    found = [one for one in world.recall("watch").alerts() if one["alert"] == kind and about in (None, one.get("about"))]
    check(found, f"{world.kept['watch'].alerts()}")
    check(found[0]["log"] and found[0]["message"] and found[0]["at"].endswith("Z"), f"{found[0]}")


@sentence(r"the command and the webhook have the same (\w+)")
def aloud(world, kind):
    alerts = world.recall("watch").alerts()
    check(os.path.exists(world.path("told")) and os.path.exists(world.path("kinds")), "the command was not told yet")
    with open(world.path("told"), encoding="utf-8") as file:
        check([json.loads(line) for line in file.read().splitlines()] == alerts, "the command was told otherwise")
    with open(world.path("kinds"), encoding="utf-8") as file:
        check(file.read().split() == [kind], "its VERBATIM_ALERT is another")
    check(world.kept["liar"].posted == alerts, f"{world.kept['liar'].posted}")


@sentence(r"the watch is stopped it ends with (\d)")
def ends(world, code):
    ended = world.recall("watch").close()
    check(ended == int(code), f"it ended with {ended}")


def serve_entries(world, entries):
    origin, seed = read_key(world.platform.data)
    folder = world.path(f"lie{len(os.listdir(world.folder))}")
    write_log(folder, entries, origin, seed)
    world.recall("liar").folder = folder


@sentence(r"the operator rewrites the past")
def rewrites(world):
    entries = copy_entries(Log(world.web).entries)
    entries[0]["at"] -= 1
    serve_entries(world, entries)


@sentence(r"the operator takes the newest entr(?:y|ies) back")
def takes_back(world):
    serve_entries(world, Log(world.web).entries[:-1])


@sentence(r"the operator says that 1 answered of nobody")
def wrong_sum(world):
    entries = copy_entries(Log(world.web).entries)
    batch = next(one for one in entries if one["kind"] == "batch")
    said = {name: batch[name] for name in ("v", "at", "site", "day", "part")}
    serve_entries(world, entries + [{**said, "kind": "outcome", "answered": batch["eligible"] + 1, "expired": 0, "suppressed": {}}])


@sentence(r"the operator is honest again")
def honest(world):
    world.recall("liar").folder = world.recall("liar").average = None


@sentence(r"the operator displays an average of (\d\.\d)")
def displays(world, average):
    world.recall("liar").average = float(average)


@sentence(r"the operator signs a receipt for (\S+@\S+) and keeps its entry out of the log")
def withheld(world, address):
    """Whole and signed, as the author would be given it."""
    import base64
    import hashlib
    origin, seed = read_key(world.platform.data)
    content = {"body": "Nobody shall read this.", "rating": 1, "service": "workshop", "subject": "site:FR-NAN"}
    salt = bytes(range(32))
    bound = base64.b64encode(hashlib.sha256(salt + canonical(content).encode()).digest()).decode()
    now = max(one["at"] for one in Log(world.web).entries)
    leaf = {"v": 1, "at": now, "kind": "collected", "review": "withheld0000000", "subject": "site:FR-NAN", "service": "workshop", "origin": "spontaneous", "commitment": bound}
    receipt = {"review": leaf["review"], "leaf": canonical(leaf), "salt": base64.b64encode(salt).decode(), "commitment": bound, "content": content,
               "decide_by": "2099-01-01T00:00:00Z"}
    text = canonical(receipt) + "\n"
    public, signature = ed25519_sign(seed, text.encode())
    key_id = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    receipt["signature"] = f"{text}\n\u2014 {origin} {base64.b64encode(key_id + signature).decode()}\n"
    with open(world.path("receipt.json"), "w", encoding="utf-8") as file:
        file.write(canonical(receipt))


@sentence(r"one look at the log ends with (\d) and tells of (.+)")
def one_look(world, code, kinds):
    done = run("log", "verify", world.recall("liar").url, "--follow", "--once", "--state", world.path("watch.state"))
    told = [json.loads(line)["alert"] for line in done.stdout.decode().splitlines()]
    check(done.returncode == int(code), f"exit {done.returncode}: {done.stdout.decode()}{done.stderr.decode()}")
    check(told == ([] if kinds == "nothing" else [kinds]), f"{told}")
