"""A platform in a folder of its own for a program that breaks something under it, and the count of what holds afterwards. The last line a
program prints is "N passed, N failed", whatever happened in between."""
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stories"))
from runner.platform import Platform, Template  # noqa: E402
from runner.story import Failed  # noqa: E402


class Rig:
    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0
        self.database = os.environ.get("STORY_DATABASE", "sqlite")
        self.template = self.platform = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix=f"verbatim-{self.name}.")
        os.chmod(self.folder, 0o755)  # a mail sink that gave up root's rights writes in it
        return self

    def make_platform(self):
        self.template = Template(self.folder, self.database)
        place = os.path.join(self.folder, "platform")
        os.makedirs(place)
        self.platform = Platform(place, *self.template.copy(place, with_network=True))
        return self.platform

    def case(self, name, holds, fault=""):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(f"  ok     {name}" if holds else f"  FAILED {name}: {fault}")

    def __exit__(self, kind, fault, trace):
        """A story's failure is counted; every other exception goes on when all is cleared away."""
        if kind and issubclass(kind, Failed):
            self.failed += 1
            print(f"  FAILED {fault}")
            if self.platform and os.path.exists(self.platform.said):
                print(self.platform.complaints())
        if self.platform:
            self.platform.kill()
        if self.template:
            self.template.drop()
        shutil.rmtree(self.folder, ignore_errors=True)
        return bool(kind and issubclass(kind, Failed))

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0
