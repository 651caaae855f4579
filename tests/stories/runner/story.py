"""A story is a text file: a title and norm ids in comments, then one sentence a line.

Each line begins with given, when, then or and. A `then` may begin with `within N seconds`, which tries it again until it
holds, or with `for N seconds`, which wants it to hold all that time. Anything the table of sentences does not know is an error.
"""
import dataclasses
import os
import re
import time


class Failed(AssertionError):
    """A `then` that does not hold, or a step that could not be done."""


def check(holds, message):
    if not holds:
        raise Failed(message)


@dataclasses.dataclass
class Line:
    number: int
    word: str      # given | when | then
    wait: str      # "" | within | for
    seconds: float
    text: str


@dataclasses.dataclass
class Story:
    path: str
    title: str
    norms: list
    only: str      # "" or the one database it is about
    lines: list

    @property
    def name(self):
        return os.path.splitext(os.path.basename(self.path))[0]


sentences = []
norm_id = re.compile(r"^[A-Z]{3}-\d{1,2}$")
# Slower machines and sanitizers: every deadline is this many times longer.
patience = float(os.environ.get("STORY_PATIENCE", "1"))


def sentence(pattern):
    """Registers a step. Groups of the pattern become its arguments after the world."""
    compiled = re.compile(pattern)

    def keep(function):
        sentences.append((compiled, function))
        return function
    return keep


def read(path):
    title, norms, only, lines, word = "", [], "", [], ""
    with open(path, encoding="utf-8") as file:
        for number, raw in enumerate(file, 1):
            text = raw.strip()
            if text.startswith("#"):
                comment = text.lstrip("# ")
                if comment.startswith("Norms:"):
                    norms = [one.strip() for one in comment[6:].split(",")]
                elif comment.startswith("Only on "):
                    only = comment[8:].split()[0].lower().strip(".,")
                elif not title:
                    title = comment
                continue
            if not text:
                continue
            first, _, rest = text.partition(" ")
            if first not in ("given", "when", "then", "and"):
                raise Failed(f"{path}:{number}: a line begins with given, when, then or and")
            word = word if first == "and" else first
            if not word:
                raise Failed(f"{path}:{number}: the first line cannot begin with and")
            timed = re.match(r"(within|for) (\d+) seconds? (.*)", rest)
            if timed and word != "then":
                raise Failed(f"{path}:{number}: only a then can wait")
            lines.append(Line(number, word, timed[1], float(timed[2]), timed[3]) if timed else Line(number, word, "", 0, rest))
    if not title or not norms or not all(norm_id.match(one) for one in norms):
        raise Failed(f"{path}: a story begins with '# what it is about' and '# Norms: COL-4, MOD-2'")
    if not any(line.word == "then" for line in lines):
        raise Failed(f"{path}: a story without a then cannot fail")
    return Story(path, title, norms, only, lines)


def resolve(text):
    found = [(function, match) for pattern, function in sentences if (match := pattern.fullmatch(text))]
    if not found:
        raise Failed("no sentence reads like this: " + text)
    if len(found) > 1:
        raise Failed("several sentences read like this: " + text)
    return found[0]


def wait_for(look, seconds=10):
    """What look() gives, once it does not fail: for a `when` that needs what is under way."""
    deadline = time.monotonic() + seconds * patience
    while True:
        try:
            return look()
        except Failed:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.05)


def play_line(world, line):
    function, match = resolve(line.text)
    deadline = time.monotonic() + line.seconds * patience
    while True:
        try:
            function(world, *match.groups())
        except Failed:
            if line.wait != "within" or time.monotonic() > deadline:
                raise
        else:
            if line.wait != "for" or time.monotonic() > deadline:
                return
        time.sleep(0.05)
