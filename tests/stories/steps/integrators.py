"""Programs of others: API keys, the list and the stream of events, webhooks with a receiver that checks what it gets."""
import base64
import hashlib
import hmac
import http.server
import json
import re
import threading
import time
import urllib.parse

from runner.story import Failed, check, sentence, wait_for


class Caller:
    """Who calls with a key."""

    def __init__(self, world, key):
        self.world, self.key = world, key

    def ask(self, method, path, body=None, headers=None):
        sent = {"Authorization": "Bearer " + self.key, **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.world.web.ask(method, path, body, sent)

    def well(self, method, path, body=None, headers=None):
        answer = self.ask(method, path, body, headers)
        check(answer.status < 300, f"{method} {path}: {answer.status}: {answer.text}")
        return answer.json if answer.body else None


def caller(world, name):
    return Caller(world, world.recall("key of " + name))


@sentence(r"the program (\w+) has a key of (\S+@\S+) with role (\w+)(?: for (\S+))?")
def program(world, name, email, role, scope):
    done = world.platform.command("key", "add", "--email", email, "--role", role, *(["--scope", scope] if scope else []))
    check(done.returncode == 0, done.stderr.decode())
    world.kept["key of " + name] = done.stdout.decode().split()[-1]


@sentence(r"(\w+) reads all events from the beginning")
def read_events(world, name):
    who, after, found = caller(world, name), "", []
    while True:
        page = who.well("GET", f"/api/v1/events?limit=7&after={after}")
        found += page["events"]
        after = page["next"]
        if not page["more"]:
            break
    ids = [event["id"] for event in found]
    check(len(ids) == len(set(ids)), "an event came twice")
    world.kept["events of " + name], world.kept["place of " + name] = found, after


def kinds_of(world, name):
    return [event["kind"] for event in world.recall("events of " + name)]


@sentence(r"among the events of (\w+) are (\d+) of kind (\S+)")
def count_events(world, name, count, kind):
    found = kinds_of(world, name).count(kind)
    check(found == int(count), f"there are {found}: {' '.join(kinds_of(world, name))}")


@sentence(r"(\w+) finds (\d+) events? of kind (\S+)")
def finds_events(world, name, count, kind):
    read_events(world, name)
    count_events(world, name, count, kind)


@sentence(r"no event of (\w+) holds \"(.*)\"")
def no_words(world, name, words):
    check(words not in json.dumps(world.recall("events of " + name), ensure_ascii=False), "one does")


@sentence(r"(\w+) who reads on finds (\d+) events? of kind (\S+)")
def reads_on(world, name, count, kind):
    page = caller(world, name).well("GET", f"/api/v1/events?after={world.recall('place of ' + name)}&kinds={kind}")
    check(len(page["events"]) == int(count), json.dumps(page))


class Stream:
    """Server-sent events, read by a thread as they come."""

    def __init__(self, world, key, after=None):
        self.wire = world.web.socket(120)
        extra = f"Last-Event-ID: {after}\r\n" if after else ""
        self.wire.sendall(f"GET /api/v1/events/stream HTTP/1.1\r\nHost: story\r\nAuthorization: Bearer {key}\r\n{extra}\r\n".encode())
        self.text, self.ended = "", False
        threading.Thread(target=self.read, daemon=True).start()
        world.others.append(self)

    def read(self):
        try:
            file = self.wire.makefile("rb")
            self.head = file.readline().decode()
            while file.readline().strip():
                pass
            while size := int(file.readline() or b"0", 16):
                self.text += file.read(size).decode()
                file.readline()
        except (OSError, ValueError):
            pass
        self.ended = True

    def events(self):
        return [json.loads(line[6:]) for line in self.text.splitlines() if line.startswith("data: ")]

    def last(self):
        return re.findall(r"^id: (\S+)$", self.text, re.M)[-1]

    def close(self):
        try:
            self.wire.shutdown(2)
        except OSError:
            pass
        self.wire.close()


@sentence(r"(\w+) looks on")
def look_on(world, name):
    stream = Stream(world, world.recall("key of " + name))
    world.kept["stream of " + name] = stream
    wait_for(lambda: check("id: " in stream.text, "nothing came"))


@sentence(r"(\w+) goes away and comes back later")
def comes_back(world, name):
    old = world.recall("stream of " + name)
    world.kept["last of " + name] = old.last()
    old.close()


@sentence(r"(\w+) looks on again from where it was")
def look_on_again(world, name):
    world.kept["stream of " + name] = Stream(world, world.recall("key of " + name), world.recall("last of " + name))


@sentence(r"(\w+) has seen (\d+) events? of kind (\S+)")
def has_seen(world, name, count, kind):
    seen = [event["kind"] for event in world.recall("stream of " + name).events()]
    check(seen.count(kind) == int(count), f"it has seen {' '.join(seen)}")


@sentence(r"the stream of (\w+) has ended in order")
def stream_ended(world, name):
    check(world.recall("stream of " + name).ended, "it has not")


class Receiver:
    """A program that takes webhooks: checks each signature by the standard's own rule and keeps what it got."""

    def __init__(self, world):
        self.got, self.bad, self.status, self.secrets = [], [], 200, []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.take(dict(self.headers), body)
                self.send_response(receiver.status)
                answer = b"" if receiver.status == 204 else b"said %d" % receiver.status
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?from=verbatim"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        world.others.append(self)

    def take(self, headers, body):
        headers = {name.lower(): value for name, value in headers.items()}
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = {"v1," + base64.b64encode(hmac.new(base64.b64decode(secret[6:]), signed, hashlib.sha256).digest()).decode() for secret in self.secrets}
        if not wanted & set(headers["webhook-signature"].split()) or abs(time.time() - int(headers["webhook-timestamp"])) > 300:
            self.bad.append(headers)
        self.got.append((headers["webhook-id"], json.loads(body)))

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@sentence(r"a receiver that (\w+) asked to be told of (\S+)(?: on (\S+))?")
def receiver(world, name, kinds, branch):
    one = Receiver(world)
    wish = {"url": one.url, "kinds": [] if kinds == "everything" else kinds.split(","), "description": "a story's"}
    if branch:
        wish["branch"] = branch
    made = caller(world, name).well("POST", "/api/v1/webhooks", wish)
    one.secrets.append(made["secret"])
    world.kept["receiver"], world.kept["webhook"], world.kept["webhook of"] = one, made["id"], name


def webhook(world, method="GET", more="", body=None, headers=None):
    return caller(world, world.recall("webhook of")).ask(method, f"/api/v1/webhooks/{world.recall('webhook')}{more}", body, headers)


@sentence(r"the receiver has (\d+) (?:different )?events? of kind (\S+)")
def received(world, count, kind):
    one = world.recall("receiver")
    check(not one.bad, f"a signature does not hold: {one.bad}")
    ids = {ident for ident, body in one.got if body["type"] == kind}
    check(len(ids) == int(count), f"it has {len(ids)}; all: {[body['type'] for _, body in one.got]}")


@sentence(r"the receiver was told (\d+) times? of kind (\S+)")
def told(world, count, kind):
    found = [ident for ident, body in world.recall("receiver").got if body["type"] == kind]
    check(len(found) == int(count), f"{len(found)} times")


@sentence(r"the receiver has no event about (\S+)")
def nothing_about(world, subject):
    check(all(body["data"].get("subject") != subject for _, body in world.recall("receiver").got), "it has")


@sentence(r"the receiver answers (\d+) from now on")
def answers(world, status):
    world.recall("receiver").status = int(status)


@sentence(r"the webhook is (on|off|disabled)(?: because it is (\w+))?")
def webhook_state(world, state, why):
    found = webhook(world).json
    check(found["state"] == state and found["why"] == why, json.dumps(found))


@sentence(r"the webhook is switched (on|off)")
def switch(world, state):
    answer = webhook(world, "PATCH", body={"state": state})
    check(answer.status == 200, answer.text)


@sentence(r"the newest delivery is (\w+) after (\d+) attempts? with status (\d+)")
def newest_delivery(world, state, attempts, status):
    newest = webhook(world, more="/deliveries").json["deliveries"][0]
    check((newest["state"], newest["attempts"], newest["status"]) == (state, int(attempts), int(status)), json.dumps(newest))
    whole = webhook(world, more="/deliveries/" + newest["id"]).json
    check(whole["tried"][0]["answer"] == ("said " + status if status != "204" else None), json.dumps(whole))


@sentence(r"the newest delivery is sent once more")
def replay(world):
    newest = webhook(world, more="/deliveries").json["deliveries"][0]
    check(webhook(world, "POST", f"/deliveries/{newest['id']}/replay").status == 202, "refused")


@sentence(r"everything of the last hour that failed is sent once more")
def replay_range(world):
    now = time.time()
    moment = lambda at: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))  # noqa: E731
    answer = webhook(world, "POST", "/replay", {"from": moment(now - 3600), "to": moment(now + 60), "failed": True})
    check(answer.status == 202, answer.text)


