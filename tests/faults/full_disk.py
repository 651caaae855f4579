#!/usr/bin/env python3
"""A full disk: clear errors, nothing acknowledged lost, work again once there is room: tests/faults/full_disk.py

The data folder lies on a small tmpfs; where none can be mounted (that needs root), all is skipped. SQLite. Promise 7.
The last line is "N passed, N failed, N skipped".
"""
import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import load  # noqa: F401  (it knows the way to the stories' modules)
from kill import invite, wait_until
from runner import log_math
from runner.mails import Outbox
from runner.platform import Platform, Template, run
from runner.story import Failed, check
from runner.web import Web

megabytes = 64  # the write-ahead log alone may take 16


def mounted(folder):
    os.makedirs(folder)
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], capture_output=True).returncode == 0


def fill(path, leave=0):
    """Takes all room but `leave` bytes."""
    room = os.statvfs(os.path.dirname(path))
    wanted = room.f_bavail * room.f_frsize - leave
    with open(path, "wb") as file, contextlib.suppress(OSError):
        while wanted > 0:
            file.write(b"\0" * min(wanted, 65536))
            file.flush()
            wanted -= 65536


def own_words(number):
    """1.5 KB of words nobody else wrote: what many write alike waits for a human, full disk or not."""
    dice = random.Random(number)
    return " ".join(dice.choice(WORDS) for _ in range(220)) + "."


WORDS = """travail propre rapide accueil atelier garage voiture pneu frein moteur facture devis rendez-vous attente heure matin soir clef
conseil client service qualité prix parking entretien vidange contrôle essai livraison batterie phare portière siège volant coffre""".split()


class Case:
    def __init__(self, platform, disk):
        self.platform, self.disk, self.web = platform, disk, Web(platform.url)
        self.filler = os.path.join(disk, "filler")
        self.links = [mail.link("/r/") for mail in Outbox(platform.outbox_folder).all()]
        self.acknowledged, self.refused = {}, []

    def send(self):
        number = len(self.acknowledged) + len(self.refused) + 1
        link = self.links.pop(0)
        answer = self.web.post(link, [("rating", "4"), ("body", f"[{number}] " + own_words(number)), ("declaration", "yes")])
        if answer.status == 200:
            self.acknowledged[number] = re.search(r"/me/[\w-]{22}", answer.text)[0]
        else:
            self.refused.append((link, answer))
        return answer.status

    def reviews_are_taken_while_there_is_room(self):
        for _ in range(20):
            check(self.send() == 200, f"{self.refused[-1:]}")

    def a_full_disk_is_answered_503_with_a_page(self):
        fill(self.filler, leave=256 * 1024)
        for _ in range(400):
            if self.send() != 200:
                break
        check(self.refused, "the disk did not fill up")
        link, answer = self.refused[-1]
        check(answer.status == 503, f"{answer.status}: {answer.text[:300]}")
        check("<main" in answer.text, "no page")
        check(answer.header("Retry-After") is not None or "message" not in answer.text, "")
        check(self.web.get(link).status == 200, "the link was used up by a review that was not taken")

    def what_is_public_stays_readable(self):
        for path in ("/healthz", "/fr/sites/FR-NAN", "/api/v1/sites/FR-NAN/reviews", "/log/checkpoint"):
            check(self.web.get(path).status == 200, f"{path}: {self.web.get(path).status}")

    def the_operator_is_told(self):
        check(re.search(r"full|disk", self.platform.complaints(), re.IGNORECASE), self.platform.complaints()[-600:])

    def it_works_again_when_there_is_room(self):
        os.remove(self.filler)
        link, _ = self.refused[-1]
        self.links.insert(0, link)
        wait_until(lambda: self._again(), 30, "a review is taken again")
        wait_until(lambda: len(self._public()) == len(self.acknowledged), 60, "every acknowledged review is public")

    def _again(self):
        if self.send() == 200:
            return True
        self.links.insert(0, self.refused[-1][0])
        return False

    def _public(self):
        found, after = set(), ""
        while True:
            page = self.web.get("/api/v1/sites/FR-NAN/reviews?limit=100" + (f"&after={after}" if after else "")).json
            found |= {int(load.marker.search(one["body"])[1]) for one in page["reviews"]}
            after = page["next"]
            if not after:
                return found

    def nothing_acknowledged_is_lost(self):
        check(self._public() == set(self.acknowledged), "other reviews are public than were acknowledged")
        wait_until(lambda: log_math.Log(self.web).size >= 2 * len(self.acknowledged), 10, "every entry has its place")
        leaves = set(log_math.Log(self.web).raw)
        for number, space in self.acknowledged.items():
            receipt = self.web.get(space + "/receipt.json")
            check(receipt.status == 200 and receipt.json["leaf"].encode() in leaves, f"{number}: {receipt.status}")

    def the_log_verifies(self):
        done = run("log", "verify", self.platform.url)
        check(done.returncode == 0, done.stdout.decode())

    def it_stops_and_starts_on_a_full_disk(self):
        fill(self.filler)
        try:
            self.platform.stop()
            try:
                self.platform.start()
                self.web = Web(self.platform.url)
                check(self.web.get("/healthz").status == 200, "it does not answer")
                self.platform.stop()
            except Failed as said:
                check(re.search(r"full|disk|space", str(said), re.IGNORECASE), f"it does not say why: {said}")
        finally:
            os.remove(self.filler)
        self.platform.start()
        self.web = Web(self.platform.url)
        check(self._public() == set(self.acknowledged), "something is missing after the restart")

    def a_platform_cannot_be_made_without_room_and_says_so(self):
        fill(self.filler)
        done = run("init", "--data", os.path.join(self.disk, "other"))
        os.remove(self.filler)
        said = (done.stdout + done.stderr).decode()
        check(done.returncode == 1 and re.search(r"full|space|disk", said, re.IGNORECASE), f"exit {done.returncode}: {said}")


def main():
    folder = tempfile.mkdtemp(prefix="verbatim-disk.")
    disk = os.path.join(folder, "disk")
    cases = [name for name in vars(Case) if not name.startswith("_") and name != "send"]
    if not mounted(disk):
        shutil.rmtree(folder, ignore_errors=True)
        print("  skipped: no tmpfs can be mounted here (it needs root and the right to mount)")
        print(f"0 passed, 0 failed, {len(cases)} skipped")
        return 0
    passed, failed, skipped, platform = 0, 0, 0, None
    try:
        template = Template(folder, "sqlite")
        data, database = template.copy(disk, with_network=True)
        place = os.path.join(folder, "platform")
        os.makedirs(place)
        platform = Platform(place, data, database)
        platform.settings = ["limits.posts_per_minute=0"]
        platform.start()
        invite(platform, 500)
        wait_until(lambda: os.path.isdir(platform.outbox_folder) and len(os.listdir(platform.outbox_folder)) > 500, 60, "500 invitations were mailed")
        case = Case(platform, disk)
        for name in cases:
            try:
                getattr(case, name)()
                passed += 1
                print("  ok     " + name.replace("_", " "), flush=True)
            except Failed as fault:
                failed, skipped = 1, len(cases) - passed - 1
                print("  FAILED " + name.replace("_", " ") + ": " + str(fault))
                print(platform.complaints())
                break
    except Failed as fault:
        failed += 1
        print(f"  FAILED {fault}")
    finally:
        if platform:
            platform.kill()
        subprocess.run(["umount", disk], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
