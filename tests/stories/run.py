#!/usr/bin/env python3
"""Plays the stories: tests/stories/run.py [--jobs N] [STORY...]

VERBATIM is the binary (build/release/verbatim without it), STORY_DATABASE is "sqlite" or postgresql://... where databases may
be made, STORY_PATIENCE stretches every deadline. The last line is "N passed, N failed, N skipped", counting sentences.
"""
import argparse
import concurrent.futures
import glob
import importlib
import os
import shutil
import sys
import tempfile
import time
import traceback

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)

from runner import platform, story  # noqa: E402  (the path comes first)
from runner.world import World  # noqa: E402

for path in sorted(glob.glob(os.path.join(here, "steps", "*.py"))):
    importlib.import_module("steps." + os.path.splitext(os.path.basename(path))[0])


class Outcome:
    def __init__(self, told):
        self.told, self.passed, self.failed, self.skipped, self.seconds, self.text = told, 0, 0, 0, 0.0, ""


def play(told, folder, template, database):
    outcome = Outcome(told)
    if told.only and told.only != ("sqlite" if database == "sqlite" else "postgresql"):
        outcome.skipped = len(told.lines)
        outcome.text = "only on " + told.only
        return outcome
    begun = time.monotonic()
    os.makedirs(folder)
    world = World(folder, template)
    line = told.lines[0]
    try:
        for line in told.lines:
            story.play_line(world, line)
            outcome.passed += 1
    except Exception as error:  # whatever went wrong is the story's failure, at this line
        outcome.failed = 1
        outcome.skipped = len(told.lines) - outcome.passed - 1
        outcome.text = f"{os.path.relpath(told.path)}:{line.number}: {line.text}\n    {error}"
        if not isinstance(error, story.Failed):
            outcome.text += "\n" + traceback.format_exc()
    try:
        world.close()
    except Exception as error:  # a server that does not stop as promised
        outcome.failed = 1
        outcome.text += f"\n{os.path.relpath(told.path)}: at the end: {error}"
    outcome.seconds = time.monotonic() - begun
    if outcome.failed and world.platform:
        said = world.platform.complaints().strip().splitlines() or [""]
        outcome.text += "\n    the server said:\n      " + "\n      ".join(said[:15] if "Sanitizer" in said[0] else said[-15:])
    return outcome


# Stories count in days from today. Where midnight (UTC) fell into a story that failed, it is told again, and that is said.
def play_on_one_day(told, folder, template, database):
    day = time.gmtime().tm_yday
    outcome = play(told, folder, template, database)
    if not outcome.failed or time.gmtime().tm_yday == day:
        return outcome
    again = play(told, folder + ".again", template, database)
    again.seconds += outcome.seconds
    again.text = (again.text + "\n    " if again.text else "") + "the day changed while it was told, and it was told again"
    return again


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--jobs", type=int, default=4, help="stories at once")
    arguments.add_argument("--keep", action="store_true", help="keep the folders of the stories")
    arguments.add_argument("stories", nargs="*", help="names or paths; all without")
    wish = arguments.parse_args()
    known = {os.path.splitext(os.path.basename(path))[0]: path for path in sorted(glob.glob(os.path.join(here, "*.story")))}
    paths = []
    for name in wish.stories or known:
        plain = os.path.splitext(os.path.basename(name))[0]
        if plain not in known:
            sys.exit(f"there is no story {name}; there are: {' '.join(known)}")
        paths.append(known[plain])
    try:
        told = [story.read(path) for path in paths]
        for one in told:
            for line in one.lines:
                try:
                    story.resolve(line.text)
                except story.Failed as unknown:
                    raise story.Failed(f"{os.path.relpath(one.path)}:{line.number}: {unknown}") from None
    except story.Failed as wrong:
        print(wrong)
        print("0 passed, 1 failed")
        return 1
    database = os.environ.get("STORY_DATABASE", "sqlite")
    folder = tempfile.mkdtemp(prefix="verbatim-stories.")
    template, outcomes = None, []
    print(f"stories on {'SQLite' if database == 'sqlite' else 'PostgreSQL'} with {platform.binary}", flush=True)
    try:
        template = platform.Template(folder, database)
        with concurrent.futures.ThreadPoolExecutor(wish.jobs) as pool:
            waiting = [pool.submit(play_on_one_day, one, os.path.join(folder, "story", one.name), template, database) for one in told]
            for done in concurrent.futures.as_completed(waiting):
                outcome = done.result()
                outcomes.append(outcome)
                word = "FAILED" if outcome.failed else "skipped" if outcome.skipped else "ok"
                print(f"  {word:8}{outcome.told.name:44}{outcome.passed:3} sentences {outcome.seconds:6.1f} s" +
                      (f"\n    {outcome.text}" if outcome.text else ""), flush=True)
    except story.Failed as wrong:
        print(wrong)
        print("0 passed, 1 failed")
        return 1
    finally:
        if template:
            template.drop()
        if wish.keep:
            print("kept in " + folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    passed, failed, skipped = (sum(getattr(one, name) for one in outcomes) for name in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
