"""The part of `./dev bench understanding` about trends: drifts planted in a network's life, how late they are told and how often
something is told where nothing was planted. Once in a drawn world, which needs nothing, and once in real reviews of cars (OpinRank),
with their own days, makes and words as `verbatim analyse` reads them; sites and countries, which the set has not, are drawn by author.

Stated before measuring: a complaint that grows from its usual share to 30 % of a place's reviews is told within 6 weeks (42 days) in at
least 8 of 10 plants; where nothing was planted, at most one change is told in 20 weekly looks.
"""
import collections, datetime, hashlib, json, os, random, subprocess

LATEST, FOUND, ALARMS, GROWN = 42, 0.8, 1 / 20, 0.30
LOOKS_FROM = 365 + 28
PLANTS = 12


def told(bench, stream):
    program = os.environ.get("VERBATIM_TRENDS_BENCH", os.path.join(bench.ROOT, "build", "release", "src", "life", "analyse", "life_analyse_trends_bench"))
    lines = "".join(f"{day}\t{site}\t{product}\t{country}\t{','.join(themes)}\n" for day, site, product, country, themes in sorted(stream, key=lambda one: one[0]))
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [(int(row[0]), row[1], row[2], row[3], row[4], row[5]) for row in rows]


def drawn(seed):
    """12 sites in 3 countries, 4 models, 12 reviews a site and model in four weeks, 20 themes of 1 to 10 %; no drift."""
    dice = random.Random(seed)
    stream = []
    for day in range(365 + 28 + 26 * 7):
        for site in range(12):
            for model in range(4):
                if dice.random() < 12 / 28:
                    stream.append((day, f"S{site}", f"M{model}", f"C{site % 3}", [f"t{t}" for t in range(20) if dice.random() < 0.01 + 0.005 * t]))
    return stream


def read(bench):
    """Real reviews: the day, the make, and the themes complained of in the customer's words."""
    rows = [row for row in bench.rows("reviews/cars_opinrank_en.jsonl.gz") if row["date"] and row["body"] and row["date"] >= "2007"]
    makes = collections.Counter(row["subject"].split()[1] for row in rows)
    kept = {make for make, _ in makes.most_common(20)}
    rows = [row for row in rows if row["subject"].split()[1] in kept]
    first = min(datetime.date.fromisoformat(row["date"]) for row in rows)
    stream = []
    for row, answer in zip(rows, bench.ask("analyse", rows)):
        polarity = collections.Counter()
        for span in answer["themes"]:
            polarity[span["theme"].split("/")[-1]] += span["polarity"]
        who = int(hashlib.sha1(str(row["author"] or row["id"]).encode()).hexdigest()[:8], 16)
        stream.append(((datetime.date.fromisoformat(row["date"]) - first).days, f"S{who % 12}", row["subject"].split()[1], f"C{who % 12 % 3}", sorted(theme for theme, sum_of in polarity.items() if sum_of < 0)))
    return stream


def without_drift(stream, seed):
    """The same reviews, their words dealt anew among the days: whatever is told of it is chance."""
    dice, words = random.Random(seed), collections.defaultdict(list)
    for one in stream:
        words[one[2]].append(one[4])
    for some in words.values():
        dice.shuffle(some)
    return [(day, site, product, country, words[product].pop()) for day, site, product, country, _ in stream]


def plant(stream, dice, kind):
    """From a day on, of the reviews of one place so many complain of one theme that the share is GROWN."""
    days = max(one[0] for one in stream)
    begins = dice.randrange(LOOKS_FROM, days - LATEST)
    models, countries = sorted({one[2] for one in stream}), sorted({one[3] for one in stream})
    shares = collections.Counter(theme for one in stream for theme in one[4])
    themes = sorted(theme for theme, count in shares.items() if 0.01 <= count / len(stream) <= 0.10)
    theme, model, country = dice.choice(themes), dice.choice(models), dice.choice(countries)
    # A place that has reviews enough to see anything in four weeks: where there are a dozen nobody can.
    size = collections.Counter((one[2], one[3]) if kind == "model_in_country" else one[2] if kind == "model" else one[3] for one in stream)
    enough = [place for place, count in sorted(size.items()) if 28 * count / days >= 40]
    if not enough:
        return None
    place = dice.choice(enough)
    model, country = place if kind == "model_in_country" else (place, "") if kind == "model" else ("", place)
    usual = shares[theme] / len(stream)
    grown, changed = (GROWN - usual) / (1 - usual), []
    for day, site, product, where, found in stream:
        if day >= begins and (not model or product == model) and (not country or where == country) and theme not in found and dice.random() < grown:
            found = found + [theme]
        changed.append((day, site, product, where, found))
    return changed, begins, theme, model, country


def measure(bench, name, streams):
    """streams(seed): a life without drift. Chance alone first, then one plant at a time."""
    alarms = looks = 0
    for seed in range(3):
        stream = streams(seed)
        alarms += len(told(bench, stream))
        looks += (max(one[0] for one in stream) - LOOKS_FROM) // 7 + 1
    print(f"  {name + ', nothing planted: changes told, a weekly look':58} {alarms / looks:.3f} ({alarms} in {looks})  at most {ALARMS}: {'reached' if alarms / looks <= ALARMS else 'MISSED'}", flush=True)
    dice, delays, tried, beside = random.Random(11), [], 0, 0
    for number in range(PLANTS):
        planted = plant(streams(100 + number), dice, ("model_in_country", "model", "country")[number % 3])
        if planted is None:
            continue
        tried += 1
        stream, begins, theme, model, country = planted
        kind = "model_in_country" if model and country else "model" if model else "country"
        late = None
        for day, found, where, site, product, at in told(bench, stream):
            if day < begins or day > begins + LATEST + 7:
                continue
            if found == theme and where == kind and (product, at) == (model, country):
                late = day - begins if late is None else late
            elif late is None:
                beside += 1
        if late is not None and late <= LATEST:
            delays.append(late)
    delays.sort()
    share = len(delays) / tried if tried else 0
    print(f"  {name + f', to {GROWN:.0%} of a place: told within {LATEST} days':58} {share:.2f} ({len(delays)} of {tried})  at least {FOUND}: {'reached' if share >= FOUND else 'MISSED'}; "
          f"half of them after {delays[len(delays) // 2] if delays else '-'} days, {beside} others named before", flush=True)


def trends(bench):
    print("trends")
    measure(bench, "drawn world", drawn)
    if not os.path.isdir(bench.DATA):
        print("  replayed reviews: skipped, the data is not there")
        return
    real = read(bench)
    measure(bench, "real car reviews replayed", lambda seed: without_drift(real, seed))
    as_it_was = told(bench, real)
    print(f"  {'the same as they were written, nothing planted':58} {len(as_it_was)} changes told in {(max(one[0] for one in real) - LOOKS_FROM) // 7 + 1} weekly looks: " + (", ".join(sorted({f'{one[1]} ({one[2]} {one[3]}{one[4]} {one[5]})' for one in as_it_was})) or "none"))
