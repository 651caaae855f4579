"""Second factors: an authenticator app (RFC 6238, computed here anew), recovery codes, an administrator's help."""
import base64
import hashlib
import hmac
import struct
import time

from runner.story import check, sentence
from steps.access import browser, manager


def code_of(secret, step):
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


def step_now():
    return int(time.time()) // 30


@sentence(r"the manager still has to make a second factor")
def has_to_enrol(world):
    way = browser(world).ask("GET", "/api/v1/sign-in")
    check(way.status == 200 and way.json["state"] == "enrol", f"{way.status}: {way.text}")


@sentence(r"the manager looks at the own account")
def own_account(world):
    browser(world).ask("GET", "/api/v1/factors")


@sentence(r"the manager sets up an authenticator app")
def set_up(world):
    begun = browser(world).ask("POST", "/api/v1/factors/totp", {})
    check(begun.status == 200 and begun.json["uri"].startswith("otpauth://totp/") and begun.json["qr"].startswith("<svg "), f"{begun.status}: {begun.text[:300]}")
    world.kept["secret"] = begun.json["secret"]
    world.kept["step"] = step_now()
    done = browser(world).ask("POST", "/api/v1/factors/totp/confirmation", {"code": code_of(world.kept["secret"], world.kept["step"])})
    check(done.status == 200, f"{done.status}: {done.text[:300]}")
    world.kept["recovery"] = done.json["recovery_codes"]


@sentence(r"the manager sets up another authenticator app")
def set_up_another(world):
    browser(world).ask("POST", "/api/v1/factors/totp", {})


@sentence(r"the manager has (\d+) recovery codes")
def recovery_codes(world, count):
    check(len(set(world.kept["recovery"])) == int(count), f"{world.kept['recovery']}")


@sentence(r"the answer asks for ([\w ]+)")
def asks_for(world, methods):
    check(world.answer.status == 200 and world.answer.json["state"] == "factor" and world.answer.json["methods"] == methods.split(" or "), f"{world.answer.status}: {world.answer.text}")


@sentence(r"the manager gives the code that was used")
def used_code(world):
    browser(world).ask("POST", "/api/v1/session/totp", {"code": code_of(world.kept["secret"], world.kept["step"])})


@sentence(r"the manager gives the next code")
def next_code(world):
    # Of the step that comes: clocks may differ by one. Above the last one used in any case.
    world.kept["step"] = max(step_now(), world.kept["step"]) + 1
    while world.kept["step"] > step_now() + 1:
        time.sleep(0.5)
    browser(world).ask("POST", "/api/v1/session/totp", {"code": code_of(world.kept["secret"], world.kept["step"])})


@sentence(r"the manager gives (\d+) wrong codes")
def wrong_codes(world, count):
    right = {code_of(world.kept["secret"], step_now() + away) for away in range(-2, 3)}
    wrong = next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right)
    for _ in range(int(count)):
        browser(world).ask("POST", "/api/v1/session/totp", {"code": wrong})


@sentence(r"the manager gives the recovery code (\d+)")
def recovery_code(world, number):
    browser(world).ask("POST", "/api/v1/session/recovery", {"code": world.kept["recovery"][int(number) - 1].upper()})


@sentence(r"an administrator takes the manager's second factors")
def reset(world):
    done = world.platform.command("user", "reset-factors", "--email", manager)
    check(done.returncode == 0, f"{done.stderr}")
    world.done = done
    browser(world).cookies = {}
    browser(world).token = ""


@sentence(r"the manager's trail holds: (.*)")
def trail_holds(world, wanted):
    key = {"Authorization": "Bearer " + world.recall("key chief@aurelle.example")}
    found = world.web.get("/api/v1/audit-trail?limit=100", key)
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    said = [f"{one['act'].removeprefix('second_factor ')} {one['outcome']}" for one in found.json["acts"]]
    for one in wanted.split(", "):
        check(one in said, f"no line \"{one}\" among {said}")
