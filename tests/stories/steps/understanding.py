"""What the platform makes of customers' words: signals of fakes, themes, what changed."""
from runner.story import check, sentence
from steps.desk import ask


@sentence(r'the words that wait first are shown to (\S+@\S+) with "(.*?)"')
def shown_with(world, email, why):
    first = world.recall("waiting")[0]
    found = ask(world, email, "GET", f"moderation/reviews/{first['id']}")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    check(any(why in one["text"] for one in found.json["findings"]), f"{found.json['findings']}")


@sentence(r"(\S+@\S+) reads of the signal (\w+): (\d+) raised, (\d+) right, (\d+) false alarms?")
def signal_did(world, email, name, raised, right, wrong):
    found = ask(world, email, "GET", "moderation/signals")
    check(found.status == 200, f"{found.status}: {found.text[:300]}")
    one = next((one for one in found.json["signals"] if one["name"] == name), None)
    check(one and (one["raised"], one["right"], one["false_alarms"]) == (int(raised), int(right), int(wrong)), found.text)
