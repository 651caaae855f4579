"""The mails in an outbox folder (or taken by the scripted mail server), told apart by their subject in any language."""
import email
import email.policy
import glob
import json
import os
import re

from runner.pages import spaces_alike
from runner.story import Failed

here = os.path.dirname(os.path.abspath(__file__))
catalogues = os.path.join(here, "..", "..", "..", "i18n")


def subject_patterns():
    """{"alert": [pattern in each language]} from the catalogues; "{NAME}" and "{N, plural, ...}" match anything."""
    patterns = {}
    for path in glob.glob(os.path.join(catalogues, "*.json")):
        with open(path, encoding="utf-8") as file:
            words = json.load(file)
        for key, text in words.items():
            found = re.fullmatch(r"mail\.(\w+)\.subject", key)
            if found:
                patterns.setdefault(found[1], []).append(re.compile(pattern_of(spaces_alike(text))))
    return patterns


def pattern_of(message):
    out, depth = "", 0
    for letter in message:
        if letter == "{":
            out += ".*" if depth == 0 else ""
            depth += 1
        elif letter == "}":
            depth -= 1
        elif depth == 0:
            out += re.escape(letter)
    return out


class Mail:
    def __init__(self, name, raw, patterns):
        self.name, self.raw = name, raw
        message = email.message_from_bytes(raw, policy=email.policy.default)
        self.message = message
        self.to = str(message["To"] or "")
        self.subject = spaces_alike(str(message["Subject"] or ""))
        self.text = self._part("plain").replace("\r\n", "\n")
        self.html = self._part("html")
        self.kinds = {kind for kind, all_of in patterns.items() if any(one.fullmatch(self.subject) for one in all_of)}

    def _part(self, kind):
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""

    @property
    def words(self):
        return spaces_alike(self.text)

    def link(self, path):
        """The first address in it that begins with this path, as path and query."""
        found = re.search(r"https?://[^\s/]+(" + re.escape(path) + r"[^\s>]*)", self.text)
        if not found:
            raise Failed(f"the mail {self.subject!r} to {self.to} has no link to {path}")
        return found[1]


class Outbox:
    def __init__(self, folder):
        self.folder, self.known, self.patterns = folder, {}, subject_patterns()

    def all(self):
        """Oldest first."""
        for path in glob.glob(os.path.join(self.folder, "*.eml")):
            if path not in self.known:
                with open(path, "rb") as file:
                    self.known[path] = (os.stat(path).st_mtime_ns, Mail(os.path.basename(path), file.read(), self.patterns))
        return [mail for _, mail in sorted(self.known.values(), key=lambda one: one[0])]

    def to(self, address, kind=None):
        if kind and kind not in self.patterns:
            raise Failed(f"there is no mail called {kind}; there are {', '.join(sorted(self.patterns))}")
        return [mail for mail in self.all() if address.lower() in mail.to.lower() and (kind is None or kind in mail.kinds)]

    def newest(self, address, kind=None):
        found = self.to(address, kind)
        if not found:
            raise Failed(f"no mail {kind or ''} to {address}; there are: " +
                         "; ".join(f"{mail.to}: {mail.subject}" for mail in self.all()[-12:]))
        return found[-1]
