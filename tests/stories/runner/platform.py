"""A real server with a data folder, a database, an outbox and an access log of its own."""
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.parse

from runner.story import Failed, patience

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.abspath(os.path.join(here, "..", "..", ".."))
binary = os.path.abspath(os.environ.get("VERBATIM", os.path.join(root, "build", "release", "verbatim")))
network = os.path.join(root, "assets", "demo")


def psql(url, *statements):
    words = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]
    for statement in statements:
        words += ["-c", statement]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise Failed("psql: " + done.stderr.strip())
    return done.stdout.strip()


def with_database(url, name):
    parts = urllib.parse.urlsplit(url)
    # urlunsplit would drop the empty host of "postgresql://user@/name?host=/socket".
    return f"{parts.scheme}://{parts.netloc}/{name}" + ("?" + parts.query if parts.query else "")


def run(*arguments, stdin=None, seconds=120):
    return subprocess.run([binary, *arguments], input=stdin, capture_output=True, timeout=seconds * patience)


def run_well(*arguments):
    done = run(*arguments)
    if done.returncode:
        raise Failed(f"verbatim {' '.join(arguments)}: exit {done.returncode}: {(done.stdout + done.stderr).decode('utf-8', 'replace').strip()}")
    return done.stdout.decode()


class Template:
    """An empty platform and one with the demo's network, made once, copied for each story."""

    def __init__(self, folder, database):
        self.database, self.lock = database, threading.Lock()
        self.empty, self.full = os.path.join(folder, "empty"), os.path.join(folder, "network")
        self.prefix = f"story_{os.getpid()}_"
        self.count = 0
        self.made = []
        for data in (self.empty, self.full):
            place = self._place(data)
            if database != "sqlite":
                self._create(os.path.basename(data), None)
            run_well("init", *place)
            if data == self.full:
                for kind in ("sites", "products", "people"):
                    run_well("import", kind, os.path.join(network, kind + ".csv"), *place)

    def _place(self, data):
        if self.database == "sqlite":
            return ["--data", data]
        return ["--data", data, "--database", with_database(self.database, self.prefix + os.path.basename(data))]

    def _create(self, name, template):
        psql(self.database, f'CREATE DATABASE "{self.prefix}{name}"' + (f' TEMPLATE "{self.prefix}{template}"' if template else ""))
        self.made.append(self.prefix + name)

    def copy(self, folder, with_network):
        """A platform of the story's own: the arguments that name it."""
        source = self.full if with_network else self.empty
        data = os.path.join(folder, "data")
        shutil.copytree(source, data)
        if self.database == "sqlite":
            return data, "sqlite"
        with self.lock:
            self.count += 1
            name = str(self.count)
            self._create(name, os.path.basename(source))
        return data, with_database(self.database, self.prefix + name)

    def drop(self):
        for name in self.made:
            psql(self.database, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Platform:
    def __init__(self, folder, data, database):
        self.folder, self.data, self.database = folder, data, database
        self.outbox_folder = os.path.join(folder, "outbox")
        self.access_log = os.path.join(folder, "access.jsonl")
        self.said = os.path.join(folder, "server.log")
        self.settings, self.mail, self.base_url = [], None, None
        self.process, self.url = None, None

    @property
    def place(self):
        return ["--data", self.data] + ([] if self.database == "sqlite" else ["--database", self.database])

    def command(self, *arguments, stdin=None):
        return run(*arguments, *self.place, stdin=stdin)

    def start(self):
        words = [binary, "serve", *self.place, "--listen", "127.0.0.1:0", "--mail", self.mail or "outbox:" + self.outbox_folder,
                 "--access-log", self.access_log]
        for setting in self.settings:
            words += ["--set", setting]
        with open(self.said, "ab") as errors:
            self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors)
        deadline = time.monotonic() + 30 * patience
        while time.monotonic() < deadline:
            line = self.process.stdout.readline().decode()
            found = re.match(r"listening on (http://\S+)", line)
            if found:
                self.url = found[1]
                return
            if not line:
                break
        self.kill()
        raise Failed("the server did not start: " + self.complaints())

    def complaints(self):
        with open(self.said, encoding="utf-8", errors="replace") as file:
            said = file.read()
        fault = next((at for at in (said.find("ERROR: AddressSanitizer"), said.find("runtime error: ")) if at >= 0), None)
        return said[-3000:] if fault is None else said[fault:fault + 5000]  # a sanitizer's end is a legend; its head says where

    def stop(self):
        """SIGTERM drains and stops within ten seconds, exit 0."""
        if not self.process:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(10 * patience)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failed("the server did not stop within ten seconds of SIGTERM") from None
        self.process.stdout.close()
        self.process = None
        if code:
            raise Failed(f"the server ended with {code} after SIGTERM: {self.complaints()}")

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None
