"""The customer: the invitation, the form, the receipt, the space of their own. "she" and "he" are the last one named."""
import re
import threading

from runner import log_math
from runner.pages import escaped, spaces_alike
from runner.story import Failed, check, sentence, wait_for
from runner.web import form_request, read_all
from runner.world import day

options = [
    (re.compile(r"signing with (?:her|his) name"), lambda m: {"signature": "name"}),
    (re.compile(r"signing anonymously"), lambda m: {"signature": "anonymous"}),
    (re.compile(r"asking to be called"), lambda m: {"contact_me": "yes"}),
    (re.compile(r"without the declaration"), lambda m: {"declaration": None}),
    (re.compile(r"recommending (\d+)"), lambda m: {"recommend": m[1]}),
    (re.compile(r"with criterion (\w+) (\d+)"), lambda m: {"rating_" + m[1]: m[2]}),
    (re.compile(r'with title "(.*?)"'), lambda m: {"title": m[1]}),
    (re.compile(r'with (\d) stars? and "(.*?)" for the vehicle'), lambda m: {"product_rating": m[1], "product_body": m[2]}),
]


def wishes(text):
    """The fields meant by 'signing with her name, asking to be called'."""
    found, rest = {}, (text or "").strip(" ,")
    while rest:
        for pattern, fields in options:
            match = pattern.match(rest)
            if match:
                found.update(fields(match))
                rest = rest[match.end():].strip(" ,")
                break
        else:
            raise Failed("the form has no such wish: " + rest)
    return found


def words(text):
    return text.replace("\\n", "\n")


def invitation_path(world, email):
    return world.outbox.newest(email, "invitation").link("/r/")


@sentence(r"(\S+@\S+) has an invitation")
def has_invitation(world, email):
    world.outbox.newest(email, "invitation")


@sentence(r"(\S+@\S+) has (\d+) invitations?")
def has_invitations(world, email, count):
    found = len(world.outbox.to(email, "invitation"))
    check(found == int(count), f"{found} invitations")


@sentence(r"(\S+@\S+) has no invitation")
def has_no_invitation(world, email):
    has_invitations(world, email, 0)


@sentence(r"the invitation of (\S+@\S+) is opened(?: at star (\d))?")
def open_invitation(world, email, star):
    world.she = email
    world.kept["link"] = wait_for(lambda: invitation_path(world, email))
    world.open(world.kept["link"] + (f"?n={star}" if star else ""))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"the invitation of (\S+@\S+) is tried again")
def try_invitation(world, email):
    world.she = email
    world.open(invitation_path(world, email))


@sentence(r"the form shows no star chosen")
def no_star(world):
    form = world.page.form_with("rating", "body")
    check(form.chosen("rating") == [], f"chosen beforehand: {form.chosen('rating')}")
    radios = [field for field in form.fields if field[0] == "rating"]
    check([field[1] for field in radios] == ["1", "2", "3", "4", "5"] and all(field[2] == "radio" for field in radios), "not five radio buttons")


@sentence(r"the form shows (\d) stars? chosen")
def star_chosen(world, star):
    chosen = world.page.form_with("rating").chosen("rating")
    check(chosen == [star], f"chosen: {chosen}")


def fields_of(world, stars, text, more):
    page = world.page
    form = page.form_with("rating", "body", "declaration")
    changes = {"rating": stars, "body": words(text), "declaration": next(f[1] for f in form.fields if f[0] == "declaration")}
    changes.update(wishes(more))
    return form, form.filled(changes)


def send(world, stars, text, more):
    form, fields = fields_of(world, stars, text, more)
    world.answer = world.web.post(form.action, fields)


@sentence(r's?he sends (\d+) stars? "(.*?)"(?:,? (.*))?')
def sends(world, stars, text, more):
    send(world, stars, text, more)
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:600]}")


@sentence(r's?he tries to send (\d+) stars? "(.*?)"(?:,? (.*))?')
def tries(world, stars, text, more):
    send(world, stars, text, more)


@sentence(r's?he tries to send no star "(.*?)"(?:,? (.*))?')
def tries_without_star(world, text, more):
    send(world, None, text, more)


@sentence(r'(\S+@\S+) answers with (\d) stars? "(.*?)"(?:,? (.*))?')
def answers(world, email, stars, text, more):
    open_invitation(world, email, None)
    sends(world, stars, text, more)


