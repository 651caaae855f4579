"""The independent client of tests/go, built once a run."""
import os
import shutil
import subprocess
import tempfile
import threading

from runner.platform import root
from runner.story import Failed, patience

_lock = threading.Lock()
_built = []


def _build():
    with _lock:
        if not _built:
            if not shutil.which("go") or not os.path.isdir("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog"):
                raise Failed("the independent client needs golang-go and golang-golang-x-mod-dev: ./dev test installs them")
            folder = os.path.join(root, "build", "go")
            os.makedirs(folder, exist_ok=True)
            # A file of its own, put in place at once: two runs side by side must not meet half a program.
            place = tempfile.mkstemp(prefix="foreignclient.", dir=folder)[1]
            made = subprocess.run(["go", "build", "-o", place, "./tests/go/foreignclient"], cwd=root, capture_output=True, text=True,
                                  env={**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "", "CGO_ENABLED": "0", "GOCACHE": os.path.join(folder, "cache")})
            if made.returncode:
                raise Failed("go build: " + made.stderr)
            program = os.path.join(folder, "foreignclient")
            os.replace(place, program)
            _built.append(program)
    return _built[0]


def foreign_client(*arguments):
    return subprocess.run([_build(), *arguments], capture_output=True, text=True, timeout=120 * patience)
