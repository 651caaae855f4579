"""given: the platform, what came in, and when it is stopped, killed, copied."""
import csv
import io
import os
import shutil

from runner.platform import Platform
from runner.story import Failed, check, sentence
from runner.world import day

columns = ["id", "kind", "occurred_on", "site", "product", "adviser", "customer", "salutation", "first_name", "last_name", "email",
           "phone", "locale", "country", "vin", "registered_on", "consent", "invoice", "registration", "incentive", "street", "postcode", "city"]


@sentence(r"the setting (\S+=.*)")
def setting(world, assignment):
    world.settings.append(assignment)


@sentence(r"from the next start (\S+=.*) holds")
def new_setting(world, assignment):
    world.platform.settings.append(assignment)


@sentence(r"a platform with the demo's network")
def platform(world):
    world.open_platform()


@sentence(r"an empty platform")
def empty_platform(world):
    world.open_platform(with_network=False)


def import_text(world, kind, text, name, *more):
    path = world.path(name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    world.done = world.platform.command("import", kind, path, *more)
    return world.done


def import_well(world, kind, text, name, *more):
    done = import_text(world, kind, text, name, *more)
    check(done.returncode == 0 and b" 0 rejected" in done.stdout, f"import: {(done.stdout + done.stderr).decode()}")


# "with consent invitation=yes and product VIRELAI and invoice F-2026-1"
@sentence(r"an experience (\S+) of kind (\w+) at (\S+) on day (-?\d+) by (\S+@\S+) named (\S+) (.+?)(?: with (.*))?")
def experience(world, number, kind, site, when, email, first, last, more):
    row = {"id": number, "kind": kind, "occurred_on": day(when), "site": site, "email": email, "first_name": first, "last_name": last,
           "customer": "K-" + email, "locale": "fr-FR" if site.startswith("FR") else ""}
    for part in (more or "").split(" and "):
        if part:
            name, _, value = part.partition(" ")
            check(name in columns, f"an experience has no {name}")
            row[name] = day(value[4:]) if value.startswith("day ") else value.strip('"')
    text = io.StringIO()
    out = csv.DictWriter(text, columns)
    out.writeheader()
    out.writerow(row)
    import_well(world, "experiences", text.getvalue(), f"experience-{number}.csv")


@sentence(r"(\d+) experiences of kind (\w+) at (\S+) on day (-?\d+) with consent (\S+)")
def experiences(world, count, kind, site, when, consent):
    text = io.StringIO()
    out = csv.DictWriter(text, columns)
    out.writeheader()
    for n in range(1, int(count) + 1):
        out.writerow({"id": f"{site}-{n}", "kind": kind, "occurred_on": day(when), "site": site, "email": f"customer{n}@example.org",
                      "first_name": "Camille", "last_name": "Petit", "customer": f"K{n}", "consent": consent, "locale": "fr-FR"})
    import_well(world, "experiences", text.getvalue(), "experiences.csv")


@sentence(r"the platform is stopped")
def stop(world):
    world.platform.stop()


@sentence(r"the platform is started(?: again)?")
def start(world):
    world.start()


@sentence(r"the platform is killed")
def kill(world):
    world.platform.kill()


@sentence(r"the platform is told to stop it ends within ten seconds with exit 0")
def told_to_stop(world):
    world.platform.stop()


@sentence(r"its data folder is copied to a backup")
def backup(world):
    check(world.platform.process is None, "stop the platform first")
    shutil.copytree(world.platform.data, world.path("backup"))


@sentence(r"the platform is started from the backup")
def restore(world):
    check(world.platform.process is None, "stop the platform first")
    lost, old = world.path("lost"), world.platform
    os.rename(old.data, lost)
    world.platform = Platform(world.folder, world.path("backup"), old.database)
    world.platform.settings, world.platform.mail = old.settings, old.mail
    world.start()


@sentence(r"starting the platform without its log key fails and says what to do")
def without_key(world):
    check(world.platform.process is None, "stop the platform first")
    key = os.path.join(world.platform.data, "ledger.key")
    os.rename(key, key + ".away")
    try:
        world.platform.start()
    except Failed as said:
        os.rename(key + ".away", key)
        check("verbatim init" in str(said) or "backup" in str(said), f"it does not say what to do: {said}")
        return
    raise Failed("it started without the key that signs the log")


@sentence(r"starting the platform without its vault key fails and says what to do")
def without_vault_key(world):
    check(world.platform.process is None, "stop the platform first")
    key = os.path.join(world.platform.data, "vault.key")
    os.rename(key, key + ".away")
    try:
        world.platform.start()
    except Failed as said:
        check("backup" in str(said), f"it does not say what to do: {said}")
        check(not os.path.exists(key), "it made itself another key")
        return
    finally:
        os.rename(key + ".away", key)
    raise Failed("it started without the key that opens the vault")


@sentence(r"the vault's key is turned")
def turn(world):
    done = world.platform.command("vault", "rotate")
    check(done.returncode == 0, (done.stdout + done.stderr).decode())
    with open(os.path.join(world.platform.data, "vault.key"), encoding="ascii") as file:
        check(file.read().count("\nkey ") == 2, "the file does not hold the new key and the one before")
