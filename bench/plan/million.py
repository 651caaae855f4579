#!/usr/bin/env python3
"""One decision about everybody, while the site answers: bench/plan/million.py BINARY FOLDER [PEOPLE]

PEOPLE vehicles delivered over the last ten years are imported, the packaged plan is published and a first look taken; then the plan is
published anew, so that all are decided about again, and a look is taken beside a server that is asked for pages. Prints the seconds
and the pages' 50th and 99th percentile, quiet and during the look.
"""
import csv
import datetime
import os
import random
import re
import subprocess
import sys
import time
import urllib.request

limit_seconds = 5
root = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
demo = os.path.join(root, "assets", "demo")


def run(*words):
    done = subprocess.run([binary, *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"bench/plan: {' '.join(words[:3])}: {(done.stdout + done.stderr)[-500:]}")
    return done.stdout


def write_people(path, count):
    with open(os.path.join(demo, "sites.csv"), encoding="utf-8") as file:
        sites = list(csv.DictReader(file))
    chance, today = random.Random(5), datetime.date.today()
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "kind", "occurred_on", "site", "customer", "first_name", "last_name", "email", "locale", "country", "vin", "registered_on", "consent"])
        for n in range(count):
            site, delivered = sites[n % len(sites)], today - datetime.timedelta(days=chance.randrange(100, 3650))
            out.writerow([f"V{n}", "delivery", delivered, site["code"], f"C{n}", "Ann", f"Person{n}", f"p{n}@home{n % 997}.example", site["locale"], site["country"],
                          f"VIN{n:014d}", delivered, "invitation=yes;marketing=yes"])
    return sites[0]["code"]


def look():
    said = run("plan", "look", "--data", data)
    found = re.search(r"(\d+) people.*?([0-9.]+) s", said)
    return int(found[1]), float(found[2])


def pages(name, site, until):
    taken, n = [], 0
    while until(len(taken)):
        begun = time.perf_counter()
        with urllib.request.urlopen(url + (f"/en/sites/{site}?n={n}" if n % 2 else f"/review/{site}")) as answer:
            answer.read()
        taken.append(time.perf_counter() - begun)
        n += 1
        time.sleep(0.01)
    taken.sort()
    print(f"  pages, {name}: {len(taken)}, p50 {taken[len(taken) // 2] * 1e3:.1f} ms, p99 {taken[int(len(taken) * 0.99)] * 1e3:.1f} ms, {taken[-1] * 1e3:.1f} ms at most")


binary, folder, people = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
data = os.path.join(folder, "million")
site = write_people(os.path.join(folder, "people.csv"), people)
run("init", "--data", data)
for kind in ("sites", "products", "people"):
    run("import", kind, os.path.join(demo, kind + ".csv"), "--data", data)
begun = time.perf_counter()
run("import", "experiences", os.path.join(folder, "people.csv"), "--data", data)
print(f"plan: one decision about {people} people; imported in {time.perf_counter() - begun:.0f} s")
packaged = run("plan", "default")
for version in ("1", "2"):
    plan = os.path.join(folder, f"plan{version}.toml")
    with open(plan, "w", encoding="utf-8") as file:
        file.write(re.sub(r'(?m)^version = .*$', f'version = "{version}"', packaged))
    if version == "1":
        run("plan", "publish", plan, "--data", data, "--hold-back")
        decided, seconds = look()
        print(f"  the first look at them: {decided} people in {seconds:.1f} s")
server = subprocess.Popen([binary, "serve", "--data", data, "--listen", "127.0.0.1:0", "--mail", "none"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
try:
    found = None
    while not found:
        line = server.stdout.readline().decode()
        if not line:
            sys.exit("bench/plan: the server did not start")
        found = re.match(r"listening on (http://\S+)", line)
    url = found[1]
    time.sleep(2)
    pages("quiet", site, lambda count: count < 500)
    # The look beside the server, not in it: the server's own would begin within a minute, and nobody could say when.
    run("plan", "publish", plan, "--data", data, "--hold-back")
    looking = subprocess.Popen([binary, "plan", "look", "--data", data], stdout=subprocess.PIPE, text=True)
    pages("during the look", site, lambda count: looking.poll() is None or count < 20)
    found = re.search(r"(\d+) people.*?([0-9.]+) s", looking.communicate()[0])
    seconds = float(found[2])
    allowed = limit_seconds * people / 1_000_000
    print(f"  all decided about again: {found[1]} people in {seconds:.1f} s (limit {allowed:.2f}, ratio {seconds / allowed:.2f}), {seconds / max(1, int(found[1])) * 1e6:.1f} us a person")
finally:
    server.terminate()
    server.wait()
