#!/usr/bin/env python3
"""Kills the serving process again and again while a campaign leaves for postfix's smtp-sink, then counts by recipient: tests/faults/mail_kill.py
[--kills N] [--mails N]; the whole is --kills 200 --mails 100000.

Nobody is skipped; nobody is mailed twice beyond what was under way at a kill; a second copy bears the same Message-ID. VERBATIM and
STORY_DATABASE as for the stories. The last line is "N passed, N failed".
"""
import argparse
import collections
import contextlib
import csv
import os
import pwd
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time

from rig import Rig
from runner.platform import network, psql, run
from runner.story import Failed, check, patience
from runner.world import day
from steps.setting import columns

posting_threads, batch = 4, 64  # app/server/house.cpp, engine/jobs: what may be under way at one moment


class Sink:
    """postfix's own; each connection's transactions are appended to a file of its own."""

    def __init__(self, folder):
        program = shutil.which("smtp-sink", path=os.environ.get("PATH", "") + ":/usr/sbin")
        check(program, "postfix's smtp-sink is not installed")
        self.place = os.path.join(folder, "sunk")
        os.mkdir(self.place)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = [program, "-D", os.path.join(self.place, "mail.")]
        if os.getuid() == 0:
            os.chmod(folder, 0o755)
            os.chown(self.place, pwd.getpwnam("nobody").pw_uid, -1)
            words += ["-u", "nobody"]
        self.process = subprocess.Popen([*words, f"127.0.0.1:{self.port}", "1000"], stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise Failed("smtp-sink does not listen")

    def stop(self):
        self.process.kill()
        self.process.wait()

    def whole(self):
        """Recipient to the Message-IDs of the whole messages it was sent."""
        sent, to, name, ended = collections.defaultdict(list), None, None, False

        def keep():
            if to and name and ended:
                sent[to].append(name)

        for entry in sorted(os.listdir(self.place)):
            try:
                file = open(os.path.join(self.place, entry), encoding="ascii", errors="replace")
            except FileNotFoundError:
                continue  # brought to the others meanwhile
            with file:
                for line in file:
                    if line.startswith("X-Client-Addr:"):
                        keep()
                        to, name, ended = None, None, False
                    elif line.startswith("X-Rcpt-Args:"):
                        to = re.search(r"<([^>]*)>", line)[1]
                    elif line.startswith("Message-ID:"):
                        name = line.split(None, 1)[1].strip()
                    elif line.startswith("--=_") and line.rstrip().endswith("--"):
                        ended = True
                keep()
                to, name, ended = None, None, False
        return sent

    def megabytes(self):
        return sum(entry.stat().st_size for entry in os.scandir(self.place)) >> 20


def write_campaign(platform, count):
    path = os.path.join(platform.folder, "experiences.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns)
        out.writeheader()
        with open(os.path.join(network, "sites.csv"), encoding="utf-8") as known:
            sites = [row["code"] for row in csv.DictReader(known)]
        for n in range(count):
            out.writerow({"id": f"M{n}", "kind": "workshop", "occurred_on": day(-10), "site": sites[n % len(sites)], "email": f"m{n}@box{n % 40}.example", "customer": f"P{n}",
                          "first_name": "Maud", "last_name": "Lenoir", "consent": "invitation=yes", "locale": "fr-FR"})
    done = run("import", "experiences", path, *platform.place, seconds=3000)
    check(done.returncode == 0, done.stderr.decode())


def ask(platform, sql):
    """A look into the database beside the server."""
    if platform.database != "sqlite":
        return int(psql(platform.database, sql))
    with contextlib.closing(sqlite3.connect(f"file:{os.path.join(platform.data, 'verbatim.db')}?mode=ro", uri=True, timeout=30)) as database:
        return database.execute(sql).fetchone()[0]


def wait_for_the_rest(platform, wish):
    """Until all are marked, or for a minute nobody is: how long it takes is the machine's matter, that it goes on is ours."""
    begun = moved = time.monotonic()
    first = last = ask(platform, "SELECT COUNT(*) FROM message WHERE state = 'sent'")
    while last < wish.mails and time.monotonic() - moved < 60 * patience:
        time.sleep(1)
        sent = ask(platform, "SELECT COUNT(*) FROM message WHERE state = 'sent'")
        if sent != last:
            last, moved = sent, time.monotonic()
    print(f"  the rest: {(last - first) / max(moved - begun, 0.001):.0f} mails a second", flush=True)


def play(platform, wish):
    sink = Sink(platform.folder)
    chance = random.Random(20261127)
    try:
        write_campaign(platform, wish.mails)
        platform.mail = f"smtp://127.0.0.1:{sink.port}?tls=none&connections=4&timeout=10"
        begun = time.monotonic()
        kills = 0
        for kills in range(1, wish.kills + 1):
            platform.start()
            # Spread so that the last kill still meets mail that leaves.
            time.sleep(chance.uniform(0.05, wish.longest))
            platform.kill()
            if kills % 20 == 0:
                print(f"  {kills} kills after {time.monotonic() - begun:.0f} s, {sink.megabytes()} MB sunk", flush=True)
        at_last_kill = len(sink.whole())
        platform.start()
        wait_for_the_rest(platform, wish)
        platform.stop()
        return sink.whole(), kills, at_last_kill, ask(platform, "SELECT COUNT(*) FROM job WHERE state = 2")
    finally:
        sink.stop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--mails", type=int, default=4000)
    arguments.add_argument("--longest", type=float, default=0.4, help="seconds between a start and its kill, at most")
    wish = arguments.parse_args()
    with Rig("mail-kill") as rig:
        sent, kills, before_last, dead = play(rig.make_platform(), wish)
        wanted = {f"m{n}@box{n % 40}.example" for n in range(wish.mails)}
        skipped = wanted - set(sent)
        copies = sum(len(ids) - 1 for ids in sent.values())
        print(f"  {wish.mails} recipients, {kills} kills, {before_last} had theirs before the last kill: {len(skipped)} skipped, {copies} second copies "
              f"({copies / kills:.1f} a kill), {max(map(len, sent.values()), default=0)} at most to one")
        rig.case("the campaign was under way at the last kill", 0 < before_last < wish.mails, f"{before_last} of {wish.mails} had gone")
        rig.case("nobody is skipped", not skipped, sorted(skipped)[:10])
        rig.case("no job is given up because its server was killed", dead == 0, f"{dead} are")
        rig.case("nobody else was written to", not set(sent) - wanted, sorted(set(sent) - wanted)[:10])
        rig.case("nobody has a second copy beyond what was under way at a kill", copies <= kills * posting_threads * batch, copies)
        rig.case("a second copy has the first one's Message-ID", all(len(set(ids)) == 1 for ids in sent.values()))
        names = [ids[0] for ids in sent.values()]
        rig.case("no two people share a Message-ID", len(set(names)) == len(names))
    return rig.end()


if __name__ == "__main__":
    sys.exit(main())
