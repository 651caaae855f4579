"""Findings: from customers' words to who can change something, and back to those who said it; the monthly report."""
import time

from runner.story import check, sentence

from .integrators import caller


def finding(world):
    return "/api/v1/findings/" + world.recall("finding")


def reviews_of(world, site):
    return [one["id"] for one in world.web.ask("GET", f"/api/v1/sites/{site}/reviews?limit=100").json["reviews"]]


@sentence(r"(\w+) writes the finding \"(.+)\" about the reviews of (\S+)")
def writes(world, name, title, site):
    view = caller(world, name).well("POST", "/api/v1/findings", {"about": "site:" + site, "title": title, "text": "They say so.", "reviews": reviews_of(world, site)})
    world.kept["finding"] = view["finding"]["id"]
    check(view["finding"]["state"] == "draft" and view["history"][0]["step"] == "written", view)


@sentence(r"(\w+) may not write a finding about the reviews of (\S+)")
def may_not_write(world, name, site):
    answer = caller(world, name).ask("POST", "/api/v1/findings", {"title": "Mine", "text": "Not mine.", "reviews": reviews_of(world, site)})
    check(answer.status in (403, 422), f"{answer.status}: {answer.text}")


@sentence(r"(\w+) may send it to \"(.+)\" and not to \"(.+)\"")
def may_send(world, name, one, other):
    names = [person["name"] for person in caller(world, name).well("GET", finding(world) + "/people?limit=200")["people"]]
    check(one in names and other not in names, names)


@sentence(r"(\w+) sends it to \"(.+)\"")
def sends(world, name, one):
    people = caller(world, name).well("GET", finding(world) + "/people?limit=200")["people"]
    number = next(person["person"] for person in people if person["name"] == one)
    caller(world, name).well("POST", finding(world) + "/recipients", {"people": [number]})


@sentence(r"(\w+) sees (\d+) findings?")
def sees(world, name, count):
    found = caller(world, name).well("GET", "/api/v1/findings")["findings"]
    check(len(found) == int(count), found)


@sentence(r"(\w+) finds no such finding")
def finds_none(world, name):
    for method, path, body in (("GET", "", None), ("POST", "/answer", {"answer": "x"})):
        answer = caller(world, name).ask(method, finding(world) + path, body)
        check(answer.status == 404, f"{method} {path}: {answer.status}: {answer.text}")


@sentence(r"(\w+) reads (\d+) sentences? behind it")
def reads(world, name, count):
    view = caller(world, name).well("GET", finding(world))
    check(len(view["reviews"]) == int(count), view["reviews"])


@sentence(r"(\w+) answers it \"(.+)\" and changed \"(.+)\"")
def answers(world, name, answer, changed):
    caller(world, name).well("POST", finding(world) + "/answer", {"answer": answer, "changed": changed})


@sentence(r"(\w+) may not close it")
def may_not_close(world, name):
    answer = caller(world, name).ask("POST", finding(world) + "/close", {"outcome": "dropped"})
    check(answer.status == 403, f"{answer.status}: {answer.text}")


@sentence(r"closing it in (\w+) would tell (\d+) and hold back (\d+) for (\w+)")
def would_tell(world, language, told, held, reason):
    letters = caller(world, "hq").well("POST", finding(world) + "/audience", {"words": {language: "Un deuxième pont."}})
    check(letters["told"] == int(told), letters)
    check({"reason": reason, "count": int(held)} in letters["held_back"], letters)


@sentence(r"(\w+) closes it with \"(.+)\" in (\w+)")
def closes(world, name, words, language):
    caller(world, name).well("POST", finding(world) + "/close", {"outcome": "changed", "words": {language: words}})


@sentence(r"(\w+) has told (\d+) customers? and held back (\d+)")
def has_told(world, name, told, held):
    view = caller(world, name).well("GET", finding(world))
    check(view["letters"]["told"] == int(told), view["letters"])
    check(sum(one["count"] for one in view["letters"]["held_back"]) == int(held), view["letters"])


@sentence(r"(\w+) reads in the report of (\S+) for the running month (\d+) reviews? and to do (\w+)")
def report(world, name, branch, count, rule):
    month = time.strftime("%Y-%m", time.gmtime())
    got = caller(world, name).well("GET", f"/api/v1/reports/{branch}?month={month}")
    check(got["figures"]["reviews"] == int(count), got["figures"])
    check(rule in [one["rule"] for one in got["next"]], got["next"])
    for language in ("fr", "en", "de"):
        paper = caller(world, name).ask("GET", f"/api/v1/reports/{branch}/pdf?month={month}&lang={language}")
        check(paper.status == 200 and paper.body.startswith(b"%PDF-"), paper.status)


@sentence(r"(\w+) finds no report of (\S+)")
def no_report(world, name, branch):
    for path in (f"/api/v1/reports/{branch}", f"/api/v1/reports/{branch}/pdf"):
        answer = caller(world, name).ask("GET", path)
        check(answer.status == 404, f"{path}: {answer.status}")
