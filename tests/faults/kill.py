#!/usr/bin/env python3
"""Kills the serving process again and again under load and finds everything that was acknowledged: tests/faults/kill.py [--kills N]

VERBATIM and STORY_DATABASE as for the stories. Promise 7; norms TLG-1, TLG-2, TLG-5. The last line is "N passed, N failed".
"""
import argparse
import base64
import csv
import os
import sys
import time

import load
from rig import Rig
from runner import log_math
from runner.platform import run
from runner.story import Failed, check, patience
from runner.web import Web
from runner.world import day
from steps.setting import columns


def invite(platform, count):
    path = os.path.join(platform.folder, "experiences.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns)
        out.writeheader()
        for n in range(1, count + 1):
            out.writerow({"id": f"X{n}", "kind": "workshop", "occurred_on": day(-10), "site": "FR-NAN", "email": f"customer{n}@example.org", "customer": f"K{n}",
                          "first_name": "Camille", "last_name": "Petit", "consent": "invitation=yes", "locale": "fr-FR"})
    done = platform.command("import", "experiences", path)
    check(done.returncode == 0, done.stderr.decode())


def wait_until(holds, seconds, what):
    deadline = time.monotonic() + seconds * patience
    while not holds():
        check(time.monotonic() < deadline, "waited in vain until " + what)
        time.sleep(0.1)


def metric(web, name):
    return next(float(line.rsplit(" ", 1)[1]) for line in web.get("/metrics").text.splitlines() if line.startswith(name + " "))


class After:
    """What is looked for once all is over; each method is one test case."""

    def __init__(self, platform, work):
        self.web, self.platform, self.work = Web(platform.url), platform, work
        self.log = log_math.Log(self.web)
        self.leaves = set(self.log.raw)
        self.public, after = {}, ""
        while True:
            page = self.web.get("/api/v1/sites/FR-NAN/reviews?limit=100" + (f"&after={after}" if after else "")).json
            for one in page["reviews"]:
                number = int(load.marker.search(one["body"])[1])
                check(number not in self.public, f"{number} stands there twice")
                self.public[number] = one
            after = page["next"]
            if not after:
                break
        self.receipts = {}

    def every_acknowledged_review_has_its_space_receipt_and_leaf(self):
        for number, space in self.work.reviews.items():
            answer = self.web.get(space + "/receipt.json")
            check(answer.status == 200, f"{number}: {answer.status}")
            receipt = self.receipts[number] = answer.json
            check(f"[{number}] " in receipt["content"]["body"], f"{number}: other words")
            check(receipt["leaf"].encode() in self.leaves, f"{number}: its leaf is not in the log")
        for number in list(self.receipts)[:20]:
            log_math.check_receipt(self.receipts[number], self.log.key)

    def every_clean_acknowledged_review_is_public(self):
        missing = [number for number in self.work.reviews if number % 6 and number not in self.public]
        check(not missing, f"missing: {missing[:20]}")

    def every_acknowledged_decision_stands(self):
        refused = {entry["review"] for entry in self.log.of_kind("refused")}
        for number, decision in self.work.decisions.items():
            if decision == "publish":
                check(number in self.public, f"{number} was to be published")
            else:
                check(number not in self.public, f"{number} was to be refused")
                if number in self.receipts:
                    check(self.receipts[number]["review"] in refused, f"the refusal of {number} is not in the log")
        check(self.work.decisions, "nobody decided anything")

    def every_acknowledged_call_is_noted(self):
        for number, case in self.work.calls.items():
            check(f"note {number} " in self.web.get(case).page.words + " ", f"call {number} is not noted")
        check(self.work.calls, "nobody called")

    def nothing_happened_twice(self):
        reviews = [entry["review"] for entry in self.log.of_kind("collected")]
        check(len(reviews) == len(set(reviews)), "a review was collected twice")
        published = [entry["review"] for entry in self.log.of_kind("published")]
        check(len(published) == len(set(published)) == len(self.public), f"{len(published)} entries, {len(self.public)} public")
        check(len(reviews) >= len(self.work.reviews), "fewer reviews in the log than acknowledged")

    def every_checkpoint_ever_seen_is_of_this_log(self):
        hashes = [log_math.leaf_hash(entry) for entry in self.log.raw]
        for size, root in self.work.checkpoints.items():
            check(size <= self.log.size, f"a checkpoint of {size} was seen, the log has {self.log.size}")
            check(log_math.root_of(hashes[:size]) == base64.b64decode(root), f"the checkpoint of size {size} is of another log")
        check(len(self.work.checkpoints) > 2, "hardly a checkpoint was seen")

    def no_job_was_given_up(self):
        text = self.web.get("/metrics").text
        check('verbatim_jobs{state="dead"} 0\n' in text, text)

    def the_log_verifies(self):
        done = run("log", "verify", self.platform.url)
        said = done.stdout.decode()
        check(done.returncode == 0 and said.strip().splitlines()[-1].startswith("verified"), said)

    def nobody_met_a_strange_answer(self):
        check(not self.work.faults, f"{self.work.faults[:10]}")


def kill_and_restart(platform, work, kills):
    for n in range(kills):
        time.sleep(work.random.uniform(0.2, 1.0))
        work.web = None if n % 2 else work.web  # every other time the clients are cut in the middle
        platform.kill()
        work.web = None
        begun = time.monotonic()
        platform.start()
        work.web = Web(platform.url)
        if n % 10 == 9:
            print(f"  {n + 1} kills, ready again after {(time.monotonic() - begun) * 1000:.0f} ms: {len(work.reviews)} reviews, {len(work.decisions)} decisions, "
                  f"{len(work.calls)} calls acknowledged, {work.unanswered} requests unanswered", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--invitations", type=int, default=0, help="60 a kill without it")
    wish = arguments.parse_args()
    with Rig("kill") as rig:
        platform = rig.make_platform()
        platform.settings = ["limits.posts_per_minute=0"]
        platform.start()
        count = wish.invitations or 60 * wish.kills
        invite(platform, count)
        os.makedirs(platform.outbox_folder, exist_ok=True)
        wait_until(lambda: len(os.listdir(platform.outbox_folder)) > count, 120, f"{count} invitations were mailed")  # one entry is .tmp
        work = load.Load(platform)
        work.post.look()
        work.web = Web(platform.url)
        work.start()
        kill_and_restart(platform, work, wish.kills)
        time.sleep(1)
        work.end()
        wait_until(lambda: metric(work.web, "verbatim_jobs_oldest_due_seconds") == 0 and 'state="running"} 0\n' in work.web.get("/metrics").text, 120, "the queue was empty")
        time.sleep(2)  # the log's last checkpoint
        after = After(platform, work)
        print(f"  {len(work.reviews)} reviews, {len(work.decisions)} decisions, {len(work.calls)} calls acknowledged; {len(after.public)} public, "
              f"{after.log.size} log entries, {len(work.checkpoints)} checkpoints seen, {work.unanswered} requests unanswered")
        for name, case in [(name, getattr(after, name)) for name in vars(After) if not name.startswith("_")]:
            try:
                case()
                rig.case(name.replace("_", " "), True)
            except Failed as fault:
                rig.case(name.replace("_", " "), False, fault)
        platform.stop()
    return rig.end()


if __name__ == "__main__":
    sys.exit(main())
