"""What one story knows while it is played."""
import datetime
import json
import os

from runner.mails import Outbox, catalogues
from runner.pages import spaces_alike
from runner.platform import Platform
from runner.story import Failed, check
from runner.web import Web


def day(number):
    """"-10" is ten days ago, by the platform's own calendar (UTC)."""
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=int(number))).date().isoformat()


class World:
    def __init__(self, folder, template):
        self.folder, self.template = folder, template
        self.settings, self.mail_server, self.platform, self.web = [], None, None, None
        self.outbox = None
        self.answer = None     # of the last request
        self.she = ""          # the author the story is about now
        self.kept = {}         # what a story wrote down to look at later
        self.done = None       # the last command
        self.others = []       # to close at the end

    def open_platform(self, with_network=True):
        data, database = self.template.copy(self.folder, with_network)
        self.platform = Platform(self.folder, data, database)
        self.platform.settings = list(self.settings)
        if self.mail_server:
            self.platform.mail = self.mail_server.url
        self.start()

    def start(self):
        self.platform.start()
        self.web = Web(self.platform.url)
        self.outbox = Outbox(self.mail_server.folder if self.mail_server else self.platform.outbox_folder)

    def close(self):
        try:
            if self.platform:
                self.platform.stop()
        finally:
            for other in self.others:
                other.close()

    @property
    def page(self):
        check(self.answer is not None, "no page was opened yet")
        return self.answer.page

    def open(self, path):
        self.answer = self.web.get(path)

    def reviews(self, subject, limit=100):
        """All public reviews of "sites/FR-NAN", newest first, over all pages."""
        found, after = [], ""
        while True:
            answer = self.web.get(f"/api/v1/{subject}/reviews?limit={limit}" + (f"&after={after}" if after else ""))
            check(answer.status == 200, f"reviews of {subject}: {answer.status}")
            found += answer.json["reviews"]
            after = answer.json["next"]
            if not after:
                return found

    def path(self, name):
        return os.path.join(self.folder, name)

    def recall(self, name):
        if name not in self.kept:
            raise Failed("the story has not written down " + name)
        return self.kept[name]

    def platform_words(self, key):
        """A text of the catalogue in the language of the page that is open."""
        with open(os.path.join(catalogues, self.page.language[:2] + ".json"), encoding="utf-8") as file:
            return spaces_alike(json.load(file)[key])
