"""The people of the house: moderators behind their links, the point of sale with its case."""
from runner.pages import spaces_alike
from runner.story import Failed, check, sentence
from steps.author import words


@sentence(r'(\S+@\S+) has the mail "(\w+)"')
def has_mail(world, address, kind):
    world.outbox.newest(address, kind)


@sentence(r'(\S+@\S+) has (\d+) mails? "(\w+)"')
def has_mails(world, address, count, kind):
    found = len(world.outbox.to(address, kind))
    check(found == int(count), f"{found}")


@sentence(r'(\S+@\S+) has no mail "(\w+)"')
def has_no_mail(world, address, kind):
    has_mails(world, address, 0, kind)


@sentence(r'the mail "(\w+)" to (\S+@\S+) says "(.*?)"')
def mail_says(world, kind, address, text):
    mail = world.outbox.newest(address, kind)
    check(spaces_alike(words(text)) in mail.words, f"it says: {mail.words}")


@sentence(r'the mail "(\w+)" to (\S+@\S+) does not say "(.*?)"')
def mail_does_not_say(world, kind, address, text):
    mail = world.outbox.newest(address, kind)
    check(spaces_alike(text) not in mail.words and text not in mail.html, f"it says: {mail.words}")


# Moderation

@sentence(r"(\S+@\S+) opens the words to read")
def open_words(world, moderator):
    world.kept["moderate"] = world.outbox.newest(moderator, "moderation_request").link("/moderate/")
    world.open(world.kept["moderate"])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"the moderator sees no stars")
def no_stars(world):
    main = world.answer.text.split("<main", 1)[1].split("</main>")[0]
    check('class="stars"' not in main and " of 5" not in main and " sur 5" not in main, "the page shows stars")


@sentence(r'the words "(.*?)" are marked as (\w+)')
def marked(world, text, reason):
    check(text in world.page.marked, f"marked: {world.page.marked}")
    named = world.platform_words("reason." + reason)
    check(named in world.page.words, f"the page does not name {named!r}: {world.page.words[:600]}")


def decide(world, decision, reason, why):
    form = world.page.form_with("decision", "reason", "explanation")
    if reason:
        check(reason in {field[1] for field in form.fields if field[0] == "reason"}, f"{reason} is not on the public list")
    world.answer = world.web.post(form.action, form.filled({"decision": decision, "reason": reason or "", "explanation": why or ""}))


@sentence(r"(\S+@\S+) publishes the words")
def publishes(world, moderator):
    open_words(world, moderator)
    decide(world, "publish", None, None)
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r'(\S+@\S+) refuses the words as (\w+): "(.*?)"')
def refuses(world, moderator, reason, why):
    open_words(world, moderator)
    decide(world, "refuse", reason, why)
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"(\S+@\S+) tries to refuse the words without a reason")
def refuses_without_reason(world, moderator):
    open_words(world, moderator)
    decide(world, "refuse", None, "They are unpleasant.")


@sentence(r'(\S+@\S+) tries to refuse the words as "(\w+)"')
def refuses_off_list(world, moderator, reason):
    open_words(world, moderator)
    form = world.page.form_with("decision", "reason")
    world.answer = world.web.post(form.action, form.filled({"decision": "refuse", "reason": reason}))


@sentence(r'(\S+@\S+) asks to reword: "(.*?)"')
def asks_to_reword(world, moderator, why):
    open_words(world, moderator)
    decide(world, "rephrase", None, why)
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"(\S+@\S+) opens the decided words again")
def open_decided(world, moderator):
    world.open(world.outbox.newest(moderator, "moderation_request").link("/moderate/"))


# The case

@sentence(r"(\S+@\S+) opens the case")
def open_case(world, address):
    world.kept["case"] = world.outbox.newest(address, "alert").link("/case/")
    world.open(world.kept["case"])
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


def case_form(world, *names):
    world.open(world.recall("case"))
    return world.page.form_with(*names)


def send_case(world, form, changes):
    world.answer = world.web.post(form.action, form.filled(changes))


@sentence(r'the call is noted as (reached|not_reached|call_back): "(.*?)"')
def note_call(world, outcome, note):
    send_case(world, case_form(world, "outcome", "note"), {"outcome": outcome, "note": words(note)})
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r'a call without an outcome is noted: "(.*?)"')
def note_nothing(world, note):
    send_case(world, case_form(world, "outcome", "note"), {"note": note})


@sentence(r'the answer "(.*?)" is proposed')
def propose(world, text):
    send_case(world, case_form(world, "reply"), {"reply": words(text)})
    check(world.answer.status == 200, f"{world.answer.status}: {world.page.words[:300]}")


@sentence(r"the case is closed")
def close(world):
    send_case(world, case_form(world, "close"), {"close": "yes"})


@sentence(r"a second answer cannot be proposed")
def no_second(world):
    world.open(world.recall("case"))
    try:
        world.page.form_with("reply")
    except Failed:
        return
    raise Failed("the case still has a form for an answer")


@sentence(r"the platform counts (\d+) calls? in time and (\d+) open cases?")
def counts(world, in_time, still_open):
    text = world.web.get("/metrics").text
    check(f'verbatim_cases{{state="called_in_time"}} {in_time}\n' in text and f'verbatim_cases{{state="open"}} {still_open}\n' in text,
          "\n".join(line for line in text.splitlines() if "cases" in line))


@sentence(r"the case of (\S+@\S+) is opened again")
def case_again(world, address):
    world.open(world.outbox.newest(address, "alert").link("/case/"))
