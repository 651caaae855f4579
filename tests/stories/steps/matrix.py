"""Every private operation x every role x a foreign branch. What is tried comes from /api/v1/openapi.json; what is foreign lies in Munich."""
import json
import urllib.parse

from runner.story import Failed, check, sentence

home, foreign, foreign_branch = "FR-LYO", "DE-MUC", "country:DE"
nonsense = {"user": "999999", "site": "NOWHERE", "branch": "site:NOWHERE"}

# Each role where it reaches France or less.
places = {"site": home, "group": "Belvaux", "country": "FR", "agent": "FR", "moderator": "FR", "crm": "FR", "auditor": "FR", "hq": "FR", "admin": "FR", "product": "ARIETTA", "adviser": None}

# What belongs to the organisation as a whole and to no branch: the permissions alone decide.
of_the_whole = {"setting", "import", "questionnaire", "text", "rule", "country", "cause", "proof", "pack", "duty", "product", "requirement", "locale", "service", "kind", "theme", "taught", "plan_version", "customer", "paper_run"}
samples_of_the_whole = {"setting": "brand.name", "questionnaire": "workshop", "country": "FR", "product": "ARIETTA", "theme": "service.waiting", "taught": "taught.none", "plan_version": "0", "paper_run": "999999"}

# A caller's own account and nothing else; a key has none.
own = {"whoAmI", "signOut", "setLocale", "actAs", "sessions", "endSessions", "endSession"}

# Writes that name their place in the body: one that lies in Munich.
foreign_bodies = {
    "addUser": {"email": "neu@example.org", "name": "Neu", "role": "adviser", "scope": foreign},
    "makeKey": {"role": "site", "scope": foreign},
    "writeFinding": {"about": foreign_branch, "title": "Zephyrkraut", "text": "Zephyrkraut im Motor."},
    "createWebhook": {"url": "https://hooks.example.org/x", "kinds": [], "branch": foreign_branch},
}
# Their refusal says that the place is none of the caller's.
refusals = {403, 404, 409, 422}


def operations(world):
    found = world.web.get("/api/v1/openapi.json")
    check(found.status == 200, f"{found.status}")
    described = found.json
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            if isinstance(one, dict) and "x-permission" in one:
                parameters = [follow(described, each) for each in methods.get("parameters", []) + one.get("parameters", [])]
                yield {**one, "method": method.upper(), "path": path, "parameters": parameters}


