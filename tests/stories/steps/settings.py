"""What the administrator changes for the brand: by the API, as the desk does."""
import json
import time
import urllib.parse

from runner.story import check, sentence
from steps.integrators import caller

homes = {"questionnaire": "questionnaires", "text": "consent-texts", "rule": "moderation-rules", "country rule": "country-rules", "setting": "settings"}


def path(kind, name):
    return f"/api/v1/{homes[kind]}/{name}"


@sentence(r"(\w+) sets the (questionnaire|text|rule|country rule|setting) (\S+) to (\{.*\})")
def put(world, who, kind, name, body):
    world.answer = caller(world, who).ask("PUT", path(kind, name), json.loads(body))
    check(world.answer.status == 200, f"{world.answer.status}: {world.answer.text}")


@sentence(r"(\w+) cannot set the (questionnaire|text|rule|country rule|setting) (\S+) to (\{.*\}): (\d+)(?: at (\S+))?")
def cannot(world, who, kind, name, body, status, field):
    answer = caller(world, who).ask("PUT", path(kind, name), json.loads(body))
    check(answer.status == int(status), f"{answer.status}: {answer.text}")
    check(field is None or answer.json["field"] == field, answer.text)


@sentence(r"(\w+) undoes the change of the (questionnaire|text|rule|country rule|setting) (\S+)")
def undo(world, who, kind, name):
    answer = caller(world, who).ask("POST", path(kind, name) + "/undo")
    check(answer.status == 200, f"{answer.status}: {answer.text}")


@sentence(r"the (questionnaire|text|rule|country rule|setting) (\S+) is in edition (\d+) by (\S+)")
def edition(world, kind, name, number, who):
    found = caller(world, "admin").well("GET", path(kind, name))
    check((found["edition"], found["changed_by"]) == (int(number), who), json.dumps(found))
    editions = caller(world, "admin").well("GET", path(kind, name) + "/editions")["editions"]
    check([one["edition"] for one in editions] == list(range(int(number), -1, -1)), json.dumps(editions))


@sentence(r"two administrators change the questionnaire workshop at once and the second is told so")
def two(world):
    admin = caller(world, "admin")
    seen = admin.ask("GET", path("questionnaire", "workshop")).header("ETag")
    first = admin.ask("PUT", path("questionnaire", "workshop"), {"criteria": [{"code": "welcome"}]}, {"If-Match": seen})
    second = admin.ask("PUT", path("questionnaire", "workshop"), {"criteria": [{"code": "price"}]}, {"If-Match": seen})
    check((first.status, second.status) == (200, 412), f"{first.status}, {second.status}")


@sentence(r"(\w+) finds (\d+) points? of sale(?: with \"(.*)\")?")
def sites(world, who, count, q):
    found, after = [], ""
    while True:
        page = caller(world, who).well("GET", f"/api/v1/network/sites?limit=5&q={urllib.parse.quote(q or '')}&after={after}")
        found += page["sites"]
        after = page["next"]
        if after is None:
            break
    check(len(found) == int(count), f"{len(found)}: {[site['code'] for site in found]}")


@sentence(r"(\w+) sets the opening hours of (\S+) to \"(.*)\"(?:: (\d+))?")
def opening(world, who, site, hours, status):
    answer = caller(world, who).ask("PATCH", f"/api/v1/network/sites/{site}", {"opening": hours})
    check(answer.status == int(status or 200), f"{answer.status}: {answer.text}")
    if answer.status == 200:
        check(answer.json["opening"] == hours, answer.text)


def multipart(kind, name, text):
    edge = "----story"
    body = f'--{edge}\r\nContent-Disposition: form-data; name="kind"\r\n\r\n{kind}\r\n--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--{edge}--\r\n'
    return body.encode(), {"Content-Type": "multipart/form-data; boundary=" + edge}


@sentence(r"(\w+) looks at a file of sites with 2 good rows and 1 without a country")
def look(world, who):
    body, headers = multipart("sites", "sites.csv", "code,name,country,city\nFR-NEW,Garage Neuf,FR,Lille\nFR-TWO,Garage Deux,FR,Brest\nFR-BAD,Garage Perdu,XX,Nulle part\n")
    one = caller(world, who)
    answer = world.web.ask("POST", "/api/v1/imports", body, {"Authorization": "Bearer " + one.key, **headers})
    check(answer.status == 201, f"{answer.status}: {answer.text}")
    found = answer.json
    check((found["counts"]["read"], found["counts"]["taken"], found["counts"]["rejected"]) == (3, 2, 1), answer.text)
    check([row["code"] for row in found["rows"]] == ["FR-NEW", "FR-TWO"] and found["rejections"][0]["line"] == 4 and "country" in found["rejections"][0]["why"], answer.text)
    world.kept["import"] = found["id"]


@sentence(r"(\w+) takes the file")
def take(world, who):
    one = caller(world, who)
    one.well("POST", f"/api/v1/imports/{world.recall('import')}/start")
    again = one.ask("POST", f"/api/v1/imports/{world.recall('import')}/start")
    check(again.status == 409, f"{again.status}")


@sentence(r"the import is (\w+) with (\d+) taken")
def import_done(world, state, taken):
    found = caller(world, "admin").well("GET", "/api/v1/imports/" + world.recall("import"))
    check((found["state"], found["counts"]["taken"]) == (state, int(taken)), json.dumps(found))


@sentence(r"every page knows of the change")
def known(world):
    time.sleep(1.5)  # a process looks for what others changed twice a second
