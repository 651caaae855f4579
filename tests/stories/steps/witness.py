"""Witnesses of the log: real ones, one that lies, one that is down (C2SP tlog-witness)."""
import base64
import hashlib
import http.server
import os
import re
import signal
import subprocess
import threading

from runner.log_math import Log, ed25519_holds, leaf_hash, node_hash, open_note
from runner.platform import binary, run
from runner.story import Failed, check, patience, sentence
from runner.web import Web


class Witness:
    """`verbatim witness` with a folder of its own."""

    def __init__(self, world, name, log_key):
        self.name, self.folder, self.log_key, self.listen = name, world.path("witness-" + name), log_key, "127.0.0.1:0"
        self.said = world.path(f"witness-{name}.log")
        self.process = None
        self.start()
        world.others.append(self)

    def start(self):
        with open(self.said, "ab") as errors:
            self.process = subprocess.Popen([binary, "witness", "--data", self.folder, "--listen", self.listen, "--name", "witness.example/" + self.name,
                                             "--log", self.log_key], stdout=subprocess.PIPE, stderr=errors)
        for line in self.process.stdout:
            line = line.decode()
            if line.startswith("witness key: "):
                self.key = line[len("witness key: "):].strip()
            found = re.match(r"listening on (http://(\S+))", line)
            if found:
                self.url, self.listen = found[1], found[2]  # the same port when it comes back
                return
        raise Failed("the witness did not start")

    def close(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            check(self.process.wait(10 * patience) == 0, "the witness did not end well")
            self.process.stdout.close()
            self.process = None


class Liar:
    """Names another size each time it is asked, and never signs."""

    def __init__(self, world, name):
        self.name, self.asked = name, 0
        public = b"\x04" + bytes(range(32))
        full = "witness.example/" + name
        self.key = full + "+" + hashlib.sha256(full.encode() + b"\n" + public).digest()[:4].hex() + "+" + base64.b64encode(public).decode()
        liar = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                liar.asked += 1
                body = f"{liar.asked % 2}\n".encode()
                self.send_response(409)
                self.send_header("Content-Type", "text/x.tlog.size")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        world.others.append(self)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@sentence(r"a witness (\w+) of the log, a witness (\w+) of the log, and a liar (\w+)")
def witnesses(world, first, second, liar):
    key = world.web.get("/log/key").text.strip()
    world.kept["witnesses"] = {first: Witness(world, first, key), second: Witness(world, second, key), liar: Liar(world, liar)}


@sentence(r"the platform asks the witnesses (\w+), (\w+) and (\w+), and two of them are enough")
def asks(world, *names):
    policy = world.path("policy")
    known = world.recall("witnesses")
    with open(policy, "w", encoding="utf-8") as file:
        for name in names:
            file.write(f"witness {name} {known[name].key} {known[name].url}\n")
        file.write(f"group two 2 {' '.join(names)}\nquorum two\n")
    world.platform.stop()
    world.platform.settings.append("log.witnesses=" + policy)
    world.start()


def newest(world):
    return world.web.get("/log/checkpoint").text


def cosigned(note, key):
    """Does the note hold a cosignature by this key? C2SP tlog-cosignature, type 04."""
    text, _, signatures = note.rpartition("\n\n")
    name, key_id, encoded = key.split("+", 2)
    public = base64.b64decode(encoded)
    check(public[0] == 4 and hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex() == key_id, "the witness's key does not name itself")
    for line in signatures.splitlines():
        _, signer, signed = line.split(" ")
        raw = base64.b64decode(signed)
        if signer == name and raw[:4].hex() == key_id:
            time = int.from_bytes(raw[4:12], "big")
            check(ed25519_holds(public[1:], raw[12:], f"cosignature/v1\ntime {time}\n{text}\n".encode()), "the cosignature does not hold")
            return True
    return False


@sentence(r"the newest checkpoint is cosigned by (\w+)(?: and (\w+))?")
def is_cosigned(world, *names):
    note = newest(world)
    open_note(note, world.web.get("/log/key").text)
    for name in filter(None, names):
        check(cosigned(note, world.recall("witnesses")[name].key), f"not by {name}:\n{note}")


@sentence(r"the newest checkpoint is not cosigned by (\w+)")
def is_not_cosigned(world, name):
    check(not cosigned(newest(world), world.recall("witnesses")[name].key), "it is")


def verify_with(world, names, *more):
    words = ["log", "verify", world.platform.url]
    for name in names:
        words += ["--witness", world.recall("witnesses")[name].key]
    done = run(*words, *more)
    return done.returncode, done.stdout.decode()


@sentence(r"the log verifies with the witnesses (\w+) and (\w+)")
def verifies_with(world, *names):
    code, said = verify_with(world, names)
    check(code == 0 and all(f"witness.example/{name} cosigned" in said for name in names), said)


@sentence(r"the log verifies with 2 of the witnesses (\w+), (\w+) and (\w+)")
def verifies_with_quorum(world, *names):
    code, said = verify_with(world, names, "--quorum", "2")
    check(code == 0 and said.count(" cosigned ") == 2, said)


@sentence(r"the log does not verify with the witness (\w+)( at the newest checkpoint)?")
def does_not_verify_with(world, name, _):
    code, said = verify_with(world, [name])
    if code == 0:  # then not by the newest checkpoint
        entries = re.search(r"entries +(\d+)", said)[1]
        check(f"cosigned {entries} entries" not in said, said)
    else:
        check("of the witnesses given cosigned" in said, said)


@sentence(r"the policy names (\w+), (\w+) and (\w+) with a quorum of 2, and says that the quorum cosigned")
def policy(world, *names):
    said = world.web.get("/log/policy").text
    known = world.recall("witnesses")
    for name in names:
        check(f"witness {name} {known[name].key} " in said, said)
    check("log " + world.web.get("/log/key").text.strip() in said and f"group two 2 {' '.join(names)}\nquorum two\n" in said, said)
    check("# the quorum cosigned" in said, said)


@sentence(r"the policy says that (\w+) has not cosigned yet")
def policy_says(world, name):
    said = world.web.get("/log/policy").text
    check(f"# {name} has not cosigned yet" in said, said)


@sentence(r"the metrics say that (\w+) is up and (\w+) is down")
def metrics(world, up, down):
    said = world.web.get("/metrics").text
    check(f'verbatim_log_witness_up{{witness="{up}"}} 1' in said and f'verbatim_log_witness_up{{witness="{down}"}} 0' in said, said)
    age = re.search(r"^verbatim_log_cosigned_age_seconds (\d+)$", said, re.M)
    check(age and int(age[1]) < 120, said)


@sentence(r"the witness (\w+) goes down")
def goes_down(world, name):
    world.recall("witnesses")[name].close()


@sentence(r"the witness (\w+) comes back")
def comes_back(world, name):
    world.recall("witnesses")[name].start()


def show(world, name, body):
    world.kept["shown to"] = name
    world.answer = Web(world.recall("witnesses")[name].url).ask("POST", "/add-checkpoint", body.encode())


def seen_size(world, name):
    answer = Web(world.recall("witnesses")[name].url).get("/")
    return int(re.search(r"log \S+ (\d+) entries", answer.text)[1])


def log_signs(world, text):
    """A checkpoint as the log's own key signs it: what a log that lies would do. The seed lies in ledger.key."""
    with open(os.path.join(world.platform.data, "ledger.key"), encoding="ascii") as file:
        name, seed = file.read().split()
    return sign(text, name, bytes.fromhex(seed))


def sign(text, name, seed):
    from runner.log_math import ed25519_public, ed25519_sign
    public = b"\x01" + ed25519_public(seed)
    raw = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4] + ed25519_sign(seed, text.encode())
    return f"{text}\n\u2014 {name} {base64.b64encode(raw).decode()}\n"