def follow(described, one):
    while "$ref" in one:
        target = described
        for part in one["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        one = target
    return one


def parts_of(path):
    return [piece[1:-1] for piece in path.split("/") if piece.startswith("{")]


def example_of(operation):
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        if kind != "application/json":
            continue
        if "example" in content:
            return content["example"]
        for one in content.get("examples", {}).values():
            return one["value"]
    return {}


def query_of(operation):
    """What the operation must be asked with."""
    needed = {}
    for one in operation["parameters"]:
        if one["in"] == "query" and one.get("required"):
            schema = one.get("schema", {})
            needed[one["name"]] = one.get("example", schema.get("example", schema.get("default", (schema.get("enum") or ["1"])[0])))
    return needed


def ask(world, operation, parts, query=None, body=None, headers=None, key=None):
    path = operation["path"]
    for name, value in parts.items():
        path = path.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
    query = {**query_of(operation), **(query or {})}
    if query:
        path += "?" + urllib.parse.urlencode(query)
    sent = {"Content-Type": "application/json", **(headers or {})}
    if key:
        sent["Authorization"] = "Bearer " + key
    content = None if operation["method"] == "GET" else json.dumps(example_of(operation) if body is None else body).encode()
    return world.web.ask(operation["method"], path, content, sent)


def streams(operation):
    return any("text/event-stream" in answer.get("content", {}) for answer in operation["responses"].values() if isinstance(answer, dict))


def key_for(world, role, scope):
    done = world.platform.command("key", "add", "--email", role + "@matrix.example", "--role", role, "--scope", scope)
    check(done.returncode == 0, done.stderr.decode())
    return done.stdout.decode().strip()


def as_chief(world, path):
    found = world.web.get(path, {"Authorization": "Bearer " + world.recall("chief")})
    check(found.status == 200, f"{path}: {found.status} {found.text[:300]}")
    return found.json


@sentence(r"a moderator refuses what waits and its author contests it")
def refuse_and_contest(world):
    from steps.moderation import contests
    world.kept["chief"] = key_for(world, "admin", "*")
    world.kept["hq"] = key_for(world, "hq", "*")
    waiting = wait_for(lambda: as_chief(world, "/api/v1/moderation/queue")["reviews"])
    decided = world.web.ask("POST", f"/api/v1/moderation/{waiting[0]['id']}/decision", json.dumps({"decision": "refuse", "reason": "personal_data", "explanation": "Eine Telefonnummer steht darin.", "reads": True}).encode(),
                            {"Authorization": "Bearer " + world.recall("hq"), "Content-Type": "application/json"})
    check(decided.status == 200, f"{decided.status}: {decided.text[:300]}")
    wait_for(lambda: world.outbox.to("gisa@example.org", "refused"))
    contests(world, "gisa@example.org", "refused", "Zephyrkraut: das ist meine Nummer.")


@sentence(r"a reader reports the review of DE-MUC")
def report_it(world):
    from steps.moderation import report
    world.kept["review"] = world.reviews("sites/" + foreign)[0]["id"]
    page = world.web.get(f"/fr/reviews/{world.kept['review']}").page
    world.open(next(link for link in page.links if link.endswith("/notice")))
    report(world, "leser@example.org", "not_lived", "Zephyrkraut wächst nicht im Motor.")


@sentence(r"the manager of DE-MUC answers the review with its author's name")
def answer_it(world):
    """Which a moderator must read first, so that there is an answer that waits."""
    address = next(line.split(",")[0] for line in open(network_file("people.csv"), encoding="utf-8") if f",site,{foreign}," in line)
    mail = wait_for(lambda: [one for one in world.outbox.to(address) if "/answer/" in one.text])[-1]
    world.open(mail.link("/answer/"))
    form = world.page.form_with("reply")
    world.answer = world.web.post(form.action, form.filled({"reply": "Danke, Frau Zephyrkraut, wir rufen Sie an."}))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


def network_file(name):
    import os
    from runner.platform import network
    return os.path.join(network, name)


def wait_for(look, seconds=15):
    import time
    until = time.monotonic() + seconds
    while True:
        try:
            found = look()
            if found:
                return found
        except Failed:
            pass
        if time.monotonic() > until:
            return look()
        time.sleep(0.2)


def find_samples(world):
    """One of each kind in Munich, by the name of the path's part."""
    chief, samples = "chief", {"site": foreign, "branch": foreign_branch}
    public = world.reviews("sites/" + foreign)
    samples["review"] = public[0]["id"]
    waiting = wait_for(lambda: [one for one in as_chief(world, "/api/v1/moderation/queue")["reviews"] if foreign in one["subject"]])
    samples["waiting"] = waiting[0]["id"]
    samples["notice"] = wait_for(lambda: as_chief(world, "/api/v1/moderation/notices")["notices"])[0]["id"]
    samples["complaint"] = wait_for(lambda: as_chief(world, "/api/v1/moderation/complaints")["complaints"])[0]["id"]
    users = as_chief(world, "/api/v1/users?limit=100&q=" + urllib.parse.quote(next(line.split(",")[1] for line in open(network_file("people.csv"), encoding="utf-8") if f",site,{foreign}," in line)))["users"]
    samples["user"] = users[0]["id"]
    made = world.web.ask("POST", "/api/v1/keys", json.dumps({"name": "munich", "role": "site", "scope": foreign}).encode(), {"Authorization": "Bearer " + world.recall(chief), "Content-Type": "application/json"})
    check(made.status == 201, f"{made.status}: {made.text[:300]}")
    samples["key"] = made.json["id"]
    samples["session"] = samples["passkey"] = "of-somebody-else"
    described = {one["path"] for one in operations(world)}
    if "/api/v1/webhooks" in described:
        hook = world.web.ask("POST", "/api/v1/webhooks", json.dumps(foreign_bodies["createWebhook"]).encode(), {"Authorization": "Bearer " + world.recall(chief), "Content-Type": "application/json"})
        check(hook.status == 201, f"{hook.status}: {hook.text[:300]}")
        samples["webhook"], samples["delivery"] = hook.json["id"], "1"
    if "/api/v1/plan/calls" in described:
        calls = wait_for(lambda: as_chief(world, "/api/v1/plan/calls")["calls"])
        check("Zephyrkraut" in calls[0]["name"], f"{calls[0]}")
        samples["plan_call"] = calls[0]["id"]
    if "/api/v1/findings" in described:
        written = world.web.ask("POST", "/api/v1/findings", json.dumps(foreign_bodies["writeFinding"]).encode(), {"Authorization": "Bearer " + world.recall("hq"), "Content-Type": "application/json"})
        check(written.status == 201, f"{written.status}: {written.text[:300]}")
        samples["finding"] = written.json["finding"]["id"]
    if "/api/v1/moderation/waiting" in described:
        tray = wait_for(lambda: [one for one in as_chief_list(world, "/api/v1/moderation/waiting?kind=reply") if one])
        samples["reply"] = tray[0].get("id") or tray[0].get("ref", "").rsplit(":", 1)[-1]
    if "/api/v1/reply-templates" in described:
        kept = world.web.ask("POST", "/api/v1/reply-templates", json.dumps({"situation": "praise", "lang": "de", "title": "Zephyrkraut", "body": "Guten Tag, {personal} Ihr Zephyrkraut-Team"}).encode(),
                             {"Authorization": "Bearer " + key_for(world, "site", foreign), "Content-Type": "application/json"})
        check(kept.status in (200, 201), f"{kept.status}: {kept.text[:300]}")
        samples["template"] = kept.json.get("id") or next(one["id"] for one in kept.json.values() if isinstance(one, dict) and "id" in one)
    if "/api/v1/cases" in described:
        cases = [one for one in as_list(world, "/api/v1/cases", world.recall("hq")) if one.get("site") == foreign or (one.get("site") or {}) == foreign or foreign in json.dumps(one)]
        check(cases, "there is no case in Munich")
        samples["case"] = cases[0]["id"]
    return samples


def as_list(world, path, key):
    found = world.web.get(path, {"Authorization": "Bearer " + key})
    check(found.status == 200, f"{path}: {found.status} {found.text[:300]}")
    return next((value for value in found.json.values() if isinstance(value, list)), [])


def as_chief_list(world, path):
    return as_list(world, path, world.recall("chief"))


@sentence(r"every operation has a sample in Munich")
def all_have_samples(world):
    samples = world.kept["samples"] = find_samples(world)
    lacking = set()
    for one in operations(world):
        for part in parts_of(one["path"]):
            if part not in samples and part not in of_the_whole:
                lacking.add(f"{{{part}}} of {one['operationId']}")
    check(not lacking, f"no sample in Munich for {', '.join(sorted(lacking))}: tests/stories/steps/matrix.py")


def filled(world, operation, wrong=False):
    parts = {}
    for part in parts_of(operation["path"]):
        if part in of_the_whole:
            parts[part] = samples_of_the_whole.get(part, "x")
        elif wrong:
            parts[part] = nonsense.get(part, "zz99zz99")
        else:
            parts[part] = world.kept["samples"][part]
    return parts


@sentence(r"none of them answers without a session or a key")
def none_without(world):
    answered = []
    for one in operations(world):
        for headers in ({}, {"Authorization": "Bearer vbk_" + "x" * 32}, {"Cookie": "verbatim=" + "x" * 43}):
            got = ask(world, one, filled(world, one), headers=headers)
            if got.status != 401:
                answered.append(f"{one['method']} {one['path']}: {got.status}")
    check(not answered, f"{answered}")


def shown(world, operation, text, markers, role):
    found = [marker for marker in markers if marker in text]
    return [f"{role} {operation['method']} {operation['path']} shows {found[:3]}: ...{text[max(0, text.find(found[0]) - 80):][:200]}"] if found else []


@sentence(r"every role gets what its permissions say, and nothing of Munich")
def matrix(world):
    samples, everything = world.recall("samples"), list(operations(world))
    check(len(everything) > 25, f"only {len(everything)} operations are described")
    adviser = next(one["id"] for one in as_chief(world, "/api/v1/users?limit=100&role=adviser")["users"] if one["scope"] == home)
    sites = [line.split(",") for line in open(network_file("sites.csv"), encoding="utf-8")][1:]
    wrong, tried = [], 0
    for role, scope in places.items():
        key = key_for(world, role, scope or adviser)
        me = world.web.get("/api/v1/session", {"Authorization": "Bearer " + key})
        check(me.status == 200 and me.json["branch"] not in ("", "*"), f"{role}: {me.status} {me.text[:200]}")
        permissions = set(me.json["permissions"])
        narrow = role in ("site", "adviser", "group")
        markers = ["Zephyrkraut", "greta@example.org", "gerd@example.org", "gisa@example.org", "leser@example.org"] + [str(value) for name, value in samples.items() if len(str(value)) >= 8 and name != "session"]
        if role != "product":
            markers += [f"\"{site[0]}\"" for site in sites if not site[0].startswith("FR-") or (narrow and not site[3].startswith("Belvaux"))]
            markers += [f"site:{site[0]}\"" for site in sites if not site[0].startswith("FR-")]
        for one in everything:
            tried += 1
            if one["operationId"] in own or one["x-permission"] in ("own", "sign_in"):
                continue
            name = f"{role} {one['method']} {one['path']}"
            if one["x-permission"] not in permissions:
                got = ask(world, one, filled(world, one), key=key)
                if got.status != 403:
                    wrong.append(f"{name}: {got.status} without {one['x-permission']}")
                continue
            beside = [part for part in parts_of(one["path"]) if part not in of_the_whole]
            queries = [each["name"] for each in one["parameters"] if each["in"] == "query"]
            if beside:
                got, none = ask(world, one, filled(world, one), key=key), ask(world, one, filled(world, one, wrong=True), key=key)
                empty = one["method"] == "GET" and got.status == none.status == 200 and got.text == none.text
                if empty:
                    continue  # a list, as empty as for what does not exist
                if got.status != 404:
                    wrong.append(f"{name}: {got.status} for what lies in Munich: {got.text[:120]}")
                elif none.status != 404 or got.json.get("code") != none.json.get("code") or got.json.get("detail") != none.json.get("detail"):
                    wrong.append(f"{name}: what lies in Munich is told from what does not exist: {got.text[:120]} / {none.text[:120]}")
                wrong += shown(world, one, got.text, [m for m in markers if m not in one["path"]][:5], role)
            elif one["method"] == "GET":
                if not streams(one):
                    got = ask(world, one, filled(world, one), key=key)
                    if got.status == 403 and got.json.get("code") == "whole_brand":
                        continue  # the evidence is the whole brand's
                    if got.status not in (200, 204, 304) and not parts_of(one["path"]):
                        wrong.append(f"{name}: {got.status} {got.text[:200]}")
                    if one["operationId"] == "auditTrail":
                        # What a caller of one's own branch tried in vain stands there with the id he tried.
                        wrong += [f"{name} shows {act}" for act in got.json["acts"] if act["branch"] in ("*", foreign_branch) or "DE-" in act["branch"]]
                    else:
                        wrong += shown(world, one, got.text, markers, role)
                if "branch" in queries:
                    got = ask(world, one, filled(world, one), {"branch": foreign_branch}, key=key)
                    if got.status != 404:
                        wrong.append(f"{name}?branch={foreign_branch}: {got.status} {got.text[:120]}")
                for query, value in (("under", foreign_branch), ("site", foreign), ("subject", "site:" + foreign), ("q", "Zephyrkraut"), ("who", "greta@example.org"), ("object", "site=" + foreign)):
                    if query in queries and not streams(one):
                        got = ask(world, one, filled(world, one), {query: value}, key=key)
                        # What was asked for may be said back.
                        wrong += shown(world, one, got.text.replace(value, "").replace(json.dumps(value), ""), markers, role)
            elif one["operationId"] in foreign_bodies:
                got = ask(world, one, {}, body=foreign_bodies[one["operationId"]], key=key)
                if got.status not in refusals:
                    wrong.append(f"{name}: {got.status} for a place in Munich: {got.text[:120]}")
            elif not parts_of(one["path"]) and one["operationId"] not in of_nobody:
                wrong.append(f"{name}: a write without a place; say in tests/stories/steps/matrix.py what it touches")
    check(not wrong, f"{len(wrong)} of {tried} tries:\n      " + "\n      ".join(wrong[:40]))
    world.kept["tried"] = tried
    print(f"    matrix: {len(everything)} operations x {len(places)} roles = {tried} tries")


# Writes that concern the organisation as a whole, the caller's own branch, or nothing that is kept.
of_nobody = {"teachTheme", "checkPlan", "previewPlan", "simulatePlan", "publishPlan", "dryRunPlan", "testCampaign", "makePrintRun", "tellPaperReturns", "replaceRootCauses", "addReplyTemplate", "toneCheck", "measureEvidence", "layDownProof"}
