"""What stands beside a review, on the rules page and on no page."""
import re
import xml.etree.ElementTree

from runner.log_math import Log
from runner.pages import Page
from runner.platform import run
from runner.story import Failed, check, sentence
from steps.author import words
from steps.figures import counted
from steps.public import subject_of


@sentence(r'the review of the (site|product) (\S+) saying "(.*?)" is flagged with (?:the reward "(.*?)"|no reward)')
def flagged(world, word, code, text, reward):
    found = [one for one in world.reviews(subject_of(word, code)) if one["body"] == words(text)]
    check(len(found) == 1 and found[0]["incentive"] == reward, f"{found}")
    shown = [one for one in world.web.get(f"/w/{subject_of(word, code)}.json").json["reviews"] if one["id"] == found[0]["id"]]
    check(shown and shown[0]["incentive"] == reward and ((reward or "\0") in shown[0]["byline"]) == bool(reward), f"the widget's data: {shown}")


@sentence(r"of the rating of the (site|product) (\S+) (\d+) reviews? with an average of ([\d.]+) w(?:as|ere) written for a reward")
def rewarded_part(world, word, code, count, average):
    rating = world.web.get(f"/api/v1/{subject_of(word, code)}/rating").json
    check(rating.get("with_incentive") == {"average": float(average), "count": int(count)}, f"{rating}")


@sentence(r"the log says of (\d+) reviews that something was promised")
def promised(world, count):
    found = [entry for entry in Log(world.web).of_kind("collected") if entry.get("incentive") == 1]
    check(len(found) == int(count), f"{len(found)}")


@sentence(r"the figures count (\d+) written for a reward")
def counted_rewards(world, count):
    check(counted(world)["total"]["incentive"] == int(count), f"{counted(world)['total']}")


# Google's schema 2.4 is a sequence; this is its order, as the published example has it.
order = ["review_id", "reviewer", "is_verified_purchase", "is_incentivized_review", "review_timestamp", "title", "content", "review_language", "review_country",
         "pros", "cons", "review_url", "reviewer_images", "ratings", "products", "is_spam", "collection_method", "transaction_id"]


def feed(world):
    answer = world.web.get("/feeds/product-reviews.xml")
    check(answer.status == 200, f"{answer.status}")
    root = xml.etree.ElementTree.fromstring(answer.body)
    check([child.tag for child in root] == ["version", "publisher", "reviews"] and root[0].text == "2.4", f"{[child.tag for child in root]}")
    return list(root.find("reviews"))


@sentence(r"the product review feed holds every public review of products with words")
def whole_feed(world):
    found = feed(world)
    for review in found:
        tags = [child.tag for child in review]
        check(all(tag in order for tag in tags) and tags == sorted(tags, key=order.index), f"their order is {tags}")
        check(all(review.findtext(flag) in ("true", "false") for flag in ("is_verified_purchase", "is_incentivized_review", "is_spam")), "a flag is missing")
        check(review.findtext("content") and review.find("ratings/overall").get("max") == "5", "no content or rating")
        check("@" not in review.findtext("content"), "an address in the words")
    public = []
    for code in {row["subject"].split(":", 1)[1] for row in counted(world)["by_subject"]}:
        public += [one["id"] for one in world.reviews("products/" + code) if one["origin"] != "gathered" and one["body"] and one["rating"]]
    check(sorted(public) == sorted(review.findtext("review_id") for review in found), f"public are {public}")
    check(public, "there is none to look at")


@sentence(r"the product review feed flags (\d+) reviews? as incentivised")
def flagged_in_feed(world, count):
    found = [review for review in feed(world) if review.findtext("is_incentivized_review") == "true"]
    check(len(found) == int(count), f"{len(found)}")


@sentence(r"the rules page has the facts (.+) in every language")
def facts(world, ids):
    for language in ("en", "fr", "de"):
        text = world.web.get(f"/{language}/rules").text
        found = {}
        for match in re.finditer(r'<(\w+)[^>]*data-norm="([^"]+)"[^>]*>(.*?)</\1>', text, re.S):
            for one in match.group(2).split():
                found[one] = found.get(one, "") + Page(match.group(3)).words
        for one in ids.split():
            check(len(found.get(one, "").strip()) > 20, f"{language} says nothing of {one}")


@sentence(r"the page links to (\S+) and (\S+) and (\S+)")
def links(world, *paths):
    check(set(paths) <= set(world.page.links), f"it links to {world.page.links}")


claim = re.compile(r"[Cc]ertifi(?:ed|é|cation)|[Zz]ertifi[zk]|\bNF\b|\bISO[ -](?!8601|639|3166|8859)")


def claims(text):
    text = re.sub(r"<code>.*?</code>|[\w+/=-]{24,}", "", text, flags=re.S)  # keys, hashes and tokens may spell anything
    found = claim.search(text)
    return found and text[max(0, found.start() - 40):found.end() + 40]


@sentence(r"nothing that the platform shows, sends or prints claims a certificate")
def no_claim(world):
    review = world.reviews("sites/FR-NAN")[0]["id"]
    paths = ["/api/v1/openapi.json", "/w/v1.js", "/feeds/product-reviews.xml", "/sitemap.xml", "/robots.txt", "/transparency.json", "/transparency.csv", "/review/FR-NAN", "/nowhere"]
    for language in ("en", "fr", "de"):
        paths += [f"/{language}/{path}" for path in ("", "sites/FR-NAN", f"reviews/{review}", "rules", "transparency", "accessibility", "?q=Atlantis")]
        paths.append(f"/w/sites/FR-NAN.json?lang={language}")
    for path in paths:
        found = claims(world.web.get(path).text)
        check(not found, f"{path}: {found}")
    mails = world.outbox.all()
    check(mails, "no mail to look at")
    for mail in mails:
        check(not claims(mail.text), f"a mail: {claims(mail.text)}")


@sentence(r"no command's help claims a certificate")
def no_claim_in_help(world):
    said = run("--help").stdout.decode()
    commands = re.findall(r"^  (\w+) ", said.split("ommands:", 1)[1] if "ommands:" in said else said.upper(), re.M)
    check(len(commands) >= 7, f"the help names {commands}: {said}")
    for command in [[], *[[one] for one in commands]]:
        text = run(*command, "--help").stdout.decode()
        check(text and not claims(text), f"{command}: {claims(text)}")


@sentence(r"starting the platform fails and says (\S+)")
def fails(world, what):
    try:
        world.platform.start()
    except Failed as said:
        check(what in str(said), str(said))
        return
    raise Failed("it started")
