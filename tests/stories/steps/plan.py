"""The contact plan: a file that is checked and simulated; no platform is asked."""
import re

from runner.platform import run
from runner.world import day
from steps.cases import ask, read
from steps.moderation import run_sql
from runner.story import check, sentence


def plan_command(world, command, *more):
    path = world.path("plan.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(world.recall("plan")) + "\n")
    return path, run("plan", command, path, *more)


@sentence(r"the packaged plan as a file")
def packaged(world):
    done = run("plan", "default")
    check(done.returncode == 0, done.stderr.decode())
    world.kept["plan"] = done.stdout.decode().rstrip("\n").split("\n")


@sentence(r"in the plan line \"(.+)\" is changed to \"(.+)\"")
def change(world, before, after):
    """Each change begins from the packaged plan."""
    packaged(world)
    lines = world.recall("plan")
    check(before in lines, f"the packaged plan has no line {before}")
    world.kept["changed"] = lines.index(before) + 1
    lines[lines.index(before)] = after


@sentence(r"the plan has no mistakes")
def good(world):
    _, done = plan_command(world, "check")
    check(done.returncode == 0, done.stdout.decode())
    world.kept["said"] = done.stdout.decode()


@sentence(r"the plan has (\d+) campaigns in (\d+) languages")
def size(world, campaigns, languages):
    said = world.recall("said")
    check(f": {campaigns} campaigns," in said and f" in {languages} languages," in said, said)


@sentence(r"the check names that line and says \"(.+)\"")
def named(world, text):
    path, done = plan_command(world, "check")
    said = done.stdout.decode()
    check(done.returncode == 1, f"exit {done.returncode}: {said}")
    start = f"{path}:{world.recall('changed')}: "
    check(any(line.startswith(start) and text in line for line in said.split("\n")), said)


def simulate(world, seed):
    _, done = plan_command(world, "simulate", "--vehicles", world.recall("vehicles"), "--years", world.recall("years"), "--seed", str(seed))
    check(done.returncode == 0, done.stderr.decode())
    return done.stdout.decode()


@sentence(r"(\d+) vehicles live under the plan for (\d+) years with seed (\d+)")
def live(world, vehicles, years, seed):
    world.kept.update(vehicles=vehicles, years=years, seed=int(seed))
    world.kept["simulated"] = simulate(world, seed)


def touchpoints(world):
    last = world.recall("simulated").rstrip("\n").split("\n")[-1]
    found = re.fullmatch(r"touchpoints (\d+)", last)
    check(found, f"the last line is: {last}")
    return int(found[1])


@sentence(r"the last line of the simulation is its number of touchpoints")
def last_line(world):
    check(touchpoints(world) > 1000, world.recall("simulated"))


@sentence(r"its months and its campaigns add up to that number")
def sums(world):
    months = re.findall(r"^\d{4}-\d{2} .* (\d+)$", world.recall("simulated"), re.M)
    check(sum(map(int, months)) == touchpoints(world), "the months make " + str(sum(map(int, months))))
    part = world.recall("simulated").split("\nby campaign")[1].split("\n\n")[0]
    campaigns = re.findall(r"^([a-z0-9_]+) +(\d+) ", part, re.M)
    check(len(campaigns) == 30, f"{len(campaigns)} campaigns are shown")
    check(sum(int(count) for _, count in campaigns) == touchpoints(world), "the campaigns make another sum")


@sentence(r"the same seed says the same again, and another seed does not")
def again(world):
    check(simulate(world, world.recall("seed")) == world.recall("simulated"), "the same seed said something else")
    check(simulate(world, world.recall("seed") + 1) != world.recall("simulated"), "another seed said the same")


# ---- The plan that runs ---------------------------------------------------------------------------------------------------------

def no_quiet(lines):
    """Stories are told at any hour and on any day."""
    begin = lines.index("[quiet]")
    end = lines.index("[[cap]]")
    lines = lines[:begin] + ["[quiet]", 'from = "00:00"', 'to = "00:00"', ""] + lines[end:]
    check('at = "10:00"' in lines, "the packaged plan has another hour")
    lines[lines.index('at = "10:00"')] = 'at = "00:00"'  # before ten on the person's wall nothing would go
    return lines


@sentence(r"the packaged plan without quiet hours is published as version (\S+) and has held for (\d+) days")
def published(world, version, days):
    packaged(world)
    lines = no_quiet(world.recall("plan"))
    for more in world.kept.pop("plan changes", []):
        check(more[0] in lines, f"the packaged plan has no line {more[0]}")
        lines[lines.index(more[0])] = more[1]
    world.kept["plan"] = [f'version = "{version}"' if line.startswith("version = ") else line for line in lines]
    publish(world)
    # The plan ages; what it decides about does not.
    run_sql(world, f"UPDATE plan_version SET from_at = from_at - {int(days) * 86400} WHERE version = '{version}'")


def publish(world, *more):
    path = world.path("published.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(world.recall("plan")) + "\n")
    world.done = world.platform.command("plan", "publish", path, *more)
    check(world.done.returncode == 0, (world.done.stdout + world.done.stderr).decode())


@sentence(r"the plan looks at whom something is due for")
def look(world):
    world.done = world.platform.command("plan", "look")
    check(world.done.returncode == 0, world.done.stderr.decode())


@sentence(r"the plan is told that (\S+@\S+) is (\w+) since day (-?\d+)")
def told(world, email, what, when):
    done = world.platform.command("plan", "tell", "--customer", "K-" + email, what, day(when))
    check(done.returncode == 0, (done.stdout + done.stderr).decode())


def letters(world, email, beginning):
    return [mail for mail in world.outbox.to(email) if mail.subject.startswith(beginning)]


@sentence(r"(\S+@\S+) has (\d+) letters? that begins? \"(.+)\"")
def has_letters(world, email, count, beginning):
    found = letters(world, email, beginning)
    check(len(found) == int(count), f"{len(found)}; there are: " + "; ".join(mail.subject for mail in world.outbox.to(email)))


@sentence(r"the letter of (\S+@\S+) that begins \"(.+)\" has a plain text, (\S+) and a way out by one click")
def letter_is_whole(world, email, beginning, link):
    mail = letters(world, email, beginning)[-1]
    check(len(mail.text) > 100 and "{" not in mail.text, mail.text[:300])
    check(link in mail.text and link in mail.html, f"no {link} in it")
    check(mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and "/u/" in str(mail.message["List-Unsubscribe"]), f"{mail.message['List-Unsubscribe']}")


@sentence(r"the program of (\S+@\S+) unsubscribes from the letter that begins \"(.+)\" with one click")
def one_click_of_letter(world, email, beginning):
    header = str(letters(world, email, beginning)[-1].message["List-Unsubscribe"])
    path = re.search(r"(/u/[^>\s]+)", header)[1]
    answer = world.web.post(path, [("List-Unsubscribe", "One-Click")])
    check(answer.status == 200, f"{answer.status}")


@sentence(r"(\S+@\S+) decided about (\S+@\S+): (\w+) (\w+)")
def decided(world, member, email, campaign, outcome):
    touchpoints = read(world, member, f"people/K-{email}/touchpoints")["touchpoints"]
    mine = [one["outcome"] for one in touchpoints if one["campaign"] == campaign]
    check(mine == [outcome], f"{mine}; all: {[(one['campaign'], one['outcome']) for one in touchpoints]}")


@sentence(r"(\S+@\S+) sees no decision (\w+) about (\S+@\S+)")
def not_decided(world, member, campaign, email):
    answer = ask(world, member, "GET", f"people/K-{email}/touchpoints")
    mine = [] if answer.status == 404 else [one for one in answer.json["touchpoints"] if one["campaign"] == campaign]
    check(mine == [], f"{mine}")


@sentence(r"the plan is published again as version (\S+) with the welcome after \"(.+)\" instead of \"(.+)\"")
def published_again(world, version, after, before):
    lines = world.recall("plan")
    old, new = (f'trigger = {{ event = "order", after = "{one}" }}' for one in (before, after))
    check(lines.count(old) >= 1, f"there is no line {old}")
    lines[lines.index(old)] = new
    world.kept["plan"] = [f'version = "{version}"' if line.startswith("version = ") else line for line in lines]
    publish(world)


@sentence(r"(\S+@\S+) sees that versions (\d+) and (\d+) differ in \"(.+)\": \"(.+)\", then \"(.+)\"")
def differ(world, member, a, b, part, before, after):
    changes = read(world, member, f"plan/compare?a={a}&b={b}")["changes"]
    found = [one for one in changes if one["part"] == part and before in (one["before"] or "") and after in (one["after"] or "")]
    check(found, f"{changes}")
