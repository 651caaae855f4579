"""Customers, moderators and callers who use a platform while it is killed, and remember every answer they were given.

What was answered 200 is acknowledged and must be found again; what was not answered may have happened or not, and is tried
again once the platform is back.
"""
import os
import random
import re
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stories"))

from runner.mails import Mail, subject_patterns  # noqa: E402  (the path comes first)
from runner.story import Failed  # noqa: E402

marker = re.compile(r"\[(\d+)\]")


class Post:
    """The outbox folder as its readers see it: each mail once, to whoever asks for its kind."""

    def __init__(self, folder):
        self.folder, self.seen, self.patterns, self.lock = folder, set(), subject_patterns(), threading.Lock()
        self.waiting = {"invitation": [], "alert": [], "moderation_request": []}

    def look(self):
        with self.lock:
            for entry in os.scandir(self.folder):
                if entry.name.endswith(".eml") and entry.name not in self.seen:
                    self.seen.add(entry.name)
                    with open(entry.path, "rb") as file:
                        mail = Mail(entry.name, file.read(), self.patterns)
                    for kind in mail.kinds & self.waiting.keys():
                        self.waiting[kind].append(mail)

    def take(self, kind, last=False):
        with self.lock:
            return self.waiting[kind].pop(-1 if last else 0) if self.waiting[kind] else None

    def put_back(self, kind, mail):
        with self.lock:
            self.waiting[kind].append(mail)


class Load:
    def __init__(self, platform):
        self.platform, self.web = platform, None   # web is the running server's, None while there is none
        self.post = Post(platform.outbox_folder)
        self.ended, self.lock = threading.Event(), threading.Lock()
        self.reviews = {}      # number of the invitation -> path of the author's space
        self.decisions = {}    # number -> publish | refuse
        self.calls = {}        # number -> path of the case
        self.checkpoints = {}  # size -> root, as signed
        self.faults = []
        self.unanswered = 0
        self.random = random.Random(1)
        self.threads = [threading.Thread(target=self._forever, args=(work, pause), daemon=True) for work, pause in
                        ((self.author, 0.01), (self.author, 0.01), (self.author, 0.01), (self.moderator, 0.02), (self.caller, 0.02), (self.watcher, 0.05))]

    def start(self):
        for thread in self.threads:
            thread.start()

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _forever(self, work, pause):
        while not self.ended.is_set():
            web = self.web
            try:
                if web is not None and work(web):
                    time.sleep(pause)
                    continue
            except Failed:
                with self.lock:
                    self.unanswered += 1
            except Exception as error:  # a broken test must not look like a platform that lost nothing
                self.faults.append(repr(error))
            time.sleep(0.05)

    def author(self, web):
        mail = self.post.take("invitation")
        if mail is None:
            return False
        number = int(re.search(r"customer(\d+)@", mail.to)[1])
        stars = number % 5 + 1
        text = f"[{number}] " + ("Quel connard à l'accueil." if number % 6 == 0 else "Attente raisonnable, travail propre.")
        try:
            answer = web.post(mail.link("/r/"), [("rating", stars), ("body", text), ("declaration", "yes"), ("signature", "name")])
        except Failed:
            self.post.put_back("invitation", mail)
            raise
        if answer.status == 200:
            space = re.search(r"/me/[\w-]{22}", answer.text)
            if not space:
                self.faults.append(f"invitation {number}: 200 without a link to the author's space")
            else:
                self.reviews[number] = space[0]
        elif answer.status == 503:
            self.post.put_back("invitation", mail)
        elif answer.status != 410:  # 410: an unanswered try did happen
            self.faults.append(f"invitation {number}: {answer.status}")
        return True

    def moderator(self, web):
        self.post.look()
        mail = self.post.take("moderation_request")
        if mail is None:
            return False
        try:
            page = web.get(mail.link("/moderate/"))
            if page.status == 410:
                return True  # decided by another link
            found = marker.search(page.page.words)
            decision = "publish" if int(found[1]) % 4 == 0 else "refuse"
            answer = web.post(mail.link("/moderate/"), [("decision", decision), ("reason", "insult" if decision == "refuse" else ""), ("explanation", "Sans injure.")])
        except Failed:
            self.post.put_back("moderation_request", mail)
            raise
        if answer.status == 200:
            self.decisions[int(found[1])] = decision
        elif answer.status != 410:
            self.faults.append(f"decision: {answer.status}")
        return True

    def caller(self, web):
        mail = self.post.take("alert")
        if mail is None:
            return False
        number = int(marker.search(mail.text)[1])
        try:
            answer = web.post(mail.link("/case/"), [("outcome", "reached"), ("note", f"note {number}")])
        except Failed:
            self.post.put_back("alert", mail)
            raise
        if answer.status == 200:
            self.calls[number] = mail.link("/case/")
        else:
            self.faults.append(f"call {number}: {answer.status}")
        return True

    def watcher(self, web):
        answer = web.get("/log/checkpoint")
        if answer.status == 200:
            _, size, root = answer.text.split("\n")[:3]
            if self.checkpoints.setdefault(int(size), root) != root:
                self.faults.append(f"two checkpoints of size {size}: {self.checkpoints[int(size)]} and {root}")
        return True
