"""A mail server that does as it is told: takes mails, says later, refuses, hangs, hangs up."""
import os
import re
import socket
import threading

from runner.story import Failed

moods = ("well", "says later", "refuses", "hangs", "hangs up", "is too busy to talk")


class MailServer:
    def __init__(self, folder):
        self.folder, self.mood, self.count = folder, "well", 0
        os.makedirs(folder, exist_ok=True)
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.tries = 0  # mails that came as far as their recipient
        self.return_paths = {}  # by Message-ID: where the mail wants to come back to
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.wires = []
        threading.Thread(target=self._listen, daemon=True).start()

    def be(self, mood):
        if mood not in moods:
            raise Failed(f"a mail server {', '.join(moods)}")
        self.mood = mood

    def close(self):
        self.closing.set()
        self.listener.close()
        for wire in self.wires:
            wire.close()

    def _listen(self):
        while not self.closing.is_set():
            try:
                wire, _ = self.listener.accept()
            except OSError:
                return
            self.wires.append(wire)
            threading.Thread(target=self._talk, args=(wire,), daemon=True).start()

    def _talk(self, wire):
        try:
            self._session(wire, wire.makefile("rb"))
        except OSError:
            pass
        finally:
            wire.close()

    def _session(self, wire, lines):
        def say(text):
            wire.sendall(text.encode() + b"\r\n")
        if self.mood == "is too busy to talk":
            return say("421 4.3.2 too busy")
        say("220 story ESMTP")
        while line := lines.readline():
            word = line[:4].upper()
            if word in (b"EHLO", b"HELO"):
                say("250-story\r\n250-PIPELINING\r\n250 8BITMIME")
            elif word == b"MAIL" and self.mood == "is too busy to talk":
                return say("421 4.3.2 too busy")
            elif word == b"MAIL":
                sender = re.search(rb"<(.*?)>", line)[1].decode()
                say("250 2.1.0 ok")
            elif word == b"RCPT":
                with self.lock:
                    self.tries += 1
                say("550 5.1.1 nobody of that name here" if self.mood == "refuses" else "250 2.1.5 ok")
            elif word == b"DATA":
                if self.mood == "refuses":
                    say("554 5.5.1 no recipients")
                    continue
                say("354 go on")
                message = self._message(lines)
                self.return_paths[re.search(rb"(?im)^message-id:\s*(\S+)", message)[1].decode()] = sender
                mood = self.mood
                if mood == "hangs":
                    self.closing.wait()
                    return None
                if mood == "hangs up":
                    self._keep(message)  # taken, but the sender never hears it
                    return None
                if mood == "well":
                    self._keep(message)
                say("451 4.3.0 try again later" if mood == "says later" else "250 2.0.0 taken")
            elif word == b"QUIT":
                return say("221 2.0.0 bye")
            else:
                say("250 2.0.0 ok")
        return None

    @staticmethod
    def _message(lines):
        message = b""
        while (line := lines.readline()) not in (b".\r\n", b""):
            message += line[1:] if line.startswith(b".") else line
        return message

    def _keep(self, message):
        with self.lock:
            self.count += 1
            name = os.path.join(self.folder, f"{self.count:06}")
        with open(name, "wb") as file:
            file.write(message)
        os.rename(name, name + ".eml")

    def message_ids(self):
        found = []
        for name in sorted(os.listdir(self.folder)):
            if name.endswith(".eml"):
                with open(os.path.join(self.folder, name), "rb") as file:
                    found.append(re.search(rb"(?im)^message-id:\s*(\S+)", file.read())[1].decode())
        return found
