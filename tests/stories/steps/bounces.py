"""Mails that come back: what a mail server's pipe hands to `verbatim bounce`."""
import re
import subprocess

from runner.story import check, sentence

REPORT = """Return-Path: <>
To: {to}
Subject: Undelivered mail
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

It could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
--B--
"""
COMPLAINT = """To: {to}
Content-Type: multipart/report; report-type=feedback-report; boundary=B

--B
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: mailbox/1
Version: 1
--B--
"""


def hand_over(world, report, to, recipient, **more):
    world.done = world.platform.command("bounce", stdin=report.format(to=to, recipient=recipient, **more).replace("\n", "\r\n").encode())
    check(world.done.returncode == 0, f"exit {world.done.returncode}: {world.done.stderr.decode()}")


def return_path(world, recipient):
    mail = world.outbox.newest(recipient, "invitation")
    path = world.mail_server.return_paths[str(mail.message["Message-ID"])]
    check(path.endswith("@bounces.example.org"), f"the mail comes back to {path}")
    return path


@sentence(r"the invitation to (\S+@\S+) comes back, (given up for good|the mailbox is full)")
def comes_back(world, recipient, how):
    action, status = ("failed", "5.1.1") if how == "given up for good" else ("delayed", "4.2.2")
    hand_over(world, REPORT, return_path(world, recipient), recipient, action=action, status=status)


@sentence(r"(\S+@\S+) complains of the invitation")
def complains(world, recipient):
    hand_over(world, COMPLAINT, return_path(world, recipient), recipient)


@sentence(r"somebody forges that the invitation to (\S+@\S+) came back")
def forges(world, recipient):
    local, domain = return_path(world, recipient).split("@")
    hand_over(world, REPORT, local[:-1] + ("1" if local[-1] == "0" else "0") + "@" + domain, recipient, action="failed", status="5.1.1")


@sentence(r"the report was taken as (\w+)")
def taken_as(world, word):
    check(world.done.stdout.decode().strip().endswith(": " + word), world.done.stdout.decode())


@sentence(r"the platform signs its mails for (\S+)")
def signs(world, domain):
    key = world.path("dkim.pem")
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
    world.settings += [f"mail.dkim.domain={domain}", "mail.dkim.selector=v1", f"mail.dkim.key={key}"]


@sentence(r"the invitation to (\S+@\S+) says where complaints go, under its signature")
def says_where(world, email):
    message = world.outbox.newest(email, "invitation").message
    found = re.fullmatch(r"(b-[a-z0-9]+-[0-9a-f]{12})@(\S+);\s+report=arf", str(message["CFBL-Address"]))
    check(found and found[2] == "bounces.aurelle.example", str(message["CFBL-Address"]))
    check(str(message["CFBL-Feedback-ID"]) == found[1], str(message["CFBL-Feedback-ID"]))
    covered = re.sub(r"\s", "", re.search(r"\bh=([^;]+);", str(message["DKIM-Signature"]))[1]).split(":")
    for name in ("cfbl-address", "cfbl-feedback-id", "list-unsubscribe", "list-unsubscribe-post"):
        check(name in covered, f"{covered}")