@sentence(r"the webhook gets a new secret")
def new_secret(world):
    answer = webhook(world, "POST", "/secret")
    check(answer.status == 200, answer.text)
    world.recall("receiver").secrets = [answer.json["secret"]]  # the old one signs too; the receiver has forgotten it


@sentence(r"the webhook is tested")
def test_webhook(world):
    check(webhook(world, "POST", "/test").status == 202, "refused")


@sentence(r"two change the webhook at once and the second is told so")
def two_at_once(world):
    seen = webhook(world).header("ETag")
    check(webhook(world, "PATCH", body={"description": "first"}, headers={"If-Match": seen}).status == 200, "the first was refused")
    second = webhook(world, "PATCH", body={"description": "second"}, headers={"If-Match": seen})
    check(second.status == 412 and webhook(world).json["description"] == "first", f"{second.status}")


@sentence(r"(\w+) may not see the webhook")
def may_not_see(world, name):
    status = caller(world, name).ask("GET", "/api/v1/webhooks/" + world.recall("webhook")).status
    check(status in (403, 404), f"{status}")


@sentence(r"a webhook to (\S+) is refused")
def refused(world, url):
    answer = caller(world, "admin").ask("POST", "/api/v1/webhooks", {"url": url})
    check(answer.status == 422 and answer.json["field"] == "url", f"{answer.status}: {answer.text}")


