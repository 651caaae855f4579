"""Who comes in: links for a password, sessions, the audit trail, and whom one may look after."""
import json
import sqlite3

from runner.platform import psql
from runner.story import Failed, check, sentence

manager = "chantal.lacroix@aurelle.example"


class Browser:
    """Keeps cookies and the session's token, as the desk does."""

    def __init__(self, world):
        self.world, self.cookies, self.token = world, {}, ""

    def ask(self, method, path, body=None, headers=None, token=True):
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        if token and self.token:
            sent["X-CSRF-Token"] = self.token
        answer = self.world.web.ask(method, path, json.dumps(body).encode() if body is not None else None, sent)
        for name, value in answer.headers:
            if name.lower() != "set-cookie":
                continue
            cookie, _, rest = value.partition(";")
            key, _, content = cookie.partition("=")
            if "Max-Age=0" in rest:
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = content
        if answer.status == 200 and answer.text.startswith("{") and "csrf" in answer.json:
            self.token = answer.json["csrf"]
        self.world.answer = answer
        return answer


def browser(world, who=manager):
    name = "browser " + who
    if name not in world.kept:
        world.kept[name] = Browser(world)
    return world.kept[name]


def link_of(world, address):
    return world.outbox.newest(address, "password_link").link("/office/password/").rsplit("/", 1)[1]


@sentence(r"the answer is (\d+) with the code (\w+)")
def coded(world, status, code):
    check(world.answer.status == int(status) and world.answer.json.get("code") == code, f"{world.answer.status}: {world.answer.text[:300]}")


@sentence(r"(\S+@\S+) asks for a password link")
def ask_link(world, address):
    browser(world, address).ask("POST", "/api/v1/password-links", {"email": address})


@sentence(r'the manager chooses the password "(.*?)"')
def choose(world, password):
    world.kept.setdefault("link", None)
    if world.kept["link"] is None:
        import time
        for _ in range(100):
            try:
                world.kept["link"] = link_of(world, manager)
                break
            except Failed:
                time.sleep(0.1)
    browser(world).ask("POST", "/api/v1/passwords", {"token": world.recall("link"), "password": password})


@sentence(r"the manager is signed in as (\w+) on (\S+)")
def signed_in(world, role, branch):
    me = browser(world).ask("GET", "/api/v1/session")
    check(me.status == 200, f"{me.status}: {me.text[:300]}")
    check((me.json["role"], me.json["branch"], me.json["email"], me.json["state"]) == (role, branch, manager, "open"), f"{me.json}")


@sentence(r"the manager is signed in no more")
def signed_out(world):
    check(browser(world).ask("GET", "/api/v1/session").status == 401, "there is still a session")


@sentence(r'the manager signs in with "(.*?)"')
def sign_in(world, password):
    browser(world).ask("POST", "/api/v1/session", {"email": manager, "password": password})


@sentence(r'the manager signs in from (?:another|the same) browser with "(.*?)"')
def sign_in_again(world, password):
    other = Browser(world) if "another" not in world.kept else world.kept["another"]
    other.cookies = {name: value for name, value in browser(world).cookies.items() if name.endswith("device")}
    other.ask("POST", "/api/v1/session", {"email": manager, "password": password})


