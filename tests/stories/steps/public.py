"""What anyone can read: the API, the pages, the widget's data."""
from runner.pages import Page, spaces_alike
from runner.story import check, sentence
from runner.world import day
from steps.author import words


def subject_of(word, code):
    return ("sites/" if word == "site" else "products/") + code


def newest(world, subject):
    found = world.reviews(subject)
    check(found, f"{subject} has no review")
    return found[0]


def page_reviews(world, subject):
    answer = world.web.get("/en/" + subject)
    check(answer.status == 200, f"/en/{subject}: {answer.status}")
    return answer.page


@sentence(r"the (site|product) (\S+) shows (\d+) reviews?(?: with (\d) stars?)?")
def shows(world, word, code, count, stars):
    subject = subject_of(word, code)
    found = [one for one in world.reviews(subject) if one["origin"] != "gathered"]
    check(len(found) == int(count), f"{len(found)} reviews in the list")
    rating = world.web.get(f"/api/v1/{subject}/rating").json
    check(rating["count"] == int(count) and sum(rating["distribution"]) == int(count), f"the rating counts {rating}")
    if stars:
        check({one["rating"] for one in found} == {int(stars)}, f"stars: {[one['rating'] for one in found]}")
        check(rating["average"] == float(stars) and rating["distribution"][int(stars) - 1] == int(count), f"the rating is {rating}")
    page = page_reviews(world, subject)
    ids = {"review-" + one["id"] for one in found}
    # A long list has more pages than one.
    check(ids <= set(page.reviews) or len(found) > len(page.reviews) >= 20 and set(page.reviews) <= ids, f"the page shows {page.reviews}")


@sentence(r"the (site|product) (\S+) shows no review")
def shows_none(world, word, code):
    subject = subject_of(word, code)
    check(world.reviews(subject) == [], f"it shows {world.reviews(subject)}")
    rating = world.web.get(f"/api/v1/{subject}/rating").json
    check(rating["count"] == 0 and rating["average"] is None, f"the rating is {rating}")
    check(page_reviews(world, subject).reviews == [], "the page shows a review")


@sentence(r"the (site|product) (\S+) has an average of ([\d.]+) over (\d+) reviews?")
def average(world, word, code, wanted, count):
    rating = world.web.get(f"/api/v1/{subject_of(word, code)}/rating").json
    check(rating["average"] == float(wanted) and rating["count"] == int(count), f"the rating is {rating}")


@sentence(r'the newest review of the (site|product) (\S+) says "(.*?)"')
def says(world, word, code, text):
    body = newest(world, subject_of(word, code))["body"]
    check(body == words(text), f"it says {body!r}")


@sentence(r'a review of the (site|product) (\S+) says "(.*?)"')
def one_says(world, word, code, text):
    bodies = [one["body"] for one in world.reviews(subject_of(word, code))]
    check(words(text) in bodies, f"they say {bodies}")


@sentence(r'the newest review of the (site|product) (\S+) has (\d) stars?')
def has_stars(world, word, code, stars):
    rating = newest(world, subject_of(word, code))["rating"]
    check(rating == int(stars), f"it has {rating}")


@sentence(r'the newest review of the (site|product) (\S+) is signed "(.*?)"')
def signed(world, word, code, name):
    author = newest(world, subject_of(word, code))["author"]
    check(author == name, f"it is signed {author!r}")


@sentence(r"the newest review of the (site|product) (\S+) is anonymous")
def anonymous(world, word, code):
    author = newest(world, subject_of(word, code))["author"]
    check(author is None, f"it is signed {author!r}")


@sentence(r"the newest review of the (site|product) (\S+) happened on day (-?\d+) and was published today")
def dates(world, word, code, when):
    one = newest(world, subject_of(word, code))
    check(one["experience_on"] == day(when), f"it happened on {one['experience_on']}")
    check(one["published_at"].startswith(day(0)), f"it was published {one['published_at']}")


@sentence(r"the newest review of the (site|product) (\S+) is in (\w+|no language we know)")
def language(world, word, code, lang):
    found = newest(world, subject_of(word, code))["lang"]
    check(found == (None if lang == "no language we know" else lang), f"its language is {found}")


@sentence(r"the newest review of the (site|product) (\S+) is of origin (\w+)")
def origin(world, word, code, wanted):
    found = newest(world, subject_of(word, code))["origin"]
    check(found == wanted, f"its origin is {found}")


@sentence(r"the newest review of the (site|product) (\S+) has its place in the log on the page too")
def log_place(world, word, code):
    subject = subject_of(word, code)
    one = newest(world, subject)
    check(one["log_index"] is not None, "no place in the log yet")
    page = page_reviews(world, subject)
    check(f" {one['log_index']} " in page.words + " ", f"the page does not name place {one['log_index']}")
    check(one["experience_on"] in page.times and one["published_at"] in page.times, f"the page's dates are {page.times}")
    single = world.web.get("/en/reviews/" + one["id"])
    check(single.status == 200 and one["experience_on"] in single.page.times and one["published_at"] in single.page.times, "its own page lacks a date")


