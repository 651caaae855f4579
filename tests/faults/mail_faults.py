#!/usr/bin/env python3
"""A campaign leaves while its mail server, and on PostgreSQL its database, have a bad day: tests/faults/mail_faults.py [--mails N]

The mail server dies in the middle of DATA, talks nonsense, drips its answers as a tarpit does, and is well again; PostgreSQL is stopped
and started. Nobody is skipped, nobody is refused for it, a second copy bears the same Message-ID, no job is given up. VERBATIM and
STORY_DATABASE as for the stories. The last line is "N passed, N failed".
"""
import argparse
import collections
import glob
import os
import pwd
import re
import subprocess
import sys
import time
import urllib.parse

from rig import Rig
from mail_kill import ask, write_campaign
from runner.mail_server import MailServer
from runner.story import check, patience

WELL, DIES, NONSENSE, TARPIT = "well", "dies in the middle of DATA", "talks nonsense", "is a tarpit"


class BadServer(MailServer):
    """Counts what each mood was met with, so that no mood passes unnoticed."""

    def __init__(self, folder):
        self.met = collections.Counter()
        super().__init__(folder)

    def be(self, mood):
        self.mood = mood

    def _talk(self, wire):
        mood = self.mood
        with self.lock:
            self.met[mood] += 1
        try:
            if mood == WELL:
                self._session(wire, wire.makefile("rb"))
            elif mood == DIES:
                self._die(wire, wire.makefile("rb"))
            elif mood == NONSENSE:
                wire.sendall(b"220 bad day\r\n")
                while wire.recv(4096):
                    wire.sendall(b"\xff\xfewhat? 25O ok\r\n\r\n999 no\r\n")
            else:
                for byte in b"220 please wait, and wait, and wait\r\n" * 100:
                    wire.sendall(bytes([byte]))
                    if self.closing.wait(0.5):
                        return
        except OSError:
            pass
        finally:
            wire.close()

    @staticmethod
    def _die(wire, lines):
        wire.sendall(b"220 bad day ESMTP\r\n")
        while line := lines.readline():
            if line[:4].upper() == b"DATA":
                wire.sendall(b"354 go on\r\n")
                lines.read(2000)
                return
            wire.sendall(b"250-bad day\r\n250 PIPELINING\r\n" if line[:4].upper() == b"EHLO" else b"250 ok\r\n")

    def sent(self):
        """Recipient to the Message-IDs it was sent."""
        found = collections.defaultdict(list)
        for path in glob.glob(os.path.join(self.folder, "*.eml")):
            with open(path, "rb") as file:
                text = file.read()
            to = re.search(rb"(?im)^to:[^<]*?<?([^\s<>]+@[^\s<>]+)", text)[1].decode()
            found[to].append(re.search(rb"(?im)^message-id:\s*(\S+)", text)[1].decode())
        return found


class Postgres:
    """The cluster of tests/postgres/with_postgres.sh, stopped and started under the platform."""

    def __init__(self, url):
        self.folder = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["host"][0]
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))[-1]

    def control(self, *words):
        owner = pwd.getpwuid(os.stat(os.path.join(self.folder, "data")).st_uid).pw_name
        prefix = ["runuser", "-u", owner, "--"] if os.getuid() == 0 else []
        done = subprocess.run([*prefix, os.path.join(self.bin, "pg_ctl"), "-D", os.path.join(self.folder, "data"), "-w", *words],
                              cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60 * patience)
        check(done.returncode == 0, f"pg_ctl {words[-1]}: exit {done.returncode}")

    def stop(self):
        self.control("-m", "immediate", "stop")

    def start(self):
        self.control("-l", os.path.join(self.folder, "server.log"), "-o",
                     f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c max_connections=100 -c fsync=on", "start")


def sent_by(platform):
    return ask(platform, "SELECT COUNT(*) FROM message WHERE state = 'sent'")


def play(platform, server, postgres, wish):
    write_campaign(platform, wish.mails)
    platform.mail = server.url + "?tls=none&connections=4&timeout=2"
    platform.settings.append("mail.retry_first_seconds=1")
    server.be(DIES)
    platform.start()
    for mood in (DIES, NONSENSE, TARPIT):
        server.be(mood)
        deadline = time.monotonic() + 20 * patience
        while server.met[mood] < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
    before = len(server.sent())
    server.be(WELL)
    if postgres:
        while len(server.sent()) < wish.mails / 10:
            time.sleep(0.05)
        postgres.stop()
        time.sleep(3)
        postgres.start()
    moved, last = time.monotonic(), -1
    while last < wish.mails and time.monotonic() - moved < 40 * patience:
        time.sleep(0.5)
        now = sent_by(platform)
        if now != last:
            last, moved = now, time.monotonic()
    return before


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--mails", type=int, default=400)
    wish = arguments.parse_args()
    with Rig("mail-faults") as rig:
        platform = rig.make_platform()
        server = BadServer(os.path.join(rig.folder, "mails"))
        try:
            begun = time.monotonic()
            before = play(platform, server, None if rig.database == "sqlite" else Postgres(rig.database), wish)
            sent = server.sent()
            wanted = {f"m{n}@box{n % 40}.example" for n in range(wish.mails)}
            copies = sum(len(ids) - 1 for ids in sent.values())
            print(f"  {wish.mails} mails in {time.monotonic() - begun:.0f} s, connections by mood {dict(server.met)}, {copies} second copies")
            rig.case("the mail server had each of its moods", all(server.met[mood] > 1 for mood in (DIES, NONSENSE, TARPIT)), dict(server.met))
            rig.case("what it did not take is not taken for sent", before == 0, f"{before} had arrived")
            rig.case("nobody is skipped", not wanted - set(sent), sorted(wanted - set(sent))[:10])
            rig.case("all are marked as sent", sent_by(platform) == wish.mails, f"{sent_by(platform)} are")
            rig.case("nobody is refused for it", ask(platform, "SELECT COUNT(*) FROM message WHERE state = 'refused'") == 0)
            rig.case("no job is given up", ask(platform, "SELECT COUNT(*) FROM job WHERE state = 2") == 0)
            rig.case("a second copy has the first one's Message-ID", all(len(set(ids)) == 1 for ids in sent.values()))
            rig.case("only the database's end makes second copies", copies <= (0 if rig.database == "sqlite" else 4 * 64), copies)
            platform.stop()
        finally:
            server.close()
    return rig.end()


if __name__ == "__main__":
    sys.exit(main())
