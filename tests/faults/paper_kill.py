#!/usr/bin/env python3
"""`verbatim paper run` is killed by SIGKILL again and again while it freezes letters and makes their files: tests/faults/paper_kill.py [LETTERS [KILLS]]

Every letter that was decided is in exactly one print run; a run's folder is there whole or not at all; and a run made again has the same bytes.
VERBATIM names the binary; the last line is "N passed, N failed".
"""
import csv
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stories"))
from runner.platform import Template, run  # noqa: E402
from runner.story import check  # noqa: E402
from runner.world import World, day  # noqa: E402
from steps import paper, plan  # noqa: E402
from steps.setting import columns, import_well  # noqa: E402


def people(count):
    text = io.StringIO()
    out = csv.DictWriter(text, columns)
    out.writeheader()
    for n in range(count):
        out.writerow({"id": f"P{n}", "kind": "order", "occurred_on": day(-8), "site": "FR-NAN", "product": "VIRELAI", "email": f"p{n}@example.org", "customer": f"K{n}", "first_name": "Maud",
                      "last_name": f"Lenoir-{n}", "consent": "marketing=yes", "locale": "fr-FR", "street": f"{n} rue du Port", "postcode": f"{44000 + n % 900}", "city": "Nantes"})
    return text.getvalue()


def whole(folder):
    """The letters of a run whose files are as its manifest says."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    for one in manifest["files"]:
        with open(os.path.join(folder, one["name"]), "rb") as file:
            data = file.read()
        check(len(data) == one["bytes"] and hashlib.sha256(data).hexdigest() == one["sha256"], f"{folder}: {one['name']} is another")
    with open(os.path.join(folder, "letters.csv"), encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    check(len(names) == manifest["letters"], f"{folder}: {len(names)} rows")
    return names, hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def main():
    count, kills = (int(sys.argv[i]) if len(sys.argv) > i else usual for i, usual in ((1, 400), (2, 20)))
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="verbatim-paper-") as folder:
        os.mkdir(os.path.join(folder, "template"))
        template = Template(os.path.join(folder, "template"), os.environ.get("STORY_DATABASE", "sqlite"))
        world = World(folder, template)
        world.open_platform()
        try:
            import_well(world, "experiences", people(count), "people.csv")
            paper.by_paper(world)
            plan.published(world, "2026-11-02", "30")
            plan.look(world)
            out = os.path.join(folder, "paper")
            command = [os.environ["VERBATIM"], "paper", "run", *world.platform.place, "--out", out]
            killed = 0
            for _ in range(kills):
                began = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0.01, 2.5))
                if began.poll() is None:
                    began.send_signal(signal.SIGKILL)
                    killed += 1
                began.wait()
                for name in os.listdir(out) if os.path.isdir(out) else []:
                    if name.startswith("run-"):
                        whole(os.path.join(out, name))
            done = subprocess.run(command, capture_output=True)
            check(done.returncode == 0, done.stderr.decode())
            letters, prints = [], {}
            for name in sorted(one for one in os.listdir(out) if one.startswith("run-")):
                names, prints[name] = whole(os.path.join(out, name))
                letters += names
            check(sorted(letters) == sorted(f"Maud Lenoir-{n}" for n in range(count)), f"{len(letters)} letters, {len(set(letters))} people")
            for name, digest in prints.items():
                again = run("paper", "again", str(int(name[4:])), *world.platform.place, "--out", os.path.join(folder, "again"))
                check(again.returncode == 0, again.stderr.decode())
                check(whole(os.path.join(folder, "again", name))[1] == digest, f"{name} made again is another")
            print(f"{count} letters, {killed} of {kills} killed in time, {len(prints)} print runs, none lost and none twice")
        finally:
            world.close()
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
