"""The part of `./dev bench understanding` about themes: targets and categories (SemEval-2016, restaurants), the ranking of car
models by theme (OpinRank), and how much examples teach."""
import collections, csv, hashlib, json, os, re, subprocess

XABSA = "absa/xabsa_semeval16_restaurants_fr_es_nl_ru_tr_en.jsonl.gz"
FOLDS = 4
# What the customers' rating is about, in our themes. A quality is praised by those who have it; a fault that nobody has is not
# spoken of, so of faults complaints alone are counted, as the trends do.
RATED = {"FUEL": ["consumption"], "RELIABILITY": ["reliability", "repair"], "BUILD": ["finish", "noise", "reliability"], "PERFORMANCE": ["engine"], "COMFORT": ["comfort", "noise"], "INTERIOR": ["finish"], "EXTERIOR": ["look"], "FUN": ["handling", "engine"]}
FAULTS, SAYS_LITTLE = {"RELIABILITY", "BUILD"}, 0.2
FEWEST_REVIEWS, SHRINK = 60, 30


def folded(text):
    return re.sub(r"\W", "", text.lower())


def asked(bench, some, models, as_given):
    lines = []
    for number, row in enumerate(some):
        targets = [{"term": one["term"], "category": one["category"]} for one in row["aspects"]]
        lines.append(json.dumps({"id": number, "lang": row["lang"], "text": row["text"], **({"domain": row["domain"]} if as_given else {}), "aspects": targets}))
    done = subprocess.run([bench.VERBATIM, "analyse", *(["--models", models] if models else [])], input="\n".join(lines), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def micro_f1(pairs):
    both, truth, said = (sum(pair[i] for pair in pairs) for i in range(3))
    return 2 * both / (truth + said) if truth + said else 0


def fold_is(row, fold):
    return int(hashlib.sha1(("fold:" + row["text"]).encode()).hexdigest()[:8], 16) % FOLDS == fold


def beside(some, part):
    """Of the other sets, what may be learned from when `part` is asked about: no sentence of it, and no translation of one."""
    seen = {folded(row["text"]) for row in part}
    sentence = lambda row: row["id"].removesuffix("-" + row["lang"])
    kin = {sentence(row) for row in some if folded(row["text"]) in seen}
    return [row for row in some if folded(row["text"]) not in seen and sentence(row) not in kin]


def found_of(row, answer):
    truth, found = {one["category"] for one in row["aspects"]}, {one["theme"] for one in answer["themes"]}
    return len(truth & found), len(truth), len(found)


def aspects(bench):
    print(f"targets and categories (SemEval-2016 restaurants, {FOLDS} folds of the open part; implicit targets are not annotated in it)")
    restaurants = bench.rows(XABSA)
    translated = [row for row in bench.rows("absa/m_absa_12langs.jsonl.gz") if row["lang"] in ("en", "fr", "es", "nl")]
    polarity, shipped, peers, categories, with_target = (collections.defaultdict(list) for _ in range(5))
    for fold in range(FOLDS):
        part = [row for row in restaurants if fold_is(row, fold)]
        own, others = [row for row in restaurants if not fold_is(row, fold)], beside(translated, part)
        models, _ = bench.train("aspects", [bench.write("aspects.jsonl", own + others)], "--only", "polarity")
        # Categories are the trade's: of the translated sets those of restaurants.
        sorts, cpu = bench.train("aspects", [bench.write("aspects.jsonl", own + [row for row in others if row["domain"] == "restaurant"])], "--only", "category")
        for row, answer, sort, plain in zip(part, asked(bench, part, models, True), asked(bench, part, sorts, True), asked(bench, part, None, True)):
            for one, said, untaught in zip(row["aspects"], answer["aspects"], plain["aspects"]):
                polarity[row["lang"]].append((one["polarity"], said["polarity"]))
                shipped[row["lang"]].append((one["polarity"], untaught["polarity"]))
            categories[row["lang"]].append(found_of(row, sort))
            if row["aspects"]:
                with_target[row["lang"]].append(categories[row["lang"]][-1])
        for lang in ("fr",):
            targets = lambda some: [{"text": one["term"] + " : " + row["text"], "polarity": one["polarity"]} for row in some if row["lang"] == lang for one in row["aspects"] if one["polarity"]]
            peers[lang] += bench.fasttext(targets([row for row in restaurants if not fold_is(row, fold)]), targets(part), lambda row: row["polarity"], list) or []
    for lang in ("fr", "en", "es", "nl"):
        pairs = polarity[lang]
        bench.show(f"polarity by aspect, {lang} (accuracy, targets given)", pairs, bench.accuracy, 0.80, peer=peers[lang] and bench.accuracy(peers[lang]))
        most = max(collections.Counter(truth for truth, _ in pairs).values()) / len(pairs)
        print(f"      the commonest answer alone {most:.3f}; as shipped, by the polarity of the clause, {bench.accuracy(shipped[lang]):.3f}; {len(pairs)} targets")
        bench.confusion(pairs, ["positive", "neutral", "negative"])
    for lang in ("en", "fr", "es", "nl"):
        bench.show(f"aspect category, {lang} (micro F1, all sentences)", categories[lang], micro_f1, 0.73)
        print(f"      of the sentences that have an explicit target {micro_f1(with_target[lang]):.3f}")
    print(f"      learned in {cpu:.0f} s of CPU a fold")
    as_the_task_asks(bench, restaurants, translated)


def as_the_task_asks(bench, restaurants, translated):
    """Slot 1 of the shared task itself: implicit targets count too, every sentence is asked about. In this form there are English and Dutch."""
    whole = [row for row in bench.rows("absa/semeval14_15_16_en_nl.jsonl.gz") if row["source"] == "semeval16" and row["domain"] == "restaurants"]
    found = collections.defaultdict(list)
    for fold in range(FOLDS):
        part = [row for row in whole if fold_is(row, fold)]
        explicit = [dict(row, domain="explicit restaurants") for row in beside(restaurants, part)]
        learned = [row for row in whole if not fold_is(row, fold)] + explicit + [row for row in beside(translated, part) if row["domain"] == "restaurant"]
        models, _ = bench.train("aspects", [bench.write("aspects.jsonl", learned)], "--only", "category")
        for row, answer in zip(part, asked(bench, [dict(row, aspects=[]) for row in part], models, True)):
            found[row["lang"]].append(found_of(row, answer))
    for lang in ("en", "nl"):
        bench.show(f"the same as the shared task asks, {lang} (implicit targets too)", found[lang], micro_f1, 0.73)
        print(f"      {len(found[lang])} sentences")


def ranks(numbers):
    order, given, at = sorted(range(len(numbers)), key=lambda i: numbers[i]), [0.0] * len(numbers), 0
    while at < len(order):
        end = at
        while end < len(order) and numbers[order[end]] == numbers[order[at]]:
            end += 1
        for i in range(at, end):
            given[order[i]] = (at + end - 1) / 2
        at = end
    return given


def spearman(pairs):
    left, right = ranks([one for one, _ in pairs]), ranks([other for _, other in pairs])
    middle = (len(pairs) - 1) / 2
    return sum((a - middle) * (b - middle) for a, b in zip(left, right)) / (sum((a - middle) ** 2 for a in left) * sum((b - middle) ** 2 for b in right)) ** 0.5


def standard(values):
    mean = sum(values.values()) / len(values)
    spread = (sum((value - mean) ** 2 for value in values.values()) / len(values)) ** 0.5 or 1
    return {name: (value - mean) / spread for name, value in values.items()}


def theme_ranking(bench):
    """A theme's score is half how it is spoken of (the mean polarity of its words), half how often: mentions for less mentions against
    (of faults: those against alone), per review."""
    print(f"ranking by theme (OpinRank: models with {FEWEST_REVIEWS} reviews or more, against the means of Edmunds' own ratings)")
    some = bench.rows("reviews/cars_opinrank_en.jsonl.gz")
    with open(os.path.join(bench.DATA, "reviews/cars_opinrank_ratings.tsv"), encoding="utf-8") as lines:
        rated = {row["docid"].replace("-", "_"): row for row in csv.DictReader(lines, delimiter="\t") if row["docid"] != "docid"}
    cars = [bench.UNCLEAR + name for name in ("cars_edmunds_stars_en.jsonl.gz", "cars_posneg_en.jsonl.gz", "car_parts_amazon_posneg_en.jsonl.gz")]
    models, _ = bench.train("polarity", [os.path.join(bench.DATA, name) for name in cars])
    for name, folder in (("polarity trained on car reviews", models), ("as shipped", None)):
        whole, spans = collections.defaultdict(list), collections.defaultdict(lambda: collections.defaultdict(list))
        for row, answer in zip(some, bench.ask("analyse", [{"lang": "en", "text": row["body"] or ""} for row in some], folder)):
            whole[row["subject"]].append(answer["polarity"])
            for span in answer["themes"]:
                spans[span["theme"].split(".")[-1]][row["subject"]].append(span["polarity"])
        key = lambda subject: subject.lower().replace(" ", "_").replace("-", "_")
        chosen = [subject for subject in whole if len(whole[subject]) >= FEWEST_REVIEWS and key(subject) in rated]
        overall = standard({subject: sum(whole[subject]) / len(whole[subject]) for subject in chosen})
        reached, alone_reached, lines = 0, 0, []
        for column, themes in RATED.items():
            found = {subject: [value for theme in themes for value in spans[theme].get(subject, [])] for subject in chosen}
            spoken = {subject: values for subject, values in found.items() if len(values) >= 3}
            side = lambda value: (value > SAYS_LITTLE and column not in FAULTS) - (value < -SAYS_LITTLE)
            often = standard({subject: sum(map(side, values)) / len(whole[subject]) for subject, values in spoken.items()})
            how = standard({subject: sum(values) / len(values) for subject, values in spoken.items()})
            means = standard({subject: how[subject] + often[subject] for subject in spoken})
            # What few customers say of a theme is drawn towards what all say of the model.
            score = lambda subject: (len(found[subject]) * means.get(subject, 0) + SHRINK * overall[subject]) / (len(found[subject]) + SHRINK)
            truth = lambda subject: float(rated[key(subject)][column])
            pairs = [(score(subject), truth(subject)) for subject in chosen]
            value, (low, high) = spearman(pairs), bench.interval(pairs, spearman)
            alone = spearman([(means[subject], truth(subject)) for subject in means])
            reached += value >= 0.6
            alone_reached += alone >= 0.6
            lines.append(f"      {column:12} by {' '.join(themes):24} {value:.3f} [{low:.3f}, {high:.3f}]; the theme's words alone {alone:.3f}, the whole texts alone {spearman([(overall[subject], truth(subject)) for subject in chosen]):.3f}")
        print(f"  {name + ': themes with Spearman 0.6 or more':58} {reached}  at least 5: {'reached' if reached >= 5 else 'MISSED by %d' % (5 - reached)}; by the theme's words alone {alone_reached}; {len(chosen)} models")
        print("\n".join(lines))
    print(f"      the weight of the whole ({SHRINK} mentions), the fewest reviews, which themes make a rating, and that how often counts as much as how, were chosen on these very models")


def parts(bench):
    return {"aspects": lambda: aspects(bench), "ranking": lambda: theme_ranking(bench)}