@sentence(r"(\w+) sends the same request twice with one key and it happens once")
def twice(world, name):
    who, wish = caller(world, name), {"url": "https://crm.example.org/hook", "description": "twice"}
    key = {"Idempotency-Key": "story-1"}
    first, second = who.ask("POST", "/api/v1/webhooks", wish, key), who.ask("POST", "/api/v1/webhooks", wish, key)
    check(first.status == second.status == 201 and first.json == second.json, f"{first.status} {second.status}: {second.text}")
    check(second.header("Idempotency-Replayed") == "true", "it does not say that it was replayed")
    found = [one for one in who.well("GET", "/api/v1/webhooks")["webhooks"] if one["description"] == "twice"]
    check(len(found) == 1, f"there are {len(found)}")
    other = who.ask("POST", "/api/v1/webhooks", {**wish, "description": "another"}, key)
    check(other.status == 422 and other.json["code"] == "idempotency_key_reused", f"{other.status}: {other.text}")


@sentence(r"(\w+) who kept an answer is told that it still holds")
def not_modified(world, name):
    who = caller(world, name)
    first = who.ask("GET", "/api/v1/network/sites")
    again = who.ask("GET", "/api/v1/network/sites", headers={"If-None-Match": first.header("ETag")})
    check((first.status, again.status, again.body) == (200, 304, b""), f"{first.status}, {again.status}")


@sentence(r"(\w+) is told how often it may ask, and when it asked too often")
def limited(world, name):
    who = caller(world, name)
    answer = who.ask("GET", "/api/v1/webhooks")
    quota = int(re.search(r"q=(\d+);w=60", answer.header("RateLimit-Policy"))[1])
    for _ in range(quota + 5):
        answer = who.ask("GET", "/api/v1/webhooks")
        if answer.status == 429:
            break
    check(answer.status == 429 and int(answer.header("Retry-After")) >= 1 and "r=0" in answer.header("RateLimit"), f"{answer.status}: {answer.headers}")


@sentence(r"a wrong address and a wrong method below /api/ are answered as problems")
def problems(world):
    for method, path, body, status in (("GET", "/api/v1/nothing", None, 404), ("DELETE", "/api/v1/events", None, 405)):
        answer = world.web.plain(method, path, body, {"Content-Type": "application/json"} if body else {})
        check(answer.status == status and answer.header("Content-Type") == "application/problem+json" and answer.json["status"] == status, f"{path}: {answer.status} {answer.text[:200]}")