@sentence(r'the form sent from (\d+) connections at once with (\d) stars? "(.*?)" is taken once and refused (\d+) times with 410')
def at_once(world, count, stars, text, refused):
    form, fields = fields_of(world, stars, text, "")
    request = form_request(form.action, fields)
    wires = [world.web.socket() for _ in range(int(count))]
    for wire in wires:
        wire.sendall(request[:-1])  # everything but the last byte, so that all arrive together
    gate, codes = threading.Barrier(len(wires)), []

    def finish(wire):
        gate.wait()
        wire.sendall(request[-1:])
        codes.append(int(read_all(wire).split(b" ", 2)[1]))
        wire.close()
    threads = [threading.Thread(target=finish, args=(wire,)) for wire in wires]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(codes.count(200) == 1 and codes.count(410) == int(refused), f"answers: {sorted(codes)}")


@sentence(r'the form still holds "(.*?)" in (\w+)')
def still_holds(world, text, name):
    field = world.page.form_with("rating", "body")
    held = [f[1] for f in field.fields if f[0] == name]
    check(held == [words(text)], f"{name} holds {held}")


@sentence(r'the form still has (\w+) at "(.*?)"')
def still_chosen(world, name, value):
    chosen = world.page.form_with("rating", "body").chosen(name)
    check(chosen == [value], f"{name} is at {chosen}")


@sentence(r'the page holds "(.*?)" only as harmless text')
def harmless(world, text):
    check(text not in world.answer.text, "it stands in the page as it was typed")
    check(escaped(text) in world.answer.text, "it does not stand in the page at all")


# The receipt (norms AUT-5, TLG-2)

def own_space(world):
    mails = [mail for mail in world.outbox.to(world.she) if "/me/" in mail.text]
    check(mails, f"{world.she} has no mail with a link to a space of her own")
    return mails[-1].link("/me/")


@sentence(r"the thank-you page shows salt and commitment and leads to the author's space")
def thanks(world):
    page = world.page
    found = [link for link in page.links if re.fullmatch(r"/me/[\w-]{22}", link)]
    check(found, "no link to the author's space")
    receipt = world.web.get(found[0] + "/receipt.json").json
    check(receipt["salt"] in page.words and receipt["commitment"] in page.words, "salt and commitment are not shown")
    world.kept["receipt"] = receipt


@sentence(r"(?:her|his) receipt holds against the log's key")
def receipt_holds(world):
    world.kept["receipt"] = log_math.check_receipt(world.web.get(own_space(world) + "/receipt.json").json, world.web.get("/log/key").text)


@sentence(r"(?:her|his) proof leads to the signed root of the log")
def proof_holds(world):
    answer = world.web.get(own_space(world) + "/proof.tlog-proof")
    check(answer.status == 200, f"{answer.status}: {answer.text}")
    log = log_math.Log(world.web)
    index = int(re.search(r"index (\d+)", answer.text)[1])
    check(log_math.check_proof(answer.text, log.raw[index], log.key) == index, "another place")


@sentence(r"the log holds (?:her|his) commitment before anything was decided")
def committed_first(world):
    receipt, log = world.recall("receipt"), log_math.Log(world.web)
    about = [entry for entry in log.entries if entry.get("review") == receipt["review"]]
    check(about and about[0] == {**about[0], "kind": "collected", "commitment": receipt["commitment"]}, f"the log says {about}")


# The space of their own

@sentence(r"s?he opens (?:her|his) space")
def open_space(world):
    world.kept["space"] = own_space(world)
    world.open(world.kept["space"])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


def act(world, action, changes=None):
    form = next((form for form in world.page.forms if form.chosen("action") == [action]), None)
    check(form, f"the space has no form to {action}: {world.page.words[:300]}")
    fields = form.filled({**({"confirm": "yes"} if "confirm" in form.names() else {}), **(changes or {})})
    world.answer = world.web.post(form.action, fields)


@sentence(r's?he corrects it to (\d) stars? "(.*?)"')
def corrects(world, stars, text):
    open_space(world)
    act(world, "correct", {"rating": stars, "body": words(text)})
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"s?he withdraws it")
def withdraws(world):
    open_space(world)
    act(world, "withdraw")
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"s?he erases everything")
def erases(world):
    open_space(world)
    world.kept["salt"] = world.web.get(world.kept["space"] + "/receipt.json").json["salt"]
    act(world, "erase")
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r's?he reports pressure: "(.*?)"')
def pressure(world, text):
    open_space(world)
    act(world, "pressure", {"what": text})
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"s?he exports everything")
def exports(world):
    open_space(world)
    act(world, "export")
    check(world.answer.status == 200 and "attachment" in (world.answer.header("Content-Disposition") or ""), f"{world.answer.status}")
    world.kept["export"] = world.answer.json


