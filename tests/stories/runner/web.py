"""A visitor's HTTP: one request, one connection, nothing followed by itself; and raw sockets for those who misbehave."""
import http.client
import json
import socket
import urllib.parse

from runner import openapi
from runner.pages import Page
from runner.story import Failed


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def page(self):
        return Page(self.text)

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Failed(f"not JSON, {self.status}: {self.text[:200]}") from None


class Web:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port

    def ask(self, method, path, body=None, headers=None, patience=30):
        answer = self.plain(method, path, body, headers, patience)
        openapi.check(self, method, path, answer)
        return answer

    def plain(self, method, path, body=None, headers=None, patience=30):
        if path.startswith("http"):
            parts = urllib.parse.urlsplit(path)
            path = parts.path + ("?" + parts.query if parts.query else "")
        connection = http.client.HTTPConnection(self.host, self.port, timeout=patience)
        try:
            connection.request(method, path, body, headers or {})
            got = connection.getresponse()
            return Answer(got.status, got.getheaders(), got.read())
        except (OSError, http.client.HTTPException) as error:
            raise Failed(f"{method} {path}: {error!r}") from None
        finally:
            connection.close()

    def get(self, path, headers=None):
        return self.ask("GET", path, None, headers)

    def post(self, path, fields, headers=None):
        body = urllib.parse.urlencode(fields).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def post_multipart(self, path, fields, headers=None):
        edge = "----story-boundary-7f3a"
        body = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields)
        body += f"--{edge}--\r\n"
        return self.ask("POST", path, body.encode(), {"Content-Type": "multipart/form-data; boundary=" + edge, **(headers or {})})

    def socket(self, patience=30):
        return socket.create_connection((self.host, self.port), timeout=patience)

    def raw(self, sent, patience=30):
        """Sends bytes as they are and returns all that comes back until the server closes."""
        with self.socket(patience) as wire:
            try:
                wire.sendall(sent)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it said no before it had heard everything
            return read_all(wire)


def read_all(wire):
    got = b""
    try:
        while more := wire.recv(65536):
            got += more
    except (ConnectionResetError, TimeoutError):
        pass
    return got


def form_request(path, fields):
    body = urllib.parse.urlencode(fields).encode()
    return (f"POST {path} HTTP/1.1\r\nHost: story\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n").encode() + body
