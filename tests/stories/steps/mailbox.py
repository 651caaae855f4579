"""A mailbox at a real IMAP server: Debian's dovecot, started privately and without root's rights, for what comes back."""
import getpass
import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from runner.story import Failed, check, sentence
from steps.bounces import COMPLAINT, REPORT, return_path
from steps.moderation import run_sql

PASSWORD = "a-long-Pa55word"
# Of any version; then what 2.3 (Debian 12) and 2.4 (Debian 13) call differently.
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = required
first_valid_uid = 1
first_valid_gid = 1
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
CONFIG_23 = """
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
"""
CONFIG_24 = """
ssl_server_cert_file = {folder}/certificate.pem
ssl_server_key_file = {folder}/key.pem
mail_driver = maildir
mail_path = {folder}/mail
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}
  }}
}}
"""


def certificate(folder, name):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", os.path.join(folder, name + ".key"), "-out", os.path.join(folder, name + ".pem")],
                   check=True, capture_output=True)


class Mailbox:
    def __init__(self, world):
        self.program = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")
        check(self.program, "dovecot is not installed (package dovecot-imapd)")
        # Dovecot's own processes want no root, and the story's folder is closed to others.
        self.name = "nobody" if os.geteuid() == 0 else getpass.getuser()
        self.uid, self.gid = pwd.getpwnam(self.name).pw_uid, pwd.getpwnam(self.name).pw_gid
        self.folder = tempfile.mkdtemp(prefix="verbatim-imap-")
        os.chmod(self.folder, 0o755)
        certificate(self.folder, "certificate")
        certificate(self.folder, "stranger")
        os.rename(os.path.join(self.folder, "certificate.key"), os.path.join(self.folder, "key.pem"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        old = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout.startswith("2.3")
        # 2.4 wants its version in the first line.
        config = CONFIG + CONFIG_23 if old else "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n" + CONFIG + CONFIG_24
        with open(os.path.join(self.folder, "dovecot.conf"), "w", encoding="utf-8") as file:
            file.write(config.format(folder=self.folder, user=self.name, group=grp.getgrgid(self.gid).gr_name, uid=self.uid, gid=self.gid, port=self.port, password=PASSWORD))
        for part in ("mail", "mail/new", "mail/cur", "mail/tmp", "run", "state"):
            os.makedirs(os.path.join(self.folder, part), exist_ok=True)
        self.own()
        self.process, self.count = None, 0
        for name, text in (("imap.password", PASSWORD), ("imap.other", "another one")):
            with open(world.path(name), "w", encoding="ascii") as file:
                file.write(text + "\n")
        self.settings = [f"mail.bounce_imap=imaps://bounces%40example.org@127.0.0.1:{self.port}/INBOX", "mail.bounce_imap_password_file=" + world.path("imap.password"),
                         "mail.bounce_imap_ca=" + os.path.join(self.folder, "certificate.pem"), "mail.bounce_imap_minutes=1440"]
        world.settings += self.settings
        world.others.append(self)
        self.start()

    def own(self):
        if os.geteuid() == 0:
            for base, folders, files in os.walk(self.folder):
                for name in [".", *folders, *files]:
                    os.chown(os.path.join(base, name), self.uid, self.gid, follow_symlinks=False)

    def start(self):
        other = {"user": self.uid, "group": self.gid, "extra_groups": []} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen([self.program, "-F", "-c", os.path.join(self.folder, "dovecot.conf")], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                        cwd="/", **other)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.process.kill()
        raise Failed("dovecot does not start: " + self.process.stderr.read().decode() + self.said())

    def said(self):
        try:
            with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
                return file.read()[-2000:]
        except OSError:
            return ""

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def get(self, text):
        self.count += 1
        name = os.path.join(self.folder, "mail", "tmp", f"{int(time.time())}.story{self.count}.here")
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(text.replace("\n", "\r\n"))
        if os.geteuid() == 0:
            os.chown(name, self.uid, self.gid)
        os.rename(name, name.replace("/tmp/" + os.path.basename(name), "/new/" + os.path.basename(name)))

    def unseen(self):
        kept = os.listdir(os.path.join(self.folder, "mail", "cur"))
        return os.listdir(os.path.join(self.folder, "mail", "new")) + [name for name in kept if "S" not in name.split(":2,")[-1]]

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@sentence(r"a mailbox at an IMAP server for what comes back")
def mailbox(world):
    world.kept["mailbox"] = Mailbox(world)


@sentence(r"the IMAP server (stops|starts)")
def turns(world, what):
    box = world.recall("mailbox")
    box.stop() if what == "stops" else box.start()


@sentence(r"the mailbox gets the invitation to (\S+@\S+) back, given up for good")
def gets_back(world, email):
    world.recall("mailbox").get(REPORT.format(to=return_path(world, email), recipient=email, action="failed", status="5.1.1"))


@sentence(r"the mailbox gets a complaint of (\S+@\S+) about the invitation")
def gets_complaint(world, email):
    world.recall("mailbox").get(COMPLAINT.format(to=return_path(world, email), recipient=email))


@sentence(r"the mailbox gets an advertisement of two megabytes")
def gets_advertisement(world):
    world.recall("mailbox").get("From: shop@example.net\nTo: bounces@example.org\nSubject: Cheap tyres\n\n" + ("x" * 76 + "\n") * 28000)


def look(world, *changed):
    settings = dict(one.split("=", 1) for one in world.recall("mailbox").settings)
    settings.update(changed)
    words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    return world.platform.command("bounce", "--imap", *words)


@sentence(r"somebody looks into the mailbox")
def looks(world):
    world.done = look(world)
    check(world.done.returncode == 0, world.done.stderr.decode() + world.recall("mailbox").said())


@sentence(r"a day passes for looks into the mailbox")
def a_day(world):
    run_sql(world, "UPDATE job_schedule SET next_at = 0 WHERE name = 'bounce_imap'")


@sentence(r"what was read is \"(.+)\"")
def was_read(world, words):
    check(world.done.stdout.decode().strip() == words, world.done.stdout.decode())
    all_seen(world)


@sentence(r"all in the mailbox is seen")
def all_seen(world):
    left = world.recall("mailbox").unseen()
    check(left == [], f"{left}")


class BadServer:
    """Speaks IMAP until the one message is asked for; what it says then is up to the story."""

    def __init__(self, folder, last_words):
        self.last_words, self.marked = last_words, False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem"))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, args=(context,), daemon=True).start()

    def serve(self, context):
        try:
            with context.wrap_socket(self.listener.accept()[0], server_side=True) as wire:
                wire.sendall(b"* OK here\r\n")
                for line in wire.makefile("rb"):
                    tag, command = line.split(b" ", 1)
                    if command.startswith(b"CAPABILITY"):
                        wire.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n")
                    elif command.startswith(b"UID SEARCH"):
                        wire.sendall(b"* SEARCH 4\r\n")
                    elif command.startswith(b"UID FETCH"):
                        wire.sendall(self.last_words)
                        return
                    elif command.startswith(b"UID STORE"):
                        self.marked = True
                    wire.sendall(tag + b" OK done\r\n")
        except OSError:
            pass
        finally:
            self.listener.close()


LAST_WORDS = {
    "dies in the middle of a message": b"* 1 FETCH (UID 4 BODY[]<0> {5000}\r\nContent-Type: multipart/report; report-type=delivery-status",
    "announces a message of a hundred gigabytes": b"* 1 FETCH (UID 4 BODY[]<0> {107374182400}\r\n" + b"x" * 100000,
    "says a line that does not end": b"* 1 FETCH " + b"x" * 3000000,
    "refuses": b"v3 NO not today\r\n",
    "says goodbye": b"* BYE\r\n",
}


@sentence(r"a look at a server that (.+) fails and may be tried again")
def bad_server(world, how):
    box = world.recall("mailbox")
    server = BadServer(box.folder, LAST_WORDS[how])
    done = look(world, ("mail.bounce_imap", f"imaps://bounces@127.0.0.1:{server.port}/INBOX"))
    check(done.returncode == 75, f"exit {done.returncode}: {(done.stdout + done.stderr).decode()}")
    check(len(done.stderr) < 1000 and not server.marked, done.stderr[:2000].decode())


def fails(world, *changed):
    before = world.recall("mailbox").unseen()
    done = look(world, *changed)
    check(done.returncode == 75, f"exit {done.returncode}: {(done.stdout + done.stderr).decode()}")
    check(PASSWORD not in done.stderr.decode(), "the password was shown")
    check(len(world.recall("mailbox").unseen()) == len(before) > 0, "something was marked as seen")


@sentence(r"a look into the mailbox fails and may be tried again")
def look_fails(world):
    fails(world)


@sentence(r"a look that trusts another certificate fails and may be tried again")
def stranger(world):
    fails(world, ("mail.bounce_imap_ca", os.path.join(world.recall("mailbox").folder, "stranger.pem")))


@sentence(r"a look with another password fails and may be tried again")
def wrong_password(world):
    fails(world, ("mail.bounce_imap_password_file", world.path("imap.other")))


@sentence(r"nothing in the mailbox was marked as seen")
def unmark(world):
    folder = os.path.join(world.recall("mailbox").folder, "mail", "cur")
    for name in os.listdir(folder):
        os.rename(os.path.join(folder, name), os.path.join(folder, name.split(":2,")[0] + ":2,"))
