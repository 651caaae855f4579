"""A plan is tried before it holds: dry run, test letters, seeds."""
from runner.story import check, sentence


def written(world):
    path = world.path("tried.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(world.recall("plan")) + "\n")
    return path


@sentence(r"a dry run over everybody misses nothing and has written (\d+) letters? for people")
def nothing_misses(world, letters):
    done = world.platform.command("plan", "dry-run", written(world), "--days", "30")
    said = done.stdout.decode()
    check(done.returncode == 0 and "nothing misses" in said, said + done.stderr.decode())
    check(f" {letters} letters, and " in said, said)


@sentence(r"a dry run over everybody finds letters of (\w+) in (\w\w) that lack (\{\w+\}), and names nobody called (\S+)")
def something_misses(world, campaign, language, what, name):
    done = world.platform.command("plan", "dry-run", written(world), "--days", "30")
    said = (done.stdout + done.stderr).decode()
    check(done.returncode == 1, said)
    check(any(line.startswith(campaign + " ") and f" {language}: " in line and line.endswith(what) for line in said.split("\n")), said)
    check(name not in said and "@" not in said, said)


@sentence(r"that plan is refused; said that such letters are to be held back, it is published")
def refused_then_published(world):
    refused = world.platform.command("plan", "publish", written(world))
    check(refused.returncode == 2 and b"dry run misses" in refused.stderr, (refused.stdout + refused.stderr).decode())
    done = world.platform.command("plan", "publish", written(world), "--hold-back")
    check(done.returncode == 0, (done.stdout + done.stderr).decode())


@sentence(r"a test letter of (\w+) in (\w\w) is sent to (\S+@\S+)")
def test_letter(world, campaign, language, email):
    done = world.platform.command("plan", "test", campaign, "--to", email, "--language", language)
    check(done.returncode == 0, (done.stdout + done.stderr).decode())
