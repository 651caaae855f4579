"""The figures of the desk, as its API gives them, and counted anew by the program."""
from runner.story import check, sentence


def summary(world, branch):
    key = [kept for kept in world.kept if kept.startswith("key ")][-1]  # who was given one last asks
    return world.web.ask("GET", "/api/v1/figures/summary?branch=" + branch, None, {"Authorization": "Bearer " + world.kept[key]})


@sentence(r"the figures of (\S+) show (\d+) reviews?(?: with mean (\S+), (\d+) of (\d+) invitations answered and (\d+) cases?)?")
def figures_show(world, branch, count, mean, answered, invited, cases):
    answer = summary(world, branch)
    check(answer.status == 200, f"{answer.status}: {answer.text[:300]}")
    figures = answer.json["figures"]
    found = [figures["count"]]
    wanted = [int(count)]
    if mean:
        found += [figures["mean"], figures["response_rate"]["count"], figures["response_rate"]["of"], figures["cases"]]
        wanted += [float(mean), int(answered), int(invited), int(cases)]
    check(found == wanted, f"{found} instead of {wanted}")


@sentence(r"the figures of (\S+) are not there")
def figures_hidden(world, branch):
    answer = summary(world, branch)
    check(answer.status == 404, f"{answer.status}: {answer.text[:300]}")


@sentence(r"counting every figure anew finds no difference")
def counted_anew(world):
    done = world.platform.command("rollups", "verify")
    check(done.returncode == 0 and b" 0 differ" in done.stdout, (done.stdout + done.stderr).decode()[:2000])
