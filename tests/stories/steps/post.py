"""Mails over SMTP, to a server in any mood."""
from runner.mail_server import MailServer
from runner.mails import Outbox
from runner.story import check, sentence
from steps.privacy import select


@sentence(r"a mail server that (says later|refuses|hangs|hangs up|is too busy to talk)")
def server_in_mood(world, mood):
    server(world)
    world.mail_server.be(mood)


@sentence(r"a mail server")
def server(world):
    world.mail_server = MailServer(world.path("smtp"))
    world.others.append(world.mail_server)
    world.mail_server.url += "?timeout=2"


@sentence(r"a mail server that hangs without any hurry on our side")
def patient_server(world):
    server_in_mood(world, "hangs")
    world.mail_server.url = world.mail_server.url.split("?")[0]


@sentence(r"the mail server (is well again|says later|refuses|hangs|hangs up|is too busy to talk)")
def becomes(world, mood):
    world.mail_server.be("well" if mood == "is well again" else mood)


@sentence(r"the mail server was tried (\d+) times? or more")
def tried(world, count):
    check(world.mail_server.tries >= int(count), f"{world.mail_server.tries} times")


@sentence(r"no mail is under way")
def none_under_way(world):
    """What a worker has claimed is rendered already: it goes out whatever happens now."""
    claimed = select(world, "SELECT COUNT(*) FROM job WHERE kind = 'mail' AND state = 1")
    check(claimed == "0", f"{claimed} are")


@sentence(r"the mail server has (\d+) different mails?, none of them twice")
def each_once(world, count):
    ids = world.mail_server.message_ids()
    check(len(ids) == int(count) and len(set(ids)) == int(count), f"{len(ids)} mails, {len(set(ids))} different")


@sentence(r"the mail server has (\d+) different mails?, repeated only under the same Message-ID")
def same_id(world, count):
    ids = world.mail_server.message_ids()
    check(len(set(ids)) == int(count), f"{len(ids)} mails, {len(set(ids))} different")


@sentence(r"the mail server has no mail")
def none_taken(world):
    check(world.mail_server.message_ids() == [], f"{world.mail_server.message_ids()}")


@sentence(r"every mail is complete")
def complete(world):
    for mail in Outbox(world.mail_server.folder).all():
        check(mail.kinds and mail.text.strip() and mail.html.strip().endswith("</html>"), f"{mail.name}: {mail.subject!r}, {len(mail.text)}, {mail.html[-50:]!r}")


@sentence(r"(\d+) mails? (?:is|are) (waiting|sent|refused)")
def counted(world, count, state):
    text = world.web.get("/metrics").text
    check(f'verbatim_messages{{state="{state}"}} {count}\n' in text, "\n".join(line for line in text.splitlines() if line.startswith("verbatim_messages")))


@sentence(r"no work of the platform has used up its attempts")
def nothing_dead(world):
    done = world.platform.command("jobs", "list")
    check(done.returncode == 0 and b" 0 dead" in done.stdout, (done.stdout + done.stderr).decode()[:1000])
    again = world.platform.command("jobs", "again")
    check(again.returncode == 0 and again.stdout == b"0 jobs wait again\n", (again.stdout + again.stderr).decode()[:1000])