@sentence(r"the witness (\w+) is shown a log that forked")
def forked(world, name):
    size = seen_size(world, name)
    text = f"{Log(world.web).origin}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n"
    show(world, name, f"old {size}\n\n" + log_signs(world, text))


@sentence(r"the witness (\w+) is shown an older checkpoint as if it were new")
def older(world, name):
    log = Log(world.web)
    root = node_hash(leaf_hash(log.raw[0]), leaf_hash(log.raw[1]))
    show(world, name, "old 0\n\n" + log_signs(world, f"{log.origin}\n2\n{base64.b64encode(root).decode()}\n"))


@sentence(r"the witness (\w+) is shown a log it does not know")
def unknown(world, name):
    text = f"other.example/log\n1\n{base64.b64encode(bytes(32)).decode()}\n"
    show(world, name, "old 0\n\n" + sign(text, "other.example/log", bytes(range(32))))


@sentence(r"the witness (\w+) is shown a checkpoint that the log did not sign")
def unsigned(world, name):
    size = seen_size(world, name)
    origin = Log(world.web).origin
    text = f"{origin}\n{size + 1}\n{base64.b64encode(bytes(32)).decode()}\n"
    show(world, name, f"old {size}\n\n" + sign(text, origin, bytes(range(32))))


@sentence(r"the witness (\w+) is shown a body that is not one")
def nonsense(world, name):
    show(world, name, "hello\n")


@sentence(r"the witness (\w+) is shown a longer tree without its proof")
def unproven(world, name):
    size = seen_size(world, name)
    text = f"{Log(world.web).origin}\n{size + 1}\n{base64.b64encode(bytes(32)).decode()}\n"
    show(world, name, f"old {size}\n\n" + log_signs(world, text))


@sentence(r"it answers 409 with the size it has seen")
def conflict(world):
    check(world.answer.status == 409, f"{world.answer.status}: {world.answer.text}")
    check(world.answer.text == f"{seen_size(world, world.recall('shown to'))}\n", world.answer.text)
    check(world.answer.header("Content-Type").startswith("text/x.tlog.size"), world.answer.header("Content-Type"))


@sentence(r"it answers (\d+)")
def status(world, wanted):
    check(world.answer.status == int(wanted), f"{world.answer.status}: {world.answer.text}")