@sentence(r'the export holds "(.*?)"')
def export_holds(world, text):
    check(spaces_alike(text) in spaces_alike(log_math.canonical(world.recall("export"))), f"not in the export: {log_math.canonical(world.recall('export'))[:1500]}")


@sentence(r"the export has (\d+) reviews? with (\d+) earlier versions?, (\d+) experiences?, (\d+) calls? and the mails sent")
def export_counts(world, reviews, versions, experiences, calls):
    out = world.recall("export")
    found = (len(out["reviews"]), sum(len(one["earlier_versions"]) for one in out["reviews"]), len(out["experiences"]),
             sum(len(case["calls"]) for case in out["calls"]))
    check(found == tuple(map(int, (reviews, versions, experiences, calls))), f"reviews, versions, experiences, calls: {found}")
    check(len(out["messages"]) >= 2 and out["person"]["email"] == world.she, f"messages {out['messages']}")


@sentence(r'(?:her|his) link to reword marks "(.*?)" and says why: "(.*?)"')
def reword_page(world, marked, why):
    world.kept["space"] = world.outbox.newest(world.she, "rephrase_request").link("/me/")
    world.open(world.kept["space"] + "/rephrase")
    check(marked in world.page.marked, f"marked: {world.page.marked}")
    check(spaces_alike(why) in world.page.words, f"the page says: {world.page.words[:600]}")


@sentence(r's?he rewords it to "(.*?)"')
def rewords(world, text):
    world.kept["space"] = world.outbox.newest(world.she, "rephrase_request").link("/me/")
    world.open(world.kept["space"] + "/rephrase")
    form = world.page.form_with("body")
    world.answer = world.web.post(form.action, form.filled({"body": words(text)}))
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"HEAD is asked of the invitation of (\S+@\S+)")
def head_of_invitation(world, email):
    world.answer = world.web.ask("HEAD", invitation_path(world, email))


@sentence(r'the used link is posted again with (\d) stars? "(.*?)"')
def post_again(world, stars, text):
    world.answer = world.web.post(world.recall("link"), [("rating", stars), ("body", text), ("declaration", "yes")])


@sentence(r"the criterion (\w+) names the problem (\w+)")
def criterion_says(world, name, problem):
    place = world.answer.text.find(f'id="rating_{name}-error"')
    check(place > 0, "it says nothing")
    check(world.platform_words("problem." + problem) in spaces_alike(world.answer.text[place:place + 300]), world.answer.text[place:place + 300])


@sentence(r"s?he tries to send (\d) stars? and a text of (\d+) letters")
def sends_long(world, stars, count):
    send(world, stars, "é" * int(count), "")


@sentence(r"s?he sends (\d) stars? and a text of (\d+) letters")
def sends_long_well(world, stars, count):
    sends_long(world, stars, count)
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:600]}")


@sentence(r"the page is in the state (\w+)")
def in_state(world, state):
    named = world.platform_words("state." + state)
    check(named in world.page.words, f"it says: {world.page.words[:400]}")


@sentence(r"the author's space is opened from the thank-you page")
def space_from_thanks(world):
    world.kept["space"] = next(link for link in world.page.links if re.fullmatch(r"/me/[\w-]{22}", link))
    world.open(world.kept["space"])
    check(world.answer.status == 200, f"{world.answer.status}")


@sentence(r"everything is erased there")
def erased_there(world):
    act(world, "erase")
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


# The spontaneous form

@sentence(r"the form of the site (\S+) is opened")
def open_spontaneous(world, site):
    world.open("/review/" + site + "?lang=fr")
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r'(\S+@\S+) named (\S+) (\S+) sends (\d) stars? "(.*?)" for a (\w+) on day (-?\d+) with proof "(.*?)"')
def sends_spontaneous(world, email, first, last, stars, text, service, when, proof):
    world.she = email
    form = world.page.form_with("rating", "proof", "email")
    declared = next(f[1] for f in form.fields if f[0] == "declaration")
    world.answer = world.web.post(form.action, form.filled({
        "rating": stars, "body": words(text), "declaration": declared, "signature": "name", "email": email, "first_name": first, "last_name": last,
        "service": service, "experience_on": day(when), "proof": proof}))
    check(world.answer.status in (200, 409), f"{world.answer.status}: {world.page.words[:600]}")


@sentence(r"someone sends it empty")
def sends_empty(world):
    form = world.page.form_with("rating", "proof", "email")
    world.answer = world.web.post(form.action, form.filled({}))
