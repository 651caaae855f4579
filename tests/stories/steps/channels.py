"""Other ways to a person than mail: an SMS gateway of the story's own."""
import http.server
import json
import re
import threading

from runner.story import check, sentence


class SmsGateway:
    def __init__(self, world):
        self.got, self.status = [], 200
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                gateway.got.append((self.headers.get("Authorization"), json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.send_response(gateway.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        with open(world.path("sms.token"), "w", encoding="ascii") as file:
            file.write("a-token\n")
        world.settings += [f"sms.url=http://127.0.0.1:{self.server.server_address[1]}/messages", "sms.token_file=" + world.path("sms.token"), "mail.retry_first_seconds=1"]
        world.others.append(self)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@sentence(r"an SMS gateway")
def gateway(world):
    world.kept["gateway"] = SmsGateway(world)


@sentence(r"the SMS gateway (answers 503|is well again)")
def mood(world, what):
    world.recall("gateway").status = 503 if what == "answers 503" else 200


@sentence(r"in the plan the welcome goes by SMS alone")
def by_sms(world):
    world.kept["plan changes"] = [('channel = ["mail", "paper"]', 'channel = ["sms"]')]


def messages(world, number):
    return [body for token, body in world.recall("gateway").got if body["to"] == number and token == "Bearer a-token"]


@sentence(r"the SMS gateway was asked (\d+) times? or more for (\+\d+), each time for one message of one id")
def asked(world, count, number):
    found = messages(world, number)
    check(len(found) >= int(count), f"{len(found)} times")
    check(len({(one["id"], one["text"]) for one in found}) == 1, f"{found}")


@sentence(r"the SMS to (\+\d+) says \"(.+)\"")
def says(world, number, words):
    found = messages(world, number)
    check(found and words in found[-1]["text"], f"{world.recall('gateway').got}")


@sentence(r"there was no SMS to (\+\d+)")
def none(world, number):
    check(not messages(world, number), f"{messages(world, number)}")


@sentence(r"whoever holds (\+\d+) leaves by the link in it")
def leaves(world, number):
    path = re.search(r"https?://[^/ ]+(/u/\S+)$", messages(world, number)[-1]["text"])[1]
    answer = world.web.post(path, [("List-Unsubscribe", "One-Click")])
    check(answer.status == 200, f"{answer.status}")
