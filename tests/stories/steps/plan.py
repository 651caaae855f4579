"""The contact plan: a file that is checked and simulated; no platform is asked."""
import re

from runner.platform import run
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