@sentence(r"the newest review of the (site|product) (\S+) shows when it was changed")
def updated(world, word, code):
    subject = subject_of(word, code)
    one = newest(world, subject)
    check(one["updated_at"], "no date of change")
    check(one["updated_at"] in page_reviews(world, subject).times, "the page does not show it")


@sentence(r'the newest review of the (site|product) (\S+) shows the answer "(.*?)" of "(.*?)"')
def reply(world, word, code, text, author):
    subject = subject_of(word, code)
    one = newest(world, subject)
    check("reply" in one, "no answer")
    check((one["reply"]["body"], one["reply"]["author"]) == (words(text), author), f"the answer is {one['reply']}")
    check(spaces_alike(words(text)) in page_reviews(world, subject).words, "the page does not show it")


@sentence(r"the newest review of the (site|product) (\S+) shows no answer")
def no_reply(world, word, code):
    one = newest(world, subject_of(word, code))
    check("reply" not in one, f"it shows {one.get('reply')}")


@sentence(r"the (site|product) (\S+) shows (\d+) gathered reviews? of \"(.*?)\" with an average of ([\d.]+) over (\d+) rated")
def gathered(world, word, code, count, source, average_of, rated):
    subject = subject_of(word, code)
    found = [one for one in world.reviews(subject) if one["origin"] == "gathered"]
    check(len(found) == int(count) and all(one["source"] == source for one in found), f"gathered: {found}")
    figures = world.web.get(f"/api/v1/{subject}/rating").json.get("gathered", [])
    wanted = {"source": source, "average": float(average_of), "count": int(rated)}
    check(wanted in figures, f"figures: {figures}")
    check(source in page_reviews(world, subject).words, "the page does not name the source")


@sentence(r"no page of the (site|product) (\S+) marks up stars for search engines")
def no_markup(world, word, code):
    text = world.web.get("/en/" + subject_of(word, code)).text
    check("application/ld+json" not in text and "aggregateRating" not in text, "it does")


@sentence(r'a visitor opens (\S+)')
def visit(world, path):
    world.open(path)


@sentence(r'the page says "(.*?)"')
def page_says(world, text):
    check(spaces_alike(text) in world.page.words, f"it says: {world.page.words[:1500]}")


@sentence(r"the page names the problem (\w+)")
def page_names(world, problem):
    page_says(world, world.platform_words("problem." + problem))


@sentence(r"the page is the message (\w+)")
def page_is(world, message):
    page_says(world, world.platform_words("message.title." + message))


@sentence(r'the page does not say "(.*?)"')
def page_does_not_say(world, text):
    check(spaces_alike(text) not in world.page.words, "it does")


@sentence(r"the page has no link to the author's space")
def no_space_link(world):
    found = [link for link in world.page.links if "/me/" in link]
    check(not found, f"it links to {found}")


@sentence(r"the answer is (\d+)(?: (?:or|and) (\d+))?")
def status(world, wanted, other):
    check(str(world.answer.status) in (wanted, other), f"it is {world.answer.status}: {world.answer.text[:300]}")


@sentence(r'the answer has "(.*?)" in its header (\S+)')
def has_header(world, value, name):
    found = world.answer.header(name)
    check(found is not None and value in found, f"{name} is {found}")


@sentence(r"the answer has a header (\S+)")
def any_header(world, name):
    check(world.answer.header(name), f"its headers are {world.answer.headers}")


@sentence(r"the answer has no header (\S+)")
def no_header(world, name):
    check(world.answer.header(name) is None, f"{name} is {world.answer.header(name)}")


@sentence(r'the answer says "(.*?)"')
def answer_says(world, text):
    check(text in world.answer.text, f"it says: {world.answer.text[:600]}")


@sentence(r"the transparency page counts (\d+) of (\d+) customers of (\S+) as asked")
def counted(world, invited, eligible, code):
    answer = world.web.get("/en/transparency")
    check(answer.status == 200, f"{answer.status}")
    row = next((row for row in answer.text.split("<tr") if f'/sites/{code}"' in row), None)
    check(row, f"{code} does not stand there")
    cells = [cell.strip() for cell in Page("<table><tr" + row).words.split()]
    check(eligible in cells and invited in cells, f"its row is {cells}")


@sentence(r"the transparency page counts (\d+) refused because of (\w+)")
def counted_refused(world, count, reason):
    world.open("/en/transparency")
    name = world.platform_words("reason." + reason)
    check(f"{name} {count} " in world.page.words, f"it says: {world.page.words[:1500]}")


@sentence(r'the page (/\S+) says "(.*?)"')
def that_page_says(world, path, text):
    world.open(path)
    page_says(world, text)