@sentence(r"the session's cookie is kept from scripts and from other sites")
def cookie_kept(world):
    cookies = [value for name, value in world.answer.headers if name.lower() == "set-cookie"]
    check(len(cookies) == 2, f"{cookies}")
    for cookie in cookies:
        check("HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie and "Domain" not in cookie, cookie)
    # Behind a proxy that speaks https for us.
    check(world.answer.header("Cache-Control") == "no-store", "it may be kept by a cache")


@sentence(r"the manager writes without the session's token")
def without_token(world):
    browser(world).ask("POST", "/api/v1/session/role", {"role": "site", "scope": "FR-NAN"}, token=False)


@sentence(r"another site's page sends the manager's address and password")
def cross_origin(world):
    Browser(world).ask("POST", "/api/v1/session", {"email": manager, "password": "three quiet herons"}, {"Sec-Fetch-Site": "cross-site"})


@sentence(r"the manager has (\d+) sessions?")
def count_sessions(world, count):
    found = browser(world).ask("GET", "/api/v1/sessions")
    check(found.status == 200 and len(found.json["sessions"]) == int(count), f"{found.status}: {found.text[:600]}")
    check([one["current"] for one in found.json["sessions"]].count(True) == 1 and found.json["sessions"][0]["device"] == "Firefox, Linux", f"{found.json}")


@sentence(r"the manager ends every other session")
def end_others(world):
    check(browser(world).ask("DELETE", "/api/v1/sessions").status == 200, world.answer.text)


@sentence(r"the manager signs out")
def sign_out(world):
    browser(world).ask("DELETE", "/api/v1/session")


@sentence(r"somebody else gives (\d+) wrong passwords for the manager")
def guess(world, count):
    for _ in range(int(count)):
        Browser(world).ask("POST", "/api/v1/session", {"email": manager, "password": "wrong wrong wrong"})


@sentence(r"the answer says when to come back")
def retry_after(world):
    check(int(world.answer.header("Retry-After") or 0) >= 1, f"{world.answer.headers}")


# The trail

@sentence(r"the trail of the manager reads: (.+)")
def trail_reads(world, wanted):
    found = world.web.get("/api/v1/audit-trail?limit=100&who=" + manager, {"Authorization": "Bearer " + world.recall("key chief@aurelle.example")})
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    said = [one["act"] + " " + one["outcome"] for one in reversed(found.json["acts"])]
    check(said == wanted.split(", "), f"it reads {said}")
    check(all(one["request"] and len(one["hash"]) == 64 for one in found.json["acts"]), f"{found.json['acts'][0]}")


@sentence(r"the trail is verified")
def verify_trail(world):
    world.done = world.platform.command("audit", "verify")


@sentence(r"somebody who has the database changes a line of the trail")
def change_trail(world):
    statement = "UPDATE audit_trail SET who = 'nobody' WHERE seq = 1"
    try:
        if world.platform.database == "sqlite":
            with sqlite3.connect(world.platform.data + "/verbatim.db", timeout=20) as database:
                database.execute(statement)
        else:
            psql(world.platform.database, statement)
        world.kept["changed"] = "changed"
    except (sqlite3.DatabaseError, Failed) as refused:
        world.kept["changed"] = str(refused)


@sentence(r"the database refuses it")
def refused_by_database(world):
    check("append-only" in world.recall("changed"), world.recall("changed"))


# Users

def by_key(world, who, method, path, body=None):
    headers = {"Authorization": "Bearer " + world.recall("key " + who), "Content-Type": "application/json"}
    world.answer = world.web.ask(method, path, json.dumps(body).encode() if body is not None else None, headers)
    return world.answer


@sentence(r"(\S+@\S+) gives (\S+@\S+) the role (\w+) on (\S+)")
def give_role(world, who, whom, role, scope):
    by_key(world, who, "POST", "/api/v1/users", {"email": whom, "name": "Zoé Petit", "role": role, "scope": scope, "locale": "fr-FR"})


@sentence(r"(\S+@\S+) looks at everybody")
def look_at_all(world, who):
    everybody, after = [], ""
    while after is not None:
        found = by_key(world, who, "GET", "/api/v1/users?limit=100" + (f"&after={after}" if after else ""))
        check(found.status == 200, f"{found.status}: {found.text[:300]}")
        everybody += found.json["users"]
        after = found.json["next"]
    world.kept["everybody"] = everybody


@sentence(r"all of them lie (?:on|in) (\S+)")
def all_lie(world, place):
    everybody = world.recall("everybody")
    check(everybody, "nobody is shown")
    beside = [one for one in everybody if not (one["scope"].startswith(place) or (len(place) == 2 and one["role"] == "group"))]
    check(not beside, f"{beside[:3]}")


@sentence(r'(\S+@\S+) chose the password "(.*?)" by the link')
def chose(world, who, password):
    answer = browser(world, who).ask("POST", "/api/v1/passwords", {"token": link_of(world, who), "password": password})
    check(answer.status == 200, f"{answer.status}: {answer.text[:300]}")


@sentence(r"(\S+@\S+) ends the role (\w+) of (\S+@\S+)")
def end_role(world, who, role, whom):
    found = by_key(world, who, "GET", "/api/v1/users?q=" + whom)
    ids = [one["id"] for one in found.json["users"] if one["role"] == role]
    check(len(ids) == 1, f"{found.text[:400]}")
    by_key(world, who, "DELETE", "/api/v1/users/" + ids[0])


@sentence(r'(\S+@\S+) acts as (\w+) when signing in with "(.*?)"')
def acts_as(world, who, role, password):
    check(browser(world, who).ask("GET", "/api/v1/session").status == 401 or world.answer.json["role"] == role, "the session of the role that ended goes on")
    answer = browser(world, who).ask("POST", "/api/v1/session", {"email": who, "password": password})
    check(answer.status == 200, f"{answer.status}: {answer.text[:300]}")
    me = browser(world, who).ask("GET", "/api/v1/session").json
    check(me["role"] == role and [one["role"] for one in me["roles"]] == [role], f"{me}")


@sentence(r'(\S+@\S+) cannot sign in with "(.*?)"')
def cannot(world, who, password):
    check(browser(world, who).ask("GET", "/api/v1/session").status == 401, "the session goes on")
    check(browser(world, who).ask("POST", "/api/v1/session", {"email": who, "password": password}).status == 403, f"{world.answer.status}")


@sentence(r"the command (.+) runs")
def run_command(world, words):
    world.done = world.platform.command(*words.split())
