"""HTTP as programs speak it, well and badly."""
import json
import time

from runner.story import Failed, check, patience, sentence
from runner.web import Answer, read_all
from steps.author import invitation_path


@sentence(r"(GET|HEAD|DELETE|PUT) (\S+) is asked(?: with (\S+): (.*))?")
def ask(world, method, path, name, value):
    world.answer = world.web.ask(method, path, None, {name: value} if name else {})


@sentence(r"the same is asked again with its ETag")
def conditional(world):
    tag = world.answer.header("ETag")
    check(tag, "the answer has no ETag")
    world.kept["length"] = len(world.answer.body)
    world.answer = world.web.get(world.recall("path"), {"If-None-Match": tag})


@sentence(r"(\S+) is read")
def read(world, path):
    world.kept["path"] = path
    world.open(path)
    check(world.answer.status == 200, f"{world.answer.status}: {world.answer.text[:200]}")


@sentence(r"the answer has no body")
def no_body(world):
    check(world.answer.body == b"", f"{len(world.answer.body)} bytes")


@sentence(r"HEAD (\S+) has the header lines of GET and no body")
def head_like_get(world, path):
    varying = {"x-request-id", "date", "age"}
    world.web.get(path)  # the first answer comes from the counter, all others from the shop window
    got, head = world.web.get(path), world.web.ask("HEAD", path)
    lines = [{name.lower(): value for name, value in answer.headers if name.lower() not in varying} for answer in (got, head)]
    check(head.body == b"" and head.status == got.status, f"{head.status}, {len(head.body)} bytes")
    check(lines[0] == lines[1], f"GET {lines[0]}\nHEAD {lines[1]}")


@sentence(r"the answer is problem JSON with status (\d+)")
def problem(world, status):
    check("application/problem+json" in (world.answer.header("Content-Type") or ""), f"Content-Type is {world.answer.header('Content-Type')}")
    check(world.answer.status == int(status) and world.answer.json["status"] == int(status), world.answer.text)


def split_answer(got):
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not first.startswith("HTTP/1.1 "):
        raise Failed(f"no answer: {got[:200]}")
    return Answer(int(first.split(" ")[1]), [tuple(line.split(": ", 1)) for line in lines], body)


@sentence(r"a form with broken UTF-8 is sent to the invitation of (\S+@\S+)")
def broken_utf8(world, email):
    world.answer = world.web.ask("POST", invitation_path(world, email), b"rating=5&body=caf%E9%FF&declaration=yes",
                                 {"Content-Type": "application/x-www-form-urlencoded"})


@sentence(r"a form of (\d+) megabytes is sent to the invitation of (\S+@\S+)")
def large(world, megabytes, email):
    length = int(megabytes) << 20
    path = invitation_path(world, email)
    head = f"POST {path} HTTP/1.1\r\nHost: story\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    world.answer = split_answer(world.web.raw(head.encode() + b"rating=5&declaration=yes&body=" + b"a" * (length - 30)))


@sentence(r"a header of (\d+) kilobytes is sent")
def large_header(world, kilobytes):
    world.answer = split_answer(world.web.raw(b"GET / HTTP/1.1\r\nHost: story\r\nX-Long: " + b"a" * (int(kilobytes) << 10) + b"\r\n\r\n"))


dangerous = {
    "both Content-Length and Transfer-Encoding": b"POST /u/x HTTP/1.1\r\nHost: story\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a bare line feed": b"GET / HTTP/1.1\nHost: story\n\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: story\r\nX-A: 1\r\n 2\r\n\r\n",
    "two different lengths": b"POST /u/x HTTP/1.1\r\nHost: story\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : story\r\n\r\n",
}


@sentence(r"a request with (.+) is answered 400 and the connection closed, the next request on it never read")
def smuggled(world, what):
    check(what in dangerous, "known are " + ", ".join(dangerous))
    got = world.web.raw(dangerous[what] + b"GET /healthz HTTP/1.1\r\nHost: story\r\n\r\n")
    check(split_answer(got).status == 400, f"{got[:200]}")
    check(got.count(b"HTTP/1.1 ") == 1, "a second answer came")


@sentence(r"a visitor sends half a header and waits, the connection is closed within (\d+) seconds")
def slow(world, seconds):
    begun = time.monotonic()
    with world.web.socket(patience=60) as wire:
        wire.sendall(b"GET / HTTP/1.1\r\nHost: st")
        read_all(wire)
    check(time.monotonic() - begun < int(seconds) * patience, f"it stayed open {time.monotonic() - begun:.1f} s")


@sentence(r"(\d+) pipelined requests for (\S+) are answered in order")
def pipelined(world, count, path):
    request = f"GET {path} HTTP/1.1\r\nHost: story\r\n\r\n".encode()
    last = f"GET {path} HTTP/1.1\r\nHost: story\r\nConnection: close\r\n\r\n".encode()
    got = world.web.raw(request * (int(count) - 1) + last)
    check(got.count(b"HTTP/1.1 200 ") == int(count), f"{got.count(b'HTTP/1.1 200 ')} answers")


@sentence(r"(\d+) forms are sent within a minute, (\d+) are heard and the rest answered 429 with Retry-After")
def too_many(world, count, heard):
    answers = [world.web.post("/review/FR-NAN", [("rating", "9")]) for _ in range(int(count))]
    refused = [one for one in answers if one.status == 429]
    check(len(answers) - len(refused) == int(heard), f"{[one.status for one in answers]}")
    check(refused and all((one.header("Retry-After") or "").isdigit() for one in refused), "429 without Retry-After")


@sentence(r"another site's page cannot send the form of (\S+@\S+)")
def cross_site(world, email):
    path = invitation_path(world, email)
    answer = world.web.post(path, [("rating", "5"), ("declaration", "yes")], {"Sec-Fetch-Site": "cross-site"})
    check(answer.status == 403, f"{answer.status}")


def access_lines(world):
    with open(world.platform.access_log, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@sentence(r"the access log is JSON lines with a request id, a method, a status and no secret")
def access_log(world):
    lines = access_lines(world)
    check(lines, "it is empty")
    names = set(lines[-1])
    check(any("id" in name for name in names) and "method" in names and "status" in names, f"its members are {sorted(names)}")
    secrets = [mail.link(path).rsplit("/", 1)[1].split("?")[0] for mail in world.outbox.all() for path in ("/r/", "/me/", "/case/", "/moderate/", "/u/")
               if path in mail.text]
    check(secrets, "no mail with a personal link to look for")
    with open(world.platform.access_log, encoding="utf-8") as file:
        text = file.read()
    check(all(secret not in text for secret in secrets), "a token stands in the access log")
    check("/r/" in text, "the personal link was not asked for at all")


@sentence(r"the metrics are Prometheus text with (\S+)")
def metrics(world, name):
    answer = world.web.get("/metrics")
    check(answer.status == 200 and (answer.header("Content-Type") or "").startswith("text/plain; version=0.0.4"), f"{answer.headers}")
    lines = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    check(all(len(line.rsplit(" ", 1)) == 2 and float(line.rsplit(" ", 1)[1]) >= 0 for line in lines), "a line is not a sample")
    check(any(line.startswith(name) for line in lines), f"no {name}")


@sentence(r'the metrics say (\S+) (\d+)')
def metric_is(world, name, value):
    found = [line for line in world.web.get("/metrics").text.splitlines() if line.startswith(name + " ")]
    check(found == [f"{name} {value}"], f"{found}")
